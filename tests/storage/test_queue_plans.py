"""Every queue, count and figure runs over an index: what a million cases would make slow is seen in the plan."""

import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from storage import (
    analysis,
    changed_by_time,
    clusters,
    engine,
    entries,
    events,
    figures,
    gravest,
    groups,
    held,
    impartial,
    inbox,
    lookup,
    queues,
    second_complaints,
    standing,
    steps,
    training,
    warning_rows,
    warnings,
)
from storage.engine import Db
from storage.figures import Span
from storage.filters import Condition, Reach
from storage.orders import ORDERS
from storage.queues import View

pytest_plugins = ["full_store"]
SPAN = Span("2026-11-20T16:00:00.000000Z", "2026-11-21T16:00:00.000000Z")
SORTED_BY_AN_INDEX = ("next-due", "callbacks", "promises", "waiting")
SCAN_OF_ALL = re.compile(r"SCAN (cases|event|clock|duty|notice|search_doc)\b(?! USING)")


class Planned:
    """A connection that notes how SQLite means to run each statement."""

    def __init__(self, connection):
        self._connection = connection
        self.plans = []
        self.total_changes = 0

    def execute(self, sql, params=()):
        self.plans += [
            row[3] for row in self._connection.execute("EXPLAIN QUERY PLAN " + sql, params).fetchall()
        ]
        return self._connection.execute(sql, params)


def plans_of(bench, read):
    with bench.store.reading() as lent:
        planned = Planned(lent.connection)
        read(Db(planned))
    assert planned.plans
    return planned.plans


@pytest.mark.parametrize("queue", queues.QUEUES)
def test_a_queue_reads_no_table_from_end_to_end(full, queue):
    view = View(queue, "mei", full.clock())
    plans = plans_of(full, lambda db: queues.ids(db, full.store.site_id, view))
    assert not [plan for plan in plans if SCAN_OF_ALL.search(plan)]
    assert all("INDEX" in plan for plan in plans if "cases" in plan), plans


@pytest.mark.parametrize(("queue", "name"), [(queue, name) for queue in ORDERS for name in ORDERS[queue]])
def test_an_order_of_a_view_has_an_index_or_sorts_what_one_person_handles(full, queue, name):
    view = View(queue, "mei", full.clock(), order=name)
    plans = plans_of(full, lambda db: queues.ids(db, full.store.site_id, view, 200))
    assert all("INDEX" in plan for plan in plans if "cases" in plan), plans
    sorts = any("ORDER BY" in plan for plan in plans)
    assert sorts is not view.ordered.slices
    assert view.ordered.slices or all("queue_handler" in plan for plan in plans if "cases" in plan), plans


@pytest.mark.parametrize("queue", [queue for queue in queues.QUEUES if queue != "all"])
@pytest.mark.parametrize("narrowed", ["where", "reach"])
def test_what_is_narrowed_is_counted_among_the_cases_of_its_queue(full, queue, narrowed):
    where = (Condition("site", "~", "湖"),) if narrowed == "where" else ()
    reach = Reach(("湖畔",), ("mei",), (1, 2)) if narrowed == "reach" else None
    view = View(queue, "mei", full.clock(), where, reach=reach)
    plans = plans_of(full, lambda db: queues.count(db, full.store.site_id, view))
    assert not [plan for plan in plans if "case_received" in plan or "case_done" in plan], plans
    with full.store.reading() as db:
        assert queues.count(db, full.store.site_id, view) == len(queues.ids(db, full.store.site_id, view))


@pytest.mark.parametrize("queue", queues.QUEUES)
def test_what_is_found_by_words_is_read_by_its_keys(full, queue):
    view = View(queue, "mei", full.clock(), text="漏水")
    plans = plans_of(full, lambda db: queues.ids(db, full.store.site_id, view))
    found = [plan for plan in plans if "cases" in plan]
    assert found
    assert all("INTEGER PRIMARY KEY" in plan for plan in found), found


@pytest.mark.parametrize("queue", queues.QUEUES)
def test_a_queue_of_one_unit_reads_no_more(full, queue):
    view = View(queue, "mei", full.clock(), reach=Reach(("湖畔",), ("mei",), (1, 2)))
    for read in (queues.ids, queues.count):
        plans = plans_of(full, lambda db, read=read: read(db, full.store.site_id, view))
        assert not [plan for plan in plans if SCAN_OF_ALL.search(plan)], plans
        assert all("INDEX" in plan for plan in plans if "cases" in plan), plans
        assert queue not in SORTED_BY_AN_INDEX or not [plan for plan in plans if "ORDER BY" in plan], plans


