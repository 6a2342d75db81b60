"""One act on many cases: foreseen by the same rules, a result each, stored once, stopped cleanly, undone as one."""

import pytest

from storage import batches
from storage.check import check
from workbench.actions import batch, doing
from workbench.actions.batch import Came
from workbench.domain import acts
from workbench.domain.acts import Many
from workbench.domain.errors import NotFoundError, RefusedError, StoreFullError, UsageError
from workbench.rules import once

SINGLE = [act for act in acts.PERSONS if acts.BY_ID[act].many is Many.SINGLE]


def cases_of(bench, many):
    return [bench.record().case_id for _ in range(many)]


def came(outcome):
    return [fate.came for fate in outcome.fates]


def entries(bench):
    with bench.store.reading() as db:
        return db.value("SELECT count(*) FROM event WHERE case_id <> 0")


def test_what_was_foreseen_is_what_comes_and_each_refusal_says_why(bench):
    keys = cases_of(bench, 4)
    doing.do(bench.desk("bo"), "take", keys[1], {})
    before = entries(bench)
    foreseen = batch.foresee(bench.desk(), "take", keys, {})
    assert entries(bench) == before
    outcome = batch.do(bench.desk(), "take", keys, {}, op=once.op_id(bench.desk()))
    assert [(f.came, str(f.why)) for f in foreseen] == [(f.came, str(f.why)) for f in outcome.fates]
    assert came(outcome) == [Came.DONE, Came.REFUSED, Came.DONE, Came.DONE]
    assert "is held by bo" in str(outcome.fates[1].why)
    assert check(bench.store, bench.desk().rules_in).problems == []


@pytest.mark.parametrize("act", SINGLE)
def test_what_is_about_one_case_is_never_done_to_many(bench, act):
    keys = cases_of(bench, 1)
    for work in (
        lambda: batch.foresee(bench.desk(), act, keys, {}),
        lambda: batch.do(bench.desk(), act, keys, {}, op=once.op_id(bench.desk())),
    ):
        with pytest.raises(RefusedError, match="about one case"):
            work()
    assert entries(bench) == 1


def test_the_same_batch_again_stores_nothing_and_goes_on_where_it_was_stopped(bench):
    keys, desk = cases_of(bench, 5), bench.desk()
    op, begun = once.op_id(desk), []
    first = batch.do(desk, "note", keys, {"text": "停水"}, op=op, told=lambda n, of: begun.append(n),
                     stop=lambda: begun[-1] == 2)  # fmt: skip
    assert (len(first.fates), first.left) == (2, tuple(keys[2:]))
    second = batch.do(desk, "note", keys, {"text": "停水"}, op=op)
    assert came(second) == [Came.DONE] * 5
    assert [desk.case(key).version for key in keys] == [2] * 5


def test_somebody_who_acted_between_the_look_and_the_wish_is_named_and_nothing_is_lost(bench):
    keys, desk = cases_of(bench, 3), bench.desk()
    seen = {fate.case_id: fate.version for fate in batch.foresee(desk, "close", keys, {"outcome": "好了"})}
    doing.do(bench.desk("bo"), "reply", keys[1], {"text": "明日上门"})
    outcome = batch.do(desk, "close", keys, {"outcome": "好了"}, op=once.op_id(desk), seen=seen)
    assert came(outcome) == [Came.DONE, Came.REFUSED, Came.DONE]
    assert "was changed by bo" in str(outcome.fates[1].why)
    assert desk.case(keys[1]).status == "open"


@pytest.mark.parametrize(
    ("act", "given", "error"),
    [
        ("regrade", {"level": "9", "reason": "x"}, UsageError),
        ("note", {}, UsageError),
        ("link", {"to": "nowhere-at-all"}, NotFoundError),
    ],
)
def test_a_malformed_value_is_said_once_and_nothing_is_stored(bench, act, given, error):
    keys = cases_of(bench, 3)
    with pytest.raises(error):
        batch.do(bench.desk(), act, keys, given, op=once.op_id(bench.desk()))
    assert entries(bench) == 3


