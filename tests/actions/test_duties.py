"""Duties: what each act refuses; dispatches, requests and presses from beginning to end (docs/verbs.md)."""

from datetime import timedelta

import pytest
from desks import NOON
from duty_support import away, held, newest, told
from msgspec.structs import replace

from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import stamp
from workbench.rules.dues import due_of
from workbench.setup import people

# ------------------------------------------------------------ what each act refuses as wrong use


@pytest.mark.parametrize(
    ("act", "given", "option"),
    [
        ("dispatch", {}, "--to"),
        ("dispatch", {"to": "nobody"}, "--to"),
        ("dispatch", {"to": "bo", "due": "soon"}, "--due"),
        ("dispatch", {"to": "bo", "due": "20261122"}, "--due"),
        ("ask", {"text": "x"}, "--of"),
        ("ask", {"of": "工程", "text": "x"}, "--of"),
        ("ask", {"of": "工程部", "text": " "}, "--text"),
        ("tell", {"to": "bo"}, "--text"),
        ("tell", {"to": "bo,nobody", "text": "x"}, "--to"),
        ("tell", {"to": " , ", "text": "x"}, "--to"),
        ("escalate", {"to": "supervisor"}, "--reason"),
        ("escalate", {"to": "boss", "reason": "x"}, "--to"),
        ("escalate", {"reason": "x"}, "--to"),
        ("visit", {}, "--at"),
        ("visit", {"at": "2026-11-2x"}, "--at"),
        ("visit", {"at": "+1h", "engineer": "nobody"}, "--engineer"),
        ("engineer", {}, "--to"),
        ("engineer", {"to": "nobody"}, "--to"),
        ("tier", {"to": "bo"}, "--tier"),
        ("tier", {"tier": "4", "to": "bo"}, "--tier"),
        ("tier", {"tier": "1"}, "--to"),
        ("handover", {}, "--to"),
        ("handover", {"to": "nobody"}, "--to"),
    ],
)
def test_a_malformed_or_unknown_value_is_named_and_nothing_is_written(staffed, act, given, option):
    case = held(staffed)
    with pytest.raises(UsageError) as refused:
        staffed.act(case, act, "mei", **given)
    assert refused.value.option == option
    assert staffed.now(case).version == case.version


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"members": "bo"}, "--head"),
        ({"head": "jin"}, "--members"),
        ({"head": "jin", "members": "jin"}, "--members"),
        ({"head": "jin", "members": "bo,nobody"}, "--members"),
        ({"head": "jin", "members": "bo", "reason": "x"}, "--reason"),
        ({"dissolve": "yes"}, "--reason"),
        ({"dissolve": "yes", "reason": "x", "head": "jin"}, "--head"),
    ],
)
def test_a_task_force_is_asked_for_in_one_of_two_ways(staffed, given, option):
    case = held(staffed)
    with pytest.raises(UsageError) as refused:
        staffed.act(case, "taskforce", "jin", **given)
    assert refused.value.option == option


@pytest.mark.parametrize("act", ["accept", "refuse", "answer", "confirm", "visited"])
@pytest.mark.parametrize("number", ["0", "x", "10001"])
def test_a_number_that_is_none_is_wrong_use(staffed, act, number):
    case = held(staffed)
    staffed.act(case, "dispatch", to="bo")
    staffed.act(case, "ask", of="bo", text="x")
    staffed.act(case, "handover", to="bo")
    staffed.act(case, "visit", at="+1h")
    with pytest.raises(UsageError) as refused:
        staffed.act(case, act, "bo", id=number, reason="x", text="x")
    assert refused.value.option == "--id"


# ------------------------------------------------------------ what each act refuses by a rule


