"""A page of a queue that nobody has swept is that of a full sweep, and reads the cases that can stand on it."""

from datetime import timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from desks import Bench, Clock
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec.structs import replace

from storage import ageing, events
from storage.filters import Condition
from storage.orders import ORDERS
from storage.queues import QUEUES, View
from workbench.actions import doing
from workbench.reports import queue_now
from workbench.watch.sweep import sweep

BY_LEVEL = 'extends = "default"\n[clocks.callback]\nby_level = { 1 = "1h", 2 = "2h" }\n'
WHERE = (
    Condition("kind", "=", "complaint"),
    Condition("severity", "=", "1"),
    Condition("severity", ">", "1"),
    Condition("severity", "!=", "4"),
    Condition("hot", "=", "true"),
)


def page(bench, view, most, counted=True):
    with bench.store.reading() as db:
        found = queue_now.top(bench.desk(), db, view, most, counted=counted)
        return list(found.keys), found.total


def filled(bench, days, acts):
    """Record a case for each of ``days`` ago, oldest first, and do something to every other."""
    cases = []
    now = bench.clock.at
    for ago, act in sorted(zip(days, acts, strict=True), reverse=True):
        bench.clock.at = now - timedelta(days=ago)
        case = bench.record(kind="inquiry" if act == "inquiry" else "complaint")
        if act == "pause":
            until = (bench.clock.at + timedelta(days=5)).isoformat()
            bench.act(case, "pause", reason="等料", **{"for": "parts"}, until=until)
        elif act in ("take", "acknowledge"):
            bench.act(case, act, **({"text": "收到"} if act == "acknowledge" else {}))
        cases.append(case)
    bench.clock.at = now
    return cases


ACTS = ("", "take", "acknowledge", "pause", "inquiry")


@pytest.mark.parametrize("by_level", [False, True], ids=["no limit by level", "limits by level"])
@settings(max_examples=8)
@given(
    days=some.lists(some.sampled_from((0, 1, 3, 14, 16, 20, 29, 32, 40, 70)), min_size=8, max_size=14),
    dice=some.randoms(use_true_random=False),
)
def test_the_first_of_a_queue_are_those_of_a_full_sweep(by_level, days, dice):
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "store.db", Clock(), BY_LEVEL if by_level else None)
        _compare(bench, days, dice)
        bench.store.close()


def _compare(bench, days, dice):
    filled(bench, days, [dice.choice(ACTS) for _ in days])
    now = bench.clock.at
    views = [View(queue, "mei", now, where) for queue, where in product(QUEUES, [(), *((w,) for w in WHERE)])]
    views += [View(queue, "mei", now, order=name) for queue in ORDERS for name in ORDERS[queue]]
    views.append(View("mine", "mei", now, (WHERE[2],), order="severity"))
    found = {
        (view, most, counted): page(bench, view, most, counted)
        for view, most, counted in product(views, (1, 3, 50), (True, False))
    }
    sweep(bench.desk())
    for (view, most, counted), (keys, total) in found.items():
        swept, swept_total = page(bench, view, most)
        assert keys == swept, (view.queue, view.order, view.where, most)
        assert total == swept_total or not counted, (view.queue, view.where)


def test_the_property_sees_a_page_on_which_age_was_not_reckoned(bench, monkeypatch):
    """Control: who has grown grave by age is not among the grave ones."""
    filled(bench, [40, 1], ["take", "take"])
    view = View("next-due", "mei", bench.clock.at, (WHERE[1],))
    monkeypatch.setattr(ageing, "aged", lambda *given, **more: [])
    before = page(bench, view, 10)
    monkeypatch.undo()
    sweep(bench.desk())
    assert (before[1], page(bench, view, 10)[1]) == (0, 1)


@pytest.fixture
def read(monkeypatch):
    """The keys of the cases that are folded."""
    keys = []
    real = events.of_cases

    def noted(db, site_id, wanted):
        keys.extend(wanted)
        return real(db, site_id, wanted)

    monkeypatch.setattr(events, "of_cases", noted)
    return keys


