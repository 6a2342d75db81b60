"""A case that cannot wait is told of, however many others have changed since the last look."""

import pytest
from desks import Bench
from duty_support import held, office

from screens.queue.looking import Look, Wish, look
from screens.queue.order import Order
from storage import queue_change
from storage.queues import View
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.reports import queue_change as changes
from workbench.reports import urgent
from workbench.reports.urgent import News
from workbench.setup import people

HOT = {"flag": ["media"]}
MANY = 1_000


class Looker:
    """Somebody who looks at a queue now and then."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.known, self.told = desk.keeping_rules(), None, frozenset[int]()
        self.look()

    def look(self) -> Look:
        """Look again; what was told of is remembered."""
        view = View("next-due", self.desk.person, self.desk.now())
        found = look(self.desk, view, self.known, view, Order(0), Wish(told=self.told))
        self.known = found.known
        self.told = (self.told | {each.case_id for each in found.news.came}) - found.news.over
        return found

    def news(self) -> News:
        """Look again; return what came, which a look at everything has to have found."""
        found = self.look()
        assert found.anew
        return found.news


def touched(bench: Bench, cases: list[Case]) -> None:
    """Change so many cases, each once."""
    for case in cases:
        bench.act(case, "note", "jin", text="看过")


@pytest.fixture
def crowd(bench: Bench) -> list[Case]:
    """More cases than are looked at one by one."""
    office(bench)
    return [bench.record("jin", site="金色家园") for _ in range(changes.MOST + 1)]


def numbers(news: News) -> list[str]:
    """Return the numbers of what came."""
    return [each.number for each in news.came]


def test_one_hot_case_among_a_thousand_that_changed_is_told(bench: Bench) -> None:
    office(bench)
    looker = Looker(bench.desk("mei"))
    cases = [bench.record("jin", site="金色家园") for _ in range(MANY)]
    hot = bench.record("bo", site="金色家园", **HOT)
    touched(bench, cases[-50:])
    assert numbers(looker.news()) == [hot.number]
    assert looker.look().news == urgent.NO_NEWS, "it is told once"


def test_what_was_so_before_or_is_anothers_or_ones_own_is_not_told(bench: Bench, crowd: list[Case]) -> None:
    known = bench.record("bo", site="金色家园", **HOT)
    looker = Looker(bench.desk("mei"))
    touched(bench, [*crowd, known])
    held(bench, "bo", **HOT)
    bench.record("mei", site="金色家园", **HOT)
    assert numbers(looker.news()) == []
    touched(bench, crowd)
    given = bench.act(bench.record("bo", site="金色家园", **HOT), "take", "bo")
    bench.act(given, "assign", "bo", to="mei", reason="她熟悉")
    assert numbers(looker.news()) == [given.number]


def test_what_is_over_is_said_of_what_was_told(bench: Bench, crowd: list[Case]) -> None:
    looker = Looker(bench.desk("mei"))
    hot = bench.record("bo", site="金色家园", **HOT)
    looker.look()
    assert looker.told == {hot.case_id}
    touched(bench, crowd)
    assert looker.news().over == frozenset(), "it waits still"
    touched(bench, crowd)
    bench.act(hot, "take", "bo")
    assert looker.news().over == {hot.case_id}


def test_a_change_of_the_house_in_the_same_moment_hides_nothing(bench: Bench) -> None:
    office(bench)
    looker = Looker(bench.desk("mei"))
    hot = bench.record("bo", site="金色家园", **HOT)
    people.add_person(bench.desk("zong"), "新来的", {"role": "handler", "unit": "金色家园"})
    assert numbers(looker.news()) == [hot.number]


def test_cases_of_other_units_take_nobodys_place(
    bench: Bench, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urgent, "MOST", 2)
    looker = Looker(bench.desk("mei"))
    hot = bench.record("bo", site="金色家园", **HOT)
    for _ in range(3):
        bench.record("bo", site="云栖花园", **HOT)
    touched(bench, crowd)
    with bench.store.reading() as db:
        reach = changes.in_sight.reach(looker.desk, db)
    assert reach is not None, "mei reads the cases of her own unit only"
    news = looker.news()
    assert (numbers(news), news.more) == ([hot.number], 0)


def test_of_more_than_can_be_looked_at_their_number_is_told(
    bench: Bench, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urgent, "MOST", 2)
    looker = Looker(bench.desk("mei"))
    hot = []
    for _ in range(5):
        bench.clock.pass_(minutes=1)
        hot.append(bench.record("bo", site="金色家园", **HOT))
    touched(bench, crowd)
    news = looker.news()
    assert (numbers(news), news.more) == ([each.number for each in hot[:2:-1]], 3)


def test_it_costs_two_statements_more_whatever_has_changed(bench: Bench, crowd: list[Case]) -> None:
    looker = Looker(bench.desk("mei"))
    touched(bench, crowd)
    bench.record("bo", site="金色家园", **HOT)
    said: list[str] = []
    assert looker.known is not None
    with bench.store.reading() as db:
        view = changes.fresh(looker.desk, db, View("next-due", "mei", looker.desk.now())).view
        before = looker.known.seen
        assert queue_change.newest_entry(db) - before > changes.MOST
        db.connection.set_trace_callback(said.append)
        found = urgent.among_many(looker.desk, db, view, before, ())
        db.connection.set_trace_callback(None)
    assert (len(found.came), len(said)) == (1, 2)
