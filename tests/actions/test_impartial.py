"""Nobody judges their own case: what is left to the person complained about, and who acts in their stead."""

import pytest
from desks import NOON
from duty_support import away, held, told

from storage.check import check
from workbench.domain import acts
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports import training
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.setup import people
from workbench.watch.sweep import sweep

FOUNDED = {"verdict": "founded", "text": "录音为证"}
WHY = {"reason": "客户点名"}


def refused(bench, case, act, person, **given):
    with pytest.raises(RefusedError) as why:
        bench.act(case, act, person, **given)
    return str(why.value)


def named(bench, case, *names, by="jin"):
    return bench.act(case, "amend", by, about="，".join(names), **WHY)


def test_what_is_left_to_the_person_complained_about_is_an_account_a_note_and_reading():
    left = set(acts.where(lambda act: act.accused_may))
    assert left == {"record", "note", "account", "seen"}, "to record is an act on no case yet"


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("take", {}), ("regrade", {"level": "2", "reason": "x"}), ("reply", {"text": "x"}), ("close", {"outcome": "x"}),
        ("callback", {"reached": "yes"}), ("compensate", {"amount": "1", "text": "x"}), ("amend", {"about": "-", **WHY}),
        ("amend", {"unit": "1-1"}), ("heard", {"text": "x"}), ("verify", FOUNDED), ("undo", {}), ("assign", {"to": "mei"}),
    ],
)  # fmt: skip
def test_more_than_that_is_refused(staffed, act, given):
    case = staffed.record("mei", site="金色家园", about="jin")
    staffed.act(case, "account", "jin", text="我没有")
    staffed.act(case, "note", "jin", text="已看")
    assert "jin is complained about" in refused(staffed, case, act, "jin", **given)


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("assign", {"to": "bo"}), ("dispatch", {"to": "bo"}), ("tier", {"tier": "3", "to": "bo"}),
        ("taskforce", {"head": "jin", "members": "bo"}), ("taskforce", {"head": "bo", "members": "jin"}),
        ("ask", {"of": "bo", "text": "x"}), ("escalate", {"to": "bo", "reason": "x"}), ("engineer", {"to": "bo"}),
        ("prevent", {"owner": "bo", "text": "x"}), ("visit", {"engineer": "bo", "at": "+2d"}),
    ],
)  # fmt: skip
def test_nothing_is_given_to_the_person_complained_about(staffed, act, given):
    case = staffed.record("mei", site="金色家园", about="bo", kind="repair")
    assert "bo is complained about" in refused(staffed, case, act, "zong", **given)
    assert staffed.act(case, "tell", "zong", to="bo", text="请看") is not None, "to read is left to them"


@pytest.mark.parametrize(
    "given",
    [
        {"of": "yun", "text": "他说的"},
        {"of": "mei", "text": "x"},
        {"of": "yun", "ask": "yes"},
        {"ask": "yes"},
    ],
)
def test_the_person_complained_about_gives_their_own_account_only(staffed, given):
    case = staffed.record("mei", site="金色家园", about="bo，yun")
    assert "their own account, nothing else" in refused(staffed, case, "account", "bo", **given)
    assert [each.person for each in staffed.now(case).check.accounts] == []
    own = staffed.act(case, "account", "bo", of="bo", text="我没有")
    assert [each.person for each in own.check.accounts] == ["bo"]
    assert staffed.act(case, "account", "mei", of="yun", text="口述").check.accounts[-1].person == "yun"


def test_several_are_complained_about_and_each_is_heard_before_the_verdict(staffed):
    case = staffed.record("mei", site="金色家园", about="bo，yun")
    assert (case.about, case.accused) == ("bo, yun", ("bo", "yun"))
    for name in ("bo", "yun"):
        assert "complained about" in refused(staffed, case, "take", name)
    staffed.act(case, "account", "bo", text="一")
    assert "First: account." in refused(staffed, case, "verify", "kong", **FOUNDED)
    with pytest.raises(UsageError, match="whose account"):
        staffed.act(case, "account", "mei", text="二")
    staffed.act(case, "account", "yun", text="二")
    assert staffed.act(case, "verify", "kong", **FOUNDED).verdict == "founded"


