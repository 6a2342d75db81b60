"""Who may change the lists and the rules of a store, and how every change of a list is written down."""

from typing import Any

from storage import organisation, settings
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.errors import UsageError
from workbench.domain.policies import Rules
from workbench.domain.rights import STAFF, Right
from workbench.domain.text import door
from workbench.rules import permissions, rights, role_rights
from workbench.words import N_

LONGEST_NAME = 60


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


def ensure_may_set(desk: Desk, db: Db, right: Right) -> None:
    """Refuse whoever may not change the rules themselves.

    Raises:
        UsageError, RefusedError: see ``permissions.ensure_may_act``, or the role does not allow it.
    """
    permissions.ensure_may_act(desk, db)
    rights.ensure(desk, db, right)


def ensure_keeper(desk: Desk, db: Db, right: Right = STAFF) -> Rules:
    """Refuse whoever does not keep the lists; return the rules in force.

    They are kept by those whose role has ``right``; where nobody has, by everybody on the list but readers.
    A stranger to the list keeps nothing: whoever owns the store file names a head (``staff recover``).

    Raises:
        UsageError: nobody's name, or a stranger's.
        RefusedError: the person does not keep the lists.
    """
    permissions.ensure_may_act(desk, db)
    rules = desk.rules_in(db)
    if role_rights.holders(rules, right):
        rights.ensure(desk, db, right)
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
