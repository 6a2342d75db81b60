"""Erasing what is kept for longer than the policy says: the words of cases that were done years ago.

Years stand in the policy in force, by kind; where it has none nobody knows how long, and nothing is erased.
Source: PIPL article 47 (deletion once the purpose is reached); the years are the house's own decision.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage import persons as stored
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.rights import RETENTION
from workbench.rules import rights, writing
from workbench.setup import left_elsewhere
from workbench.setup.persons import Gone, erase_case, log, tidy


@dataclass
class Over:
    """Cases whose time is over, by kind; ``asked`` are the kinds for which the policy names no years."""

    years: dict[str, int] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gone: Gone | None = None

    @property
    def count(self) -> int:
        """Return how many cases there are."""
        return sum(map(len, self.cases.values()))

    def as_json(self) -> dict[str, Any]:
        """Return what machines read; ``erased`` is None for what was only looked at."""
        erased = self.gone.as_json() if self.gone else None
        return {"years": self.years, "cases": self.cases, "asked": self.asked, "erased": erased}


def retain(desk: Desk, *, dry_run: bool) -> Over:
    """Erase the words of every case whose time is over; with ``dry_run`` only say which.

    Raises:
        RefusedError: the person at the desk has no right to.
    """
    if dry_run:
        with desk.store.reading() as db:
            return _over(desk, db)[0]
    over = writing.write(desk, lambda db: _erase(desk, db))
    if over.gone:
        over.gone.scrubbed = stored.scrub(desk.store)
        over.gone.evidence = tidy(desk)
        over.gone.backups += left_elsewhere.copies(desk.store.path)
    return over


def _erase(desk: Desk, db: Db) -> Over:
    over, keys = _over(desk, db)
    if not keys:
        return over
    over.gone = Gone(cases=[number for numbers in over.cases.values() for number in numbers])
    for key in keys:
        erase_case(desk, db, key, over.gone)
    log(desk, db, over.gone, "retention " + ", ".join(f"{kind} {over.years[kind]}" for kind in over.cases))
    return over


def _over(desk: Desk, db: Db) -> tuple[Over, list[int]]:
    """Return what is over, and the keys of the cases."""
    rights.ensure(desk, db, RETENTION)
    policy = desk.rules_in(db).policy
    years = dict(policy.regime.retention)
    over, keys = Over(years, asked=[kind for kind in policy.kinds if kind not in years]), list[int]()
    for kind, number in years.items():
        found = stored.done_before(db, desk.store.site_id, kind, years_before(desk.now(), number))
        if found:
            over.cases[kind] = [each.number for each in found]
            keys += [each.key for each in found]
    return over, keys


def years_before(at: datetime, years: int) -> datetime:
    """Return the moment ``years`` before ``at``; of the 29th of February it is the 28th."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)
