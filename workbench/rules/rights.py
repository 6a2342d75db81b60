"""Who may do what beside the acts: export, restore, the lists, the clock."""

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.domain.rights import Right
from workbench.rules import identity
from workbench.rules.role_rights import has, holders
from workbench.words import N_, Said, _


def why_not(rules: Rules, person: str, right: Right) -> Said | None:
    """Say who may do it instead of ``person``, or None."""
    if has(rules, person, right):
        return None
    able = holders(rules, right)
    if not able:
        return Said(
            N_("{name} may not {what}, and nobody on the staff list may; see: workbench staff recover"),
            name=person, what=Said(right.title),
        )  # fmt: skip
    return Said(
        N_("{name} may not {what}; ask {leaders}."),
        name=person, what=Said(right.title), leaders=_(", ").join(able),
    )  # fmt: skip


def ensure(desk: Desk, db: Db, right: Right) -> None:
    """Refuse whoever at the desk does not have ``right``, nor owns the store file where that is enough.

    Raises:
        RefusedError: names who has it.
    """
    if right.of_owner and desk.owns_store():
        return
    identity.ensure(desk, db)
    if reason := why_not(desk.rules_in(db), desk.person, right):
        raise RefusedError.because(reason)
