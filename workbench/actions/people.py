"""Who works here, and for which places: lists of the store. They bind from the first entry on."""

from storage import settings
from storage.engine import Db
from workbench.actions.base import READER, Desk
from workbench.domain import values
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.text import door
from workbench.words import N_

ROLES = ("handler", "supervisor", "manager", "head-office", READER)
KEEP_THE_LIST = ("supervisor", "manager", "head-office")
LONGEST_NAME = 60


def add_person(desk: Desk, name: str, role: str) -> None:
    """Put somebody on the staff list, or give a role anew.

    Raises:
        UsageError: no such role, or an empty or over-long name.
        RefusedError: the person at the desk does not keep the list.
    """
    known, duty = _name(name), values.choice(role, ROLES, option="--role")

    def write(db: Db) -> None:
        _ensure_keeper(desk, db)
        settings.set_staff(db, desk.store.site_id, known, duty, True)

    desk.store.write(write)


def remove_person(desk: Desk, name: str) -> None:
    """Take somebody off the staff list; what was done under the name stays.

    Raises:
        NotFoundError: nobody of that name is on it.
        RefusedError: the person at the desk does not keep the list.
    """
    known = _written(name)

    def write(db: Db) -> None:
        _ensure_keeper(desk, db)
        role = settings.role(db, desk.store.site_id, known)
        if role is None:
            raise NotFoundError(N_("{name} is not on the staff list; see: workbench staff list"), name=name)
        settings.set_staff(db, desk.store.site_id, known, role, False)

    desk.store.write(write)


def add_site(desk: Desk, name: str) -> None:
    """Register a place.

    Raises:
        UsageError: an empty or over-long name, or a person who is not on the staff list.
        RefusedError: a reader tries to write.
    """
    known = _name(name)

    def write(db: Db) -> None:
        desk.ensure_may_act(db)
        settings.add_site(db, desk.store.site_id, known)

    desk.store.write(write)


def _written(typed: str) -> str:
    """Return a name as the list holds it."""
    return " ".join(door(typed).split())


def _name(typed: str) -> str:
    name = _written(typed)
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(N_("A name has 1 to {most} characters."), option="NAME", most=LONGEST_NAME)
    return name


def _ensure_keeper(desk: Desk, db: Db) -> None:
    """Refuse whoever does not lead, once anybody who leads is on the list: nobody can lock all out."""
    site_id = desk.store.site_id
    leaders = [name for name, role, active in settings.staff(db, site_id) if active and role in KEEP_THE_LIST]
    if leaders and desk.person not in leaders:
        raise RefusedError(
            N_("{name} may not change the staff list; ask {leaders}."),
            name=desk.person,
            leaders=", ".join(leaders),
        )