def test_named_while_holding_the_case_it_becomes_unassigned_and_the_supervisor_is_told(staffed):
    case = held(staffed, "mei")
    case = staffed.act(case, "promise", "mei", text="明天来", due="+1d")
    case = staffed.act(case, "compensate", "mei", amount="600", text="补偿")  # above the limit: a request
    case = staffed.act(case, "dispatch", "mei", to="bo")
    case = named(staffed, case, "mei", "bo", by="tie")
    assert (case.handler, case.tiers.get(3), case.handed_on) == (None, None, {"mei"})
    assert told(case, "amend") == ["jin"]
    assert [(duty.kind, duty.owner) for duty in case.owed()] == [("promise", "jin")]
    assert staffed.act(case, "take", "tie").handoffs == 0, "it was nobody's"


def test_the_head_of_a_task_force_who_is_named_is_followed_by_the_supervisor(staffed):
    case = held(staffed, "tie")
    case = staffed.act(case, "taskforce", "zong", head="shen", members="mei,bo")
    case = named(staffed, case, "shen", "bo", by="zong")
    assert (case.force.head, case.force.members) == ("jin", ("jin", "mei"))
    assert {duty.owner for duty in case.owed("confirmation")} == {"mei"}


def test_naming_needs_a_reason_and_only_a_supervisor_takes_it_back(staffed):
    case = staffed.record("mei", site="金色家园")
    with pytest.raises(UsageError, match="Say why"):
        staffed.act(case, "amend", "mei", about="bo")
    case = named(staffed, case, "bo", by="mei")
    assert "Only a supervisor" in refused(staffed, case, "amend", "mei", about="-", **WHY)
    assert "Only a supervisor" in refused(staffed, case, "amend", "mei", about="yun", **WHY), (
        "another instead"
    )
    case = named(staffed, case, "bo", "yun", by="mei")
    assert case.accused == ("bo", "yun")
    assert staffed.act(case, "amend", "jin", about="-", **WHY).about is None


@pytest.mark.parametrize("by", ["mei", "jin", "shen", "zong"])
def test_naming_that_is_undone_is_an_accusation_taken_back(staffed, by):
    case = named(staffed, staffed.record("mei", site="金色家园"), "bo", by=by)
    if by == "mei":
        assert "Only a supervisor takes back" in refused(staffed, case, "undo", by)
        assert staffed.now(case).accused == ("bo",)
    else:
        assert staffed.act(case, "undo", by).accused == ()


def test_a_name_that_a_supervisor_took_away_comes_back_by_undo_and_one_more_stays(staffed):
    case = named(staffed, staffed.record("mei", site="金色家园"), "bo", by="jin")
    case = staffed.act(case, "amend", "jin", about="-", **WHY)
    assert staffed.act(case, "undo", "jin").accused == ("bo",)
    case = named(staffed, case, "bo", "yun", by="mei")
    assert "about yun;" in refused(staffed, case, "undo", "mei")


def test_a_ladder_that_would_tell_the_person_complained_about_goes_up_the_tree(staffed, clock):
    case = staffed.record("mei", site="金色家园", about="jin, gong, shen, hang")
    clock.pass_(hours=4)
    sweep(staffed.desk("zong"))
    case = staffed.now(case)
    told_of = [notice.person for notice in case.notices if notice.what == "escalate"]
    assert "zong" in told_of
    assert not {"jin", "gong", "shen", "hang"} & set(told_of)


def test_a_new_case_names_nobody_for_a_tier_of_whom_it_complains(staffed):
    assert staffed.record("bo", site="金色家园").tiers[3] == "mei"
    assert "mei" not in staffed.record("bo", site="金色家园", about="mei").tiers.values()


