"""Many new cases at once: the same rows as ``cases.add`` writes, a statement a table.

An import writes events, rows, clocks and search tokens for thousands of cases in one transaction, so
everything that costs per statement or per event is done once for the batch.
"""

import os
from collections.abc import Mapping, Sequence
from operator import itemgetter

from storage import cases, clocks, events, search
from storage.engine import Db, Row
from storage.ids import counted_day, op_time
from storage.timing import timed
from workbench.domain.cases import Case, Event
from workbench.domain.policies import Rules

CACHE_KB = 16_000
# by place: binding 50 names takes longer than the rest of the row
ADD_CASE = f"INSERT INTO cases ({', '.join(cases.COLUMNS)}) VALUES ({', '.join('?' * len(cases.COLUMNS))})"  # noqa: S608
KNOWN = """
    SELECT external_id, case_id FROM cases
     WHERE site_id = ? AND source = ? AND external_id IN ({marks})
"""
ACCUSING = "SELECT case_id FROM cases WHERE site_id = ? AND case_id IN ({keys}) AND about IS NOT NULL"
MET = """
    SELECT DISTINCT case_id FROM event
     WHERE site_id = ? AND case_id IN ({keys}) AND act IN ({acts})
"""
UNSOLVED = """
    SELECT case_id FROM cases
     WHERE site_id = ? AND case_id IN ({marks}) AND status IN ('open', 'waiting')
"""

COUNTED = "SELECT day, last FROM counter WHERE site_id = ? AND day IN ({marks})"
COUNT = """
    INSERT INTO counter (site_id, day, last) VALUES (?, ?, ?)
    ON CONFLICT (site_id, day) DO UPDATE SET last = excluded.last
"""

New = Sequence[tuple[Case, Sequence[Event]]]


def cases_by_id(db: Db, site_id: int, source: str, external_ids: Sequence[str]) -> dict[str, int]:
    """Return the keys of the cases that came from ``source`` under these ids."""
    marks = ",".join("?" * len(external_ids))
    return dict(db.all(KNOWN.format(marks=marks), [site_id, source, *external_ids]))


def met(db: Db, site_id: int, keys: Sequence[int], acts: Sequence[str]) -> list[int]:
    """Return those of the cases ``keys`` whose timelines hold one of ``acts``."""
    marks = {"keys": ",".join("?" * len(keys)), "acts": ",".join("?" * len(acts))}
    return [row[0] for row in db.all(MET.format(**marks), [site_id, *keys, *acts])]


def unsolved(db: Db, site_id: int, keys: Sequence[int]) -> list[int]:
    """Return those of the cases ``keys`` that are not closed."""
    if not keys:
        return []
    return [row[0] for row in db.all(UNSOLVED.format(marks=",".join("?" * len(keys))), [site_id, *keys])]


def accusing(db: Db, site_id: int, keys: Sequence[int]) -> list[int]:
    """Return those of the cases ``keys`` that complain about somebody of the staff."""
    marks = ",".join("?" * len(keys))
    return [row[0] for row in db.all(ACCUSING.format(keys=marks), [site_id, *keys])]


def widen(db: Db) -> None:
    """Keep more pages at hand: an import touches every index at places that jump about."""
    db.run(f"PRAGMA cache_size = -{CACHE_KB}")


def last_numbers(db: Db, site_id: int, wanted: Mapping[str, int]) -> dict[str, int]:
    """Take ``wanted`` sequence numbers of each day (YYYY-MM-DD); return the last one taken before."""
    days = {day: counted_day(day) for day in wanted}
    marks = ",".join("?" * len(days))
    last: dict[str, int] = dict(db.all(COUNTED.format(marks=marks), [site_id, *days.values()]))
    before = {}
    for day, many in wanted.items():
        before[day] = last.get(days[day], 0)
        last[days[day]] = before[day] + many
    db.run_many(COUNT, [(site_id, day, taken) for day, taken in last.items()])
    return before


def add(db: Db, new: New, rules: Rules, at_ms: int) -> None:
    """Store new cases with their timelines; runs inside a write transaction.

    Args:
        db: Holds the write lock.
        new: Cases as folded from their events; none is stored yet.
        rules: Those that the cases were recorded under.
        at_ms: Now, in milliseconds since 1970.
    """
    heads, numbers = _add_events(db, new, at_ms)
    in_order = itemgetter(*cases.COLUMNS)
    rows = [in_order(cases.row(case, rules, head)) for (case, _), head in zip(new, heads, strict=True)]
    db.run_many(ADD_CASE, rows)
    db.run_many(clocks.INSERT, [clocks.row(case, clock, rules) for case, _ in new for clock in case.clocks])
    docs: list[tuple[int, str]] = []
    for (_, timeline), first in zip(new, numbers, strict=True):
        for number, event in enumerate(timeline, first):
            if folded := search.document(event.act, event.data):
                docs.append((number, folded))
    if docs:
        search.add_many(db, new[0][0].site_id, docs)


def _add_events(db: Db, new: New, at_ms: int) -> tuple[list[bytes], list[int]]:
    """Append the timelines; return the newest hash of each case and the number of its first event.

    Ids of acts carry the time of the import and not of the event, so that their index grows at its end.
    """
    from msgspec.json import encode  # an import writes tens of thousands, a single act one

    end = events.tail(db)
    salts = os.urandom(events.SALT_BYTES * sum(len(timeline) for _, timeline in new))
    op = op_time(at_ms) + os.urandom(6)
    rows: list[Row] = []
    heads: list[bytes] = []
    firsts: list[int] = []
    for case, timeline in new:
        firsts.append(end.event_no + 1)
        prev = events.NO_HASH
        for event in timeline:
            event = timed(db, case.site_id, event)
            place = len(rows)
            salt = salts[place * events.SALT_BYTES : (place + 1) * events.SALT_BYTES]
            op_id, data = op + place.to_bytes(4, "big"), encode(event.data).decode()
            ours = events.signed(db, event)
            row, prev = events.sealed_row(end, case.site_id, case.case_id, ours, prev, op_id, salt, data)
            rows.append(row)
        heads.append(prev)
    db.run_many(events.INSERT, rows)
    return heads, firsts
