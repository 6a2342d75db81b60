"""Which steps of their ladders clocks and duties took in a span, by whoever told it."""

from collections import Counter

from storage.engine import Db
from storage.figures import Span, given
from storage.part import WHOLE, Part

STEPS = """
    SELECT e.data ->> 'clock', e.data ->> 'step', e.data ->> 'percent' FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until AND e.act = 'escalate'
       AND e.data ->> 'clock' IS NOT NULL{part}
"""
LATE = 1_000_000  # behind every per cent


def taken(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> dict[str, dict[str, int]]:
    """Return how many took each step of their ladder in the span, by clock or kind of duty.

    A step is its per cent of the time (``75``), or how long after the due (``+2h``). Where one step tells
    several it counts once. What was passed up by hand is no step.
    """
    found: dict[str, dict[str, int]] = {}
    # counted as they come: grouping in the store would sort them all, of which there are very many
    rows = Counter(db.stream(STEPS.format(part=part.on_keys("e.case_id")), given(site_id, span, part)))
    for (clock, step, percent), count in rows.items():
        late = str(step or "").startswith("+")
        name = str(step).split()[0] if late else str(percent)
        told = found.setdefault(clock, {})
        told[name] = max(count, told.get(name, 0))
    return {clock: dict(sorted(told.items(), key=_as_taken)) for clock, told in sorted(found.items())}


def _as_taken(step: tuple[str, int]) -> tuple[int, str]:
    name = step[0]
    return (LATE, name) if name.startswith("+") else (int(name), "")
