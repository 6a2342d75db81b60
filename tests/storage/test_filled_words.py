"""What the upgrade writes of an older store about who waits for us is what folding its timelines gives."""

import pytest
from storage_support import fill_as_schema_3, raw

from storage.check import check
from workbench.rules import other_cases

WORD = ("heard", {"text": "怎么样了"})
REPLY = ("reply", {"text": "x"})
HISTORIES = {
    "one word": [WORD],
    "the oldest of several": [WORD, ("note", {"text": "x"}), WORD],
    "answered": [WORD, REPLY],
    "a word after the answer": [WORD, REPLY, WORD],
    "the answer was taken back": [WORD, REPLY, ("undo", {})],
    "the word was taken back": [WORD, ("undo", {})],
    "nobody reached": [WORD, ("callback", {"reached": "no"})],
    "reached": [WORD, ("callback", {"reached": "yes"})],
    "a sum": [WORD, ("compensate", {"amount": "10"})],
    "closed": [WORD, ("close", {"outcome": "x"})],
}


def plain_word(bench, case):
    """Write a word as the older program wrote it on a case that was done."""
    data = {"text": "又漏了", "channel": "phone"}
    bench.store.write(lambda db: other_cases.write(bench.desk(), db, case.case_id, "heard", data))


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("after", [False, True])
def test_the_upgrade_fills_in_who_waits(bench, clock, history, after):
    case = bench.record()
    for act, given in HISTORIES[history]:
        clock.pass_(minutes=5)
        bench.act(case, act, **given)
    if after:
        clock.pass_(minutes=5)
        bench.act(case, "reply", text="x")
        bench.act(case, "close", outcome="x") if bench.now(case).unsolved else None
        bench.act(case, "callback", reached="yes")
        plain_word(bench, case)
    waits = bench.now(case).unanswered_since
    assert (waits is not None) is (after or history in SOMEBODY_WAITS)
    bench.store.close()
    with raw(bench.path) as db:
        db.run("UPDATE cases SET unanswered_since = 'x', waits_since = NULL", ())
        fill_as_schema_3(db)
    bench.store = type(bench.store)(bench.path)
    bench.desks.clear()
    assert check(bench.store, bench.desk().rules_in).problems == []


SOMEBODY_WAITS = {
    "one word",
    "the oldest of several",
    "a word after the answer",
    "the answer was taken back",
    "nobody reached",
}


def test_a_wrong_time_would_be_seen(bench):
    case = bench.record()
    bench.act(case, "heard", text="怎么样了")
    bench.store.close()
    with raw(bench.path) as db:
        db.run("UPDATE cases SET unanswered_since = NULL", ())
    bench.store = type(bench.store)(bench.path)
    bench.desks.clear()
    assert check(bench.store, bench.desk().rules_in).problems
