"""The analysis of a span."""

from datetime import date, timedelta

import pytest

from storage.engine import Db
from workbench.domain.errors import UsageError
from workbench.reports.analysis import analyze, as_lines
from workbench.reports.scope import Scope, one_day

TODAY = date(2026, 11, 21)


def test_the_analysis_tells_what_from_whom_and_how_it_was_solved(bench):
    for site, category, resolution in (("A", "repair-service", "full"), ("A", "repair-service", "limited"),
                                       ("B", "other", None)):  # fmt: skip
        case = bench.record(site=site, category=category)
        if resolution:
            bench.act(case, "close", outcome="换了水管", resolution=resolution)
    bench.clock.pass_(hours=1)
    again = bench.record(site="A", category="repair-service", close=True, outcome="x")
    bench.act(again, "reopen", reason="x")
    found = analyze(bench.desk(), one_day(TODAY), "site")
    assert [(each["group"], each["received"], each["repeats"]) for each in found["main"]] == [
        ("repair-service", 3, 1), ("other", 1, 0)]  # fmt: skip
    assert [(each["group"], each["received"], each["share"]) for each in found["groups"]] == [
        ("A", 3, 0.75),
        ("B", 1, 0.25),
    ]
    assert [(each["resolution"], each["closed"]) for each in found["ways"]] == [("full", 1), ("limited", 1)]
    assert found["outcomes"] == [{"outcome": "换了水管", "closed": 2}]
    assert found["on_time"]["category"]["repair-service"]["response"] == {
        "met": 3, "missed": 0, "of": 3, "rate": 1.0, "low": 0.4385, "high": 1.0,
    }  # fmt: skip
    assert found["reopened"] == 1


@pytest.mark.parametrize("by", ["site", "category", "handler"])
def test_cases_and_clocks_are_gone_through_once_however_many_groups_are_asked_for(bench, by, monkeypatch):
    bench.record(site="A", close=True, outcome="x")
    asked = []
    for name in ("all", "stream"):
        real = getattr(Db, name)
        monkeypatch.setattr(
            Db, name, lambda db, sql, *given, real=real: asked.append(sql) or real(db, sql, *given)
        )
    assert analyze(bench.desk(), one_day(TODAY), by)["received"] == 1
    assert [sql for sql in asked if "FROM clock" in sql] == [sql for sql in asked if "group_concat" in sql]
    assert len([sql for sql in asked if "FROM clock" in sql]) == 1
    assert len([sql for sql in asked if "sum(repeat)" in sql and "received_at >=" in sql]) == 1


def test_what_was_not_solved_for_the_customer_is_counted_in_all_and_by_group(bench):
    def closed(site, **said):
        return bench.record(site=site, close=True, outcome="x", **said)

    closed("A", resolution="none", next="可向街道反映")
    closed("A", resolution="full", accepted="no", next="可向街道反映")
    late = closed("B", resolution="full")
    bench.act(late, "callback", reached="yes", accepted="no")
    closed("B", resolution="limited", accepted="yes")
    still = bench.record(site="B")
    bench.act(still, "callback", reached="yes", accepted="no")  # before any outcome
    back = closed("A", resolution="none", next="可向街道反映")
    bench.act(back, "reopen", reason="x")
    found = analyze(bench.desk(), one_day(TODAY), "site")
    assert found["not_accepted"] == 3
    assert {each["group"]: each["not_accepted"] for each in found["groups"]} == {"A": 2, "B": 1}
    assert [each["not_accepted"] for each in found["main"]] == [3]
    assert "Not solved for the customer" in "\n".join(as_lines(found))


def test_groups_that_there_are_not_are_wrong_usage(bench):
    with pytest.raises(UsageError) as refused:
        analyze(bench.desk(), one_day(TODAY), "phone")
    assert refused.value.option == "--by"


def test_what_rose_since_the_span_before_stands_first(bench, clock):
    bench.record(category="staff-conduct")
    bench.record(category="repair-service")
    clock.pass_(days=2)
    for _ in range(3):
        bench.record(category="repair-service")
    today = clock.at.date()
    found = analyze(bench.desk(), one_day(today))
    assert found["shifts"] == [{"group": "repair-service", "received": 3, "before": 0}]
    two_days = analyze(bench.desk(), Scope(today - timedelta(days=1), today))
    assert two_days["shifts"] == [
        {"group": "repair-service", "received": 3, "before": 1},
        {"group": "staff-conduct", "received": 0, "before": 1},
    ]


def test_what_shall_prevent_the_like_is_listed_with_its_owner_and_state(bench):
    case = bench.record()
    bench.act(case, "prevent", text="全楼复查，联系 13800138000", owner="bo", due="+9d")
    (found,) = analyze(bench.desk(), one_day(TODAY))["preventions"]
    assert (found["number"], found["owner"], found["state"]) == (case.number, "bo", "open")
    assert "13800138000" not in found["text"]


def test_of_all_calls_only_those_that_opened_a_case_again_count(bench):
    """By whichever act it came back; what was taken back opened nothing."""

    def closed():
        return bench.record(close=True, outcome="x")

    for _ in range(3):
        bench.act(closed(), "callback", reached="yes")
    bench.act(closed(), "callback", reached="yes", still_a_problem=True)
    bench.act(closed(), "heard", text="又漏了", again="yes")
    bench.act(closed(), "heard", text="谢谢", again="no")
    bench.act(closed(), "reopen", reason="x")
    bench.act(bench.act(closed(), "reopen", reason="x"), "undo")
    assert analyze(bench.desk(), one_day(TODAY))["reopened"] == 3
