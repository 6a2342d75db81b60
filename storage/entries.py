"""Counts of what entries tell of a span: each statement reads those of its own acts, once.

An entry that was taken back counts for nothing, and an approval as what it grants. What an import brought
counts when it happened at its source, and so does what time alone brought, though a sweep wrote it after
midnight; if that came much later (``WRITTEN_LATE``), when it was written (``gravest``).
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from storage import figures, taken_back
from storage.engine import Db, Row
from storage.figures import WRITTEN_LATE, Span
from storage.part import WHOLE, Part
from workbench.domain.acts import APPROVE, CALLBACK, CLOSE, COMPENSATE, HEARD, REOPEN
from workbench.domain.times import stamp, unstamp

IN_SPAN = "e.site_id = :site_id AND e.at >= :since AND e.at < :until"
ASKED = f"CASE e.act WHEN '{APPROVE.id}' THEN e.data -> 'asked' ELSE e.data END"
GRANTS = f"(e.act = '{{act}}' OR e.act = '{APPROVE.id}' AND e.data ->> 'act' = '{{act}}')"
# closed in the span, and not closed by that any more: those that are tell it themselves
LEFT = f"""
    SELECT said ->> 'resolution', said ->> 'accepted', said ->> 'with' IS NOT NULL, count(*)
      FROM (SELECT e.case_id, max(e.seq), {ASKED} AS said
              FROM event e CROSS JOIN cases c ON c.case_id = e.case_id
             WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late
               AND e.act IN ('{CLOSE.id}', '{APPROVE.id}')
               AND (c.closed_at IS NULL OR c.closed_at < :since OR c.closed_at >= :until)
               AND {GRANTS.format(act=CLOSE.id)}
               AND {taken_back.EFFECT} >= :since AND {taken_back.EFFECT} < :until{{stands}}{{part}}
             GROUP BY e.case_id)
     GROUP BY 1, 2, 3
"""  # noqa: S608 (our own words)
# of a case that was closed: it went into another and is closed with that, as the entry says
MERGED = f"""(part_of IS NOT NULL AND EXISTS (
               SELECT 1 FROM event e WHERE e.site_id = :site_id AND e.case_id = cases.case_id
                  AND e.act = '{CLOSE.id}' AND e.at = cases.closed_at AND e.data ->> 'with' IS NOT NULL))"""  # noqa: S608 (our own words)
CLOSED = f"""
    SELECT resolution, accepted, {MERGED}, count(*)
      FROM cases WHERE site_id = :site_id AND closed_at >= :since AND closed_at < :until{{part}}
     GROUP BY 1, 2, 3
"""  # noqa: S608 (our own words)
OPENED = f"(e.act = '{REOPEN.id}' OR instr(e.data, '\"reopened\"') AND e.data ->> 'reopened')"
OPENED_AGAIN = f"""
    SELECT DISTINCT e.case_id FROM event e
     WHERE {IN_SPAN} AND e.act IN ('{REOPEN.id}', '{CALLBACK.id}', '{HEARD.id}')
       AND {OPENED}{{stands}}{{part}}
"""  # noqa: S608 (our own words)
# calls alike in one row, each case that a call, a word or somebody opened again in a row of its own
CALLS = f"""
    SELECT CASE WHEN {OPENED} THEN e.case_id END,
           e.act = '{CALLBACK.id}', coalesce(e.data ->> 'progress', 0), coalesce(e.data ->> 'reached', 0),
           e.data ->> 'csi', e.data ->> 'nps', e.data ->> 'mood', CASE WHEN e.data ->> 'mood' IS NOT NULL THEN
               (SELECT mood FROM cases c WHERE c.case_id = e.case_id) END, count(*)
      FROM event e
     WHERE {IN_SPAN} AND e.act IN ('{REOPEN.id}', '{CALLBACK.id}', '{HEARD.id}'){{stands}}{{part}}
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608 (our own words)
OPINIONS = f"""
    SELECT e.at, e.data ->> 'csi', e.data ->> 'nps', e.data ->> 'mood', c.mood, c.site, c.category, c.handler,
           c.channel, e.case_id
      FROM event e CROSS JOIN cases c ON c.case_id = e.case_id
     WHERE {IN_SPAN} AND e.act = '{CALLBACK.id}' AND e.data ->> 'reached'
       AND coalesce(e.data ->> 'csi', e.data ->> 'nps', e.data ->> 'mood') IS NOT NULL{{stands}}{{part}}
"""  # noqa: S608 (our own words)
PROMISED = f"""
    SELECT {ASKED} ->> 'amount', count(*) FROM event e
     WHERE {IN_SPAN} AND e.act IN ('{COMPENSATE.id}', '{APPROVE.id}')
       AND {GRANTS.format(act=COMPENSATE.id)}{{stands}}{{part}}
     GROUP BY 1
"""  # noqa: S608 (our own words)