@pytest.mark.parametrize(
    ("act", "person", "given", "words"),
    [
        ("dispatch", "mei", {"to": "mei"}, "held by mei"),
        ("dispatch", "jin", {"to": "jin"}, "somebody else"),
        ("dispatch", "mei", {"to": "lu"}, "read only"),
        ("dispatch", "mei", {"to": "kong"}, "may not do this"),
        ("dispatch", "mei", {"to": "bo", "due": "2026-11-21 12:00"}, "in the past"),
        ("accept", "bo", {}, "dispatched to nobody"),
        ("refuse", "bo", {"reason": "x"}, "nothing to refuse"),
        ("ask", "mei", {"of": "mei", "text": "x"}, "somebody else"),
        ("ask", "mei", {"of": "lu", "text": "x"}, "read only"),
        ("ask", "mei", {"of": "杭州公司", "text": "x", "due": "2026-11-20"}, "in the past"),
        ("ask", "mei", {"of": "湖畔", "text": "x"}, "Nobody on the staff list"),
        ("answer", "mei", {"text": "x"}, "no answer is owed"),
        ("press", "mei", {"text": "x"}, "may not do this"),
        ("press", "shen", {"text": "x"}, "may not do this"),
        ("tell", "mei", {"to": "mei", "text": "x"}, "yourself"),
        ("seen", "mei", {}, "nothing new"),
        ("escalate", "jin", {"to": "supervisor", "reason": "x"}, "yourself"),
        ("escalate", "mei", {"to": "lu", "reason": "x"}, "read only"),
        ("taskforce", "mei", {"head": "jin", "members": "bo"}, "may not do this"),
        ("taskforce", "jin", {"dissolve": "yes", "reason": "x"}, "no task force"),
        ("confirm", "bo", {}, "nothing to confirm"),
        ("handover", "mei", {"to": "mei"}, "held by mei"),
        ("handover", "bo", {"to": "yun"}, "held by mei"),
        ("visit", "mei", {"at": "2026-11-21 11:00"}, "in the past"),
        ("visited", "mei", {}, "no visit"),
        ("tier", "jin", {"tier": "3", "to": "mei"}, "already"),
    ],
)
def test_an_act_is_refused_with_the_reason(staffed, act, person, given, words):
    case = held(staffed)
    with pytest.raises(RefusedError, match=words):
        staffed.act(case, act, person, **given)
    assert staffed.now(case).version == case.version


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("dispatch", {"to": "bo"}), ("ask", {"of": "bo", "text": "x"}), ("press", {"text": "x"}),
        ("tell", {"to": "bo", "text": "x"}), ("escalate", {"to": "company", "reason": "x"}),
        ("taskforce", {"head": "jin", "members": "bo"}), ("handover", {"to": "bo"}), ("visit", {"at": "+1h"}),
        ("engineer", {"to": "bo"}), ("tier", {"tier": "1", "to": "bo"}),
    ],
)  # fmt: skip
def test_nothing_new_begins_on_a_case_that_is_done(staffed, act, given):
    case = held(staffed, kind="inquiry")
    staffed.act(case, "close", outcome="x")
    with pytest.raises(RefusedError, match="is done"):
        staffed.act(case, act, "zong", **given)


@pytest.mark.parametrize(
    ("begin", "act", "person", "given"),
    [
        (("dispatch", "mei", {"to": "bo"}), "accept", "bo", {}),
        (("dispatch", "mei", {"to": "bo"}), "refuse", "bo", {"reason": "x"}),
        (("handover", "mei", {"to": "bo"}), "confirm", "bo", {}),
        (("visit", "mei", {"at": "+1h"}), "visited", "mei", {}),
    ],
)
def test_what_was_offered_ends_with_the_case(staffed, begin, act, person, given):
    case = held(staffed, kind="inquiry")
    first, by, asked = begin
    staffed.act(case, first, by, **asked)
    staffed.act(case, "close", outcome="x")
    with pytest.raises(RefusedError, match="is done"):
        staffed.act(case, act, person, **given)


def test_an_answer_and_a_look_outlive_the_case(staffed):
    case = held(staffed, kind="inquiry")
    staffed.act(case, "prevent", owner="bo", text="x")
    staffed.act(case, "ask", of="工程部", text="x")
    staffed.act(case, "tell", to="yun", text="x")
    staffed.act(case, "close", outcome="x")
    assert newest(staffed.act(case, "answer", "bo", text="done"), "prevention").state == "answered"
    assert newest(staffed.act(case, "answer", "gong", text="done"), "request").state == "answered"
    assert staffed.act(case, "seen", "yun").notices[-1].seen_at is None  # that one is the asker's
    assert [n.person for n in staffed.now(case).notices if n.seen_at] == ["yun"]


# ------------------------------------------------------------ dispatch


def test_a_dispatch_is_accepted_by_the_colleague_who_handles_it_then(staffed, clock):
    case = staffed.act(held(staffed), "dispatch", to="bo", text="看漏水")
    offered = newest(case, "dispatch")
    assert (case.handler, offered.owner, offered.by, offered.text) == ("mei", "bo", "mei", "看漏水")
    assert stamp(offered.due_at) == "2026-11-21T06:00:00.000000Z"  # two hours by the policy
    assert told(case, "dispatch") == ["bo"]
    clock.pass_(hours=2)  # at the very instant it has come back
    with pytest.raises(RefusedError, match="come back to mei"):
        staffed.act(case, "accept", "bo")


def test_accepting_changes_hands_and_is_counted(staffed, clock):
    case = staffed.act(held(staffed), "dispatch", to="bo")
    clock.pass_(hours=1.9)
    case = staffed.act(case, "accept", "bo")
    assert (case.handler, case.handoffs, case.dispatched) == ("bo", 1, True)
    assert (newest(case, "dispatch").state, newest(case, "dispatch").ended_at) == ("accepted", clock())


