"""Solved in part counts only with the customer's consent; who is left without a solution is told what next."""

import pytest
from desks import Bench
from organisation_support import furnished

from storage import search
from workbench.domain.errors import UsageError
from workbench.domain.outcomes import is_not_accepted, is_solved
from workbench.reports.scope import one_day
from workbench.reports.summary import summary

NEXT = {"next": "可向住建局投诉"}


@pytest.fixture
def house(bench: Bench) -> Bench:
    """A store with mei and bo (handlers), jin (supervisor of 金色家园), shen (manager), zong (head office)."""
    return furnished(bench)


def recorded(house, **given):
    return house.record(site="金色家园", **given)


def figures(bench):
    found = summary(bench.desk(), one_day(bench.clock().date()))
    return found["resolution_rate"], found["limited_resolutions"], found["not_accepted"]


@pytest.mark.parametrize(
    ("resolution", "accepted", "solved", "not_accepted"),
    [
        ("full", "yes", True, False),
        ("full", "unknown", True, False),
        ("full", "no", False, True),
        ("limited", "yes", True, False),
        ("limited", "unknown", False, False),
        ("limited", "no", False, True),
        ("none", "yes", False, True),
        ("none", "unknown", False, True),
        ("none", "no", False, True),
    ],
)
def test_what_is_solved_and_what_is_not_accepted(bench, resolution, accepted, solved, not_accepted):
    assert (is_solved(resolution, accepted), is_not_accepted(resolution, accepted)) == (solved, not_accepted)
    case = bench.record()
    asked = {"outcome": "x", "resolution": resolution, "accepted": accepted}
    if not_accepted:
        with pytest.raises(UsageError) as caught:
            bench.act(case, "close", **asked)
        assert caught.value.option == "--next"
        assert bench.now(case).status == "open"
    bench.act(case, "close", **asked, **(NEXT if not_accepted else {}))
    assert figures(bench) == (float(solved), int(resolution == "limited"), int(not_accepted))


def test_what_the_customer_may_do_next_stands_on_the_entry_and_is_found(bench):
    case = bench.record()
    bench.act(case, "close", outcome="我保证", resolution="none", next="你去告吧，打 12345")
    data = bench.desk().timeline(case.case_id)[-1].data
    assert (data["next"], data["phrases"]) == ("你去告吧，打 12345", ["guarantee", "sue"])
    with bench.store.reading() as db:
        assert list(search.case_ids(db, bench.store.site_id, "去告吧")) == [case.case_id]


@pytest.mark.parametrize("how", [{"resolution": "none"}, {"accepted": "no"}])
def test_the_supervisor_is_told_of_it_and_of_nothing_else(house, how):
    case = recorded(house)
    told = house.act(case, "close", outcome="x", **how, **NEXT)
    assert [(each.person, each.what) for each in told.notices] == [("jin", "close")]
    assert house.act(recorded(house), "close", outcome="x", **NEXT).notices == ()
    assert house.act(recorded(house), "close", "jin", outcome="x", **how, **NEXT).notices == ()  # knows it


def test_what_somebody_else_decides_tells_the_supervisor_when_it_is_granted(house):
    case = house.act(recorded(house, impact="severe"), "close", outcome="x", resolution="none", **NEXT)
    assert [each.what for each in case.notices if each.person == "jin"] == []
    granted = house.act(case, "approve", "zong")
    assert {(each.person, each.what) for each in granted.notices[len(case.notices) :]} == {
        ("mei", "approve"), ("jin", "approve"),
    }  # fmt: skip


def test_the_consent_may_come_with_the_callback(bench):
    case = bench.record(close=True, outcome="x", resolution="limited")
    assert figures(bench) == (0.0, 1, 0)
    assert bench.act(case, "callback", reached="yes", accepted="yes").accepted == "yes"
    assert figures(bench) == (1.0, 1, 0)


def test_a_no_in_the_callback_is_not_solved_and_the_supervisor_is_told(house):
    case = recorded(house, close=True, outcome="x")
    assert figures(house)[0] == 1.0
    told = house.act(case, "callback", reached="yes", accepted="no")
    assert (told.status, [(each.person, each.what) for each in told.notices]) == (
        "done",
        [("jin", "callback")],
    )
    assert figures(house) == (0.0, 0, 1)


def test_what_was_said_in_a_call_about_progress_holds_where_the_closing_knows_nothing(bench):
    yes, no = bench.record(), bench.record()
    bench.act(yes, "callback", reached="yes", accepted="yes")
    assert bench.act(yes, "close", outcome="x", resolution="limited").accepted == "yes"
    bench.act(no, "callback", reached="yes", accepted="no")
    with pytest.raises(UsageError):
        bench.act(no, "close", outcome="x")
    assert bench.act(no, "close", outcome="x", accepted="yes").accepted == "yes"
    assert bench.act(yes, "reopen", reason="x").accepted is None


def test_who_was_not_reached_has_accepted_nothing(bench):
    case = bench.record(close=True, outcome="x")
    with pytest.raises(UsageError) as caught:
        bench.act(case, "callback", reached="no", accepted="yes")
    assert caught.value.option == "--accepted"


def test_what_is_closed_with_another_case_says_the_same(bench):
    head, part = bench.record(), bench.record()
    bench.act(part, "merge", into=head.number, reason="x")
    bench.act(head, "close", outcome="x", resolution="none", **NEXT)
    assert bench.desk().timeline(part.case_id)[-1].data["next"] == NEXT["next"]
    assert figures(bench) == (0.0, 0, 2)