@pytest.mark.parametrize("queue", SORTED_BY_AN_INDEX)
def test_the_main_queues_need_no_sorting(full, queue):
    view = View(queue, "mei", full.clock())
    plans = plans_of(full, lambda db: queues.ids(db, full.store.site_id, view))
    assert not [plan for plan in plans if "TEMP B-TREE" in plan], plans


def test_the_counts_on_the_tabs_read_no_table_from_end_to_end(full):
    view = View("next-due", "mei", full.clock())
    plans = plans_of(full, lambda db: queues.counts(db, full.store.site_id, view))
    assert not [plan for plan in plans if SCAN_OF_ALL.search(plan)], plans


READS = {
    "received": lambda db, at, site: figures.received_by(db, site, SPAN),
    "closed": lambda db, at, site: entries.closings(entries.told(db, site, SPAN)),
    "done": lambda db, at, site: figures.count_done(db, site, SPAN),
    "on_time": lambda db, at, site: figures.on_time(db, site, SPAN),
    "duties": lambda db, at, site: figures.duties_ended(db, site, SPAN),
    "owed duties": lambda db, at, site: standing.duties_open(db, site, at),
    "settled": lambda db, at, site: figures.promises_ended(db, site, SPAN),
    "promised": lambda db, at, site: standing.promises_open(db, site, at),
    "hot": lambda db, at, site: standing.hot(db, site, at),
    "standing": lambda db, at, site: standing.standing(db, site, at, at),
    "callbacks overdue": lambda db, at, site: standing.callbacks_overdue(db, site, at),
    "came back": lambda db, at, site: entries.came_back(entries.told(db, site, SPAN)),
    "calls": lambda db, at, site: entries.calls(entries.told(db, site, SPAN)),
    "sums": lambda db, at, site: entries.promised(entries.told(db, site, SPAN)),
    "steps": lambda db, at, site: steps.taken(db, site, SPAN),
    "not impartial": lambda db, at, site: impartial.marked(db, site, SPAN),
    "missed": lambda db, at, site: held.missed(db, site, SPAN),
    "grave": lambda db, at, site: gravest.rows(entries.told(db, site, SPAN), at, ()),
    "watched": lambda db, at, site: changed_by_time.watched(db, site, at, 0, 200),
    "changed": lambda db, at, site: changed_by_time.changed(db, site, at, at, 200),
    "groups": lambda db, at, site: analysis.received(db, site, SPAN, "site"),
    "ways": lambda db, at, site: analysis.ways(db, site, SPAN),
    "clocks": lambda db, at, site: analysis.clocks(db, site, SPAN, ("site", "handler")),
    "verified": lambda db, at, site: figures.verdicts(db, site, SPAN),
    "before": lambda db, at, site: analysis.by_category(db, site, SPAN),
    "owed": lambda db, at, site: inbox.owed(db, site, ["mei", "工程部"]),
    "unseen": lambda db, at, site: inbox.unseen(db, site, "mei"),
    "held": lambda db, at, site: inbox.held(db, site, "mei"),
    "handovers": lambda db, at, site: inbox.handovers(db, site, "mei", ["mei"]),
    "tail": lambda db, at, site: events.tail(db),
}
BY_A_PART_OF_THE_INDEX = {"tail"}


@pytest.mark.parametrize("name", READS)
def test_a_figure_reads_no_table_from_end_to_end(full, name):
    plans = plans_of(full, lambda db: READS[name](db, full.clock(), full.store.site_id))
    if name not in BY_A_PART_OF_THE_INDEX:
        assert not [plan for plan in plans if SCAN_OF_ALL.search(plan)], plans


@pytest.mark.parametrize("name", ["standing", "done", "on_time", "duties", "settled", "promised", "changed"])
def test_the_figures_over_all_live_cases_never_leave_the_index(full, name):
    plans = plans_of(full, lambda db: READS[name](db, full.clock(), full.store.site_id))
    # older libraries look at the row for what the index itself says: slower, and still its rows only
    kind = "COVERING INDEX" if engine.WAL_IS_SAFE else "INDEX"
    assert all(kind in plan for plan in plans if "SEARCH" in plan), plans


def test_late_callbacks_are_counted_over_what_is_closed_and_late(full):
    plans = plans_of(full, lambda db: READS["callbacks overdue"](db, full.clock(), full.store.site_id))
    assert any("queue_callbacks" in plan and "due_key<" in plan for plan in plans), plans


def test_hot_cases_are_counted_over_their_own_index(full):
    plans = plans_of(full, lambda db: READS["hot"](db, full.clock(), full.store.site_id))
    assert any("queue_hot" in plan for plan in plans), plans


