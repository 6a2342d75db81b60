"""A further word of the customer sleeps nowhere: not on a closed case, not on a merged one."""

import pytest
from duty_support import held, told

from storage import inbox, queues
from storage.queues import View
from workbench.domain.errors import UsageError

LEAK = {"phone": "13900002222", "category": "repair-service"}


def closed(staffed, **given):
    case = held(staffed, "mei", **LEAK | given)
    return staffed.act(case, "close", outcome="已修好")


def done(staffed, **given):
    return staffed.act(closed(staffed, **given), "callback", reached="yes", csi="5")


def newest(staffed, case):
    return staffed.desk().timeline(case.case_id)[-1]


def waiting(staffed):
    with staffed.store.reading() as db:
        view = View("waiting-for-us", "mei", staffed.clock())
        return list(queues.ids(db, staffed.store.site_id, view))


def unseen(staffed, person):
    with staffed.store.reading() as db:
        return inbox.unseen(db, staffed.store.site_id, person)


def running(case):
    return {clock.id for clock in case.clocks if not clock.stopped_at}


# ---------------------------------------------------------------- closed and done


@pytest.mark.parametrize("before", [closed, done])
@pytest.mark.parametrize("given", [{}, {"again": "yes"}])
def test_again_on_a_closed_case_of_a_graded_kind_opens_it_as_a_repeat(staffed, clock, before, given):
    case = before(staffed)
    clock.pass_(days=1)
    again = staffed.act(case, "heard", "zong", text="又漏了", **given)
    assert (again.status, again.repeat, again.returns, again.severity) == ("open", True, 1, 3)
    assert [reason.rule for reason in again.severity_reasons] == ["repeat"]
    assert {"response", "proposal", "callback"} <= running(again)
    assert again.unanswered_since == clock.at
    assert waiting(staffed) == [case.case_id]


@pytest.mark.parametrize(("person", "people"), [("zong", ["mei", "jin"]), ("mei", ["jin"]), ("jin", ["mei"])])
def test_whoever_handled_it_and_a_supervisor_are_told_at_once_that_it_is_open_again(staffed, person, people):
    case = staffed.act(done(staffed), "heard", person, text="又漏了", again="yes")
    assert told(case, "heard") == people
    assert all(case.case_id in unseen(staffed, name) for name in people)


def test_it_opens_with_what_a_reopening_brings(staffed):
    by_word, by_act = done(staffed), done(staffed, phone="13900003333")
    one = staffed.act(by_word, "heard", text="又漏了")
    other = staffed.act(by_act, "reopen", reason="又漏了")
    for name in ("status", "severity", "severity_reasons", "hot", "callback_owed", "repeat", "handler"):
        assert getattr(one, name) == getattr(other, name)
    frozen = [
        sorted((c.id, c.cycle, c.verdict) for c in case.clocks if c.stopped_at) for case in (one, other)
    ]
    assert frozen[0] == frozen[1]
    assert running(other) <= running(one)


@pytest.mark.parametrize("before", [closed, done])
def test_only_a_word_is_kept_and_reaches_the_last_handler_and_a_supervisor(staffed, before):
    case = before(staffed)
    after = staffed.act(case, "heard", "tie", text="谢谢", again="no")
    assert (after.status, after.repeat, after.unanswered_since) == (case.status, False, None)
    assert told(after, "heard") == ["mei", "jin"]
    assert unseen(staffed, "mei") == unseen(staffed, "jin") == [case.case_id]
    assert waiting(staffed) == []


def test_whoever_writes_it_down_is_not_told_and_a_supervisor_is(staffed):
    assert told(staffed.act(done(staffed), "heard", "mei", text="谢谢", again="no"), "heard") == ["jin"]


@pytest.mark.parametrize("kind", ["inquiry", "praise"])
def test_a_word_on_a_kind_that_is_not_graded_opens_nothing_unless_it_is_said(staffed, kind):
    case = closed(staffed, kind=kind)
    assert case.status == "done"
    after = staffed.act(case, "heard", "tie", text="再问一句")
    assert (after.status, told(after, "heard")) == ("done", ["mei", "jin"])
    assert staffed.act(case, "heard", "tie", text="还是不行", again="yes").status == "open"


def test_a_case_that_opens_again_cannot_want_no_answer(staffed):
    case = done(staffed)
    with pytest.raises(UsageError) as refused:
        staffed.act(case, "heard", text="又漏了", no_answer=True)
    assert refused.value.option == "--no-answer"
    assert staffed.now(case).version == case.version


def test_taking_the_word_back_leaves_the_case_as_it_was(staffed):
    case = done(staffed)
    staffed.act(case, "heard", text="又漏了")
    undone = staffed.act(case, "undo")
    assert (undone.status, undone.repeat, undone.unanswered_since) == ("done", False, None)
    assert waiting(staffed) == []


# ---------------------------------------------------------------- merged


@pytest.fixture
def pair(staffed):
    """A case that goes on, with its handler, and one that is merged into it."""
    head = held(staffed, "mei", **LEAK)
    part = staffed.record("tie", site="金色家园", **LEAK)
    return head, staffed.act(part, "merge", "jin", into=head.number, reason="重复")


def test_merging_tells_the_handler_of_the_case_that_goes_on(staffed, pair):
    head, _part = pair
    assert told(staffed.now(head), "link") == ["mei"]


def test_a_handler_who_merges_into_the_own_case_is_not_told(staffed):
    head, part = held(staffed, "mei"), staffed.record("mei")
    staffed.act(part, "merge", "mei", into=head.number)
    assert told(staffed.now(head), "link") == []


def test_a_word_on_a_merged_case_stands_on_the_one_that_goes_on(staffed, pair, clock):
    head, part = pair
    clock.pass_(hours=1)
    pointer = staffed.act(part, "heard", "tie", text="天花板在滴水")
    assert (newest(staffed, part).data["to"], pointer.unanswered_since) == (head.number, None)
    entry, there = newest(staffed, head), staffed.now(head)
    assert (entry.act, entry.data["text"], entry.data["from"]) == ("heard", "天花板在滴水", part.number)
    assert there.unanswered_since == clock.at
    assert told(there, "heard") == ["mei"]
    assert waiting(staffed) == [head.case_id]


def test_a_word_on_a_merged_and_closed_case_opens_the_one_that_went_on(staffed, pair):
    head, part = pair
    staffed.act(head, "close", outcome="已修好")
    staffed.act(part, "heard", "tie", text="又漏了")
    assert (staffed.now(head).status, staffed.now(part).status) == ("open", "closed")


@pytest.mark.parametrize("where", [0, 1])
def test_the_word_is_taken_back_on_both_from_either(staffed, pair, where):
    head, part = pair
    staffed.act(part, "heard", "tie", text="天花板在滴水")
    staffed.act((head, part)[where], "undo", "tie")
    assert [newest(staffed, case).act for case in pair] == ["undo", "undo"]
    assert staffed.now(head).unanswered_since is None


def test_whoever_waited_on_a_case_that_is_merged_waits_on_the_other(staffed, clock):
    head, part = held(staffed, "mei"), held(staffed, "mei")
    staffed.act(part, "heard", text="怎么样了")
    since = clock.at
    clock.pass_(hours=2)
    merged = staffed.act(part, "merge", into=head.number)
    assert (merged.unanswered_since, staffed.now(head).unanswered_since) == (None, since)
    staffed.act(part, "undo")
    assert (staffed.now(part).unanswered_since, staffed.now(head).unanswered_since) == (since, None)
