"""Checking a store: SQLite's own view, the chain and the seals, and a replay of every timeline.

Everything is read in parts, a process in one transaction, so that memory does not grow with the store. A
problem is reported, never mended. What a check can and cannot see: docs/check.md.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field

from storage import (
    check_campaigns,
    check_cases,
    check_chain,
    check_erased,
    check_house,
    check_nights,
    check_warnings,
    check_words,
    evidence,
)
from storage.check_report import Problem, note
from storage.engine import Db
from storage.schema import INDEXES, TABLES
from storage.spread import Progress, Work, alone, silent, spread
from storage.store import Store
from workbench.domain.errors import StoreDamagedError
from workbench.domain.policies import Rules
from workbench.domain.text import gist
from workbench.words import N_, Said

RulesOf = Callable[[Db, int], Rules]
RulesIn = Callable[..., Rules]  # of (db, site_id, version), by name in another process
Part = str | check_cases.Span
RULES = "rules"
BEFORE: tuple[Part, ...] = ("sqlite", "others", "seals", RULES)
BEHIND: tuple[Part, ...] = ("docs", "words", "campaigns", "warnings", "house", "nights", "evidence")
MOST_OF_SQLITE = 1_000_000  # problems that SQLite may list of its own
OWNED = (
    "cases", "event", "clock", "duty", "notice", "search_doc",
    "campaign", "campaign_contact", "campaign_call",
    "warning", "wave", "night",
)  # fmt: skip
MOST_SHOWN = 60
WORTH = 16  # parts: below that it is done before another process has begun


class Report(Struct):
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
    broken: Said | None = None  # why a part could not be read to its end

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


class Helpers(NamedTuple):
    """How many processes help, and how they come by the rules of a policy version."""

    processes: int
    rules: RulesIn


class Reading(NamedTuple):
    """A store that is read in one transaction; ``faults`` are policies that cannot be read."""

    db: Db
    site_id: int
    rules: dict[int, Rules] | None
    expected: check_chain.Kept | None
    faults: list[Problem]


def check(
    store: Store,
    rules: RulesOf | None,
    seal: str | None = None,
    helpers: Helpers | None = None,
    progress: Progress = silent,
) -> Report:
    """Verify all of a store and return what is wrong with it; an empty list means nothing.

    Args:
        store: Others may go on working with it.
        rules: Gives the rules of a policy version (``Desk.rules_in``); None leaves the replay out.
        seal: A seal that was kept elsewhere, COUNT:HASH; it shows a chain that was made anew.
        helpers: Processes that do the work; what they find is the same, in the same order.
        progress: Called with the parts that are done, of so many.

    Raises:
        UsageError: ``seal`` is not one.
        StoreError: the store cannot be read at all.
    """
    expected = check_chain.kept_seal(seal)
    report = Report()
    with store.reading() as db:
        if wrong := shape(db):  # the rest would stumble over it
            report.problems = [*_by_sqlite(db), *wrong]
            return report
        here = _reading(db, store.site_id, rules and partial(_rules_here, rules), expected)
        parts = [*BEFORE, *check_cases.spans(db), *BEHIND]
        if helpers and helpers.processes > 1 and len(parts) > WORTH:
            work = Work(partial(_opened, store.path, helpers.rules, expected), _look)
            found = iter(spread(work, parts, helpers.processes, progress, order=_is_span))
        else:
            found = alone(Work(partial(nullcontext, here), _look), parts, progress)
        for part, of_part in zip(parts, found, strict=True):
            _add(report, of_part, here.faults if part == RULES else [])
    return report


def _add(report: Report, found: Report, more: list[Problem]) -> None:
    """Add what was found in one part; what breaks many parts in the same way is told once."""
    for name in ("cases", "events", "house", "erased", "seal"):
        setattr(report, name, getattr(report, name) + getattr(found, name))
    if found.broken and str(found.broken) not in (str(problem.what) for problem in report.problems):
        found.problems.append(note(found.broken))
    report.problems += [*more, *found.problems]


@contextmanager
def _opened(path: Path, rules: RulesIn, expected: check_chain.Kept | None) -> Iterator[Reading]:
    """Open the store in a process that helps."""
    with closing(Store(path, read_only=True)) as store, store.reading() as db:
        yield _reading(db, store.site_id, partial(rules, site_id=store.site_id), expected)


def _rules_here(rules: RulesOf, db: Db, *, version: int) -> Rules:
    return rules(db, version)


def _reading(
    db: Db, site_id: int, rules: Callable[..., Rules] | None, expected: check_chain.Kept | None
) -> Reading:
    found = Reading(db, site_id, {} if rules else None, expected, [])
    if rules and found.rules is not None:
        found.faults.extend(_rules(db, site_id, rules, found.rules))
    return found


def _look(here: Reading, part: Part) -> Report:
    """Return what is wrong with one part; it ends where the store cannot be read on."""
    found = Report()
    looks: dict[Part, Callable[[], Iterator[Problem]]] = {
        "sqlite": lambda: _by_sqlite(here.db),
        "others": lambda: _of_others(here.db, here.site_id),
        "seals": lambda: check_chain.seals(here.db, here.site_id, found, here.expected),
        RULES: lambda: iter(()),
        "docs": lambda: check_words.lost(here.db),
        "words": lambda: check_words.words(here.db),
        "campaigns": lambda: check_campaigns.states(here.db, here.site_id),
        "warnings": lambda: check_warnings.rows(here.db, here.site_id),
        "house": lambda: check_house.lists(here.db, here.site_id),
        "nights": lambda: check_nights.pages(here.db, here.site_id),
        "evidence": lambda: _of_evidence(here),
    }
    try:
        found.problems.extend(_of_span(here, part, found) if isinstance(part, tuple) else looks[part]())
    except StoreDamagedError as why:
        found.broken = why.said
    return found


def _of_evidence(here: Reading) -> Iterator[Problem]:
    """Yield what is wrong with files beside the store; a copy of it that is only on its way has none."""
    beside = here.db.path if here.rules is not None else None
    return evidence.problems(here.db, here.site_id, beside) if beside else iter(())


def _of_span(here: Reading, span: check_cases.Span, tally: Report) -> Iterator[Problem]:
    lawful = check_erased.lawful(here.db, here.site_id)
    return check_cases.cases(here.db, here.site_id, here.rules, tally, lawful, span)


def _is_span(part: Part) -> int:
    return isinstance(part, tuple)


def _by_sqlite(db: Db) -> Iterator[Problem]:
    """Yield what SQLite finds wrong with its pages, its indexes and its search index."""
    for (said,) in db.all(f"PRAGMA integrity_check({MOST_OF_SQLITE})"):
        if said != "ok":
            yield note(Said(N_("SQLite: {said}"), said=said))
    for table, row, *_ in db.all("PRAGMA foreign_key_check"):
        yield note(Said(N_("SQLite: row {row} of {table} points nowhere."), row=row, table=table))


def shape(db: Db) -> list[Problem]:
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


def _rules(db: Db, site_id: int, rules: Callable[..., Rules], known: dict[int, Rules]) -> Iterator[Problem]:
    """Yield policies that cannot be read; the others are put into ``known``."""
    from workbench.domain.errors import WorkbenchError

    for version, name in db.all("SELECT version, name FROM policy WHERE site_id = ?", (site_id,)):
        try:
            known[version] = rules(db, version=version)
        except WorkbenchError as why:
            said = N_("Policy {name} (version {version}) cannot be read: {why}")
            yield note(Said(said, name=name, version=version, why=str(why)))


__all__ = ["Helpers", "Problem", "Report", "check"]
