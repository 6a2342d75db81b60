"""What each act needs, changes and refuses (docs/verbs.md)."""

from decimal import Decimal

import pytest

from workbench.actions import doing
from workbench.domain import acts
from workbench.domain.errors import ConflictError, NotFoundError, RefusedError, UsageError
from workbench.domain.times import stamp
from workbench.setup import people


def verdicts(case):
    return {f"{clock.id}#{clock.cycle}": clock.verdict for clock in case.clocks}


def test_a_record_keeps_every_fact_and_its_words(bench):
    given = {
        "kind": "repair", "channel": "wechat", "category": "repair-service", "text": "水\n漏 [/] \x1b[31m",
        "customer": "王芳", "phone": "＋86 138-0013-8000", "site": "云栖花园", "unit": "3-502", "people": "2",
        "claim": "88.80", "impact": "looks", "flag": ["lawsuit-risk"], "fault": "ours", "remedy_sought": "换水管",
        "mood": "2", "external_id": "X-1",
    }  # fmt: skip
    case = bench.record(**given)
    kept = {name: getattr(case, name) for name in given if name != "flag"}
    typed = {name: value for name, value in given.items() if name != "flag"}
    assert kept == typed | {"people": 2, "claim": Decimal("88.80"), "mood": 2}
    assert case.flags == ("lawsuit-risk",)
    assert (case.first_asked, case.handler, case.status) == ("mei", None, "open")


def test_only_the_words_are_required(bench):
    case = bench.record(text="x")
    assert (case.kind, case.channel, case.category, case.fault) == ("complaint", "phone", "other", "ours")


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"text": "  "}, "--text"),
        ({"kind": "complain"}, "--kind"),
        ({"channel": "fax"}, "--channel"),
        ({"category": "noise"}, "--category"),
        ({"people": "0"}, "--people"),
        ({"people": "1.0"}, "--people"),
        ({"claim": "-1"}, "--claim"),
        ({"claim": "1.234"}, "--claim"),
        ({"claim": "nan"}, "--claim"),
        ({"impact": "huge"}, "--impact"),
        ({"flag": ["tv"]}, "--flag"),
        ({"fault": "theirs"}, "--fault"),
        ({"mood": "6"}, "--mood"),
        ({"received": "20261121"}, "--received"),
        ({"received": "2026-11-21"}, "--received"),
    ],
)
def test_a_malformed_fact_is_refused_by_name_and_nothing_is_stored(bench, given, option):
    with pytest.raises(UsageError) as refused:
        bench.record(**given)
    assert refused.value.option == option
    with bench.store.reading() as db:
        assert db.value("SELECT count(*) FROM event WHERE case_id > 0") == 0


def test_a_case_cannot_be_received_in_the_future(bench):
    with pytest.raises(RefusedError, match="future"):
        bench.record(received="2026-11-21 12:00:01")


def test_clocks_run_from_receipt(bench):
    case = bench.record(received="2026-11-21 11:00")
    starts = {stamp(clock.started_at) for clock in case.clocks}
    assert starts == {"2026-11-21T03:00:00.000000Z"}
    assert {clock.id: clock.target_seconds for clock in case.clocks} == {
        "response": 10_800, "proposal": 86_400, "callback": 172_800,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["inquiry", "suggestion", "opinion", "praise"])
def test_other_kinds_owe_no_callback(bench, kind):
    case = bench.record(kind=kind)
    assert "callback" not in {clock.id for clock in case.clocks}
    assert bench.act(case, "close", outcome="told").status == "done"


@pytest.mark.parametrize(
    ("act", "given", "stopped"),
    [
        ("acknowledge", {}, {"response#1"}),
        ("reply", {"text": "x"}, {"response#1"}),
        ("propose", {"text": "x"}, {"response#1", "proposal#1"}),
        ("close", {"outcome": "x"}, {"response#1", "proposal#1"}),
        ("callback", {"reached": "yes"}, {"callback#1"}),
        ("callback", {"reached": "no"}, set()),
        ("note", {"text": "x"}, set()),
        ("heard", {"text": "x"}, set()),
        ("promise", {"text": "x", "due": "+1d"}, set()),
        ("take", {}, set()),
        ("assign", {"to": "bo"}, set()),
        ("regrade", {"level": "2", "reason": "x"}, set()),
    ],
)
def test_an_act_stops_its_clocks_and_no_others(bench, clock, act, given, stopped):
    case = bench.record()
    clock.pass_(minutes=10)
    after = bench.act(case, act, **given)
    assert {name for name, verdict in verdicts(after).items() if verdict} == stopped


