"""What one case adds to the figures of each day, from nothing but its timeline.

The figures of a day are counts over tables; these are the same figures taken case by case, so that a change
of a past day can be told with its cause and its case. Names are those of ``summary --json``, with dots
between the parts. A share has its two numbers (``founded_met``, ``founded_of``), a mean its
answers (``csi:4``).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from workbench.actions.verify import FOUNDED
from workbench.domain.acts import APPROVE, CALLBACK, CLOSE, COMPENSATE, RECORD, REOPEN
from workbench.domain.case_parts import OPEN
from workbench.domain.cases import Case, Event
from workbench.domain.duties import PROMISE
from workbench.domain.history import fold
from workbench.domain.outcomes import is_not_accepted, is_solved
from workbench.domain.policies import Rules
from workbench.domain.times import day_bounds, unstamp
from workbench.domain.undone import undone
from workbench.domain.upcoming import SYSTEM

WRITTEN_LATE = timedelta(hours=36)  # a sweep that was left out once still counts for the right day
Added = Counter[tuple[date, str]]  # by day and figure
KEPT = "kept"
NOT_IN_TIME = ("returned", "missed", "withdrawn")
ANSWERS = ("csi", "nps", "mood")


class _Act(NamedTuple):
    """What counts of an entry: on which day, and what it brought about."""

    day: date
    act: str
    data: dict[str, Any]


def added(timeline: Sequence[Event], site_id: int, case_id: int, rules: Rules, zone: ZoneInfo) -> Added:
    """Return what the case of ``timeline`` adds to the figures of each day of ``zone``.

    ``rules`` are those that the case runs under.
    """
    case = fold(site_id, case_id, timeline, rules)
    found: Added = Counter()
    for at, name, amount in _of_case(case, rules):
        found[_day(at, zone), name] += amount
    acts = list(_acts(timeline, zone))
    for day, name, amount in chain(_closings(case, acts, zone), _came(case, acts, zone), _said(case, acts)):
        found[day, name] += amount
    gone = undone(timeline)
    for event in timeline:
        if event.data.get("not_impartial") and event.seq not in gone:
            found[_day(event.at, zone), "not_impartial"] += 1
    return found


def _of_case(case: Case, rules: Rules) -> Iterator[tuple[datetime, str, int]]:
    """Yield moment, figure and amount of what the case itself says."""
    yield case.received_at, "received", 1
    for name in ("kind", "category", "site", "channel"):
        yield case.received_at, f"by_{name}.{getattr(case, name) or ''}", 1
    if case.status == "done" and case.done_at:
        yield case.done_at, "done", 1
    yield from _clocks(case)
    yield from _duties(case)
    yield from _verdict(case, rules)


def _came(case: Case, acts: list[_Act], zone: ZoneInfo) -> Iterator[tuple[date, str, int]]:
    """Yield the days on which the case came, or came back."""
    received = _day(case.received_at, zone)
    reopened = {each.day for each in acts if each.act == REOPEN.id or each.data.get("reopened")}
    again = reopened | ({received} if case.repeat_of else set())
    for day in reopened:
        yield day, "reopened", 1
    for day in reopened | {received}:
        yield day, "repeat_of", 1
        yield day, "repeat_met", int(day in again)


def _said(case: Case, acts: list[_Act]) -> Iterator[tuple[date, str, Any]]:
    """Yield sums promised, and what customers said when they were called."""
    for each in acts:
        if each.act == COMPENSATE.id:
            yield each.day, "compensation_total", Decimal(each.data["amount"])
        if each.act == CALLBACK.id:
            yield from _call(case, each)


def _closings(case: Case, acts: list[_Act], zone: ZoneInfo) -> Iterator[tuple[date, str, int]]:
    """Yield each day on which the case was closed, once, and what that closing came to."""
    closings = [each for each in acts if each.act == CLOSE.id]
    closed = {each.day: (each.data.get("resolution"), each.data.get("accepted")) for each in closings}
    with_another = {each.day: "with" in each.data for each in closings}
    if case.closed_at:
        closed[_day(case.closed_at, zone)] = (case.resolution, case.accepted)
    for day, came in closed.items():
        yield day, "closed", 1
        yield day, "not_accepted", int(is_not_accepted(*came))
        if came[0] and not with_another.get(day):
            yield day, "resolution_of", 1
            yield day, "resolution_met", int(is_solved(*came))
            yield day, "limited_resolutions", int(came[0] == "limited")


def _clocks(case: Case) -> Iterator[tuple[datetime, str, int]]:
    for clock in case.clocks:
        if clock.stopped_at:
            yield clock.stopped_at, f"on_time.{clock.id}.{clock.verdict}", 1
            if clock.verdict == "missed":
                yield clock.stopped_at, f"missed_by.{clock.held_by or case.site or ''}", 1


def _duties(case: Case) -> Iterator[tuple[datetime, str, int]]:
    for duty in case.duties:
        day = duty.ended_at
        if day is None:
            continue
        if duty.kind == PROMISE.id:
            yield day, f"promises.{duty.state}", 1
            yield day, "promises.kept_in_time", int(duty.state == KEPT and day <= duty.due_at)
        elif duty.state != OPEN:
            yield day, f"duties.{duty.kind}.{duty.state}", 1
            yield day, f"duties.{duty.kind}.ended", 1
            in_time = day <= duty.due_at and duty.state not in NOT_IN_TIME
            yield day, f"duties.{duty.kind}.in_time", int(in_time)
            if duty.state == KEPT:
                yield day, f"duties.{duty.kind}.kept_in_time", int(in_time)


def _verdict(case: Case, rules: Rules) -> Iterator[tuple[datetime, str, int]]:
    if case.check.verified_at is None:
        return
    founded = case.verdict in FOUNDED
    known = rules.policy.regime.standards.get(case.check.standard or "") if founded else None
    breach, defect = bool(known and known.breach), bool(known and not known.breach)
    for name, met in (("founded", founded), ("breach", breach), ("defect", defect)):
        yield case.check.verified_at, f"{name}_of", 1
        yield case.check.verified_at, f"{name}_met", int(met)


def _call(case: Case, call: _Act) -> Iterator[tuple[date, str, int]]:
    reached = bool(call.data.get("reached"))
    if not call.data.get("progress"):
        yield call.day, "callbacks.done", 1
        yield call.day, "callbacks.reached", int(reached)
    for name in ANSWERS if reached else ():
        if name not in call.data or (name == "mood" and case.mood is None):
            continue
        before = case.mood or 0 if name == "mood" else 0
        yield call.day, f"{name}:{call.data[name] - before}", 1


def _acts(timeline: Sequence[Event], zone: ZoneInfo) -> Iterator[_Act]:
    """Yield what stands of a timeline, on the day for which ``storage.figures.acts`` counts it."""
    gone = undone(timeline)
    for event in timeline:
        if event.seq in gone or event.act == RECORD.id:
            continue
        happened_at = event.data.get("happened_at")
        at = unstamp(happened_at) if happened_at else event.at
        if event.by == SYSTEM and event.at - at > WRITTEN_LATE:
            at = event.at
        day = _day(at, zone)
        if event.at >= day_bounds(day, zone)[1] + WRITTEN_LATE:
            continue
        data = dict(event.data)
        granted = event.act == APPROVE.id
        yield _Act(day, data["act"], data["asked"]) if granted else _Act(day, event.act, data)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