def many(bench):
    """Record 120 cases that nobody has swept, a day apart, every tenth of another word."""
    now = bench.clock.at
    for number in range(120):
        bench.clock.at = now - timedelta(days=150 - number)
        doing.record(bench.desk(), {"text": "漏水" if number % 10 else "电梯"})
    bench.clock.at = now


@pytest.mark.parametrize("queue", ["next-due", "mine", "hot", "unassigned"])
def test_a_page_reads_a_few_cases_however_many_nobody_has_swept(bench, read, queue):
    many(bench)
    view = View(queue, "mei", bench.clock.at)
    for counted in (True, False):
        read.clear()
        page(bench, view, 5, counted)
        assert len(read) <= 20, counted
    read.clear()
    page(bench, replace(view, where=(WHERE[1],)), 5, counted=False)
    assert len(read) <= 15


LEVELS = [("=", "1"), ("<", "2"), ("=", "3"), (">", "4")]


@pytest.mark.parametrize(("op", "level"), LEVELS, ids=map(" ".join, LEVELS))
def test_who_is_too_young_for_a_level_and_was_never_of_it_is_not_read(bench, read, op, level):
    """Half a month makes level 2, a month level 1; nothing makes level 3 of a 4."""
    now = bench.clock.at
    for number in range(40):
        bench.clock.at = now - timedelta(days=29, minutes=-number)
        doing.record(bench.desk(), {"text": "漏水"})
    bench.clock.at = now
    assert page(bench, View("next-due", "mei", now, (Condition("severity", op, level),)), 5) == ([], 0)
    assert read == []
    assert page(bench, View("next-due", "mei", now, (Condition("severity", "=", "2"),)), 5)[1] == 40
    assert len(read) == 40  # the control


def test_a_page_in_which_age_moves_no_due_reads_only_itself(bench, read):
    many(bench)
    for queue in ("next-due", "unassigned", "hot", "all"):
        read.clear()
        with bench.store.reading() as db:
            found = queue_now.top(bench.desk(), db, View(queue, "mei", bench.clock.at), 5)
        assert sorted(read) == sorted(found.keys), queue
        assert found.read == 5


COUNTED = [("next-due", (WHERE[1],)), ("all", (WHERE[1],)), ("unassigned", (WHERE[1],)), ("overdue", ())]


@pytest.mark.parametrize(("queue", "where"), COUNTED)
def test_who_would_have_to_be_read_to_be_counted_is_counted_at_least(
    tmp_path, read, queue, where, monkeypatch
):
    bench = Bench(tmp_path / "by_level.db", Clock(), BY_LEVEL)
    many(bench)
    view = View(queue, "mei", bench.clock.at, where)
    with bench.store.reading() as db:
        exact = queue_now.top(bench.desk(), db, view, 5)
        monkeypatch.setattr(queue_now, "MOST_COUNTED", 10)
        read.clear()
        found = queue_now.top(bench.desk(), db, view, 5)
    assert list(found.keys) == list(exact.keys)
    assert exact.exact
    assert min(exact.total, 6) <= found.total <= exact.total
    assert not found.exact
    assert len(read) <= 60


def test_who_was_never_so_light_is_not_read_to_be_found_light(bench, read):
    many(bench)
    light = Condition("severity", ">", "4")
    with bench.store.reading() as db:
        assert not queue_now.top(bench.desk(), db, View("next-due", "mei", bench.clock.at, (light,)), 5).total
    assert read == []


def test_of_words_only_the_cases_that_hold_them_are_read(bench, read):
    many(bench)
    view = View("next-due", "mei", bench.clock.at, text="电梯")
    with bench.store.reading() as db:
        found = queue_now.ids(bench.desk(), db, view)
        assert (len(found), len(set(read))) == (12, 12)
