"""Where cases wait: at which stage, paused for whom, and for what that somebody owed."""

from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage import events, figures
from storage.analyses import waits
from workbench.domain.cases import Case, Event
from workbench.domain.flow import stage
from workbench.domain.history import steps, when
from workbench.domain.policies import Rules
from workbench.reports import spread
from workbench.reports.analyses.asked import Asked, Column
from workbench.words import N_, _

BY = (("stage", N_("Stage")), ("paused", N_("Paused for")), ("duty", N_("Owed")))
MOST_FOLLOWED = 4_000  # cases whose way is followed entry by entry; of more, so many spread over the span
COLUMNS = (
    Column("by", N_("By"), "word", BY), Column("group", N_("Where"), "text"), Column("n", N_("Times")),
    Column("median_seconds", N_("Median"), "seconds"), Column("p90_seconds", N_("90 %"), "seconds"),
    Column("max_seconds", N_("Longest"), "seconds"), Column("mean_seconds", N_("Mean"), "seconds"),
    Column("here_now", N_("There now")),
)  # fmt: skip


def find(asked: Asked) -> dict[str, Any]:
    """Return how long the cases closed in the span were at each stage and paused, and what duties took.

    Each stage counts once a case, with all the time there that is over. Of more than ``MOST_FOLLOWED`` every
    n-th is followed, in the order of closing: ``followed`` of ``closed``. Duties are those that ended in it.
    """
    where = asked.db, asked.site_id, asked.span, asked.scope.part
    keys = waits.closed(*where)
    followed = spaced(keys, MOST_FOLLOWED)
    stages, pauses = _ways(asked, followed)
    _every, duties = spread.by_column(waits.duties(*where), 1)
    here = waits.standing(asked.db, asked.site_id, asked.scope.part)
    at_stages = {name: spread.as_json(stages.get(name, ())) for name in sorted({*stages, *here})}
    paused = {name: spread.as_json(seconds) for name, seconds in sorted(pauses.items())}
    rows = [
        {"by": by, "group": name} | found | {"here_now": here.get(name, 0) if by == "stage" else None}
        for by, groups in (("stage", at_stages), ("paused", paused), ("duty", duties))
        for name, found in groups.items()
    ]
    return {"closed": len(keys), "followed": len(followed), "rows": rows}


def spaced(keys: Sequence[int], most: int) -> list[int]:
    """Return ``most`` of ``keys``, evenly spread over their order; all where they are no more."""
    n = len(keys)
    return [keys[place * n // most] for place in range(most)] if n > most else list(keys)


Seconds = dict[str, "array[int]"]


def _ways(asked: Asked, keys: Sequence[int]) -> tuple[Seconds, Seconds]:
    """Return how long cases were at each stage, and how long they were paused, by reason."""
    stages: Seconds = {}
    pauses: Seconds = {}
    for page in figures.pages(keys):
        for key, timeline in events.of_cases(asked.db, asked.site_id, page).items():
            rules = asked.desk.rules_in(asked.db, events.policy_of(timeline))
            spent, case = way(asked.site_id, key, timeline, rules)
            for name, seconds in spent.items():
                stages.setdefault(name, array("q")).append(int(seconds))
            for pause in case.past_pauses:
                took = ((pause.ended_at or pause.until) - pause.since).total_seconds()
                pauses.setdefault(pause.waits_for, array("q")).append(max(0, int(took)))
    return stages, pauses


def way(site_id: int, key: int, timeline: Sequence[Event], rules: Rules) -> tuple[dict[str, float], Case]:
    """Return how many seconds a case was at each stage that it has left, and what it is by its entries."""
    spent: dict[str, float] = {}
    here, since = "", datetime.min
    for event, case in steps(site_id, key, timeline, rules):
        now = max(when(event), since) if here else case.received_at
        at_stage = stage(case, rules.policy)
        if at_stage != here:
            if here:
                spent[here] = spent.get(here, 0.0) + (now - since).total_seconds()
            here, since = at_stage, now
    return spent, case


def remarks(found: Mapping[str, Any]) -> list[str]:
    """Return what the rows are of."""
    return [_("The way of {followed} of {closed} cases closed in the span was followed.").format(**found)]
