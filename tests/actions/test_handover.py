"""A shift ends: every open case goes on with its next step and what the customer was told (S3)."""

import pytest
from duty_support import away, held, newest, told

from workbench.actions.handover import give
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.reports import inbox
from workbench.setup import people


def shift(bench):
    """Two cases of mei that want something, one that is done, and one of somebody else."""
    first = bench.act(held(bench, text="漏水"), "reply", text="师傅明早九点到")
    second = held(bench, text="停电")
    done = bench.act(held(bench, kind="inquiry"), "close", outcome="x")
    return first, second, done, held(bench, "bo")


def test_every_open_case_goes_over_with_its_next_step_and_what_was_told(staffed, clock):
    first, second, *_ = shift(staffed)
    clock.pass_(minutes=10)
    given = give(staffed.desk("mei"), {"to": "yun"})
    assert {case.number for case in given} == {first.number, second.number}
    rows = {row["number"]: row for row in inbox.handovers(staffed.desk("yun"))}
    assert rows[first.number] == {
        "number": first.number, "from": "mei", "to": "yun", "told": "师傅明早九点到", "state": "open",
        "next_step": "In hand; no solution is proposed to the customer; Proposal is due Sun 2026-11-22 12:00",
        "due_at": "2026-11-21T05:10:00.000000Z",
    }  # fmt: skip
    assert rows[second.number]["told"] == ""
    assert "Response is due Sat 2026-11-21 15:00" in rows[second.number]["next_step"]


def test_the_giver_handles_it_until_the_receiver_confirms(staffed):
    first, *_ = shift(staffed)
    give(staffed.desk("mei"), {"to": "yun"})
    assert staffed.now(first).handler == "mei"
    case = staffed.act(first, "confirm", "yun")
    assert (case.handler, case.handoffs, newest(case, "handover").state) == ("yun", 0, "confirmed")
    waiting = [len(inbox.handovers(staffed.desk(name))) for name in ("mei", "yun", "bo")]
    assert waiting == [1, 1, 0]


def test_a_refused_handover_stays_with_the_giver_who_is_told(staffed):
    first, *_ = shift(staffed)
    give(staffed.desk("mei"), {"to": "yun"}, [first.number])
    case = staffed.act(first, "refuse", "yun", reason="我也下班")
    assert (case.handler, newest(case, "handover").state, told(case, "refuse")) == ("mei", "refused", ["mei"])
    assert inbox.handovers(staffed.desk("mei")) == []


def test_a_problem_that_is_still_there_is_not_what_we_told(staffed):
    case = staffed.act(held(staffed), "reply", text="师傅明早九点到")
    case = staffed.act(case, "close", outcome="修好了")
    case = staffed.act(case, "callback", reached="yes", still_a_problem="yes", text="又漏了")
    assert newest(staffed.act(case, "handover", to="bo"), "handover").data["told"] == "修好了"


def test_only_the_named_cases_go_and_the_next_step_may_be_typed(staffed):
    first, second, *_ = shift(staffed)
    give(staffed.desk("mei"), {"to": "yun", "text": "九点去看"}, [first.number, first.number[-4:]])
    assert [row["next_step"] for row in inbox.handovers(staffed.desk("mei"))] == ["九点去看"]
    assert staffed.now(second).owed("handover") == ()


def test_giving_again_replaces_what_was_not_confirmed(staffed):
    first, *_ = shift(staffed)
    for to in ("yun", "bo"):
        give(staffed.desk("mei"), {"to": to}, [first.number])
    assert [duty.state for duty in staffed.now(first).duties] == ["withdrawn", "open"]
    with pytest.raises(RefusedError, match="waits for bo"):
        staffed.act(first, "confirm", "yun")


def test_a_handover_is_over_when_the_case_changes_hands_by_another_way(staffed):
    first, *_ = shift(staffed)
    give(staffed.desk("mei"), {"to": "yun"}, [first.number])
    case = staffed.act(first, "assign", "jin", to="bo", reason="换人")
    assert (newest(case, "handover").state, case.handler) == ("withdrawn", "bo")


def test_a_supervisor_hands_over_for_somebody_who_has_left(staffed):
    first, *_ = shift(staffed)
    people.remove_person(staffed.desk("zong"), "mei")
    give(staffed.desk("jin"), {"from": "mei", "to": "bo"})
    assert [row["from"] for row in inbox.handovers(staffed.desk("jin"))] == ["mei", "mei"]
    assert staffed.act(first, "confirm", "bo").handler == "bo"


def test_the_substitute_hands_over_for_whoever_is_away_and_confirms_too(staffed):
    first, *_ = shift(staffed)
    away(staffed, "mei", "bo")
    give(staffed.desk("bo"), {"from": "mei", "to": "yun"}, [first.number])
    away(staffed, "yun", "jin")
    assert [row["to"] for row in inbox.handovers(staffed.desk("jin"))] == ["yun"]
    assert staffed.act(first, "confirm", "jin").handler == "jin"


