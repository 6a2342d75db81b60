"""A queue that is read to its end is read in parts, which give what one part would."""

from datetime import timedelta

import pytest

from screens.queue import looking
from screens.queue.looking import MANY
from screens.queue.order import BETWEEN, Order
from storage import queue_change, queues
from storage.queues import View


@pytest.fixture
def view(bench):
    now = bench.clock.at
    for ago in range(9):
        bench.clock.at = now - timedelta(minutes=ago)
        case = bench.record(kind="praise")
        if ago % 2:
            bench.act(case, "close", outcome="谢谢")
    bench.clock.at = now
    return View("all", "mei", now)


def read(bench, view, most):
    with bench.store.reading() as db:
        order = Order(9)
        more = looking._slice(bench.desk(), db, view, order, most)
        order.extend(more.ids, more.marked, to_the_end=more.to_the_end)
        return order, db.value("PRAGMA cache_size")


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 9, 10])
@pytest.mark.parametrize("most", [1, 3, 8, 9, 10, MANY])
def test_parts_give_what_one_gives(bench, view, monkeypatch, at_once, most):
    with bench.store.reading() as db:
        wanted = list(queues.ids(db, bench.store.site_id, view))[:most]
        cache = db.value("PRAGMA cache_size")
    monkeypatch.setattr(looking, "AT_ONCE", at_once)
    order, kept = read(bench, view, most)
    assert list(order.ids) == wanted
    assert order.whole == (most > 9)
    assert kept == cache


def test_no_statement_gives_more_than_a_part_and_few_pages_are_kept_meanwhile(bench, view, monkeypatch):
    seen, real = [], queue_change.places

    def noted(db, queue, keys, *more):
        seen.append((len(keys), db.value("PRAGMA cache_size")))
        return real(db, queue, keys, *more)

    monkeypatch.setattr(queue_change, "places", noted)
    monkeypatch.setattr(looking, "AT_ONCE", 2)
    read(bench, view, MANY)
    assert [count for count, _ in seen] == [2, 2, 2, 2, 2]
    assert {cache for _, cache in seen} == {-1_000}


def test_parts_end_at_marks():
    assert looking.AT_ONCE % BETWEEN == 0
