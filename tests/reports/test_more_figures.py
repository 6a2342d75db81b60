"""The further figures of a summary on days of a few cases, each by what a supervisor would say of them."""

from datetime import date

import pytest
from desks import NOON

from workbench.domain.shares import wilson
from workbench.reports.scope import Scope
from workbench.reports.scope import one_day as day_of
from workbench.reports.summary import summary

DAY = NOON.date()
NOBODY = {"n": 0, "median_seconds": None, "p90_seconds": None, "max_seconds": None}


def told(bench, scope=None):
    return summary(bench.desk(), scope or day_of(bench.clock().date()))


def test_what_is_passed_up_by_hand_goes_straight_to_the_top_at_any_level(bench):
    case = bench.record(text="物业费问题 13800138000", site="金色家园")
    bench.act(case, "take")
    assert told(bench)["straight_to_top"] == []
    bench.act(case, "escalate", to="supervisor", reason="客户要见领导 13800138000")
    line = told(bench)["straight_to_top_lines"][0]
    assert told(bench)["straight_to_top"] == [case.number]
    assert (line["why"], line["level"], line["owner"], line["owes"]) == (["passed-up"], 3, "mei", "response")
    assert (line["site"], line["gist"], line["reason"]) == (
        "金色家园",
        "物业费问题 138****8000",
        "客户要见领导 138****8000",
    )
    bench.act(case, "close", outcome="好了")
    assert told(bench)["straight_to_top"] == []


def test_what_is_taken_back_was_not_passed_up(bench):
    case = bench.record()
    bench.act(case, "escalate", to="supervisor", reason="急")
    bench.act(case, "undo")
    assert told(bench)["straight_to_top"] == []


def test_a_step_of_a_ladder_is_not_passed_up_by_hand(bench):
    from workbench.watch.sweep import sweep

    bench.record()
    bench.clock.pass_(hours=10)
    sweep(bench.desk())
    assert told(bench)["escalations"] != {}
    assert told(bench)["straight_to_top"] == []


def test_the_first_answer_counts_once_and_a_wait_when_it_ends(bench):
    case = bench.record(site="A")
    bench.act(case, "take")
    bench.clock.pass_(minutes=30)
    bench.act(case, "reply", text="x")
    bench.act(case, "pause", reason="x", **{"for": "customer"}, until="+2h")
    assert told(bench)["waiting_by_reason"] == {}
    bench.clock.pass_(hours=1)
    bench.act(case, "close", outcome="x")
    found = told(bench)
    first = {"n": 1, "median_seconds": 1800, "p90_seconds": 1800, "max_seconds": 1800}
    assert found["times"]["first_answer"] == first | {
        "by_category": {"other": first}, "by_site": {"A": first}, "by_handler": {"mei": first}}  # fmt: skip
    assert found["times"]["closing"]["median_seconds"] == 5400
    assert found["waiting_by_reason"]["customer"]["max_seconds"] == 3600
    assert {name: found["times"]["proposal"][name] for name in NOBODY} == NOBODY


@pytest.mark.parametrize(
    ("count", "median", "ninety"), [(1, 60, 60), (2, 90, 120), (10, 330, 540), (11, 360, 600)]
)
def test_the_measures_of_times(bench, count, median, ninety):
    for minutes in range(1, count + 1):
        case = bench.record()
        bench.clock.pass_(minutes=minutes)
        bench.act(case, "reply", text="x")
    found = told(bench)["times"]["first_answer"]
    assert [found[name] for name in ("n", "median_seconds", "p90_seconds", "max_seconds")] == [
        count, median, ninety, count * 60]  # fmt: skip


def test_a_case_that_came_back_lay_open_but_for_the_evenings_in_between(bench):
    case = bench.record()
    bench.act(case, "close", outcome="x")
    bench.clock.pass_(days=2)
    bench.act(case, "reopen", reason="x")
    bench.clock.pass_(days=1)
    lying = {each["date"]: each["open"] for each in told(bench)["backlog"]}
    assert [lying[f"2026-11-{day}"] for day in (20, 21, 22, 23, 24)] == [0, 0, 0, 1, 1]
    assert len(lying) == 14


