"""Whom acts name or tell: colleagues, ladders by hand, task forces, engineers, tiers; and undo (docs/verbs.md)."""

import pytest
from duty_support import away, held, newest, told

from workbench.domain.errors import ConflictError, RefusedError, UsageError
from workbench.reports import inbox

# ------------------------------------------------------------ tell and seen


def test_it_is_kept_who_was_told_and_who_saw_it(staffed, clock):
    case = staffed.act(held(staffed), "tell", to="bo，yun, bo,mei", text="业主要上访")
    assert told(case, "tell") == ["bo", "yun"]  # each once, and not the teller
    assert [notice.id for notice in case.notices] == list(range(1, len(case.notices) + 1))
    clock.pass_(minutes=5)
    case = staffed.act(case, "seen", "bo")
    assert [(n.person, n.seen_at) for n in case.notices] == [("bo", clock()), ("yun", None)]
    with pytest.raises(RefusedError, match="nothing new"):
        staffed.act(case, "seen", "bo")


def test_a_look_is_no_conflict_for_others(staffed):
    case = staffed.act(held(staffed), "tell", to="bo", text="x")
    staffed.act(case, "seen", "bo")
    assert staffed.act(case, "dispatch", to="bo", seen=case.version).owed("dispatch")


@pytest.mark.parametrize(
    ("act", "given", "joins"),
    [
        ("tell", {"to": "bo", "text": "x"}, True), ("ask", {"of": "bo", "text": "x"}, True),
        ("visit", {"at": "+1h"}, True), ("dispatch", {"to": "bo"}, False),
        ("escalate", {"to": "company", "reason": "x"}, False), ("handover", {"to": "bo"}, False),
        ("engineer", {"to": "bo"}, False), ("tier", {"tier": "1", "to": "bo"}, False),
    ],
)  # fmt: skip
def test_deciding_acts_name_the_version_they_saw_and_adding_ones_join(staffed, act, given, joins):
    case = held(staffed)
    staffed.act(case, "note", "jin", text="x")
    if joins:
        assert staffed.act(case, act, seen=case.version, **given).last_act == act
        return
    with pytest.raises(ConflictError):
        staffed.act(case, act, seen=case.version, **given)


# ------------------------------------------------------------ passing up


@pytest.mark.parametrize(
    ("to", "people"),
    [
        ("supervisor", ["jin"]), ("manager", ["shen"]), ("head-office", ["zong"]), ("company", ["shen"]),
        ("group", ["zong"]), ("project", ["jin"]), ("hang", ["hang"]),
    ],
)  # fmt: skip
def test_a_case_is_passed_up_the_tree_and_becomes_level_three(staffed, to, people):
    case = staffed.act(held(staffed), "escalate", to=to, reason="处理不了")
    assert (told(case, "escalate"), case.severity, case.passed_up) == (people, 3, True)
    assert [(reason.rule, reason.level) for reason in case.severity_reasons] == [("passed-up", 3)]


@pytest.mark.parametrize(
    ("level", "expected"), [("1", 1), ("2", 2), ("4", 3)], ids=["major", "serious", "general"]
)
def test_a_level_set_by_hand_is_never_lowered_by_passing_up(staffed, level, expected):
    case = staffed.act(held(staffed), "regrade", level=level, reason="x")
    case = staffed.act(case, "escalate", to="company", reason="x")
    assert case.severity == expected
    assert {reason.rule for reason in case.severity_reasons} == {"manual", "passed-up"}


def test_an_inquiry_passed_up_gets_no_level_by_it(staffed):
    case = staffed.act(held(staffed, kind="inquiry"), "escalate", to="company", reason="x")
    assert (case.severity, told(case, "escalate")) == (4, ["shen"])


def test_an_escalation_by_time_sets_no_level(staffed, clock):
    from workbench.watch.sweep import sweep

    case = held(staffed)
    clock.pass_(hours=4)
    sweep(staffed.desk())
    assert (staffed.now(case).severity, staffed.now(case).passed_up) == (4, False)


def test_the_substitute_is_told_of_what_is_passed_up(staffed):
    away(staffed, "jin", "bo")
    assert told(staffed.act(held(staffed), "escalate", to="supervisor", reason="x"), "escalate") == ["bo"]


# ------------------------------------------------------------ task force


def test_each_member_confirms_and_only_the_head_tells_the_customer(staffed):
    case = staffed.act(held(staffed), "taskforce", "shen", head="jin", members="mei, tie,shen", text="群诉")
    assert case.force.members == ("jin", "mei", "tie", "shen")
    assert [duty.owner for duty in case.owed("confirmation")] == ["jin", "mei", "tie"]  # shen set it up
    assert told(case, "taskforce") == ["jin", "mei", "tie"]
    with pytest.raises(RefusedError, match="only its head, jin"):
        staffed.act(case, "reply", text="x")
    assert staffed.act(case, "reply", "jin", text="x").last_told_at
    case = staffed.act(case, "confirm", "tie")
    assert [duty.owner for duty in case.owed("confirmation")] == ["jin", "mei"]


