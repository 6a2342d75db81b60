"""Whom to ring next runs over an index: what a million cases would make slow is seen in the plan."""

import re

import pytest

from storage import dialling
from storage.dialling import OWE, Place
from storage.engine import Db
from storage.filters import Reach

pytest_plugins = ["full_store"]
SCAN = re.compile(r"SCAN (cases|clock|campaign_contact|x)\b(?! USING)")
REACHES = (None, Reach(("湖畔",), ("mei",), (1, 2), (3,)))
INDEX = {"callbacks": "queue_live", "opinions": "queue_callbacks", "asked": "queue_handler"}


class Planned:
    """A connection that notes how SQLite means to run each statement."""

    def __init__(self, connection):
        self._connection = connection
        self.plans = []
        self.total_changes = 0

    def execute(self, sql, params=()):
        plan = self._connection.execute("EXPLAIN QUERY PLAN " + sql, params).fetchall()
        self.plans += [row[3] for row in plan]
        return self._connection.execute(sql, params)


def plans_of(bench, read):
    with bench.store.reading() as lent:
        planned = Planned(lent.connection)
        read(Db(planned), bench.store.site_id)
    assert planned.plans
    return planned.plans


@pytest.mark.parametrize("owe", OWE)
@pytest.mark.parametrize("reach", REACHES)
def test_a_page_of_those_who_owe_a_call_comes_in_order_from_its_index(full, owe, reach):
    now, after = full.clock(), Place("2026-11-21T00:00:00.000000Z", 2, "2026-11-20T00:00:00.000000Z", 7)
    plans = plans_of(full, lambda db, site: dialling.page(db, site, owe, "mei", now, reach, after, 12))
    plans += plans_of(full, lambda db, site: dialling.tries(db, site, owe, "mei", now, reach, 100))
    assert not [plan for plan in plans if SCAN.search(plan) or "TEMP B-TREE" in plan], plans
    assert all(INDEX[owe] in plan for plan in plans if "cases" in plan), plans


@pytest.mark.parametrize(
    "read",
    [
        lambda db, site: dialling.new_contacts(db, site, 1, 7, 12),
        lambda db, site: dialling.tried_contacts(db, site, 1, 12),
        lambda db, site: dialling.contacts_of(db, site, "13800138000"),
        lambda db, site: dialling.live_of_phone(db, site, "13800138000"),
    ],
)
def test_contacts_and_the_cases_of_a_phone_are_looked_up(full, read):
    plans = plans_of(full, read)
    assert not [plan for plan in plans if SCAN.search(plan)], plans


def test_pages_put_together_are_the_whole(full):
    with full.store.reading() as db:
        site, now = full.store.site_id, full.clock()
        for owe in OWE:
            whole = dialling.page(db, site, owe, "mei", now, None, Place(), 1_000)
            found, after = [], Place()
            while more := dialling.page(db, site, owe, "mei", now, None, after, 2):
                found += more
                after = more[-1]
            assert found == whole
