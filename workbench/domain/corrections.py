"""What a correction changes beyond the plain facts: times, a closing and its verdicts, fixed due times.

A source that an import reads again may have mended its own record. The first entry stays, and the
correction says what is true now; verdicts that were frozen change only here, by the entry's own words.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from workbench.domain.cases import Case
from workbench.domain.clocks import Clock
from workbench.domain.times import unstamp

ALWAYS = "always"


def correct_times(case: Case, data: Mapping[str, Any]) -> None:
    """Take over corrected times and the words of a closing."""
    if "received_at" in data:
        _move_start(case, data)
    if "clocks" in data:
        _move_dues(case, data["clocks"])
    for name in ("outcome", "resolution", "accepted"):
        if name in data:
            setattr(case, name, data[name])
    if "closed_at" in data:
        case.done_at = unstamp(data["closed_at"]) if case.done_at == case.closed_at else case.done_at
        case.closed_at = unstamp(data["closed_at"])
    if "stopped" in data:
        case.clocks = tuple(_judged_again(clock, data["stopped"], case) for clock in case.clocks)


def _move_start(case: Case, data: Mapping[str, Any]) -> None:
    before, case.received_at = case.received_at, unstamp(data["received_at"])
    case.clocks = tuple(
        replace(clock, started_at=case.received_at)
        if clock.started_at == before and clock.fixed_due_at
        else clock
        for clock in case.clocks
    )


def _move_dues(case: Case, dues: Mapping[str, str | None]) -> None:
    """Set the fixed due time of running clocks; a clock without one ends, a new one begins."""
    kept = []
    for clock in case.clocks:
        if clock.id not in dues or clock.stopped_at:
            kept.append(clock)
        elif due := dues[clock.id]:
            kept.append(replace(clock, fixed_due_at=unstamp(due)))
    present = {clock.id for clock in kept}
    new = [
        Clock(name, 1, ALWAYS, case.received_at, fixed_due_at=unstamp(due))
        for name, due in dues.items()
        if due and name not in present
    ]
    case.clocks = (*kept, *new)


def _judged_again(clock: Clock, stopped: Mapping[str, Any], case: Case) -> Clock:
    verdict = stopped.get(f"{clock.id}#{clock.cycle}")
    if not verdict:
        return clock
    due, word = verdict
    return replace(
        clock, stopped_at=case.closed_at, due_at=unstamp(due), fixed_due_at=unstamp(due), verdict=word
    )
