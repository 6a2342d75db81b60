"""Early warnings are decided by a supervisor, and waves that are expected are planned."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from storage import organisation, surges, warning_rows, warnings
from storage.engine import Db
from storage.surges import Pair
from storage.warning_rows import Warned
from workbench.actions import doing
from workbench.actions.warning import ACTION, refuse_decided, refuse_owner
from workbench.desk import Desk
from workbench.domain import acts, duties, values
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.times import day_bounds, echo, stamp
from workbench.rules import duty_rules, permissions, writing
from workbench.rules.dues import due_of
from workbench.rules.request import moment, text
from workbench.words import N_

NOBODY_SEES_TO_IT = N_("Nobody has to see to warning {warning}.")


def decide(
    desk: Desk, number: int, state: str, reason: str, by_whom: Mapping[str, str] = MappingProxyType({})
) -> Warned:
    """Accept or dismiss a warning; about a case, that is an act on the case.

    Args:
        by_whom: The ``owner`` who sees to what is accepted, and when it is ``due``, if typed.

    Raises:
        NotFoundError: there is no such warning.
        UsageError: it is dismissed without a reason, or with an owner.
        RefusedError: it is decided already, or the person may not decide.
    """
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        warned = _warning(db, site_id, number)
    if warned.case_id is not None:
        given = {"warning": number, "decision": state, "reason": reason, **by_whom}
        doing.do(desk, ACTION.id, warned.case_id, given)
    else:
        writing.write(desk, lambda db: _decide(desk, db, number, state, reason, by_whom))
    with desk.store.reading() as db:
        return _warning(db, site_id, number)


def _decide(desk: Desk, db: Db, number: int, state: str, reason: str, by_whom: Mapping[str, str]) -> None:
    _ensure_may(desk, db)
    refuse_decided(_warning(db, desk.store.site_id, number))
    said = text({"reason": reason}, "reason", required=state == warning_rows.DISMISSED)
    owner, due_at = _follow_up(desk, db, state, by_whom)
    warnings.decide(
        db, desk.store.site_id, number, state, desk.now(), desk.person, said, owner=owner, due_at=due_at
    )


def _follow_up(desk: Desk, db: Db, state: str, by_whom: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return who sees to what is accepted, and by when: as typed, else oneself, by the policy's time.

    Raises:
        UsageError: what is dismissed would have an owner, or nobody of that name is on the staff list.
        RefusedError: the time has passed, or the role of the owner does not allow to answer.
    """
    rules, now = desk.rules_in(db), desk.now()
    if state == warning_rows.DISMISSED:
        refuse_owner(by_whom)
        return None, None
    owner = text(by_whom, "owner").strip() or desk.person
    member = rules.organisation.members.get(owner)
    if rules.organisation.listed and (member is None or not member.active):
        raise UsageError(
            N_("{name} is not on the staff list; see: workbench staff list"), option="--owner", name=owner
        )
    if reason := permissions.by_role(rules, owner, acts.ANSWER.id):
        raise RefusedError.because(reason)
    typed = moment(by_whom, "due", now, rules, date_means="end")
    if typed is not None and typed <= now:
        raise RefusedError(N_("The time lies in the past: {due}."), due=echo(typed, rules.zone))
    return owner, stamp(typed or due_of(duties.FOLLOW_UP.id, now, rules))


def answer(desk: Desk, number: int, said: str) -> Warned:
    """Say what was done about a warning that was accepted; about a case, that is an answer there.

    Raises:
        NotFoundError: there is no such warning.
        UsageError: nothing is said.
        RefusedError: nobody has to see to it, or somebody else has.
    """
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        warned = _warning(db, site_id, number)
    if warned.case_id is not None:
        doing.do(desk, acts.ANSWER.id, warned.case_id, {"id": _duty(desk, warned), "text": said})
    else:
        writing.write(desk, lambda db: _answer(desk, db, number, said))
    with desk.store.reading() as db:
        return _warning(db, site_id, number)


def _duty(desk: Desk, warned: Warned) -> str:
    """Return the number of the duty that accepting ``warned`` made on its case."""
    assert warned.case_id is not None
    timeline = desk.timeline(warned.case_id)
    undone = {event.data["seq"] for event in timeline if event.act == acts.UNDO.id}
    for event in reversed(timeline):
        decides = event.act == ACTION.id and event.data["warning"] == warned.number
        if decides and event.seq not in undone and "duty" in event.data:
            return str(event.data["duty"])
    raise RefusedError(NOBODY_SEES_TO_IT, warning=warned.number)


def _answer(desk: Desk, db: Db, number: int, said: str) -> None:
    permissions.ensure_may_act(desk, db)
    rules, warned = desk.rules_in(db), _warning(db, desk.store.site_id, number)
    if warned.owner is None or warned.answered_at is not None:
        raise RefusedError(NOBODY_SEES_TO_IT, warning=number)
    if not duty_rules.stands_for(rules, desk.person, warned.owner, desk.now()) and rules.organisation.listed:
        raise RefusedError(N_("Number {id} is owed by {owner}."), id=number, owner=warned.owner)
    words = text({"text": said}, "text", required=True)
    warnings.answer(db, desk.store.site_id, number, desk.now(), desk.person, words)


def _warning(db: Db, site_id: int, number: int) -> Warned:
    found = warning_rows.find(db, site_id, number)
    if found is None:
        raise NotFoundError(N_("There is no warning {warning}; see: workbench warning list"), warning=number)
    return found


def plan(desk: Desk, site: str, category: str, first: date, last: date, reason: str) -> int:
    """Plan a wave at a place from ``first`` to ``last``, both included; return its number.

    Surges in it are shown as planned. An empty category stands for all.

    Raises:
        UsageError: an unknown place or category, days in the wrong order, or no reason.
        RefusedError: the person may not plan.
    """
    rules = desk.rules()
    given = {"site": site, "reason": reason}
    site, reason = (text(given, name, required=True) for name in given)
    if last < first:
        raise UsageError(N_("the last day is before the first."), option="--to")
    chosen = values.choice(category, rules.policy.categories, option="--category") if category else ""
    bounds = day_bounds(first, rules.zone)[0], day_bounds(last, rules.zone)[1]

    def write(db: Db) -> int:
        _ensure_may(desk, db)
        if not organisation.takes_site(db, desk.store.site_id, site):
            template = N_("{site} is not a registered site; see: workbench sites list")
            raise UsageError(template, option="--site", site=site)
        return surges.add_wave(
            db, desk.store.site_id, Pair(site, chosen), *bounds, reason, desk.now(), desk.person
        )

    return writing.write(desk, write)


def unplan(desk: Desk, number: int) -> None:
    """Take a planned wave back.

    Raises:
        NotFoundError: there is none of that number.
        RefusedError: the person may not plan.
    """

    def write(db: Db) -> None:
        _ensure_may(desk, db)
        if not surges.withdraw_wave(db, desk.store.site_id, number, desk.now(), desk.person):
            template = N_("There is no planned wave {wave}; see: workbench warning list --planned")
            raise NotFoundError(template, wave=number)

    writing.write(desk, write)


def _ensure_may(desk: Desk, db: Db) -> None:
    """Refuse whoever's role may not decide on warnings, once staff are listed."""
    permissions.ensure_may_act(desk, db)
    if reason := permissions.by_role(desk.rules_in(db), desk.person, ACTION.id):
        raise RefusedError.because(reason)