class Told(NamedTuple):
    """The entries of a span and a part of the house: what every count here is asked of."""

    db: Db
    site_id: int
    span: Span
    part: Part
    gone: taken_back.Gone

    def rows(self, sql: str, more: Mapping[str, Any] = MappingProxyType({})) -> list[Row]:
        """Return what a statement tells; entries are ``e`` in it, and it has ``more`` parameters."""
        stands = taken_back.STANDS if self.gone else ""
        late = stamp(unstamp(self.span.until) + WRITTEN_LATE)
        given = figures.given(self.site_id, self.span, self.part) | self.gone.given | {"late": late}
        narrowed = sql.format(stands=stands, part=self.part.on_keys("e.case_id"))
        return self.db.all(narrowed, {**given, **more})


class Closings(NamedTuple):
    """So many ``cases`` closed alike; ``merged`` where they were closed with the case that they went into."""

    resolution: str | None
    accepted: str | None
    merged: int
    cases: int


class Call(NamedTuple):
    """So many ``calls`` alike: about progress or not, reached or not, what was said; ``before`` at intake."""

    progress: int
    reached: int
    csi: int | None
    nps: int | None
    mood: int | None
    before: int | None
    calls: int


class Opinion(NamedTuple):
    """What a customer answered ``at`` (UTC text); the mood ``before`` is of the intake, the rest of now."""

    at: str
    csi: int | None
    nps: int | None
    mood: int | None
    before: int | None
    site: str
    category: str
    handler: str | None
    channel: str
    case_id: int


class CameBack(NamedTuple):
    """Cases that were opened again: all, those ``earlier`` than the span, and those not counted as second."""

    cases: int
    earlier: int
    first: int


def told(db: Db, site_id: int, span: Span, part: Part = WHOLE, *, past: bool = False) -> Told:
    """Return what the counts of ``span`` and ``part`` are asked of; ``past`` for days that are long over."""
    if past:
        late = stamp(unstamp(span.until) + WRITTEN_LATE)
        return Told(db, site_id, span, part, taken_back.between(db, site_id, span.since, late, part))
    return Told(db, site_id, span, part, taken_back.since(db, site_id, span.since, part))


def closings(told: Told) -> list[Closings]:
    """Return how the cases closed in the span were closed, each once, by its newest closing in it."""
    now = CLOSED.format(part=told.part.on_cases())
    found = told.db.all(now, figures.given(told.site_id, told.span, told.part))
    return [Closings(*row) for row in (*found, *told.rows(LEFT))]


def calls(told: Told) -> tuple[list[Call], CameBack]:
    """Return the calls of the span by what they brought, and how many cases were opened again in it."""
    rows = told.rows(CALLS)
    keys = {row[0] for row in rows} - {None}
    return [Call(*row[2:]) for row in rows if row[1]], _came_back(told, keys)


def came_back(told: Told) -> CameBack:
    """Return how many cases were opened again in the span."""
    return _came_back(told, {key for (key,) in told.rows(OPENED_AGAIN)})


def _came_back(told: Told, keys: Collection[int]) -> CameBack:
    found = figures.columns(told.db, keys, "received_at", "repeat_of").values()
    since, until = told.span
    new = [repeat_of for received_at, repeat_of in found if since <= received_at < until]
    earlier = len(keys) - len(new)
    return CameBack(len(keys), earlier, earlier + new.count(None))


def opinions(told: Told) -> list[Opinion]:
    """Return what each customer answered who was called in the span."""
    return [Opinion(*row) for row in told.rows(OPINIONS)]


def promised(told: Told) -> list[tuple[str, int]]:
    """Return each sum in yuan (as text) that was promised or granted in the span, and how often."""
    return [(str(amount), count) for amount, count in told.rows(PROMISED)]
