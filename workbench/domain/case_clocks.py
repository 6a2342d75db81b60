"""The clocks of a case: how they start, stop, get another target and go on, by the policy."""

from datetime import datetime

from msgspec.structs import replace

from workbench.domain import clocks
from workbench.domain.acts import CLOSE, HEARD, RECORD
from workbench.domain.cases import Case, Event
from workbench.domain.clocks import Clock
from workbench.domain.flow import place, to_come
from workbench.domain.policies import OPINION, ClockRule, Rules
from workbench.domain.times import unstamp
from workbench.domain.timing import IMPORTED, in_doubt


def start_clocks(case: Case, act: str, at: datetime, rules: Rules, *, again: bool = True) -> None:
    """Start the clocks that ``act`` starts; one that runs already goes on from the first.

    ``again`` allows a further cycle of a clock that the case has had before.
    """
    for rule in rules.policy.starting.get(act, ()):
        if case.kind not in rule.kinds:
            continue
        if rule.id == OPINION and not case.opinion_owed:
            continue
        cycles = [clock for clock in case.clocks if clock.id == rule.id]
        if any(clock.stopped_at is None for clock in cycles) or (cycles and not again):
            continue
        if rule.after and any(clock.id == rule.after and not clock.stopped_at for clock in case.clocks):
            continue
        _start(case, rule, at)


def _start(case: Case, rule: ClockRule, at: datetime) -> None:
    cycle = case.cycles.get(rule.id, 0) + 1
    case.cycles = {**case.cycles, rule.id: cycle}
    target = rule.target(case.severity, case.category)
    clock = Clock(rule.id, cycle, rule.calendar, at, target_seconds=target)
    if case.pause and case.pause.since <= at:  # what begins in a pause stands still like the rest
        clock = clocks.pause(clock, at, case.pause.until)
    case.clocks = (clock, *case.clocks)


def owe_callback_again(case: Case, at: datetime, rules: Rules) -> None:
    """Start a further cycle of the clocks that a callback stops: somebody joined after all were reached."""
    for rule in rules.policy.clocks.values():
        if "callback" not in rule.stops or "record" not in rule.starts or case.kind not in rule.kinds:
            continue
        if not any(clock.id == rule.id and not clock.stopped_at for clock in case.clocks):
            _start(case, rule, at)


def change_kind(case: Case, rules: Rules) -> None:
    """Let the clocks be those of the case's kind, as if it had been recorded so.

    Those of the policy that other kinds have are withdrawn; those it lacks start at receipt (or when it came
    back), stand still in every pause, and are left out where what stops them has happened.
    """
    known = rules.policy.clocks
    kept = [c for c in case.clocks if c.stopped_at or c.id not in known or case.kind in known[c.id].kinds]
    case.clocks = tuple(kept)
    start_clocks(case, RECORD.id, case.reopened_at or case.received_at, rules, again=False)
    if case.closed_at:
        start_clocks(case, CLOSE.id, case.closed_at, rules, again=False)
    happened = {
        "acknowledge": case.acknowledged, "propose": case.proposed, "close": not case.unsolved,
        "callback": not case.callback_owed,
    }  # fmt: skip
    case.clocks = tuple(
        clock if clock in kept else _paused_as(case, clock)
        for clock in case.clocks
        if clock in kept or not any(happened.get(act) for act in known[clock.id].stops)
    )


def _paused_as(case: Case, clock: Clock) -> Clock:
    for past in case.past_pauses:
        clock = clocks.resume(clocks.pause(clock, past.since), past.ended_at or past.until)
    return clocks.pause(clock, case.pause.since, case.pause.until) if case.pause else clock