def test_a_task_force_set_up_anew_asks_only_those_who_have_not_confirmed(staffed):
    case = staffed.act(held(staffed), "taskforce", "shen", head="jin", members="mei,tie")
    staffed.act(case, "confirm", "tie")
    case = staffed.act(case, "taskforce", "shen", head="jin", members="tie,bo")
    assert [duty.owner for duty in case.owed("confirmation")] == ["jin", "bo"]
    assert [duty.state for duty in case.duties] == [
        "withdrawn", "withdrawn", "confirmed", "open", "open",
    ]  # fmt: skip


def test_a_dissolved_task_force_asks_nobody_and_its_members_are_told(staffed):
    case = staffed.act(held(staffed), "taskforce", "shen", head="jin", members="mei,tie")
    case = staffed.act(case, "taskforce", "jin", dissolve="yes", reason="已平息")
    assert (case.force, case.owed()) == (None, ())
    assert told(case, "taskforce")[-2:] == ["mei", "tie"]
    assert staffed.act(case, "reply", text="x").last_told_at


# ------------------------------------------------------------ visits and the engineer


def test_an_appointment_counts_down_and_is_kept_or_missed(staffed):
    case = held(staffed, kind="repair")
    case = staffed.act(case, "visit", at="2026-11-21 14:00", engineer="tie", text="看窗")
    assert (case.repair.engineer, newest(case, "visit").owner) == ("tie", "tie")
    assert told(case, "visit") == ["tie"]
    case = staffed.act(case, "visited", "tie", missed="yes", text="没人在家")
    assert (newest(case, "visit").state, told(case, "visited")) == ("missed", ["mei"])
    case = staffed.act(case, "visit", at="+1d")
    assert newest(case, "visit").owner == "tie"  # the engineer of the case
    assert newest(staffed.act(case, "visited", "tie"), "visit").state == "kept"


def test_without_an_engineer_the_handler_comes_and_without_both_it_must_be_said(staffed):
    assert newest(staffed.act(held(staffed), "visit", at="+1h"), "visit").owner == "mei"
    with pytest.raises(UsageError) as refused:
        staffed.act(staffed.record(site="金色家园"), "visit", at="+1h")
    assert refused.value.option == "--engineer"


def test_the_engineer_changes_only_with_a_reason_and_is_counted(staffed):
    case = staffed.act(held(staffed, kind="repair"), "engineer", to="tie")
    assert (case.repair.engineer, case.repair.changes) == ("tie", 0)
    case = staffed.act(case, "visit", at="+1h")
    with pytest.raises(RefusedError, match=r"engineer of .* already"):
        staffed.act(case, "engineer", to="tie")
    with pytest.raises(UsageError) as refused:
        staffed.act(case, "engineer", to="yun")
    assert refused.value.option == "--reason"
    with pytest.raises(RefusedError, match="is tie; a change needs a reason"):
        staffed.act(case, "visit", at="+2h", engineer="yun")
    case = staffed.act(case, "engineer", to="yun", reason="tie 调走")
    assert (case.repair.engineer, case.repair.changes) == ("yun", 1)
    assert (newest(case, "visit").owner, told(case, "engineer")) == ("yun", ["tie", "yun", "tie"])


# ------------------------------------------------------------ the three tiers


def test_recording_names_the_three_tiers_of_the_place(staffed):
    assert staffed.record(site="金色家园").tiers == {1: "zong", 2: "shen", 3: "mei"}
    assert staffed.record(site="湖畔").tiers == {1: "zong"}


def test_recording_names_who_stands_in(staffed):
    away(staffed, "shen", "jin")
    assert staffed.record(site="金色家园").tiers[2] == "jin"


def test_without_a_staff_list_no_tier_is_named(bench):
    case = bench.record(site="金色家园")
    assert case.tiers == {}
    assert "tiers" not in bench.desk().timeline(case.case_id)[0].data


def test_a_tier_is_named_by_hand_and_the_person_told(staffed):
    case = staffed.act(held(staffed), "tier", "jin", tier="2", to="bo")
    assert (case.tiers[2], told(case, "tier")) == ("bo", ["bo"])


# ------------------------------------------------------------ undo


