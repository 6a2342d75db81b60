"""Verdicts and money in the summary and the analysis: each figure by hand, against its definition."""

from datetime import date

import pytest

from workbench.reports.analysis import analyze, as_lines
from workbench.reports.scope import one_day
from workbench.reports.summary import summary

TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
OWN = """
[standards.breach]
zh = "违规"
en = "A rule"
breach = true
[standards.defect]
zh = "缺陷"
en = "A service"
"""


def verified(bench, verdict, standard="", **given):
    case = bench.record(**given)
    asked = {"standard": standard} if standard else {}
    return bench.act(case, "verify", "li", verdict=verdict, text="x", **asked)


def fairness(bench, day):
    found = summary(bench.desk(), one_day(day))
    return found["founded_rate"], found["breach_rate"], found["defect_rate"]


def test_nothing_verified_is_no_rate(bench):
    bench.record()
    assert fairness(bench, TODAY) == (None, None, None)
    assert summary(bench.desk(), one_day(TODAY))["compensation_total"] == "0.00"


def test_the_rates_are_shares_of_the_cases_verified_that_day(bench_with, clock):
    bench = bench_with(OWN)
    verified(bench, "founded", "breach")
    verified(bench, "partly", "breach")
    verified(bench, "founded", "defect")
    verified(bench, "founded")
    verified(bench, "unfounded")
    bench.record()
    clock.pass_(days=1)
    verified(bench, "unfounded")
    assert fairness(bench, TODAY) == (0.8, 0.4, 0.2)
    assert fairness(bench, TOMORROW) == (0.0, 0.0, 0.0)


def test_a_case_counts_by_its_newest_verdict_on_that_day_alone(bench_with, clock):
    bench = bench_with(OWN)
    case = verified(bench, "founded", "breach")
    clock.pass_(days=1)
    bench.act(case, "verify", "li", verdict="unfounded", text="监控为证")
    assert (fairness(bench, TODAY), fairness(bench, TOMORROW)) == ((None, None, None), (0.0, 0.0, 0.0))
    bench.act(case, "undo", "li")
    assert fairness(bench, TODAY) == (1.0, 1.0, 0.0)


def test_what_a_standard_is_follows_from_the_policy_of_the_case(bench_with, tmp_path):
    from workbench.setup.adopt import adopt

    bench = bench_with(OWN)
    verified(bench, "founded", "breach")
    milder = tmp_path / "milder.toml"
    milder.write_text(f'extends = "default"\n{OWN}'.replace("breach = true\n", ""), "utf-8")
    adopt(bench.desk(), str(milder))
    verified(bench, "founded", "breach")
    assert fairness(bench, TODAY) == (1.0, 0.5, 0.5)


def test_sums_promised_on_the_day_are_added_exactly(bench, clock):
    case = bench.record()
    for amount in ("0.10", "0.20", "300"):
        bench.act(case, "compensate", amount=amount)
    bench.act(case, "compensate", amount="5")
    bench.act(case, "undo")
    clock.pass_(days=1)
    bench.act(case, "compensate", amount="7")
    bench.act(case, "pay", id="1")
    assert summary(bench.desk(), one_day(TODAY))["compensation_total"] == "300.30"
    assert summary(bench.desk(), one_day(TOMORROW))["compensation_total"] == "7.00"


def test_a_sum_asked_for_counts_when_and_as_far_as_it_is_granted(bench, clock):
    from organisation_support import furnished

    house = furnished(bench)
    case = house.record(site="金色家园")
    house.act(case, "compensate", amount="800")
    clock.pass_(days=1)
    house.act(case, "approve", "jin", amount="650")
    assert summary(house.desk(), one_day(TODAY))["compensation_total"] == "0.00"
    assert summary(house.desk(), one_day(TOMORROW))["compensation_total"] == "650.00"


def test_a_case_closed_by_a_grant_is_closed_that_day_though_it_comes_back(bench):
    from organisation_support import furnished

    house = furnished(bench)
    case = house.record(site="金色家园", impact="severe")
    house.act(case, "close", outcome="修好了", resolution="limited")
    house.act(case, "approve", "zong")
    house.act(case, "reopen", "zong", reason="又漏了")
    found = summary(house.desk(), one_day(TODAY))
    assert (found["closed"], found["limited_resolutions"]) == (1, 1)


@pytest.mark.parametrize(
    ("act", "given", "top"),
    [
        ("amend", {"impact": "severe"}, True),
        ("amend", {"unit": "3"}, False),
        ("compensate", {"amount": "10000"}, True),
        ("compensate", {"amount": "5"}, False),
        ("complainant", {"customer": "李四"}, True),
    ],
)
def test_what_rises_goes_straight_to_the_top_on_the_day_it_rises(bench, clock, act, given, top):
    case = bench.record(people="2")
    clock.pass_(days=1)
    bench.act(case, act, **given)
    assert (summary(bench.desk(), one_day(TOMORROW))["straight_to_top"] == [case.number]) is top


def test_what_stands_at_the_top_already_does_not_rise_again(bench, clock):
    case = bench.record(impact="severe")
    clock.pass_(days=1)
    bench.act(case, "amend", people="12", impact="partly")
    bench.act(case, "amend", unit="3")
    hot_by_people = summary(bench.desk(), one_day(TOMORROW))["straight_to_top"]
    assert hot_by_people == [case.number]
    clock.pass_(days=1)
    bench.act(case, "amend", unit="4")
    assert summary(bench.desk(), one_day(date(2026, 11, 23)))["straight_to_top"] == []


def test_the_analysis_counts_verdicts_standards_and_causes(bench_with):
    bench = bench_with(OWN)
    bench.act(verified(bench, "founded", "breach"), "cause", cause="design", text="x")
    bench.act(verified(bench, "partly", "breach"), "cause", cause="design", text="x")
    bench.act(verified(bench, "unfounded"), "cause", cause="use", text="x")
    bench.record()
    found = analyze(bench.desk(), one_day(TODAY))
    assert found["by_verdict"] == {"founded": 1, "partly": 1, "unfounded": 1}
    assert (found["by_standard"], found["by_cause"]) == ({"breach": 2}, {"design": 2, "use": 1})
    printed = "\n".join(as_lines(found, bench.desk().rules()))
    assert all(word in printed for word in ("Partly founded", "A rule", "Design"))


def test_the_analysis_of_a_day_without_verdicts_has_no_tables_of_them(bench):
    bench.record()
    found = analyze(bench.desk(), one_day(TODAY))
    assert (found["by_verdict"], found["by_standard"], found["by_cause"]) == ({}, {}, {})
    assert "Verdicts" not in "\n".join(as_lines(found, bench.desk().rules()))