def test_what_is_owed_late_stands_by_kind_and_what_falls_due_tomorrow_in_its_order(bench):
    case = bench.record()
    bench.act(case, "take")
    bench.act(case, "press", "shen", text="催", due="+1h")
    bench.act(case, "prevent", "shen", text="防", owner="shen", due="+1h")
    bench.clock.pass_(hours=2)
    found = told(bench)
    assert {name: found["late"][name] for name in ("press", "confirm", "prevention")} == {
        "press": 1, "confirm": 0, "prevention": 1}  # fmt: skip
    assert {(line["owes"], line["number"], line["owner"]) for line in found["late_lines"]} == {
        ("press", case.number, "mei"), ("prevention", case.number, "shen")}  # fmt: skip
    assert found["tomorrow"] == []  # it is late today, and stands there
    other = bench.record()
    bench.act(other, "take")
    bench.act(other, "reply", text="x")
    line = told(bench)["tomorrow"][0]
    assert (line["number"], line["owes"], line["owner"]) == (other.number, "proposal", "mei")


def test_people_stand_by_name_with_how_sure_their_share_is(bench):
    for person, late in (("wu", 4), ("mei", 1), ("li", 0)):
        case = bench.record(person)
        bench.act(case, "take", person)
        bench.clock.pass_(hours=late)
        bench.act(case, "reply", person, text="x")
    people = told(bench)["people"]
    assert [each["handler"] for each in people] == ["li", "mei", "wu"]
    worst = people[-1]
    assert (worst["held"], worst["met"], worst["missed"], worst["of"], worst["rate"]) == (1, 0, 1, 1, 0.0)
    assert (worst["low"], worst["high"]) == tuple(round(end, 4) for end in wilson(0, 1))


def test_a_second_verdict_that_says_otherwise_overturns_the_first(bench):
    case = bench.record("mei")
    bench.act(case, "take", "li")
    bench.act(case, "verify", "wu", verdict="unfounded", text="x")
    assert told(bench)["overturned"] == 0
    bench.act(case, "verify", "qin", verdict="founded", text="x")
    found = told(bench)
    assert (found["overturned"], found["overturned_met"], found["overturned_of"]) == (1, 1, 2)
    line = found["overturned_lines"][0]
    assert (line["from"], line["to"], line["by_before"], line["by"]) == ("unfounded", "founded", "wu", "qin")
    bench.act(case, "undo", "qin")
    assert told(bench)["overturned"] == 0


def test_a_month_and_a_quarter_are_reviewed_and_no_other_span(bench):
    for csi in ("5", "2"):
        case = bench.record(site="A", mood="2")
        bench.act(case, "close", outcome="x")
        bench.act(case, "callback", reached="yes", csi=csi, nps="9", mood="3")
    month, quarter = (
        Scope(date(2026, 11, 1), date(2026, 11, 30)),
        Scope(date(2026, 10, 1), date(2026, 12, 31)),
    )
    for scope, length in ((month, "month"), (quarter, "quarter")):
        review = told(bench, scope)["satisfaction_review"]
        assert (review["length"], review["calls"], review["reached_rate"]) == (length, 2, 1.0)
        assert (review["csi_mean"], review["satisfied_met"], review["satisfied_of"]) == (3.5, 1, 2)
        assert review["csi_given"] == {"1": 0, "2": 1, "3": 0, "4": 0, "5": 1}
        assert review["by_month"]["2026-11"]["n"] == review["by_site"]["A"]["n"] == 2
        assert review["by_site"]["A"]["mood_change"] == 1.0
    for scope in (
        day_of(DAY),
        Scope(date(2026, 11, 1), date(2026, 12, 31)),
        Scope(date(2026, 11, 2), date(2026, 11, 30)),
    ):
        assert told(bench, scope)["satisfaction_review"] is None


def test_sums_are_those_of_the_day_and_what_is_not_paid(bench):
    case = bench.record(claim="100.5")
    bench.act(case, "compensate", amount="60")
    bench.act(case, "compensate", amount="30.25")
    bench.act(case, "pay", id="1")
    assert told(bench)["sums"] == {
        "claimed": "100.50",
        "promised": "90.25",
        "paid": "60.00",
        "unpaid": "30.25",
    }
    bench.clock.pass_(days=1)
    assert told(bench)["sums"] == {"claimed": "0.00", "promised": "0.00", "paid": "0.00", "unpaid": "30.25"}


def test_what_was_passed_around_counts_on_the_day_on_which_it_was(bench):
    case = bench.record()
    bench.act(case, "take", "mei")
    bench.act(case, "assign", "mei", to="li", reason="x")
    assert told(bench)["passed_around"]["handoffs"] == 1
    bench.clock.pass_(days=1)
    bench.act(case, "dispatch", "li", to="wu")
    bench.act(case, "refuse", "wu", reason="x")
    found = told(bench)["passed_around"]
    assert [found[name] for name in ("handoffs", "refused", "returned", "not_theirs", "cases")] == [
        0,
        1,
        0,
        0,
        1,
    ]
    assert (found["lines"][0]["here"], found["lines"][0]["passed"]) == (1, 2)
