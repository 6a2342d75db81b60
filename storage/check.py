"""Checking a store: SQLite's own view, the chain and the seals, and a replay of every timeline.

Everything is read in one transaction and in streams, so that memory does not grow with the store. A
problem is reported, never mended. What a check can and cannot see: docs/check.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from storage import check_campaigns, check_cases, check_chain, check_house, check_warnings, check_words
from storage.check_report import Problem, note
from storage.engine import Db
from storage.schema import INDEXES, TABLES
from storage.store import Store
from workbench.domain.errors import StoreDamagedError
from workbench.domain.policies import Rules
from workbench.domain.text import gist
from workbench.words import N_, Said

RulesOf = Callable[[Db, int], Rules]
MOST_OF_SQLITE = 1_000_000  # problems that SQLite may list of its own
OWNED = (
    "cases", "event", "clock", "duty", "notice", "search_doc",
    "campaign", "campaign_contact", "campaign_call",
    "warning", "wave",
)  # fmt: skip
MOST_SHOWN = 60


@dataclass
class Report:
    """What a check found.

    ``events`` are those of cases, ``house`` those of the house; ``erased`` counts both. ``seal`` is that of
    the newest entry, COUNT:HASH.
    """

    cases: int = 0
    events: int = 0
    house: int = 0
    erased: int = 0
    seal: str = ""
    problems: list[Problem] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        return {
            "cases": self.cases,
            "events": self.events,
            "house": self.house,
            "erased": self.erased,
            "seal": self.seal,
            "problems": [
                {"number": each.number, "seq": each.seq, "what": str(each.what)} for each in self.problems
            ],
        }


def check(store: Store, rules: RulesOf | None, seal: str | None = None) -> Report:
    """Verify all of a store and return what is wrong with it; an empty list means nothing.

    Args:
        store: Others may go on working with it.
        rules: Gives the rules of a policy version (``Desk.rules_in``); None leaves the replay out.
        seal: A seal that was kept elsewhere, COUNT:HASH; it shows a chain that was made anew.

    Raises:
        UsageError: ``seal`` is not one.
        StoreError: the store cannot be read at all.
    """
    expected = check_chain.kept_seal(seal)
    report = Report()
    with store.reading() as db:
        for look in _looks(db, store.site_id, rules, report, expected):
            try:
                report.problems.extend(look)
            except StoreDamagedError as why:
                report.problems.append(note(why.said))
    return report


def _looks(
    db: Db, site_id: int, rules: RulesOf | None, report: Report, expected: check_chain.Kept | None
) -> Iterator[Iterator[Problem]]:
    yield _by_sqlite(db)
    if shape := _shape(db):
        yield iter(shape)
        return  # the rest would stumble over it
    yield _of_others(db, site_id)
    yield check_chain.seals(db, site_id, report, expected)
    known: dict[int, Rules] = {}
    if rules:
        yield _rules(db, site_id, rules, known)
    yield check_cases.cases(db, site_id, known if rules else None, report)
    yield check_words.words(db)
    yield check_campaigns.states(db, site_id)
    yield check_warnings.rows(db, site_id)
    yield check_house.lists(db, site_id)


def _by_sqlite(db: Db) -> Iterator[Problem]:
    """Yield what SQLite finds wrong with its pages, its indexes and its search index."""
    for (said,) in db.all(f"PRAGMA integrity_check({MOST_OF_SQLITE})"):
        if said != "ok":
            yield note(Said(N_("SQLite: {said}"), said=said))
    for table, row, *_ in db.all("PRAGMA foreign_key_check"):
        yield note(Said(N_("SQLite: row {row} of {table} points nowhere."), row=row, table=table))


def _shape(db: Db) -> list[Problem]:
    """Return where tables, indexes and triggers are not those of this program."""
    stored = {sql for (sql,) in db.all("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    found = [
        note(Said(N_("The store has no longer what it was made with: {sql}"), sql=gist(sql, MOST_SHOWN)))
        for sql in (*TABLES, *INDEXES)
        if sql not in stored
    ]
    for kind, name in db.all("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')"):
        said = Said(N_("The store has a {kind} {name} that nobody put there."), kind=kind, name=name)
        found.append(note(said))
    return found


def _of_others(db: Db, site_id: int) -> Iterator[Problem]:
    """Yield rows that belong to another store: this file holds one."""
    for table in OWNED:
        sql = f"SELECT count(*) FROM {table} WHERE site_id < ? OR site_id > ?"  # noqa: S608 (our own names)
        if count := db.value(sql, (site_id, site_id)):
            yield note(Said(N_("{n} rows of {table} belong to another store."), n=count, table=table))


def _rules(db: Db, site_id: int, rules: RulesOf, known: dict[int, Rules]) -> Iterator[Problem]:
    """Yield policies that cannot be read; the others are put into ``known``."""
    from workbench.domain.errors import WorkbenchError

    for version, name in db.all("SELECT version, name FROM policy WHERE site_id = ?", (site_id,)):
        try:
            known[version] = rules(db, version)
        except WorkbenchError as why:
            said = N_("Policy {name} (version {version}) cannot be read: {why}")
            yield note(Said(said, name=name, version=version, why=str(why)))


__all__ = ["Problem", "Report", "check"]
