"""One stored case as it would have gone under other rules. Nothing is written.

What people did stays: who said what, when, who took, told, closed, decided by hand. What rules and time
brought is left out and worked out anew: levels, hot marks, clocks with their verdicts, steps of ladders.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from storage.engine import Db
from workbench.domain import acts, clocks, upcoming
from workbench.domain.case_clocks import stopping
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import left_behind, stopped_by
from workbench.domain.history import decided, fold, recorded, when
from workbench.domain.policies import Rules
from workbench.domain.timing import read
from workbench.domain.undone import undone
from workbench.rules import cluster, levels

WRITTEN = ("stopped", "left", "severity", "severity_reasons", "hot", "hot_reasons", "dues")


@dataclass
class Outcome:
    """What a case has come to. ``breaches`` are clocks missed or overdue by now; ``steps`` people told."""

    case: Case
    breaches: Counter[str]
    steps: int
    level: int
    hot: bool


def replay(db: Db, timeline: Iterable[Event], site_id: int, case_id: int, rules: Rules,
             now: datetime) -> Outcome:  # fmt: skip
    """Return how the case of ``timeline`` stands at ``now`` (UTC) under ``rules``.

    Raises:
        KeyError, ValueError: the timeline cannot be replayed.
    """
    events = list(timeline)
    gone, taking_back = undone(events), (acts.UNDO.id, acts.JUDGE.id)
    kept = [event for event in events if event.act not in taking_back and event.seq not in gone]
    first, *rest = [event for event in kept if not _by_rule(event)]
    case = _begin(db, site_id, case_id, first, rules)
    steps = 0
    for event in rest:
        case, told = _time_passes(case, when(event), rules)
        steps += told
        case = _redo(db, case, event, rules)
    case, told = _time_passes(case, now, rules)
    breaches = Counter(clock.id for clock in case.clocks if _breached(clock, now, rules))
    found = cluster.find(db, case, rules) if case.unsolved else cluster.Found()
    level = min([case.severity, *(reason.level or case.severity for reason in found.reasons)])
    return Outcome(case, breaches, steps + told, level, case.hot or bool(found.hot))


def _by_rule(event: Event) -> bool:
    return event.by == upcoming.SYSTEM and acts.BY_ID[event.act].by_rule


def _begin(db: Db, site_id: int, case_id: int, first: Event, rules: Rules) -> Case:
    data = _as_done(first.data)
    first = replace(first, data=data)
    case = recorded(site_id, case_id, first)
    if not case.policy_clocks:
        return fold(site_id, case_id, [replace(first, data=data | _as_written(first.data))], rules)
    return fold(site_id, case_id, [replace(first, data=data | levels.judged(case, rules.policy))], rules)


def _as_done(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person did, without what rules made of it."""
    return {name: value for name, value in data.items() if name not in WRITTEN}


def _as_written(data: Any) -> dict[str, Any]:
    """Return the level of an imported case, which its source gave."""
    return {name: data[name] for name in WRITTEN[2:6] if name in data}


def _redo(db: Db, case: Case, event: Event, rules: Rules) -> Case:
    data = _as_done(event.data)
    if event.act == acts.REGRADE.id:
        data |= {name: event.data[name] for name in ("severity", "severity_reasons")}
    elif acts.BY_ID[event.act].judges or data.get("reopened"):
        after = decided(case, replace(event, seq=case.version + 1, data=data), rules)[1]
        data |= levels.of_facts(db, case, after, rules, when(event))
    elif event.act == acts.APPROVE.id:
        data["asked"] = _as_done(data["asked"])
        after = decided(case, replace(event, seq=case.version + 1, data=data), rules)[1]
        data["asked"] |= levels.of_facts(db, case, after, rules, when(event))
    inner = data.get("act", event.act) if event.act == acts.APPROVE.id else event.act
    if stopped := stopped_by(case, inner, data, stopping(event, when(event)), rules):
        data["stopped"] = stopped
    return decided(case, replace(event, seq=case.version + 1, data=data), rules)[1]


def _time_passes(case: Case, until: datetime, rules: Rules) -> tuple[Case, int]:
    """Return the case with what time brings to it by ``until``, and how many steps told somebody."""
    steps, as_foreseen = 0, True
    for event, after in upcoming.brought(case, until, rules):
        if as_foreseen and not left_behind(case, after, read(event), rules):
            case = after
        else:  # a clock was left behind, of which nothing was foreseen
            case, as_foreseen = decided(case, event, rules)[1], False
        steps += event.act == acts.ESCALATE.id
    return case, steps


def _breached(clock: clocks.Clock, now: datetime, rules: Rules) -> bool:
    if clock.stopped_at:
        return clock.verdict == "missed"
    return clock.calendar in rules.calendars and clocks.overdue(clock, now, rules.calendars[clock.calendar])
