"""Who may change the lists and the rules of a store, and how every change of a list is written down."""

from typing import Any

from storage import organisation, settings
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.organisation import READER
from workbench.domain.policies import Rules
from workbench.domain.text import door
from workbench.domain.upcoming import SYSTEM
from workbench.rules import permissions
from workbench.words import N_, _

KEEP_THE_LIST = ("supervisor", "manager", "head-office")  # where nobody has a role that the policy empowers
LONGEST_NAME = 60
REFUSALS = {
    "staff": N_("{name} may not change the staff list; ask {leaders}."),
    "units": N_("{name} may not change units and sites; ask {leaders}."),
    "policy": N_("{name} may not change the policy; ask {leaders}."),
    "calendar": N_("{name} may not change calendars; ask {leaders}."),
}


def written(typed: str) -> str:
    """Return a name as the lists hold it."""
    return " ".join(door(typed).split())


def named(typed: str, option: str = "NAME") -> str:
    """Return a new name for a list.

    Raises:
        UsageError: an empty or over-long one.
    """
    name = written(typed)
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(N_("A name has 1 to {most} characters."), option=option, most=LONGEST_NAME)
    return name


def _who_may(rules: Rules, right: str) -> tuple[str, ...]:
    """Return who on the staff list has a role of the policy that allows ``right``."""
    roles = rules.policy.regime.roles
    may = {role.id for role in roles.values() if role.allows(right)}
    return tuple(member.name for member in rules.organisation.active() if member.role in may)


def ensure_may_set(desk: Desk, db: Db, right: str) -> None:
    """Refuse whoever may not change the rules themselves, once somebody on the staff list may.

    Args:
        right: ``policy`` or ``calendar``.

    Raises:
        UsageError, RefusedError: see ``Desk.ensure_may_act``, or the role does not allow it.
    """
    permissions.ensure_may_act(desk, db)
    may = _who_may(desk.rules_in(db), right)
    if may and desk.person not in may:
        raise _refusal(desk, right, may)


def ensure_keeper(desk: Desk, db: Db, what: str = "staff") -> Rules:
    """Refuse whoever does not keep the lists; return the rules in force.

    They are kept by those whose role allows ``staff``; where nobody has such a role, by those who lead;
    where nobody leads, by anybody but a reader: a list without leaders locks nobody out.

    Args:
        what: ``staff``, or ``units``, which strangers to the staff list may not change either.

    Raises:
        UsageError: nobody's name, or a stranger's.
        RefusedError: the person does not keep the lists.
    """
    ensure_named(desk)
    rules = desk.rules_in(db)
    listed = tuple(rules.organisation.active())
    leading = tuple(member.name for member in listed if member.role in KEEP_THE_LIST)
    keepers = _who_may(rules, "staff") or leading
    if keepers and desk.person not in keepers:
        raise _refusal(desk, what, keepers)
    others = tuple(member.name for member in listed if member.role != READER)
    if others and any(member.name == desk.person and member.role == READER for member in listed):
        raise _refusal(desk, what, others)
    if what != "staff":
        permissions.ensure_may_act(desk, db)
    return rules


def log_change(
    desk: Desk, db: Db, what: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    """Write down that ``what`` (a verb) changed an entry, and let every desk read the lists anew."""
    if before == after:
        return
    change = organisation.Change(desk.now(), desk.person, what, before, after)
    organisation.log(db, desk.store.site_id, change)
    settings.rules_changed(db, desk.store.site_id)


def ensure_named(desk: Desk) -> None:
    """Refuse somebody without a name, and the name of the system.

    Raises:
        UsageError: names the option.
    """
    desk.person = door(desk.person).strip()
    if desk.person in ("", SYSTEM):
        raise UsageError(N_("Say who you are by a name of your own."), option="--as")


def _refusal(desk: Desk, what: str, may: tuple[str, ...]) -> RefusedError:
    return RefusedError(REFUSALS[what], name=desk.person, leaders=_(", ").join(may))
