"""Every list in place of the queue is read over an index, however many cases there are."""

import re

import pytest
from test_queue_plans import plans_of

from storage import campaigns, desk, inbox, own_acts

pytest_plugins = ["full_store"]
FROM_END_TO_END = re.compile(
    r"^SCAN (?!CONSTANT|\(|(SUBQUERY .* )?u$)(?!.*USING)"
)  # u: what was grouped over an index

SINCE = "2026-11-20T16:00:00.000000Z"
LISTS = {
    "of a kind": lambda db, site: desk.of_kinds(db, site, ("approval", "level-check")),
    "of owners": lambda db, site: desk.of_owners(db, site, ("mei", "工程部", "handler")),
    "came back": lambda db, site: desk.came_back(db, site, SINCE),
    "told": lambda db, site: desk.unseen(db, site, "mei"),
    "handed over": lambda db, site: inbox.handovers(db, site, "mei", ["mei"]),
    "carried": lambda db, site: inbox.carried_rows(db, site, "mei"),
    "campaigns": lambda db, site: campaigns.every(db, site),
    "could be undone": lambda db, site: own_acts.touched(db, site, "mei", SINCE, ("record", "undo"), 200),
    "contacts": lambda db, site: campaigns.contacts(db, site, 1, 2_000),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_no_table_from_end_to_end(full, name):
    plans = plans_of(full, lambda db: LISTS[name](db, full.store.site_id))
    assert not [plan for plan in plans if FROM_END_TO_END.search(plan)], plans


def test_a_table_read_from_end_to_end_is_seen(full):
    plans = plans_of(full, lambda db: db.all("SELECT text FROM cases AS c WHERE c.text LIKE '%x%'"))
    assert [plan for plan in plans if FROM_END_TO_END.search(plan)]
