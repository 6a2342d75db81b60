"""No statement goes through all cases or all entries, on a store that was never analysed, but those that must."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import suppress

import storage
from storage.schema import INDEXES
from workbench.domain.errors import StoreError

PARTIAL = {each.split(" ON ")[0].split()[-1] for each in INDEXES if " WHERE " in each}
THROUGH = re.compile(r"(?:SEARCH|SCAN) (?:event|cases|clock|\w) .*INDEX (?P<index>\w+) \(site_id=\?\)$")
ALL = {  # what has to see everything, and is asked by nobody who waits for the next key
    ("check_at_once", "UNLIKE"),
    ("check_house", "NUMBERS"),
    ("check_warnings", "LEFT_OUT"),
    ("clock_doubt", "READ_IN"),
    ("dialling", "CONTACTS_OF"),  # of campaigns, which are few; in each by an index
    ("evidence", "OF_ALL"),
    ("part", "EVER_HELD"),
    ("persons", "OF_PHONE"),
}

ONE = {("figures", "FIRST")}  # the first row of an index, and no other


def statements() -> Iterator[tuple[str, str, str]]:
    """Yield module, name and text of every statement that reads; those of older schemas are run once."""
    for found in pkgutil.iter_modules(storage.__path__):
        if not found.name.startswith("migrate"):
            module = importlib.import_module(f"storage.{found.name}")
            for name, text in vars(module).items():
                if isinstance(text, str) and name.strip("_").isupper() and "SELECT" in text:
                    yield found.name, name, text


def through_all(db, text: str) -> list[str]:
    """Return the steps of a plan that have nothing but the site to find their rows by."""
    names = set(re.findall(r":(\w+)", text))
    given = dict.fromkeys(names, 0) if names else (0,) * text.count("?")
    steps = [row[3] for row in db.all("EXPLAIN QUERY PLAN " + text, given)]
    return [step for step in steps if (m := THROUGH.match(step)) and m["index"] not in PARTIAL]


def test_every_statement_finds_its_rows(bench):
    found = set()
    with bench.desk().store.reading() as db:
        for module, name, text in statements():
            with suppress(db.connection.OperationalError, StoreError):  # a part of a statement is none
                if through_all(db, text) and module != "organisation":  # short lists of people and places
                    found.add((module, name))
    assert found == ALL | ONE


def test_a_statement_that_goes_through_everything_is_seen(bench):
    with bench.desk().store.reading() as db:
        assert through_all(db, "SELECT at FROM event WHERE site_id = ? ORDER BY event_no DESC LIMIT 1")
        assert through_all(db, "SELECT number FROM cases WHERE site_id = ? AND phone <> ''")