@pytest.mark.parametrize(("broken", "state"), [("no", "kept"), ("yes", "broken")])
def test_a_promise_ends_as_it_is_said_and_others_stay_open(staffed, clock, broken, state):
    case = held(staffed)
    for text in ("明天上门", "周五回电"):
        staffed.act(case, "promise", text=text, due="+1d")
    staffed.act(case, "ask", "gong", of="mei", text="x")  # a duty with the number of a promise
    clock.pass_(minutes=5)
    case = staffed.act(case, "keep", id="1", broken=broken)
    assert [(p.id, p.state, p.ended_at) for p in case.promises] == [(1, state, clock()), (2, "open", None)]
    assert newest(case, "request").state == "open"


def test_what_the_last_handler_had_promised_goes_on_and_what_others_owe_stays_theirs(staffed):
    case = held(staffed)
    staffed.act(case, "promise", text="明天上门", due="+1d")
    staffed.act(case, "promise", "gong", text="保修", due="+1d")
    staffed.act(case, "ask", "gong", of="mei", text="x")
    case = staffed.act(case, "assign", "jin", to="bo", reason="休假")
    assert [(duty.kind, duty.owner) for duty in case.duties] == [
        ("promise", "bo"), ("promise", "gong"), ("request", "mei"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "hours"), [("request", 24), ("prevention", 24), ("payment", 15 * 24), ("follow-up", 3 * 24)]
)
def test_where_a_policy_says_nothing_a_duty_has_its_usual_time(bench, kind, hours):
    rules = bench.desk().rules()
    silent = replace(rules.policy, regime=replace(rules.policy.regime, duties={}))
    assert due_of(kind, NOON, replace(rules, policy=silent)) == NOON + timedelta(hours=hours)


def test_a_second_dispatch_waits_for_the_answer_to_the_first(staffed):
    case = staffed.act(held(staffed), "dispatch", to="bo")
    with pytest.raises(RefusedError, match="dispatched to bo"):
        staffed.act(case, "dispatch", "jin", to="yun")
    case = staffed.act(case, "refuse", "bo", reason="在外地")
    refused = newest(case, "dispatch")
    assert (refused.state, refused.answer, case.handler) == ("refused", "在外地", "mei")
    assert told(case, "refuse") == ["mei"]
    assert staffed.act(case, "dispatch", to="yun").owed("dispatch")[0].owner == "yun"


@pytest.mark.parametrize(
    ("act", "given"),
    [("accept", {}), ("refuse", {"reason": "x"}), ("confirm", {}), ("answer", {"text": "x"})],
)
def test_only_the_owner_ends_a_duty(staffed, act, given):
    case = held(staffed)
    staffed.act(case, "dispatch", to="bo")
    staffed.act(case, "handover", to="bo")
    staffed.act(case, "ask", of="bo", text="x")
    with pytest.raises(RefusedError, match="bo"):
        staffed.act(case, act, "yun", **given)


def test_the_substitute_ends_it_while_the_owner_is_away_and_no_longer(staffed, clock):
    case = held(staffed)
    away(staffed, "bo", "yun", until="+1h")
    case = staffed.act(case, "dispatch", to="bo", due="+1d")
    assert told(case, "dispatch") == ["yun"]
    other = staffed.act(held(staffed), "dispatch", to="bo", due="+1d")
    accepted = staffed.act(case, "accept", "yun")
    assert (accepted.handler, accepted.stands_in_for) == ("yun", "bo")
    clock.pass_(hours=1)
    with pytest.raises(RefusedError, match="dispatched to bo"):
        staffed.act(other, "accept", "yun")
    accepted = staffed.act(other, "accept", "bo")
    assert (accepted.handler, accepted.stands_in_for) == ("bo", None)


def test_without_a_staff_list_names_are_taken_as_typed_and_the_owner_alone_accepts(bench):
    case = bench.act(bench.record(), "dispatch", to="somebody")
    with pytest.raises(RefusedError, match="dispatched to somebody"):
        bench.act(case, "accept", "mei")
    case = bench.act(case, "accept", "somebody")
    assert (case.handler, case.handoffs) == ("somebody", 0)


def test_a_dispatch_that_nobody_accepts_shows_as_returned_before_any_sweep(staffed, clock):
    case = staffed.act(held(staffed), "dispatch", to="bo")
    clock.pass_(hours=2)
    read = staffed.now(case)
    assert (newest(read, "dispatch").state, read.version) == ("returned", case.version)
    again = staffed.act(case, "dispatch", to="yun")
    acts = [event.act for event in staffed.desk().timeline(case.case_id)][-4:]
    assert acts == ["escalate", "escalate", "return", "dispatch"]  # its ladder is told before it ends
    assert told(again, "return") == ["mei"]
    assert newest(again, "dispatch").owner == "yun"