def test_cases_that_are_hot_and_those_that_became_so_are_each_found_by_their_own_index(full):
    later = View("hot", "mei", full.clock() + timedelta(days=20))
    found = []
    plans = plans_of(full, lambda db: found.extend(queues.ids(db, full.store.site_id, later, 5)))
    assert found
    used = {index for index in ("queue_hot", "queue_will_be_hot", "case_received") if index in str(plans)}
    assert used == {"queue_hot", "queue_will_be_hot"}, plans


def test_the_tab_of_hot_cases_is_counted_over_their_own_index(full):
    view = View("next-due", "mei", full.clock())
    plans = plans_of(full, lambda db: queues.counts(db, full.store.site_id, view))
    assert any("queue_hot" in plan for plan in plans), plans


def test_verdicts_are_counted_over_their_own_index(full):
    plans = plans_of(full, lambda db: READS["verified"](db, full.clock(), full.store.site_id))
    assert any("case_verified" in plan for plan in plans), plans


LED = {
    "owed": ("duty_of", lambda db, site: inbox.owed(db, site, ["mei", "工程部"])),
    "unseen": ("notice_unseen", lambda db, site: inbox.unseen(db, site, "mei")),
    "held": ("queue_handler", lambda db, site: inbox.held(db, site, "mei")),
    "not taken": (
        "queue_handler",
        lambda db, site: db.all(inbox.NOT_TAKEN, {"site_id": site, "person": "mei"}),
    ),
    "handovers": ("duty_open", lambda db, site: inbox.handovers(db, site, "mei", ["mei", "bo"])),
    "parts": ("case_part", lambda db, site: groups.parts(db, site, "A261121-00013")),
    "incidents": ("case_incident", lambda db, site: groups.incidents(db, site, "花园")),
    "by phone": ("case_phone", lambda db, site: db.all(lookup.EARLIER_BY_PHONE, (site, "13800138000", 9))),
    "by home": ("case_place", lambda db, site: db.all(groups.BY_HOME, (site, "花园", "1-1", "王", 9))),
    "by person": ("case_person", lambda db, site: db.all(groups.BY_PERSON, (site, 7, 9))),
    "same phone": (
        "case_phone", lambda db, site: lookup.earlier(db, site, phone="13800138000", site="", unit=""),
    ),
    "same unit": ("case_place", lambda db, site: lookup.earlier(db, site, phone="", site="花园", unit="1-1")),
    "cluster": (
        "case_cluster",
        lambda db, site: clusters.members(db, site, "花园", "other", ["complaint"], SPAN.since, SPAN.until),
    ),
    "warnings of a case": ("warning_of_case", lambda db, site: warning_rows.of_case(db, site, 7)),
    "warnings outlived": (
        "warning_of_case",
        lambda db, site: db.all(
            warnings.OUTLIVED, {"site_id": site, "case_id": 7, "done": False, "told": ""}
        ),
    ),
    "warnings open again": ("warning_of_case", lambda db, site: db.all(warnings.REOPEN, (site, 7, 9))),
    "said": ("event_at", lambda db, site: training.phrases_said(db, site, SPAN)),
    "founded": ("case_verified", lambda db, site: training.founded_against(db, site, SPAN)),
    "broken": ("duty_ended", lambda db, site: training.promises_broken(db, site, SPAN)),
}  # fmt: skip


@pytest.mark.parametrize("name", LED)
def test_a_look_is_led_by_more_of_an_index_than_the_store(full, name):
    index, read = LED[name]
    first, *_ = plans_of(full, lambda db: read(db, full.store.site_id))
    assert re.search(rf"{index} \(site_id=\? AND ", first), first


def test_who_came_before_is_found_by_the_customer_and_not_by_the_time(full):
    case = full.cases[0]
    case = replace(case, phone="13800138000", site="云栖花园", unit="1-101", customer="张三")
    plans = plans_of(full, lambda db: second_complaints.closed(db, case, ["complaint"], "2026", "2027"))
    assert {index for plan in plans for index in re.findall("case_[a-z]+", plan)} == {
        "case_phone",
        "case_place",
    }


def test_of_many_that_came_together_each_is_found_by_index(full):
    keys = [case.case_id for case in full.cases]
    for read in (
        lambda db: second_complaints.with_one_before(db, keys),
        lambda db: clusters.crowded(db, keys, 3, 1),
    ):
        plans = plans_of(full, read)
        assert not [plan for plan in plans if SCAN_OF_ALL.search(plan)]
        assert not [plan for plan in plans if "case_closed" in plan or "case_received" in plan], plans
