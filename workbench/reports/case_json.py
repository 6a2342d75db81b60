"""A case as one JSON document: the one shape that every verb prints. See docs/verbs.md.

Names are shown. Phones, identity numbers and card numbers are masked, wherever they stand.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import floor
from operator import attrgetter
from types import NoneType
from typing import Any

from workbench.domain import clocks, facts, masks, severity, upcoming
from workbench.domain.case_parts import Duty, Notice
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.clocks import Clock
from workbench.domain.days import Days
from workbench.domain.fact import Kind
from workbench.domain.flow import stage
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.reports import case_parts

TIERS = ("1", "2", "3")
PLAIN = facts.kept(*(kind for kind in Kind if kind not in (Kind.TIME, Kind.MONEY, Kind.CHOICES)))
TIMES = facts.kept(Kind.TIME)
KEYS = facts.NAMES
REASONS = (facts.SEVERITY_REASONS.name, facts.HOT_REASONS.name)
PLAINLY = frozenset({NoneType, bool, int, float})  # has nothing to be masked: no call for it
_plain = attrgetter(*PLAIN)


def as_json(
    case: Case,
    timeline: Iterable[Event] | None,
    now: datetime,
    rules: Rules,
    *,
    reveal: bool = False,
    unmask: bool = False,
) -> dict[str, Any]:
    """Return ``case`` as JSON values, as it stands at ``now`` (UTC); without ``timeline`` for lists.

    Args:
        case: Effective at ``now`` (``upcoming.effective``).
        reveal: Show the phone in full; whoever asks has put that on the timeline.
        unmask: Show every number in full, for exports that were asked to.
    """
    due = upcoming.next_due(case, rules)
    found: dict[str, Any] = dict(zip(PLAIN, _plain(case), strict=True))
    found |= {name: moment(getattr(case, name)) for name in TIMES}
    found |= {
        "claim": None if case.claim is None else str(case.claim),
        "flags": list(case.flags),
        "severity_reasons": _sentences(case.severity_reasons, rules, unmask=unmask),
        "hot_reasons": _sentences(case.hot_reasons, rules, unmask=unmask),
        "binding": _binding(case, rules, unmask=unmask),
        "stage": stage(case, rules.policy),
        "tiers": {tier: case.tiers.get(int(tier)) for tier in TIERS},
        "next_due_at": stamp(due[0]) if due else None,
        "next_clock": due[1] if due else None,
        "overdue": bool(due and due[0] < now),
        "pause": _pause(case),
        "clocks": [clock_json(clock, now, rules) for clock in in_order(case.clocks, rules)],
        "promises": [_promise(promise) for promise in case.promises],
    } | case_parts.as_json(case, rules)
    document = {name: found[name] for name in KEYS}
    if timeline is not None:
        document["timeline"] = [_entry(event, case.notices) for event in timeline]
    if unmask:
        return document
    hidden: dict[str, Any] = masked("", document)
    return hidden | {"phone": case.phone} if reveal else hidden


def moment(at: datetime | None) -> str | None:
    """Return a time (UTC) as machines read it."""
    return stamp(at) if at else None


def masked(name: str, value: Any) -> Any:
    """Return ``value`` of the field ``name`` without personal numbers."""
    if name in masks.WHOLE:
        return value
    if isinstance(value, str):
        return value if name == "at" or name.endswith("_at") else masks.shown(name, value)
    if isinstance(value, dict):
        return {
            key: inner if type(inner) in PLAINLY or key in masks.WHOLE else masked(key, inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        if name in REASONS:
            return [_reason(each) for each in value]
        return [masked(name, inner) for inner in value]
    return value


def _reason(given: str | list[Any]) -> Any:
    """Return a reason as it may be seen: a sentence was masked when it was made, an entry has its parts."""
    return given if isinstance(given, str) else [*given[:2], masks.of_reason(given[0], given[2])]


def in_order(cycles: Sequence[Clock], rules: Rules) -> list[Clock]:
    """Return the clocks, those of the current cycle first, each group in the order of the policy."""
    newest: dict[str, int] = {}
    for clock in cycles:
        newest[clock.id] = max(clock.cycle, newest.get(clock.id, 0))
    places = {name: place for place, name in enumerate(rules.policy.clocks)}

    def key(clock: Clock) -> tuple[int, int, str]:
        return newest[clock.id] - clock.cycle, places.get(clock.id, len(places)), clock.id

    return sorted(cycles, key=key)


def clock_json(clock: Clock, now: datetime, rules: Rules) -> dict[str, Any]:
    """Return one clock as it stands at ``now`` (UTC)."""
    calendar = rules.calendars[clock.calendar]
    clock = clocks.effective(clock, now)
    left = clocks.remaining(clock, now, calendar)
    in_days = {"target_days": target.written} if isinstance(target := clock.target_seconds, Days) else {}
    return {
        "id": clock.id,
        "cycle": clock.cycle,
        "state": clocks.state(clock, now),
        "overdue": clocks.overdue(clock, now, calendar),
        "started_at": stamp(clock.started_at),
        "due_at": moment(clocks.due_at(clock, calendar)),
        "stopped_at": moment(clock.stopped_at),
        "target_seconds": round(clocks.allowance(clock, calendar).total_seconds()),
        **in_days,
        "remaining_seconds": floor(left.total_seconds()),
        "calendar": clock.calendar,
        **({"in_doubt": True} if clock.in_doubt else {}),
    }


def _sentences(reasons: Iterable[Reason], rules: Rules, *, unmask: bool) -> list[str]:
    return [str(severity.sentence(reason, rules.policy, unmask=unmask)) for reason in reasons]


def _binding(case: Case, rules: Rules, *, unmask: bool) -> dict[str, Any] | None:
    """Return the graver level at which the case is still closed, what gave it, and which roles confirm."""
    if not case.binds and not case.lowered:  # as in nearly every case: to say more loads all that decides
        return None
    from workbench.rules import authority, binding

    if binding.said(rules, case) is None:
        return None
    level = authority.bound(rules, case)
    return {
        "level": level,
        "reasons": _sentences(case.binds, rules, unmask=unmask),
        "confirmed_by": [role.id for role in binding.confirming(rules, level)],
    }


def _pause(case: Case) -> dict[str, Any] | None:
    if case.pause is None:
        return None
    return {
        "since": stamp(case.pause.since),
        "until": stamp(case.pause.until),
        "for": case.pause.waits_for,
        "reason": case.pause.reason,
    }


def _promise(promise: Duty) -> dict[str, Any]:
    return {
        "id": promise.id,
        "text": promise.text,
        "due_at": stamp(promise.due_at),
        "state": promise.state,
    }


def _entry(event: Event, notices: Iterable[Notice]) -> dict[str, Any]:
    informed = [{"person": n.person, "seen_at": moment(n.seen_at)} for n in notices if n.seq == event.seq]
    entry: dict[str, Any] = {
        "seq": event.seq,
        "at": stamp(event.at),
        "by": event.typed_by or event.by,
        **({"as": event.by} if event.typed_by else {}),
        "act": event.act,
        "data": dict(event.data),
    }
    if event.timed:
        entry["timed"] = event.timed
    if event.read_at:
        entry["read_at"] = stamp(event.read_at)
    return entry | ({"informed": informed} if informed else {})
