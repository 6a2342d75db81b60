"""A clock that was in doubt is judged: accepted as it stood, or rejected with all that it brought.

Accepting settles the verdicts as they were given. Rejecting a span takes back, by an entry on each case, what
time alone brought while the clock said so, and judges the verdicts of that span by the newest time before
them that nobody doubts: not earlier can it have been.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from storage import cases, clock_doubt, house, setting, timing
from storage.clock_doubt import Span
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.acts import JUDGE
from workbench.domain.cases import Case, Event
from workbench.domain.clocks import Clock
from workbench.domain.errors import UsageError
from workbench.domain.history import fold
from workbench.domain.house import CLOCK_ACCEPT, CLOCK_REJECT, HouseAct
from workbench.domain.rights import CLOCK_ACCEPT as MAY_ACCEPT
from workbench.domain.rights import CLOCK_REJECT as MAY_REJECT
from workbench.domain.times import stamp
from workbench.domain.timing import IMPORTED, Timing, begun, read
from workbench.rules import permissions, rights, writing
from workbench.watch.surges import LOOKED_AT
from workbench.words import N_

ACCEPTED, REJECTED = "accepted", "rejected"


class Judged(NamedTuple):
    """What was done: on how many cases, how many verdicts settled, how many entries taken back."""

    cases: int
    verdicts: int
    undone: int


def accept(desk: Desk) -> Judged:
    """Accept the clock as it stands now, and the verdicts that it gave while it was in doubt.

    Raises:
        UsageError, RefusedError: the person may not.
    """

    def work(db: Db) -> Judged:
        permissions.ensure_may_act(desk, db)
        rights.ensure(desk, db, MAY_ACCEPT)
        _believed(desk, db)
        done = [_accepted(desk, db, key) for key in clock_doubt.cases(db, desk.store.site_id) if key]
        found = _sum(done)
        _log(db, desk, CLOCK_ACCEPT, found._asdict())
        clock_doubt.accepted(db, desk.store.site_id)
        return found

    return writing.write(desk, work)


def reject(desk: Desk, first: datetime, last: datetime) -> Judged:
    """Take back what time brought while the clock said ``first`` to ``last`` (UTC), and judge anew.

    Raises:
        UsageError: ``last`` is before ``first``, or nobody of the staff list.
        RefusedError: the person may not.
    """
    if last < first:
        raise UsageError(N_("The span ends before it begins."), option="TO")

    def work(db: Db) -> Judged:
        permissions.ensure_may_act(desk, db)
        rights.ensure(desk, db, MAY_REJECT)
        if not first <= desk.now() <= last:
            _believed(desk, db)
        touched = clock_doubt.brought(db, desk.store.site_id, (first, last))
        found = _sum(_rejected(desk, db, key, *seqs, (first, last)) for key, seqs in touched.items())
        told = {"from": stamp(first), "to": stamp(last)} | found._asdict()
        _log(db, desk, CLOCK_REJECT, told)
        clock_doubt.rejected(db, desk.store.site_id, (first, last))
        setting.put(db, desk.store.site_id, LOOKED_AT, "")  # surges are looked for again
        return found

    return writing.write(desk, work)


def _log(db: Db, desk: Desk, act: HouseAct, data: dict[str, Any]) -> None:
    told = {**data, "login": desk.login}
    house.log(db, desk.store.site_id, act, at=desk.now(), by=desk.person, data=told)


def _believed(desk: Desk, db: Db) -> None:
    """Let the machine's clock be believed from now on."""
    if desk.uptime:
        now = desk.now()
        db.timing = Timing(now, None)
        timing.put(db, desk.store.site_id, begun(now, desk.uptime(), now))


def _accepted(desk: Desk, db: Db, key: int) -> Judged:
    case, timeline = desk.stored_in(db, key)
    doubted = [clock for clock in case.clocks if clock.in_doubt and clock.stopped_at]
    verdicts = {_name(clock): [stamp(clock.stopped_at), clock.verdict] for clock in doubted}  # type: ignore[arg-type]
    return _written(desk, db, case, timeline, {"word": ACCEPTED, "verdicts": verdicts})


def _rejected(desk: Desk, db: Db, key: int, by_time: list[int], others: list[int], span: Span) -> Judged:
    case, timeline = desk.stored_in(db, key)
    verdicts: dict[str, Any] = {}
    said = {"wrong": [stamp(at) for at in span]}
    for event in (timeline[seq - 1] for seq in others):
        names = {**event.data.get("stopped", {}), **event.data.get("left", {})}
        if names and IMPORTED not in event.data:
            bound = clock_doubt.trusted_before(db, case.site_id, key, event.seq, span)
            verdicts |= _anew(case, event, names, bound, span)
    return _written(
        desk, db, case, timeline, {"word": REJECTED, "verdicts": verdicts, "undone": by_time} | said
    )


def _anew(
    case: Case, event: Event, names: Iterable[str], bound: datetime | None, span: Span
) -> dict[str, Any]:
    """Return the verdicts of the clocks ``names``, judged by what is certain of the time of ``event``."""
    found = {}
    inside = span[0] <= read(event) <= span[1]
    for clock in case.clocks:
        if _name(clock) not in names or clock.stopped_at is None or clock.due_at is None:
            continue
        at = _certain(clock, event, bound, span) if inside else clock.stopped_at
        found[_name(clock)] = [stamp(at), "met" if at <= clock.due_at else "missed"]
    return found


def _certain(clock: Clock, event: Event, bound: datetime | None, span: Span) -> datetime:
    """Return the earliest moment at which ``event`` can have been."""
    certain = clock.started_at if bound is None else max(clock.started_at, bound)
    return certain if span[0] <= event.at <= span[1] else max(certain, event.at)


def _name(clock: Clock) -> str:
    return f"{clock.id}#{clock.cycle}"


def _written(desk: Desk, db: Db, case: Case, timeline: list[Event], data: dict[str, Any]) -> Judged:
    """Write what was judged on a case, if anything."""
    if data["word"] == ACCEPTED and not data["verdicts"]:
        return Judged(0, 0, 0)
    rules, at = desk.rules_in(db, case.policy), max(desk.now(), case.last_at or desk.now())
    entry = Event(case.version + 1, at, desk.person, JUDGE.id, data)
    event = timing.timed(db, case.site_id, entry)
    after = fold(case.site_id, case.case_id, [*timeline, event], rules)
    cases.save(db, case, after, [event], rules)
    return Judged(1, len(data["verdicts"]), len(data.get("undone", ())))


def _sum(done: Iterable[Judged]) -> Judged:
    return Judged(*(sum(column) for column in zip(Judged(0, 0, 0), *done, strict=True)))