def test_a_closing_on_the_spot_is_not_done_by_the_person_complained_about(staffed):
    with pytest.raises(RefusedError, match="mei is complained about"):
        staffed.record("mei", site="金色家园", about="mei", close=True, outcome="好了")


def merged(bench, head, *names):
    """Return ``head`` and a case about ``names`` that was merged into it."""
    part = bench.record("tie", site="金色家园", about="，".join(names))
    part = bench.act(part, "merge", "tie", into=head.number)
    return bench.now(head), part


def test_the_case_that_goes_on_complains_of_whom_the_merged_one_complains(staffed):
    head, part = merged(staffed, held(staffed, "tie"), "mei", "bo")
    assert (head.about, head.accused) == (None, ("mei", "bo"))
    assert "mei is complained about" in refused(staffed, head, "assign", "jin", to="mei", reason="x")
    assert "mei is complained about" in refused(staffed, head, "reply", "mei", text="您好")
    staffed.act(head, "account", "bo", text="一")
    assert "First: account." in refused(staffed, head, "verify", "kong", **FOUNDED), "not theirs alone"
    staffed.act(head, "account", "mei", text="二")
    staffed.act(head, "verify", "kong", **FOUNDED)
    found = training.needs(staffed.desk("jin"), NOON.date(), NOON.date())
    assert {row["person"] for row in found if row["standards"]} == {"mei", "bo"}, "not the handler"
    staffed.act(part, "unmerge", "jin", **WHY)
    assert staffed.now(head).accused == ()
    assert staffed.act(head, "assign", "jin", to="mei", reason="x").handler == "mei"
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_an_account_given_on_the_merged_case_counts_on_the_one_that_goes_on(staffed):
    part = staffed.record("yun", site="金色家园", about="mei，bo")
    staffed.act(part, "account", "mei", text="一")  # before the merger
    head = held(staffed, "yun")
    part = staffed.act(part, "merge", "yun", into=head.number)
    assert "First: account." in refused(staffed, head, "verify", "kong", **FOUNDED)
    staffed.act(part, "account", "bo", text="二")
    found = staffed.now(head).check.accounts
    assert [(each.person, each.text) for each in found] == [("mei", "一"), ("bo", "二")]
    assert staffed.act(head, "verify", "kong", **FOUNDED).verdict == "founded"
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_an_account_that_is_undone_on_the_merged_case_is_gone_from_the_one_that_goes_on(staffed):
    head, part = merged(staffed, held(staffed, "yun"), "mei")
    staffed.act(part, "account", "jin", of="mei", text="口述")
    assert len(staffed.now(head).check.accounts) == 1
    staffed.act(part, "undo", "jin")
    assert staffed.now(head).check.accounts == ()
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_whoever_holds_the_case_that_goes_on_is_released_by_the_merger_and_by_a_later_name(staffed):
    head, _ = merged(staffed, held(staffed, "mei"), "mei")
    assert (head.handler, told(head, "link")) == (None, ["jin"])
    head, part = merged(staffed, held(staffed, "mei"), "bo")
    assert head.handler == "mei"
    named(staffed, part, "bo", "mei", by="jin")
    assert (staffed.now(head).handler, staffed.now(head).accused) == (None, ("bo", "mei"))
    staffed.act(part, "undo", "jin")
    assert staffed.now(head).accused == ("bo",)
    assert check(staffed.store, staffed.desk().rules_in).problems == []


def test_a_merger_that_is_undone_takes_the_accusation_back(staffed):
    head, part = merged(staffed, held(staffed, "mei"), "mei")
    staffed.act(part, "undo", "tie")
    assert (staffed.now(head).accused, staffed.now(head).handler) == ((), "mei")


def test_what_is_asked_for_goes_past_the_person_complained_about_up_the_tree(staffed):
    case = staffed.record("mei", site="金色家园", about="jin")
    case = staffed.act(case, "compensate", "mei", amount="600", text="补偿")
    assert case.owed("approval")[0].owner == "gong", "another supervisor of the house comes before a manager"


