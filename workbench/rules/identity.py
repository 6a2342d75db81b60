"""Who sits at the desk: the system's user, by the staff list, and in whose name they act.

Where the staff list maps system users to names, the name follows from the login; another name needs the right
to stand in, and the entry tells both. Where nobody is mapped, everybody says who they are, and is believed.
"""

from storage import organisation
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import rights
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.rules.role_rights import has, holders
from workbench.words import N_, _


def settle(desk: Desk, *, login: str, named: bool) -> None:
    """Let the desk know who sits at it.

    Args:
        desk: Its person is the name that was given, or the login.
        login: The system's user.
        named: Somebody gave a name (``--as``, ``WORKBENCH_STAFF``).
    """
    desk.login = login
    with desk.store.reading() as db:
        known = organisation.logins(db, desk.store.site_id)
    if not known:
        return
    desk.sitter = known.get(login, "")
    if not named and desk.sitter:
        desk.person = desk.sitter
    if desk.sitter and desk.sitter != desk.person:
        desk.store.typed_by = desk.sitter


def ensure(desk: Desk, db: Db) -> None:
    """Refuse whoever writes in a name that is not theirs, and may not stand in.

    Raises:
        RefusedError: the login is nobody's, or is somebody's who may not act in another name.
    """
    if desk.sitter is None or desk.sitter == desk.person:
        return
    rules = desk.rules_in(db)
    if not desk.sitter:
        raise RefusedError(
            N_("The login {login} belongs to nobody on the staff list; somebody who keeps it adds it: "
               "workbench staff add NAME --login {login}"),
            login=desk.login,
        )  # fmt: skip
    _ensure_stands_in(desk, rules)


def _ensure_stands_in(desk: Desk, rules: Rules) -> None:
    sitter = desk.sitter or ""
    if has(rules, sitter, rights.STAND_IN):
        return
    raise RefusedError(
        N_("You are {sitter} and may not act as {name}; {leaders} may."),
        sitter=sitter,
        name=desk.person,
        leaders=_(", ").join(holders(rules, rights.STAND_IN)) or "-",
    )