@pytest.mark.parametrize(("hours", "verdict"), [(3, "met"), (3.0001, "missed")])
def test_a_clock_is_met_until_the_very_instant_it_is_due(bench, clock, hours, verdict):
    case = bench.record()
    clock.pass_(hours=hours)
    assert verdicts(bench.act(case, "reply", text="x"))["response#1"] == verdict


def test_told_is_what_reached_the_customer(bench, clock):
    case = bench.record()
    for act, given, told in [
        ("note", {"text": "x"}, False), ("heard", {"text": "x"}, False), ("take", {}, False),
        ("acknowledge", {}, True), ("reply", {"text": "x"}, True), ("propose", {"text": "x"}, True),
        ("promise", {"text": "x", "due": "+1d"}, True), ("callback", {"reached": "no"}, False),
        ("callback", {"reached": "yes"}, True), ("close", {"outcome": "x"}, True),
    ]:  # fmt: skip
        clock.pass_(minutes=1)
        after = bench.act(case, act, **given)
        assert (after.last_told_at == clock.at) is told, act


def test_a_held_case_cannot_be_taken_not_even_by_its_holder(bench):
    case = bench.record()
    bench.act(case, "take", "bo")
    for person in ("mei", "bo"):
        with pytest.raises(RefusedError, match="bo"):
            bench.act(case, "take", person)


def test_a_change_of_hands_counts_but_not_the_first(bench):
    case = bench.record()
    counts = [bench.act(case, "assign", to=to, reason="near").handoffs for to in ("bo", "an", "bo")]
    assert counts == [0, 1, 2]
    assert bench.act(case, "assign", to="bo").handoffs == 2  # the same hands, and no reason


def test_close_leads_to_closed_while_a_callback_is_owed_and_a_callback_ends_it(bench):
    case = bench.record()
    closed = bench.act(case, "close", outcome="mended", resolution="limited", accepted="yes")
    assert (closed.status, closed.outcome, closed.resolution, closed.accepted) == (
        "closed",
        "mended",
        "limited",
        "yes",
    )
    not_reached = bench.act(case, "callback", reached="no", again="+2h")
    assert (not_reached.status, not_reached.callback_again_at is None) == ("closed", False)
    done = bench.act(case, "callback", reached="yes", csi="5", nps="10", mood="4", text="satisfied")
    assert (done.status, done.csi, done.nps, done.mood_after) == ("done", 5, 10, 4)
    assert done.callback_again_at is None


def test_a_customer_who_was_not_reached_is_called_again_by_the_policy(bench, clock):
    from datetime import timedelta

    case = bench.record(close=True, outcome="x")
    tried = bench.act(case, "callback", reached="no")
    assert tried.callback_again_at == clock.at + timedelta(hours=4)


def test_a_callback_while_open_is_about_progress_and_the_opinion_is_owed_after_closing(bench):
    case = bench.record()
    assert bench.act(case, "callback", reached="yes").status == "open"
    assert bench.act(case, "close", outcome="x").status == "closed"
    assert bench.act(case, "callback", reached="yes").status == "done"


def test_still_a_problem_reopens_a_closed_case_as_a_repeat_with_new_clocks(bench, clock):
    case = bench.record()
    bench.act(case, "close", outcome="x")
    clock.pass_(hours=1)
    again = bench.act(case, "callback", reached="yes", csi="1", still_a_problem=True)
    assert (again.status, again.repeat, again.severity, again.outcome) == ("open", True, 3, None)
    assert {name for name, verdict in verdicts(again).items() if not verdict} == {
        "response#2", "proposal#2", "callback#2",
    }  # fmt: skip
    assert {clock_.started_at for clock_ in again.clocks if clock_.cycle == 2} == {clock.at}


@pytest.mark.parametrize("answer", [{"csi": "3"}, {"nps": "0"}, {"mood": "1"}, {"still_a_problem": True}])
def test_a_customer_who_was_not_reached_gave_no_answers(bench, answer):
    case = bench.record()
    with pytest.raises(UsageError):
        bench.act(case, "callback", reached="no", **answer)


