"""What somebody who leaves the house was named for on a case, and owed there: who has it from then on."""

import pytest
from duty_support import held, newest

from storage.check import check
from workbench.setup import people


def leaves(bench, name, to=None):
    people.remove_person(bench.desk("zong"), name, to)


def owners(case, kind):
    return [(duty.owner, duty.state) for duty in case.duties if duty.kind == kind]


@pytest.mark.parametrize("to", ["bo", None])
def test_the_receiver_takes_the_tier_or_nobody_stands_there(staffed, to):
    case = staffed.act(held(staffed), "tier", tier="3", to="yun")
    staffed.act(case, "ask", of="yun", text="情况")
    before = staffed.now(case).tiers
    assert sorted(before.values()) == ["shen", "yun", "zong"]
    leaves(staffed, "yun", to)
    after = {step: to if name == "yun" else name for step, name in before.items()}
    assert staffed.now(case).tiers == {step: name for step, name in after.items() if name}


@pytest.mark.parametrize(
    ("leaver", "to", "engineer"), [("tie", "bo", "bo"), ("tie", None, None), ("yun", "bo", "tie")]
)
def test_the_receiver_is_the_engineer_only_where_the_leaver_was(staffed, leaver, to, engineer):
    case = staffed.act(held(staffed), "engineer", to="tie")
    staffed.act(case, "ask", of=leaver, text="情况")
    leaves(staffed, leaver, to)
    assert staffed.now(case).repair.engineer == engineer


@pytest.mark.parametrize(("to", "decides"), [("bo", "gong"), ("shen", "shen"), (None, "gong")])
def test_a_decision_goes_to_a_receiver_who_may_decide_and_up_otherwise(staffed, to, decides):
    case = staffed.act(held(staffed), "compensate", amount="1500", text="赔偿")
    assert newest(case, "approval").owner == "jin"
    staffed.act(case, "ask", of="jin", text="情况")
    leaves(staffed, "jin", to)
    now = staffed.now(case)
    assert owners(now, "approval") == [(decides, "open")]
    assert owners(now, "request") == [(to or decides, "open")]
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_a_decision_above_the_receiver_goes_to_who_may_take_it(staffed):
    case = staffed.act(held(staffed), "compensate", amount="9000", text="赔偿")
    assert newest(case, "approval").owner == "shen"
    leaves(staffed, "shen", "gong")  # decides, but not on so much
    assert owners(staffed.now(case), "approval") == [("hang", "open")]


def test_what_is_owed_by_others_stays_theirs(staffed):
    case = held(staffed)
    staffed.act(case, "ask", of="yun", text="情况")
    staffed.act(case, "ask", of="bo", text="情况")
    staffed.act(case, "answer", "yun", text="好")
    leaves(staffed, "bo", "tie")
    now = staffed.now(case)
    assert owners(now, "request") == [("yun", "answered"), ("tie", "open")]
    assert now.handler == "mei"


def test_what_had_ended_stays_with_who_ended_it(staffed):
    case = held(staffed)
    staffed.act(case, "ask", of="bo", text="情况")
    staffed.act(case, "answer", "bo", text="好")
    leaves(staffed, "bo", "tie")
    assert owners(staffed.now(case), "request") == [("bo", "answered")]


def test_whoever_is_complained_about_is_no_receiver_of_that_case(staffed):
    case = held(staffed, "mei", about="bo")
    leaves(staffed, "mei", "bo")
    assert staffed.now(case).handler is None


def test_nothing_is_left_of_a_confirmation_and_the_force_goes_on(staffed):
    case = held(staffed)
    staffed.act(case, "taskforce", "jin", head="mei", members="mei,bo,yun")
    leaves(staffed, "bo", "tie")
    now = staffed.now(case)
    assert ("bo", "withdrawn") in owners(now, "confirmation")
    assert "tie" not in [owner for owner, _state in owners(now, "confirmation")]
    assert (now.force.head, "bo" in now.force.members) == ("mei", False)
    leaves(staffed, "mei", "tie")
    assert staffed.now(case).force.head == "tie"