def test_it_is_taken_back_as_one_but_for_what_was_acted_on_since(bench):
    keys, desk = cases_of(bench, 4), bench.desk()
    op = once.op_id(desk)
    batch.do(desk, "close", keys, {"outcome": "好了"}, op=op)
    bench.act(desk.case(keys[2]), "note", text="noch etwas")
    back = batch.take_back(desk, op, {})
    assert came(back) == [Came.DONE, Came.DONE, Came.REFUSED, Came.DONE]
    assert "came since; take that back first" in str(back.fates[2].why)
    assert [desk.case(key).status for key in keys] == ["open", "open", "closed", "open"]
    again = batch.take_back(desk, op, {})
    assert came(again) == [Came.REFUSED] * 4
    assert "taken back already" in str(again.fates[0].why)
    assert check(bench.store, desk.rules_in).problems == []


def test_only_the_entries_of_the_batch_are_found_and_of_them_all(bench):
    keys, desk = cases_of(bench, 3), bench.desk()
    doing.do(desk, "note", keys[0], {"text": "davor"})
    op = once.op_id(desk)
    batch.do(desk, "note", keys, {"text": "停水"}, op=op)
    doing.do(desk, "note", keys[1], {"text": "danach"})
    with bench.store.reading() as db:
        assert batches.entries(db, desk.store.site_id, op) == [(keys[0], 3), (keys[1], 2), (keys[2], 2)]
        plan = " ".join(row[3] for row in db.all("EXPLAIN QUERY PLAN " + batches.ENTRIES,
                        {"site_id": 1, "since": "2026", "op": op}))  # fmt: skip
    assert "event_at" in plan


def test_of_somebody_else_nothing_is_taken_back_and_after_a_day_nothing_at_all(bench):
    keys, desk = cases_of(bench, 2), bench.desk()
    op = once.op_id(desk)
    batch.do(desk, "note", keys, {"text": "停水"}, op=op)
    assert came(batch.take_back(bench.desk("bo"), op, {})) == [Came.REFUSED] * 2
    bench.clock.pass_(hours=25)
    with pytest.raises(RefusedError, match="more than 24 hours"):
        batch.take_back(desk, op, {})
    with pytest.raises(RefusedError, match="No case"):
        batch.take_back(desk, once.op_id(desk), {})


def test_where_the_store_ends_it_what_was_done_is_told_and_what_was_left(bench, monkeypatch):
    keys, desk, real = cases_of(bench, 3), bench.desk(), doing.do

    def full(desk, act_id, case_id, *given, **more):
        if case_id == keys[1]:
            raise StoreFullError("full")
        return real(desk, act_id, case_id, *given, **more)

    monkeypatch.setattr(batch.doing, "do", full)
    outcome = batch.do(desk, "note", keys, {"text": "停水"}, op=once.op_id(desk))
    assert (len(outcome.fates), outcome.left) == (1, tuple(keys[1:]))
    assert isinstance(outcome.fault, StoreFullError)


def test_refusals_are_grouped_by_reason_whatever_the_number(bench):
    keys = cases_of(bench, 5)
    for who, key in zip(("bo", "bo", "lan"), keys, strict=False):
        doing.do(bench.desk(who), "take", key, {})
    groups = batch.grouped(batch.foresee(bench.desk(), "take", keys, {}))
    assert [len(group.numbers) for group in groups] == [2, 1]
    assert "held by bo" in groups[0].said


@pytest.mark.parametrize("typed", ["", "x" * 32, "12", "0" * 33])
def test_what_is_no_id_of_a_batch_is_said(typed):
    with pytest.raises(UsageError, match="no id of a batch"):
        batch.read_id(typed)


def test_above_the_authority_each_becomes_a_request(staffed):
    keys = [staffed.record(site="金色家园", impact="severe").case_id for _ in range(2)]
    desk = staffed.desk("mei")
    foreseen = batch.foresee(desk, "close", keys, {"outcome": "好了"})
    assert [fate.came for fate in batch.open_to(desk, "close", keys)] == [Came.REQUEST] * 2
    outcome = batch.do(desk, "close", keys, {"outcome": "好了"}, op=once.op_id(desk))
    assert came(outcome) == [fate.came for fate in foreseen] == [Came.REQUEST] * 2
    assert came(batch.take_back(desk, outcome.op, {})) == [Came.DONE] * 2