def test_reopening_keeps_the_first_verdicts_and_withdraws_what_was_not_due(bench, clock):
    case = bench.record()
    clock.pass_(hours=4)
    bench.act(case, "close", outcome="x")
    again = bench.act(case, "reopen", reason="leaks again")
    assert verdicts(again) == {
        "response#2": None, "proposal#2": None, "callback#2": None, "response#1": "missed", "proposal#1": "met",
    }  # fmt: skip


def test_a_callback_that_was_overdue_at_the_reopening_stays_missed(bench, clock):
    case = bench.record()
    bench.act(case, "close", outcome="x")
    clock.pass_(hours=49)
    assert verdicts(bench.act(case, "reopen", reason="x"))["callback#1"] == "missed"


def test_a_pause_stops_every_clock_and_ends_by_itself(bench, clock):
    case = bench.record()
    clock.pass_(hours=1)
    waiting = bench.act(case, "pause", reason="away", until="+10h", **{"for": "customer"})
    assert (waiting.status, [clock_.due_at for clock_ in waiting.clocks]) == ("waiting", [None] * 3)
    clock.pass_(hours=12)
    seen = bench.now(case)
    assert (seen.status, seen.pause, seen.version) == ("open", None, 2)
    replied = bench.act(
        case, "reply", text="x"
    )  # 13 h after receipt, 10 h of them paused: at the due instant
    assert verdicts(replied)["response#1"] == "met"
    assert [event.act for event in bench.desk().timeline(case.case_id)] == [
        "record",
        "pause",
        "resume",
        "reply",
    ]


@pytest.mark.parametrize(("waits_for", "status"), [("customer", "waiting"), ("third-party", "waiting"),
                                                   ("parts", "open"), ("other", "open")])  # fmt: skip
def test_only_a_pause_for_others_is_waiting(bench, waits_for, status):
    case = bench.record()
    assert bench.act(case, "pause", reason="x", until="+1d", **{"for": waits_for}).status == status


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"for": "customer", "until": "+1d"}, UsageError),
        ({"reason": "x", "until": "+1d"}, UsageError),
        ({"reason": "x", "for": "customer"}, UsageError),
        ({"reason": "x", "for": "nobody", "until": "+1d"}, UsageError),
        ({"reason": "x", "for": "customer", "until": "2026-11-20 09:00"}, RefusedError),
    ],
)
def test_a_pause_needs_reason_party_and_a_future_end(bench, given, error):
    case = bench.record()
    with pytest.raises(error):
        bench.act(case, "pause", **given)


def test_promises_are_numbered_and_settled_once(bench):
    case = bench.record()
    bench.act(case, "promise", text="come", due="明天 9:00")
    two = bench.act(case, "promise", text="write", due="2026-11-25")
    assert [(promise.id, stamp(promise.due_at)) for promise in two.promises] == [
        (1, "2026-11-22T01:00:00.000000Z"), (2, "2026-11-25T16:00:00.000000Z"),
    ]  # fmt: skip
    with pytest.raises(UsageError):
        bench.act(case, "keep")  # which of the two?
    with pytest.raises(UsageError):
        bench.act(case, "keep", id="3")
    bench.act(case, "keep", id="1", broken=True)
    settled = bench.act(case, "keep")  # only one is left
    assert [promise.state for promise in settled.promises] == ["broken", "kept"]
    with pytest.raises(RefusedError):
        bench.act(case, "keep", id="1")


@pytest.mark.parametrize("act", ["acknowledge", "propose", "pause", "close"])
def test_a_closed_case_refuses_work_on_it(bench, act):
    case = bench.record(close=True, outcome="x")
    given = {"text": "x", "outcome": "x", "reason": "x", "until": "+1d", "for": "customer"}
    with pytest.raises(RefusedError, match=case.number):
        bench.act(case, act, **given)


def test_record_and_close_on_the_spot_are_one_transaction(bench):
    case = bench.record(close=True, outcome="told at once")
    assert (case.status, case.version, verdicts(case)["response#1"]) == ("closed", 2, "met")
    with pytest.raises(UsageError):
        bench.record(close=True)
    with bench.store.reading() as db:
        assert db.value("SELECT count(*) FROM cases") == 1


