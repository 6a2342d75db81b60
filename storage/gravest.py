"""Which unsolved cases stand at level 1 or are hot, and came, came back or rose in a span."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from storage import taken_back
from storage.engine import Row
from storage.entries import Told
from storage.figures import WRITTEN_LATE
from workbench.domain import acts
from workbench.domain.acts import AGE, CLUSTER, CORRECT, REGRADE, REOPEN
from workbench.domain.times import stamp, unstamp
from workbench.domain.upcoming import SYSTEM

RAISING = ", ".join(f"'{act}'" for act in acts.where(lambda act: act.counted))
ALWAYS = ", ".join(f"'{act.id}'" for act in (AGE, CLUSTER, CORRECT, REOPEN))
EFFECT = taken_back.EFFECT
EFFECT_IN_SPAN = f"({EFFECT} >= :since AND {EFFECT} < :until)"
WRITTEN_IN_SPAN = "(e.at < :until)"
GRAVE = """(c.status IN ('open', 'waiting') AND (c.severity = 1 OR c.hot = 1 OR c.hot_at <= :now)
            OR c.case_id IN (SELECT value FROM json_each(:changed)))"""
CAME_IN_SPAN = "c.received_at >= :since AND c.received_at < :until"
ROW = "c.severity, c.received_at, c.number, c.case_id, c.hot = 1 OR coalesce(c.hot_at <= :now, 0)"
CAME = f"""
    SELECT {ROW} FROM cases c
     WHERE c.site_id = :site_id AND {CAME_IN_SPAN} AND {GRAVE}{{of}}
"""  # noqa: S608 (our own words)
# where the two times of an entry lie on either side of the span, how far they are apart decides
ROSE = f"""
    SELECT DISTINCT {ROW},
           CASE WHEN NOT ({EFFECT_IN_SPAN} AND {WRITTEN_IN_SPAN}) THEN e.at END,
           CASE WHEN NOT ({EFFECT_IN_SPAN} AND {WRITTEN_IN_SPAN}) THEN {EFFECT} END,
           CASE WHEN NOT ({EFFECT_IN_SPAN} AND {WRITTEN_IN_SPAN}) THEN e.actor END
      FROM event e CROSS JOIN cases c ON c.case_id = e.case_id
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late AND e.act IN ({RAISING})
       AND NOT ({CAME_IN_SPAN}) AND {GRAVE} AND ({EFFECT_IN_SPAN} OR {WRITTEN_IN_SPAN})
       AND (e.act IN ({ALWAYS})
            OR e.act = '{REGRADE.id}' AND e.data ->> 'severity' < e.data ->> 'from'
            OR instr(e.data, '"rose"') AND (e.data ->> 'rose' OR e.data -> 'asked' ->> 'rose')
            OR instr(e.data, '"reopened"') AND e.data ->> 'reopened'){{stands}}{{part}}
"""  # noqa: S608 (our own words)


def rows(told: Told, now: datetime, changed: Collection[int]) -> list[Row]:
    """Return (level, received, number, key, hot) of the grave cases, as they are stored, each once.

    Of the keys ``changed`` also those that are not grave as stored, which came or rose.
    """
    asked = {"now": stamp(now), "changed": json.dumps(sorted(changed))}
    came = told.rows(CAME.replace("{of}", told.part.on_cases("c")), asked)
    rose = {row[3]: row[:5] for row in told.rows(ROSE, asked) if _counts(told, row[5:])}
    return [*came, *rose.values()]


def _counts(told: Told, times: Sequence[str | None]) -> bool:
    """Say whether an entry of two ``times`` (written, effect, by whom) counts in the span."""
    written_at, effect_at, by = times
    if written_at is None or effect_at is None:
        return True
    if by == SYSTEM and unstamp(written_at) - unstamp(effect_at) > WRITTEN_LATE:
        effect_at = written_at
    return bool(told.span.since <= effect_at < told.span.until)