@pytest.mark.parametrize(
    ("before", "act", "person", "given"),
    [
        ([], "dispatch", "mei", {"to": "bo"}),
        ([("dispatch", "mei", {"to": "bo"})], "accept", "bo", {}),
        ([("dispatch", "mei", {"to": "bo"})], "refuse", "bo", {"reason": "x"}),
        ([], "ask", "mei", {"of": "工程部", "text": "x"}),
        ([("ask", "mei", {"of": "bo", "text": "x"})], "answer", "bo", {"text": "x"}),
        ([], "press", "zong", {"text": "x"}),
        ([], "tell", "mei", {"to": "bo", "text": "x"}),
        ([("tell", "mei", {"to": "bo", "text": "x"})], "seen", "bo", {}),
        ([], "escalate", "mei", {"to": "company", "reason": "x"}),
        ([], "taskforce", "jin", {"head": "jin", "members": "bo"}),
        ([("taskforce", "jin", {"head": "jin", "members": "bo"})], "confirm", "bo", {}),
        ([("taskforce", "jin", {"head": "jin", "members": "bo"})], "taskforce", "jin",
         {"dissolve": "yes", "reason": "x"}),
        ([], "handover", "mei", {"to": "bo"}),
        ([("handover", "mei", {"to": "bo"})], "confirm", "bo", {}),
        ([], "visit", "mei", {"at": "+1h", "engineer": "tie"}),
        ([("visit", "mei", {"at": "+1h", "engineer": "tie"})], "visited", "mei", {"missed": "yes"}),
        ([("visit", "mei", {"at": "+1h", "engineer": "tie"})], "engineer", "mei", {"to": "bo", "reason": "x"}),
        ([], "tier", "mei", {"tier": "1", "to": "bo"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_undo_leaves_the_case_as_it_was(staffed, before, act, person, given):
    case = held(staffed)
    for name, by, asked in before:
        case = staffed.act(case, name, by, **asked)
    was = staffed.now(case)
    assert staffed.act(case, act, person, **given) != was
    after = staffed.act(case, "undo", person)
    for name in ("handler", "handoffs", "duties", "notices", "severity", "severity_reasons", "force", "tiers",
                 "repair", "passed_up", "dispatched", "clocks"):  # fmt: skip
        assert getattr(after, name) == getattr(was, name), name


@pytest.mark.parametrize("called", ["supervisor", "Supervisor", "主管"])
def test_a_role_may_be_called_by_its_name(staffed, called):
    case = staffed.act(held(staffed), "escalate", to=called, reason="处理不了")
    assert told(case, "escalate") == ["jin"]


def test_the_tables_are_what_the_timeline_says_after_all_of_it(staffed):
    from storage.check import check

    case = held(staffed)
    for act, person, given in [
        ("dispatch", "mei", {"to": "bo"}), ("accept", "bo", {}), ("ask", "bo", {"of": "工程部", "text": "x"}),
        ("press", "zong", {"text": "x"}), ("tell", "bo", {"to": "mei,jin", "text": "x"}), ("seen", "jin", {}),
        ("undo", "jin", {}), ("taskforce", "jin", {"head": "bo", "members": "tie"}), ("confirm", "tie", {}),
        ("handover", "bo", {"to": "mei"}), ("confirm", "mei", {}), ("undo", "mei", {}),
        ("visit", "bo", {"at": "+1h", "engineer": "tie"}), ("undo", "bo", {}),
    ]:  # fmt: skip
        staffed.act(case, act, person, **given)
    assert check(staffed.store, staffed.desk().rules_in).as_dict()["problems"] == []


def test_somebody_complained_about_stands_in_for_nobody_on_that_case(staffed):
    away(staffed, "shen", "jin")
    case = staffed.record("mei", site="金色家园", about="jin")
    case = staffed.act(case, "ask", "mei", of="shen", text="请查")
    duty = newest(case, "request")
    assert (duty.owner, told(case, "ask")) == ("hang", ["hang"]), "the other manager is there"
    assert duty_line(staffed, case, "jin") == []
    case = staffed.act(case, "answer", "hang", text="查过了")
    assert newest(case, "request").state == "answered"


def test_what_is_asked_of_somebody_away_waits_for_them_where_nobody_is_above(staffed):
    away(staffed, "zong", "jin")
    case = staffed.record("mei", site="金色家园", about="jin")
    case = staffed.act(case, "ask", "mei", of="zong", text="请查")
    assert (newest(case, "request").owner, told(case, "ask")) == ("zong", ["zong"])


def test_an_approval_passes_by_somebody_away_for_whom_one_complained_about_stands_in(staffed):
    away(staffed, "jin", "bo")
    away(staffed, "gong", "bo")
    case = staffed.record("mei", site="金色家园", about="bo")
    case = staffed.act(case, "compensate", "mei", amount="600", text="补偿")
    assert told(case, "request-approval") == ["shen"], "the manager of the place is the next who is there"
    assert staffed.act(case, "approve", "shen").owed("approval") == ()


def duty_line(bench, case, person):
    """Return what ``person`` owes on ``case`` by the inbox."""
    lines = inbox.digest(bench.desk(person), everything=True)
    return [owed for line in lines if line["number"] == case.number for owed in line["owes"]]