# ---------------------------------------------------------------- undo


def test_undo_takes_back_ones_own_last_act_and_both_stay_on_record(bench):
    case = bench.record(people="3")
    bench.act(case, "close", outcome="x")
    open_again = bench.act(case, "undo")
    assert (open_again.status, open_again.outcome, open_again.version) == ("open", None, 3)
    assert not any(verdicts(open_again).values())
    assert [event.act for event in bench.desk().timeline(case.case_id)] == ["record", "close", "undo"]


def test_undo_walks_back_but_never_takes_back_the_record(bench):
    case = bench.record()
    bench.act(case, "take")
    bench.act(case, "note", text="a")
    bench.act(case, "undo")
    assert bench.act(case, "undo").handler is None
    with pytest.raises(RefusedError, match="record"):
        bench.act(case, "undo")


def test_nobody_undoes_what_another_did_or_what_another_followed(bench):
    case = bench.record()
    bench.act(case, "note", text="mine")
    bench.act(case, "note", "bo", text="his")
    with pytest.raises(RefusedError, match="bo"):
        bench.act(case, "undo")


def test_undone_words_are_no_longer_found(bench):
    from storage import search

    case = bench.record()
    bench.act(case, "note", text="独一无二")
    found = lambda: list(search.case_ids(db, bench.store.site_id, "独一"))  # noqa: E731
    with bench.store.reading() as db:
        assert found() == [case.case_id]
    bench.act(case, "undo")
    with bench.store.reading() as db:
        assert found() == []


# ---------------------------------------------------------------- others


def test_a_deciding_act_on_a_stale_version_is_refused_and_an_adding_one_joins(bench):
    case = bench.record()
    bench.act(case, "note", "bo", text="x")
    with pytest.raises(ConflictError, match="bo"):
        bench.act(case, "close", outcome="x", seen=case.version)
    assert bench.act(case, "reply", text="x", seen=case.version).version == 3


def test_a_backward_clock_never_turns_a_timeline_back(bench, clock):
    case = bench.record()
    clock.pass_(hours=-5)
    bench.act(case, "note", text="x")
    first, second = bench.desk().timeline(case.case_id)
    assert second.at >= first.at


def test_there_is_no_such_case(bench):
    with pytest.raises(NotFoundError):
        bench.desk().case(1)
    with pytest.raises(NotFoundError):
        doing.do(bench.desk(), "note", 1, {"text": "x"})


@pytest.mark.parametrize("ending", ["", "1", "13"])
def test_an_ending_shorter_than_three_finds_nothing(bench, ending):
    bench.record()
    with pytest.raises(NotFoundError):
        bench.desk().find(ending)


def test_a_unique_ending_finds_the_case_and_an_ambiguous_one_none(bench, clock):
    case = bench.record()
    assert bench.desk().find(case.number[-3:]) == case.case_id
    assert bench.desk().find(case.number.lower()) == case.case_id
    clock.pass_(days=1)
    other = bench.record()
    assert other.number[-5:-1] == case.number[-5:-1]
    with pytest.raises(NotFoundError):
        bench.desk().find("261")
    if other.number[-3:] == case.number[-3:]:
        with pytest.raises(NotFoundError):
            bench.desk().find(case.number[-3:])


def test_once_staff_are_registered_only_they_act(bench):
    case = bench.record()
    people.add_person(bench.desk(), "mei", {})
    people.add_person(bench.desk(), "eve", {"role": "reader"})
    bench.act(case, "note", text="x")
    with pytest.raises(UsageError, match="bo"):
        bench.act(case, "note", "bo", text="x")
    with pytest.raises(UsageError, match="bo"):
        bench.act(case, "assign", to="bo")
    with pytest.raises(RefusedError, match="eve"):
        bench.act(case, "note", "eve", text="x")


def test_the_phone_is_shown_on_purpose_and_that_goes_on_record(bench):
    case = bench.record(phone="13800138000")
    assert doing.do(bench.desk(), acts.REVEAL.id, case.case_id, {}).phone == "13800138000"
    assert [(event.act, event.data) for event in bench.desk().timeline(case.case_id)][-1] == (
        "reveal", {"what": "phone"},
    )  # fmt: skip