def enter_node(case: Case, at: datetime, rules: Rules, *, back: bool = False) -> None:
    """Start the clock of the node at which ``case`` has come to stand; those of nodes it has passed end.

    A case that falls back, as when it loses its handler, has passed nothing: the clock of the node that it
    came from goes on. ``back``: it was closed and came back, so that every node ahead begins anew.
    """
    timed = rules.policy.node_clocks
    if not timed or not case.policy_clocks:
        return
    here, ahead = place(case, rules.policy) if case.live else None, to_come(case, rules.policy)
    name = here.clock if here else ""
    going_on = {name} if back else {node.clock for node in ahead}
    case.clocks = tuple(c for c in case.clocks if c.stopped_at or c.id in going_on or c.id not in timed)
    if name and not any(clock.id == name and not clock.stopped_at for clock in case.clocks):
        _start(case, rules.policy.clocks[name], at)


def stop_clocks(case: Case, event: Event, at: datetime, verdicts: str = "stopped") -> None:
    """Stop the clocks whose verdicts the event has, at ``at``; ``left`` has those of a node left behind."""
    frozen = event.data.get(verdicts)
    if not frozen:
        return
    at, doubted = stopping(event, at), in_doubt(event, case.wrong_times)
    kept = []
    for clock in case.clocks:
        verdict = None if clock.stopped_at else frozen.get(f"{clock.id}#{clock.cycle}")
        if verdict:
            due, word = verdict
            end = max(at, clock.started_at)
            clock = replace(clocks.resume(clock, end), stopped_at=end, due_at=unstamp(due), verdict=word,
                            in_doubt=doubted)  # fmt: skip
        kept.append(clock)
    case.clocks = tuple(kept)


def stopping(event: Event, at: datetime) -> datetime:
    """Return when ``event``, which took effect at ``at``, stops a clock: as the clock of the machine said."""
    return event.read_at if event.read_at and IMPORTED not in event.data else at


def drop_clocks(case: Case) -> None:
    """Take away the clocks that have not stopped."""
    case.clocks = tuple(clock for clock in case.clocks if clock.stopped_at)


def withdraw(case: Case, act: str, rules: Rules) -> None:
    """Take away the running clocks that ``act`` alone starts: there was nothing to wait for."""
    alone = {rule.id for rule in rules.policy.clocks.values() if rule.starts == (act,)}
    case.clocks = tuple(clock for clock in case.clocks if clock.stopped_at or clock.id not in alone)


def retarget(case: Case, at: datetime, rules: Rules) -> None:
    """Give running clocks the targets of the case's level, by the policy's rule for a regrade."""
    changed = []
    for clock in case.clocks:
        rule = rules.policy.clocks.get(clock.id)
        target = rule.target(case.severity, case.category) if rule else clock.target_seconds
        if rule and not clock.stopped_at and target is not None and target != clock.target_seconds:
            way = "forward" if rules.policy.regrade == "forward" else "retroactive"
            clock = clocks.regrade(clock, target, at, way, rules.calendars[clock.calendar])  # type: ignore[arg-type]
        changed.append(clock)
    case.clocks = tuple(changed)


def reopen_clocks(case: Case, at: datetime, rules: Rules) -> None:
    """Begin a new cycle, or let the old clocks go on; see ``reopen`` of the policy."""
    if rules.policy.reopen == "continue":
        newest = {clock.id: clock for clock in reversed(case.clocks) if clock.id != OPINION}
        case.clocks = tuple(
            _continued(clock, at, rules) if clock is newest.get(clock.id) else clock
            for clock in case.clocks
            if clock.id != OPINION or clock.stopped_at  # it counts from a closing: the next one begins anew
        )
    else:
        drop_clocks(case)
    start_clocks(case, RECORD.id, at, rules, again=rules.policy.reopen != "continue")


def _continued(clock: Clock, at: datetime, rules: Rules) -> Clock:
    """Let a clock of the policy go on; an imported one stays as its source left it.

    So does one that a word of the customer starts: the next word starts it.
    """
    rule = rules.policy.clocks.get(clock.id)
    if rule is None or rule.starts == (HEARD.id,):
        return clock
    return clocks.reopen(clock, at, "continue", rules.calendars[clock.calendar])[0]
