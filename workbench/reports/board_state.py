"""What the board knows: counts of the live cases, kept true by what has changed since they were read.

Everything is counted once, when the board is opened and when an hour ends. Between that only the cases are
looked at on which somebody has written since, or that have fallen due: what each was is taken off, what it is
is added, so that a look costs the same however many cases are open.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from msgspec import Struct

from storage import ageing, board, changed_by_time, queue_change
from storage.board import HOUR, MINUTE, Standing, Within
from storage.engine import Db
from storage.filters import Reach
from storage.house import HOUSE
from storage.part import Part
from storage.queues import View
from workbench.desk import Desk
from workbench.domain import rights
from workbench.domain.duties import APPROVAL
from workbench.domain.organisation import Organisation
from workbench.domain.times import stamp
from workbench.reports.pasts import by_case, past
from workbench.reports.queue_change import unswept
from workbench.reports.unswept import Unswept, stand
from workbench.rules import in_sight
from workbench.rules.rights import ensure

HOURS = 24  # from the hour that it is
MOST = 300  # cases; where more have changed, everything is counted anew
LATE, LATER = "late", "later"  # instead of an hour: already, and behind the last of them
AN_HOUR = timedelta(hours=1)


class Cell(NamedTuple):
    """What cases have in common; ``when`` is the hour in which they are due (UTC text), or one of two."""

    site: str
    handler: str | None
    status: str
    when: str


class Asked(NamedTuple):
    """The part of the house that is asked for: a unit with all below it, or one site; else everything."""

    unit: str | None = None
    site: str | None = None

    def part(self, house: Organisation) -> Part:
        """Return it by its sites."""
        if self.unit is not None:
            return Part(tuple(sorted(site for site in house.sites if self.unit in house.up_from(site))))
        return Part(None if self.site is None else (self.site,))


class Known(Struct, frozen=True):
    """What was counted for a person.

    Attributes:
        seen: The number of the newest entry of the store at that moment.
        at: The moment (UTC).
        bounds: Where the hours begin and the last ends (UTC), the one that has begun first.
        cells: Live cases by what they have in common; none is nought.
        silent: The cases whose customer waits for us: since when unanswered, None for a word to decide on.
        requests: The cases on which an approval is asked for, with the first due.
        exact: Whether all was reckoned that time has brought and nobody has written down.
    """

    asked: Asked
    part: Part
    reach: Reach | None
    seen: int
    at: datetime
    bounds: tuple[datetime, ...]
    cells: Mapping[Cell, int]
    silent: Mapping[int, str | None]
    requests: Mapping[int, str]
    exact: bool = True


def hours(now: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """Return where the hours of ``zone`` begin from the one of ``now`` on, and where the last ends (UTC)."""
    there = now.astimezone(zone)
    first = now - timedelta(minutes=there.minute, seconds=there.second, microseconds=there.microsecond)
    return tuple(first + n * AN_HOUR for n in range(HOURS + 1))


def count(desk: Desk, db: Db, asked: Asked, *, standing: bool) -> Known:
    """Count everything.

    Args:
        desk: Whose board it is: only what that person reads counts.
        db: Reads one moment.
        asked: The part of the house.
        standing: Reckon with what time has brought and nobody has written down, as lists of the shell do.

    Raises:
        RefusedError: the person may not see figures; names who may.
    """
    ensure(desk, db, rights.SUMMARY)
    rules, now, site_id = desk.rules_in(db), desk.now(), desk.store.site_id
    part, reach = asked.part(rules.organisation), in_sight.reach(desk, db)
    bounds, within = hours(now, rules.zone), Within(site_id, part, reach)
    known = Known(
        asked, part, reach, queue_change.newest_entry(db), now, bounds, _cells(db, within, now, bounds),
        board.silent(db, within), board.requests(db, within, APPROVAL.id),
    )  # fmt: skip
    if standing and changed_by_time.some(db, site_id, now):
        return _as_it_stands(desk, db, known, within)
    return known


def since(desk: Desk, db: Db, known: Known) -> Known | None:
    """Return what is known by now; None where all has to be counted anew."""
    now, site_id = desk.now(), desk.store.site_id
    if now < known.at or now >= known.bounds[1] or unswept(desk, db, now):
        return None
    entries = queue_change.since(db, site_id, known.seen, MOST + 1)
    told = by_case(entries)
    if len(told) > MOST or HOUSE in told:
        return None
    pasts = {key: past(desk, key, rows, known.seen) for key, rows in told.items()}
    reach = in_sight.again(desk, db, known.reach, [each.after for each in pasts.values()])
    late = board.fallen_due(db, site_id, stamp(known.at), stamp(now), MOST)
    if not in_sight.comparable(known.reach, reach) or len(late) >= MOST:
        return None
    before, after = Within(site_id, known.part, known.reach), Within(site_id, known.part, reach)
    others = {*late, *in_sight.named_by_one(known.reach, reach)} - told.keys()
    were = board.placed(db, before, others)
    were |= board.placed_among(before, [each.row for each in pasts.values() if each.row])
    are = board.placed(db, after, {*told, *others})
    newest = max((row[0] for row in entries), default=known.seen)
    changed = _changed(known, were, are, now, {*told, *others})
    requests = board.requests(db, after, APPROVAL.id) if told or others else known.requests
    return Known(known.asked, known.part, reach, newest, now, known.bounds, *changed, requests, known.exact)


def _changed(
    known: Known,
    were: Mapping[int, Standing],
    are: Mapping[int, Standing],
    now: datetime,
    keys: Iterable[int],
) -> tuple[dict[Cell, int], dict[int, str | None]]:
    """Return cells and silent cases, where ``keys`` stood as ``were`` and stand as ``are``."""
    cells = Counter(known.cells)
    cells.subtract(_cell(each, known.at, known.bounds) for each in were.values() if each.status != "done")
    cells.update(_cell(each, now, known.bounds) for each in are.values() if each.status != "done")
    gone = set(keys)
    silent = {key: at for key, at in known.silent.items() if key not in gone}
    silent |= {key: each.unanswered_since for key, each in are.items() if each.silent}
    return {cell: n for cell, n in cells.items() if n}, silent


def _cell(each: Standing, now: datetime, bounds: tuple[datetime, ...]) -> Cell:
    return Cell(
        each.site, each.handler, each.status, _when(each.due_key, stamp(now), tuple(map(stamp, bounds)))
    )


def _when(due: str, now: str, bounds: tuple[str, ...]) -> str:
    if due < now:
        return LATE
    return bounds[bisect_right(bounds, due) - 1] if due < bounds[-1] else LATER


def _cells(db: Db, within: Within, now: datetime, bounds: tuple[datetime, ...]) -> dict[Cell, int]:
    at, starts = stamp(now), tuple(map(stamp, bounds))
    whole = all(start.minute == 0 for start in bounds)  # no hour of this zone begins in one of UTC
    width = HOUR if whole else MINUTE
    cells = Counter[Cell]()
    for site, handler, status, cases, late in board.live(db, within, at):
        cells[Cell(site, handler, status, LATE)] += late
        cells[Cell(site, handler, status, LATER)] += cases - late
    for site, handler, status, begun, cases in board.due(db, within, at, starts[-1], width=width):
        hour = starts[bisect_right(starts, begun + "~") - 1]
        cells[Cell(site, handler, status, hour)] += cases
        cells[Cell(site, handler, status, LATER)] -= cases
    return {cell: n for cell, n in cells.items() if n}


def _as_it_stands(desk: Desk, db: Db, known: Known, within: Within) -> Known:
    """Return ``known`` with what time has brought; age that may have moved dues only as far as it is read."""
    page = Unswept(desk, db, View("next-due", desk.person, known.at, reach=known.reach), 0)
    aged: list[int] = []
    if not page.dues_stay:
        aged = ageing.aged(db, desk.store.site_id, page.view, page.ages, most=MOST + 1)
    keys = {*page.otherwise, *aged[:MOST]}
    were = board.placed(db, within, keys)
    are = board.placed_among(within, list(stand(desk, db, keys, known.at).values()))
    cells, silent = _changed(known, were, are, known.at, keys)
    return Known(
        known.asked, known.part, known.reach, known.seen, known.at, known.bounds, cells, silent,
        known.requests, len(aged) <= MOST,
    )  # fmt: skip
