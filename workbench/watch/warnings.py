"""Early warnings are decided by a supervisor, and waves that are expected are planned."""

from datetime import date

from storage import organisation, surges, warnings
from storage.engine import Db
from storage.surges import Pair
from storage.warnings import Warned
from workbench.actions import doing
from workbench.actions.warning import ACTION, refuse_decided
from workbench.desk import Desk
from workbench.domain import values
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.times import day_bounds
from workbench.rules import permissions
from workbench.rules.request import text
from workbench.words import N_


def decide(desk: Desk, number: int, state: str, reason: str) -> Warned:
    """Accept or dismiss a warning; about a case, that is an act on the case.

    Raises:
        NotFoundError: there is no such warning.
        UsageError: it is dismissed without a reason.
        RefusedError: it is decided already, or the person may not decide.
    """
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        warned = _warned(db, site_id, number)
    if warned.case_id is not None:
        given = {"warning": number, "decision": state, "reason": reason}
        doing.do(desk, ACTION.id, warned.case_id, given)
    else:
        desk.store.write(lambda db: _decide(desk, db, number, state, reason))
    with desk.store.reading() as db:
        return _warned(db, site_id, number)


def _decide(desk: Desk, db: Db, number: int, state: str, reason: str) -> None:
    _ensure_may(desk, db)
    refuse_decided(_warned(db, desk.store.site_id, number))
    said = text({"reason": reason}, "reason", required=state == warnings.DISMISSED)
    warnings.decide(db, desk.store.site_id, number, state, desk.now(), desk.person, said)


def _warned(db: Db, site_id: int, number: int) -> Warned:
    found = warnings.find(db, site_id, number)
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

    return desk.store.write(write)


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

    desk.store.write(write)


def _ensure_may(desk: Desk, db: Db) -> None:
    """Refuse whoever's role may not decide on warnings, once staff are listed."""
    permissions.ensure_may_act(desk, db)
    if reason := permissions.by_role(desk.rules_in(db), desk.person, ACTION.id):
        raise RefusedError.because(reason)