@pytest.mark.parametrize(
    ("person", "given", "numbers", "error", "words"),
    [
        ("bo", {"from": "mei", "to": "yun"}, (), RefusedError, "held by mei"),
        ("yun", {"to": "bo"}, (), RefusedError, "yun holds no open case"),
        ("mei", {"to": "mei"}, (), RefusedError, "held by mei"),
        ("mei", {"to": "lu"}, (), RefusedError, "read only"),
        ("mei", {"to": "nobody"}, (), UsageError, "--to"),
        ("jin", {"to": "bo", "from": "nobody"}, (), UsageError, "--from"),
        ("mei", {"to": "bo", "due": "2026-11-21 11:00"}, (), RefusedError, "past"),
        ("mei", {"to": "bo"}, ("A999999-99999",), NotFoundError, "no case"),
    ],
)
def test_a_handover_is_refused_as_a_whole(staffed, person, given, numbers, error, words):
    shift(staffed)
    with pytest.raises(error, match=words):
        give(staffed.desk(person), given, numbers)
    assert inbox.handovers(staffed.desk("mei")) == []


def test_a_case_of_somebody_else_among_the_named_keeps_all_back(staffed):
    first, _second, done, other = shift(staffed)
    for wrong in (done, other):
        with pytest.raises(RefusedError, match="no open case of mei"):
            give(staffed.desk("mei"), {"to": "yun"}, [first.number, wrong.number])
    assert staffed.now(first).owed() == ()


def test_what_was_told_last_is_what_still_stands_and_was_said_with_words(staffed):
    case = staffed.act(held(staffed), "reply", text="一")
    for act, given in [
        ("promise", {"text": "二", "due": "+1d"}), ("acknowledge", {}), ("callback", {"reached": "no", "text": "三"}),
        ("reply", {"text": "四"}), ("undo", {}),
    ]:  # fmt: skip
        staffed.act(case, act, **given)
    assert newest(staffed.act(case, "handover", to="bo"), "handover").data["told"] == "二"


def test_a_paused_case_says_until_when_it_waits_and_why(staffed):
    case = staffed.act(held(staffed), "pause", reason="等配件", until="+1d", **{"for": "parts"})
    said = newest(staffed.act(case, "handover", to="bo"), "handover").data["next_step"]
    assert said.startswith("Waiting; ")
    assert "waits until Sun 2026-11-22 12:00: 等配件" in said


# ------------------------------------------------------------ the digest


def test_the_digest_has_one_line_a_case_the_gravest_first(staffed, clock):
    mild = staffed.act(held(staffed), "ask", of="bo", text="一")
    staffed.act(mild, "tell", to="bo", text="x")
    grave = staffed.act(held(staffed, impact="severe"), "ask", of="bo", text="二", due="+2d")
    staffed.act(held(staffed), "ask", of="yun", text="别人的")
    clock.pass_(days=1, minutes=1)
    rows = inbox.digest(staffed.desk("bo"))
    assert [(row["number"], [owed["text"] for owed in row["owes"]], row["unseen"]) for row in rows] == [
        (grave.number, ["二"], 1), (mild.number, ["一"], 2),
    ]  # fmt: skip
    assert [row["owes"][0]["overdue"] for row in rows] == [False, True]


def test_the_digest_has_what_the_own_unit_owes_and_what_one_stands_in_for(staffed):
    case = staffed.act(held(staffed), "ask", of="工程部", text="图")
    assert [row["number"] for row in inbox.digest(staffed.desk("tie"))] == [case.number]
    away(staffed, "bo", "yun")
    other = staffed.act(held(staffed), "dispatch", to="bo")
    assert [row["number"] for row in inbox.digest(staffed.desk("yun"))] == [other.number]


def test_what_has_ended_is_in_no_digest(staffed, clock):
    case = staffed.act(held(staffed), "dispatch", to="bo")
    staffed.act(case, "seen", "bo")
    clock.pass_(hours=2)  # it has come back, and the reminder before that is news
    assert [(row["owes"], row["unseen"]) for row in inbox.digest(staffed.desk("bo"))] == [([], 1)]
    done = held(staffed, kind="inquiry")
    staffed.act(done, "visit", at="+1h", engineer="tie")
    staffed.act(done, "prevent", owner="yun", text="x")
    staffed.act(done, "close", outcome="x")
    staffed.act(done, "seen", "tie")
    assert inbox.digest(staffed.desk("tie")) == []
    assert [owed["kind"] for row in inbox.digest(staffed.desk("yun")) for owed in row["owes"]] == [
        "prevention"
    ]


def test_everything_adds_the_other_cases_that_one_handles(staffed):
    case = held(staffed)
    assert inbox.digest(staffed.desk("mei")) == []
    assert [row["number"] for row in inbox.digest(staffed.desk("mei"), everything=True)] == [case.number]