def test_a_queue_shows_what_is_due_next_once_a_dispatch_has_come_back(staffed, clock):
    from storage.queues import View
    from workbench.reports import queue_now

    case = staffed.act(held(staffed), "dispatch", to="bo")
    clock.pass_(hours=2, minutes=1)
    assert staffed.now(case).owed() == ()
    with staffed.store.reading() as db:
        overdue = queue_now.ids(staffed.desk(), db, View("overdue", "mei", clock()))
    assert list(overdue) == []  # the response is due in an hour


# ------------------------------------------------------------ requests, presses, answers


def test_anybody_of_the_unit_answers_and_its_head_is_told(staffed):
    case = staffed.act(held(staffed), "ask", of="工程部", text="要施工图")
    request = newest(case, "request")
    assert (request.owner, told(case, "ask")) == ("工程部", ["gong"])
    with pytest.raises(RefusedError, match="工程部 owes"):
        staffed.act(case, "answer", "jin", text="x")
    case = staffed.act(case, "answer", "tie", text="图在档案室")
    assert (newest(case, "request").state, newest(case, "request").answer) == ("answered", "图在档案室")
    assert told(case, "answer") == ["mei"]


def test_the_substitute_of_somebody_of_the_unit_answers(staffed):
    case = staffed.act(held(staffed), "ask", of="工程部", text="x")
    away(staffed, "tie", "yun")
    assert staffed.act(case, "answer", "yun", text="x").owed() == ()


def test_while_nobody_is_listed_anybody_answers(bench):
    case = bench.act(bench.record(), "ask", of="工程部", text="x")
    assert bench.act(case, "answer", "whoever", text="x").owed() == ()


def test_of_several_answers_it_must_be_said_which(staffed):
    case = held(staffed)
    staffed.act(case, "ask", of="bo", text="一")
    staffed.act(case, "ask", of="bo", text="二")
    with pytest.raises(UsageError, match="1, 2"):
        staffed.act(case, "answer", "bo", text="x")
    case = staffed.act(case, "answer", "bo", id="2", text="x")
    assert [duty.state for duty in case.duties] == ["open", "answered"]
    with pytest.raises(RefusedError, match="ended already"):
        staffed.act(case, "answer", "bo", id="2", text="x")
    with pytest.raises(UsageError, match="no number 3"):
        staffed.act(case, "answer", "bo", id="3", text="x")


def test_a_press_is_owed_by_the_handler_and_tells_the_first_asked_too(staffed):
    case = staffed.act(held(staffed), "dispatch", to="bo")
    case = staffed.act(case, "accept", "bo")
    case = staffed.act(case, "press", "zong", text="三天了")
    assert (newest(case, "press").owner, told(case, "press")) == ("bo", ["bo", "mei"])
    case = staffed.act(case, "answer", "bo", text="今天上门")
    assert told(case, "answer") == ["zong"]


@pytest.mark.parametrize(
    ("gone", "owner", "informed"),
    [((), "bo", ["bo", "mei"]), (("bo",), "mei", ["mei"]), (("bo", "mei"), "jin", ["jin"])],
)
def test_a_press_is_owed_by_somebody_who_still_works_here(staffed, gone, owner, informed):
    case = staffed.record("mei", site="金色家园")
    staffed.act(case, "take", "bo")
    for name in gone:
        people.remove_person(staffed.desk("zong"), name)
    case = staffed.act(case, "press", "zong", text="x")
    assert (newest(case, "press").owner, told(case, "press")) == (owner, informed)


# ------------------------------------------------------------ where the flow or the staff stand in the way


GATED = """
without = ["nodes"]
[nodes.reception]
name = { zh = "接待", en = "Reception" }
until = "handler"
source = "test"
[nodes.inspection]
name = { zh = "验看", en = "Inspection" }
until = "inspection"
gate = true
source = "test"
[nodes.assignment]
name = { zh = "分派", en = "Assignment" }
until = "dispatched"
source = "test"
"""


def test_what_may_not_be_accepted_yet_may_not_be_offered_yet(bench_with):
    gated = bench_with(GATED)
    case = gated.act(gated.record(), "take")
    with pytest.raises(RefusedError, match="inspection"):
        gated.act(case, "dispatch", to="bo")
    gated.act(case, "inspect", text="x")
    case = gated.act(gated.act(case, "dispatch", to="bo"), "accept", "bo")
    assert case.handler == "bo"
    gated.store.close()


def test_a_supervisor_answers_for_somebody_who_has_left(staffed):
    case = staffed.act(held(staffed), "ask", of="bo", text="x")
    people.remove_person(staffed.desk("zong"), "bo")
    with pytest.raises(RefusedError, match="jin owes"):
        staffed.act(case, "answer", "yun", text="x")
    assert newest(staffed.act(case, "answer", "jin", text="x"), "request").state == "answered"
