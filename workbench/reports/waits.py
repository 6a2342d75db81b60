"""The waits of cases that ended: since when, until when, for what. Undone ones are left out."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from storage import waits as stored
from storage.durations import Told
from storage.engine import Db, Row
from storage.events import unpacked
from storage.figures import WRITTEN_LATE, Span
from storage.part import Part
from storage.rare import Rare
from storage.taken_back import numbers
from workbench.domain.acts import APPROVE, CLOSE, JUDGE, MERGE, PAUSE, RESUME, UNDO
from workbench.domain.times import stamp, unstamp
from workbench.domain.upcoming import SYSTEM

ENDS = frozenset((RESUME.id, CLOSE.id, MERGE.id))
TAKES_BACK = frozenset((UNDO.id, JUDGE.id))


class Wait(NamedTuple):
    """One wait that is over; times are UTC texts.

    ``group`` is (category, site, handler) of the case ``case_id`` as it is now, ``counts_at`` the time on
    whose day it counts: its end, or when a very late sweep wrote that down.
    """

    group: tuple[str | None, str | None, str | None]
    waits_for: str
    since: str
    until: str
    counts_at: str
    case_id: int


def ended(
    db: Db, site_id: int, span: Span, part: Part, told: Told, rare: Rare, now: datetime
) -> Iterator[Wait]:
    """Yield the waits of those cases of which one may have ended in the span, by ``now`` (UTC)."""
    keys = stored.ended(db, site_id, span, part, told, rare, now)
    for _key, rows in groupby(stored.turns(db, site_id, keys), key=lambda row: row[3]):
        yield from _of_case(list(rows), stamp(now))


def _of_case(rows: list[Row], now: str) -> Iterator[Wait]:
    acts = [(*row[4:8], unpacked(row[4], row[8])) for row in rows]
    gone = {number for *_, act, data in acts if act in TAKES_BACK for number in numbers(data)}
    group, key, begun = (rows[0][0], rows[0][1], rows[0][2]), rows[0][3], None
    for seq, at, by, act, data in acts:
        if seq in gone or act in TAKES_BACK:
            continue
        act, said = (data["act"], data["asked"]) if act == APPROVE.id else (act, data)
        took_effect = str(data.get("happened_at") or at)
        if act == PAUSE.id:
            begun = (took_effect, said["for"], said["until"])
        elif act in ENDS and begun:
            until = min(took_effect, begun[2])  # nobody waits longer than was planned
            yield Wait(group, begun[1], begun[0], until, _counts_at(until, at, by), key)
            begun = None
    if begun and begun[2] <= now:
        yield Wait(group, begun[1], begun[0], begun[2], begun[2], key)


def _counts_at(until: str, at: str, by: str) -> str:
    late = by == SYSTEM and unstamp(at) - unstamp(until) > WRITTEN_LATE
    return at if late else until