def test_where_nobody_is_left_above_anybody_else_decides_and_that_is_said(bench):
    for name, role in (("zong", "head-office"), ("mei", "handler"), ("bo", "handler")):
        people.add_person(bench.desk("zong"), name, {"role": role})
    case = bench.record("mei", about="zong", impact="severe")
    case = bench.act(case, "close", "mei", outcome="好了")
    (duty,) = case.owed("approval")
    assert (duty.owner, case.status) == ("bo", "open")
    assert "complained about" in refused(bench, case, "approve", "zong")
    assert "somebody else decides" in refused(bench, case, "approve", "mei")
    case = bench.act(case, "approve", "bo")
    assert case.status == "closed"
    entry = bench.desk().timeline(case.case_id)[-1]
    assert (entry.act, entry.data["not_impartial"]) == ("approve", True)
    assert summary(bench.desk("mei"), one_day(bench.clock().date()))["not_impartial"] == 1


def test_while_somebody_impartial_is_above_the_others_do_not_decide(bench):
    for name, role in (
        ("zong", "head-office"),
        ("jing", "manager"),
        ("jin", "supervisor"),
        ("mei", "handler"),
    ):
        people.add_person(bench.desk("zong"), name, {"role": role})
    case = bench.record("mei", about="jing", impact="partly")
    case = bench.act(case, "compensate", "mei", amount="5000", text="补偿")
    assert case.owed("approval")[0].owner == "zong"
    assert "above the authority" in refused(bench, case, "approve", "jin")
    case = bench.act(case, "approve", "zong")
    assert "not_impartial" not in bench.desk().timeline(case.case_id)[-1].data


@pytest.mark.parametrize("accused", [("sup",), ("sup", "boss")])
@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("compensate", {"amount": "800", "text": "补偿"}),
        ("close", {"outcome": "好了", "accepted": "yes"}),
        ("pause", {"reason": "客户出国", "for": "customer", "until": "+40d"}),
    ],
)
def test_who_alone_is_not_complained_about_decides_alone_and_that_is_said(bench, accused, act, given):
    for name, role in (*((name, "supervisor") for name in accused), ("h1", "handler")):
        people.add_person(bench.desk(accused[0]), name, {"role": role})
    case = bench.record("h1", about="，".join(accused), claim="100")
    case = bench.act(case, "take", "h1")
    case = bench.act(case, act, "h1", **given)
    entry = bench.desk().timeline(case.case_id)[-1]
    assert (entry.act, entry.by, entry.data.get("not_impartial")) == (act, "h1", True)
    assert case.owed("approval") == ()


@pytest.mark.parametrize(("absent", "owner"), [("yun", "jin"), ("jin", "gong")])
def test_where_nobody_is_left_above_the_most_powerful_nearest_the_place_is_asked(staffed, absent, owner):
    away(staffed, absent, "bo")
    case = staffed.record("bo", site="金色家园", about="zong，shen，hang")
    case = staffed.act(case, "compensate", "bo", amount="5000", text="补偿")
    (duty,) = case.owed("approval")
    assert (duty.owner, told(case, "request-approval")) == (owner, [owner])
    assert "may not do this" in refused(staffed, case, "approve", "mei")
    case = staffed.act(case, "approve", owner)
    assert staffed.desk().timeline(case.case_id)[-1].data["not_impartial"] is True


def test_who_asked_decides_once_nobody_else_is_left(bench):
    for name, role in (("sup", "supervisor"), ("bo", "handler"), ("h1", "handler")):
        people.add_person(bench.desk("sup"), name, {"role": role})
    case = bench.act(bench.record("h1"), "take", "h1")
    case = bench.act(case, "compensate", "h1", amount="800", text="补偿")
    assert "somebody else decides" in refused(bench, case, "approve", "h1")
    case = named(bench, case, "sup", "bo", by="h1")
    case = bench.act(case, "approve", "h1")
    assert [str(one.amount) for one in case.money] == ["800.00"]
    assert bench.desk().timeline(case.case_id)[-1].data["not_impartial"] is True
