"""The clocks of a policy file, and what nodes and duties have alike with them: limits and ladders."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from workbench.domain import acts
from workbench.domain.days import Limit, nominal
from workbench.domain.policies import OPINION, ClockRule, Kind
from workbench.domain.regime import Escalation
from workbench.domain.terms import Name
from workbench.policy.limits import read_limit
from workbench.policy.terms import NAMELESS, Known, read_name
from workbench.toml.checks import LONGEST_TEXT, Checker, Path
from workbench.words import N_

TIMING = tuple(acts.where(lambda act: act.times))  # what may start or stop a clock
PERCENT = (1, 1000)

USUAL_OPINION = ClockRule(  # as default.toml has it
    id=OPINION,
    name=Name("意见", "Opinion"),
    target_seconds=48 * 60 * 60,
    calendar="always",
    kinds=(),
    starts=(acts.CLOSE.id,),
    stops=(acts.CALLBACK.id,),
    escalate=(Escalation(100, "supervisor", key="100%"),),
    source="ours",
)

_NEEDED = ("name", "target", "calendar", "starts", "stops", "source")
_KEYS = (*_NEEDED, "kinds", "by_level", "by_category", "after", "escalate")


def read_clocks(check: Checker, given: Mapping[str, Any], known: Known) -> dict[str, ClockRule]:
    """Return the clocks of ``[clocks]``, which may wait for each other, but not in a circle."""
    clocks = {key: _clock(check, ("clocks", key), value, given, known) for key, value in given.items()}
    for key in clocks:
        chain = [key]
        while (after := clocks[chain[-1]].after) in clocks and after not in chain:
            chain.append(str(after))
        if after == key:
            path: Path = ("clocks", key, "after")
            check.fault(path, N_("the clocks wait for each other: none would ever start."))
    return clocks


def with_opinion(
    check: Checker, clocks: Mapping[str, ClockRule], kinds: Mapping[str, Kind]
) -> dict[str, ClockRule]:
    """Return ``clocks`` with the one from closing to the customer's opinion, for the kinds that owe it.

    A policy that says nothing of it (every policy older than the clock) has it as well: 48 hours, ours.
    Where the callback itself counts from closing, it is the opinion that it waits for: one clock is enough.
    """
    rule = clocks.get(OPINION, USUAL_OPINION)
    for key in ("starts", "stops"):
        if getattr(rule, key) != getattr(USUAL_OPINION, key):
            check.fault(("clocks", OPINION, key), N_("the opinion is asked from close to callback."))
    owing = tuple(kind.id for kind in kinds.values() if kind.callback)
    found = {key: each for key, each in clocks.items() if key != OPINION}
    callback = clocks.get(acts.CALLBACK.id)
    if owing and (callback is None or acts.RECORD.id in callback.starts):
        found[OPINION] = replace(rule, kinds=owing)
    return found


def _clock(check: Checker, path: Path, value: object, clocks: Collection[str], known: Known) -> ClockRule:
    table = check.table(path, value, _KEYS, _NEEDED)
    calendar = read_calendar(check, path, table, known)
    target = read_limit(check, (*path, "target"), table.get("target", "1m"), calendar, known)
    kinds = tuple(known.kinds)
    return ClockRule(
        id=str(path[-1]),
        name=read_name(check, (*path, "name"), table.get("name", NAMELESS)),
        target_seconds=target,
        calendar=calendar,
        kinds=check.some_of((*path, "kinds"), table["kinds"], kinds) if "kinds" in table else kinds,
        starts=check.some_of((*path, "starts"), table.get("starts", [acts.RECORD.id]), TIMING),
        stops=check.some_of((*path, "stops"), table.get("stops", [acts.CLOSE.id]), TIMING),
        by_level=read_by_level(check, path, table, calendar, known),
        by_category=read_by_category(check, path, table, calendar, known),
        after=check.one_of((*path, "after"), table["after"], clocks) if "after" in table else None,
        escalate=read_ladder(check, path, table, known.told, target, calendar, known),
        source=check.text((*path, "source"), table.get("source", "-"), LONGEST_TEXT),
    )


def read_calendar(check: Checker, path: Path, table: Mapping[str, Any], known: Known) -> str:
    """Return the calendar in which a limit is counted; every policy has ``always``."""
    return check.one_of((*path, "calendar"), table.get("calendar", "always"), known.calendars)


def read_by_level(
    check: Checker, path: Path, table: Mapping[str, Any], calendar: str, known: Known
) -> dict[int, Limit]:
    """Return the limits that differ by severity level."""
    place: Path = (*path, "by_level")
    levels = ("1", "2", "3", "4")
    given = check.table(place, table.get("by_level", {}), levels)
    return {
        int(key): read_limit(check, (*place, key), given[key], calendar, known)
        for key in levels
        if key in given
    }


def read_by_category(
    check: Checker, path: Path, table: Mapping[str, Any], calendar: str, known: Known
) -> dict[str, Limit]:
    """Return the limits that differ by category."""
    place: Path = (*path, "by_category")
    given = check.table(place, table.get("by_category", {}), known.categories)
    return {
        key: read_limit(check, (*place, key), given[key], calendar, known)
        for key in known.categories
        if key in given
    }


def read_ladder(
    check: Checker,
    path: Path,
    table: Mapping[str, Any],
    told: Collection[str],
    target: Limit,
    calendar: str,
    known: Known,
) -> tuple[Escalation, ...]:
    """Return who is told when of a limit of ``target`` in ``calendar``; later steps come later."""
    steps: list[Escalation] = []
    reached = 0
    for place, item in check.items((*path, "escalate"), table.get("escalate", [])):
        before = len(check.found)
        step = _step(check, place, item, told, calendar, known)
        if len(check.found) > before:
            continue
        at = nominal(target) * step.percent + 100 * nominal(step.overrun_seconds)
        if at < reached:
            check.fault(place, N_("the steps must go up."))
        reached = max(at, reached)
        steps.append(_apart(check, place, step, steps))
    return tuple(steps)


def _step(
    check: Checker, place: Path, item: object, told: Collection[str], calendar: str, known: Known
) -> Escalation:
    table = check.table(place, item, ("percent", "overrun", "to"), ("to",))
    to = check.one_of((*place, "to"), table["to"], told) if "to" in table else ""
    if len(table.keys() & {"percent", "overrun"}) != 1:
        check.fault(place, N_("must say either percent or overrun."))
    if "overrun" in table:
        overrun = read_limit(check, (*place, "overrun"), table["overrun"], calendar, known)
        return Escalation(100, to, overrun, f"+{table['overrun']}")
    percent = check.whole((*place, "percent"), table.get("percent", 100), *PERCENT)
    return Escalation(percent, to, key=f"{percent}%")


def _apart(check: Checker, place: Path, step: Escalation, before: list[Escalation]) -> Escalation:
    """Return a step with a key of its own: each step is told once, and two may fall on one moment."""
    same = [
        each
        for each in before
        if (each.percent, each.overrun_seconds) == (step.percent, step.overrun_seconds)
    ]
    if any(each.to == step.to for each in same):
        check.fault(place, N_("{word} stands here twice."), word=step.to)
    return Escalation(step.percent, step.to, step.overrun_seconds, f"{step.key} {step.to}") if same else step
