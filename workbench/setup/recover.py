"""A house without a head gets one again: by whoever owns the store file, for everybody to see."""

from msgspec.structs import replace

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.errors import RefusedError
from workbench.domain.house import STAFF_RECOVER
from workbench.domain.organisation import Member
from workbench.rules import role_rights, writing
from workbench.setup.house_log import write_in
from workbench.setup.lists import named
from workbench.setup.people import put
from workbench.words import N_


def recover(desk: Desk, name: str) -> Member:
    """Make somebody the head of the house; it stands in the house log and in the next summary.

    Raises:
        RefusedError: the system's user does not own the store file.
        UsageError: an empty or over-long name.
    """
    known = named(name)
    if not desk.owns_store():
        raise RefusedError(
            N_("Only whoever owns the store file names a head; see: workbench doctor"), name=desk.person
        )

    def write(db: Db) -> Member:
        rules = desk.rules_in(db)
        old = rules.organisation.members.get(known)
        new = replace(old if old and old.active else Member(known), role=role_rights.head_of(rules))
        write_in(db, desk, STAFF_RECOVER, {"name": known, "role": new.role})
        return put(desk, db, "staff add", old, new)

    return writing.write(desk, write)
