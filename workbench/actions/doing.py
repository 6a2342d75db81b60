"""The one road in: an act of a person on a case, in one transaction, for every front end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from storage import cases, timing
from storage.engine import Db
from storage.ids import Op
from workbench import actions
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.errors import ConflictError, RefusedError
from workbench.domain.history import decided, fold
from workbench.domain.times import stamp
from workbench.rules import approvals, impartial, offers, once, permissions, writing
from workbench.rules.action import Action
from workbench.rules.permissions import refusal
from workbench.rules.request import Asked


def record(desk: Desk, given: Mapping[str, Any], *, op_id: Op | None = None) -> Case:
    """Record a case; see ``workbench.actions.record``."""
    from workbench.actions import record

    return record.record(desk, given, op_id=op_id)


def do(
    desk: Desk,
    act_id: str,
    case_id: int,
    given: Mapping[str, Any],
    *,
    seen: int | None = None,
    op_id: Op | None = None,
) -> Case:
    """Do ``act_id`` to a case and return what it has become; when this returns it is on disk.

    Args:
        given: What the person typed, by field name.
        seen: The version that the person saw; None stands for the newest.
        op_id: The id of the act, the same when it is asked for again; see ``rules.once``.

    Raises:
        UsageError: a value is malformed; ``option`` names it.
        RefusedError: a rule says no; an OfferError asks whether a sum is offered.
        ConflictError: somebody acted after ``seen``, and the act is a deciding one.
        StoreError: the store cannot serve.
    """
    action = actions.of(act_id)
    known = action.known(desk, given)
    op = op_id or once.op_id(desk)

    def work(db: Db) -> Case:
        before = once.done(desk, db, action.id, case_id, op) if op_id else None
        return before or _done(desk, db, action, case_id, known, seen, op)

    return writing.write(desk, work)


class Candidate(NamedTuple):
    """A case on which somebody may do something; ``takes`` where it has to be taken first."""

    case: Case
    takes: bool


class Foreseen(NamedTuple):
    """What an act would make of a case, as it is stored now: the kind of entry that it would write."""

    case: Case
    entry: str


def take_first(desk: Desk, candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the first of ``candidates``, taken if nobody held it; None where none is left.

    Of two people who ask at once each gets another case: whoever comes second goes on to the next one.

    Raises:
        StoreError: the store cannot serve.
    """
    for found in candidates:
        if not found.takes:
            return found
        try:
            return found._replace(case=do(desk, acts.TAKE.id, found.case.case_id, {}))
        except (ConflictError, RefusedError):
            continue  # somebody was quicker
    return None


def do_on_each(
    desk: Desk,
    act_id: str,
    find: Callable[[Db], Sequence[int]],
    given: Mapping[str, Any],
    own: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
) -> list[Case]:
    """Do ``act_id`` to the cases that ``find`` names, all or none; see ``do``.

    ``own`` is what was typed for one of them, by its key, over what is ``given`` for all.
    """
    action = actions.of(act_id)
    known = action.known(desk, given)
    return writing.write(
        desk,
        lambda db: [_done(desk, db, action, key, {**known, **own.get(key, {})}, None) for key in find(db)],
    )


def foresee(desk: Desk, db: Db, act_id: str, case_id: int, given: Mapping[str, Any]) -> Foreseen:
    """Return what ``do`` would make of a case, by the same rules; nothing is stored.

    Raises:
        UsageError: a value is malformed.
        RefusedError: a rule says no.
    """
    found = _planned(desk, db, actions.of(act_id), case_id, given, None)
    return Foreseen(found.before, found.entry.act)


def _done(
    desk: Desk, db: Db, action: Action, case_id: int, given: Mapping[str, Any], seen: int | None,
    op: Op | None = None,
) -> Case:  # fmt: skip
    found = _planned(desk, db, action, case_id, given, seen)
    now, new, case, rules = desk.now(), found.brought, found.asked.case, found.asked.rules
    event = timing.timed(db, case.site_id, found.entry)
    if action.id == acts.UNDO.id:
        after = fold(case.site_id, case.case_id, [*found.asked.timeline, *new, event], rules)
    else:
        event, after = decided(case, event, rules)
    new.append(event)
    soon = cases.save(db, found.before, after, new, rules, op, found.row)
    if action.spread:
        action.spread(desk, db, case, after, event)
    return upcoming.effective(after, now, rules) if soon and soon <= stamp(now) else after


class _Planned(NamedTuple):
    """An act before which nothing stands: its entry, and what time brings to the case before that.

    ``row`` and ``before`` are the case as it is stored.
    """

    row: dict[str, Any]
    before: Case
    entry: Event
    brought: list[Event]
    asked: Asked


def _planned(
    desk: Desk, db: Db, action: Action, case_id: int, given: Mapping[str, Any], seen: int | None
) -> _Planned:
    now = desk.now()
    permissions.ensure_may_act(desk, db)
    before, timeline = desk.stored_in(db, case_id)
    rules = desk.rules_in(db, before.policy)
    if not action.act.adding and seen is not None and not _still(timeline, seen):
        raise ConflictError(before.number, before.last_by, before.last_act)
    row = cases.stored(db, case_id)
    # an undo first: what time has brought depends on what is left
    waits = action.id == acts.UNDO.id or not cases.is_due(row, now)
    brought = [] if waits else upcoming.brought(before, now, rules, upcoming.STATE_ONLY)
    new, case = [event for event, _ in brought], brought[-1][1] if brought else before
    if reason := refusal(desk, case, action, rules):
        raise RefusedError.because(reason)
    at = max(now, case.last_at or now)  # the clock may have gone back; a timeline does not
    asked = Asked(desk, db, case, given, at, rules, timeline)
    action.ensure_applies(case, given)
    data = action.plan(asked)
    data |= offers.marked(asked, action, data)
    data |= impartial.marked(permissions.instead_of(rules, case, action.id), desk.person)
    written = approvals.entry_of(desk.person, case, action.id, data, at, rules, now)
    return _Planned(row, before, written, new, asked)


def _still(timeline: list[Event], seen: int) -> bool:
    """Say whether the case is what it was at ``seen``: nothing but a look or a reminder came since."""
    later = timeline[seen:]
    return 0 < seen <= len(timeline) and all(_is_quiet(event) for event in later)


def _is_quiet(event: Event) -> bool:
    told_by_time = event.by == upcoming.SYSTEM and event.act == acts.ESCALATE.id
    return told_by_time or acts.BY_ID[event.act].weight is acts.Weight.QUIET
