"""Whoever is named for a tier confirms it at once; it stands in inbox, desk and ladder (S0)."""

from datetime import timedelta

import pytest
from desks import Bench
from duty_support import held, newest, office, told

from storage.check import check
from workbench.domain.errors import RefusedError
from workbench.policy import loading
from workbench.reports import desk, inbox
from workbench.watch.sweep import sweep

AT_RECORD = """
[duties.tier]
name = { zh = "层级确认", en = "Tier" }
target = "30m"
at_record = true
source = "S0"
"""


def test_whoever_is_named_confirms_in_half_an_hour(staffed, clock):
    case = staffed.act(held(staffed), "tier", "jin", tier="3", to="bo")
    duty = newest(case, "tier")
    assert (duty.owner, duty.due_at, duty.data["step"]) == ("bo", clock() + timedelta(minutes=30), 3)
    owed = [each["kind"] for line in inbox.digest(staffed.desk("bo")) for each in line["owes"]]
    assert owed == ["tier"]
    assert [(row.kind, row.who) for row in desk.rows(staffed.desk("bo")) if row.section == desk.MINE] == [
        ("tier", "bo")
    ]
    waits = [row.kind for row in desk.rows(staffed.desk("shen")) if row.section == desk.UNCONFIRMED]
    assert waits == ["tier"], "the supervisors see who has not confirmed"
    case = staffed.act(case, "confirm", "bo")
    assert (newest(case, "tier").state, case.handler) == ("confirmed", "mei"), "the case stays where it is"
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_who_does_not_confirm_is_reminded_and_then_the_supervisor_and_head_office_are_told(staffed, clock):
    case = staffed.act(held(staffed), "tier", "jin", tier="3", to="bo")
    for minutes in (15, 15, 30):
        clock.pass_(minutes=minutes)
        sweep(staffed.desk("zong"))
    steps = [event.data for event in staffed.desk().timeline(case.case_id) if event.act == "escalate"]
    assert [each["informed"] for each in steps if each["clock"] == "tier"] == [["bo"], ["jin"], ["zong"]]


def test_who_names_themselves_has_confirmed_and_who_is_named_instead_takes_it_over(staffed):
    case = staffed.act(held(staffed), "tier", "bo", tier="3", to="bo")
    assert not case.owed("tier")
    case = staffed.act(case, "tier", "jin", tier="2", to="bo")
    case = staffed.act(case, "tier", "jin", tier="2", to="yun")
    assert [(duty.owner, duty.state) for duty in case.duties if duty.kind == "tier"] == [
        ("bo", "withdrawn"), ("yun", "open"),
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="waits for yun to confirm"):
        staffed.act(case, "confirm", "bo")


def test_confirm_serves_a_tier_and_a_task_force_together(staffed):
    case = staffed.act(held(staffed), "tier", "jin", tier="2", to="bo")
    case = staffed.act(case, "taskforce", "zong", head="jin", members="bo")
    case = staffed.act(case, "confirm", "bo")
    assert {duty.kind for duty in case.duties if duty.state == "confirmed"} == {"tier", "confirmation"}


def test_a_policy_that_says_so_asks_those_whom_the_staff_list_names_at_intake(tmp_path, clock):
    bench = office(Bench(tmp_path / "own.db", clock, f'extends = "default"\n{AT_RECORD}'))
    case = bench.record("mei", site="金色家园")
    assert case.tiers == {1: "zong", 2: "shen", 3: "mei"}
    assert [(duty.owner, duty.data["step"]) for duty in case.owed("tier")] == [("zong", 1), ("shen", 2)]
    assert told(case, "record") == ["zong", "shen"], "mei records it and knows"
    case = bench.act(case, "confirm", "shen")
    assert [duty.owner for duty in case.owed("tier")] == ["zong"]
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_an_older_policy_does_not_ask(tmp_path, clock):
    text = loading.load("default")[1]
    start = text.index("[duties.tier]")
    older = text[:start] + text[text.index("[duties.handover]") :]
    bench = office(Bench(tmp_path / "own.db", clock, older))
    assert not bench.act(held(bench), "tier", "jin", tier="3", to="bo").duties
