"""Taking a policy into use: new cases are received under it, older ones keep theirs."""

from storage import settings
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.days import GRAMMAR
from workbench.domain.errors import RefusedError
from workbench.domain.rights import POLICY
from workbench.policy import loading
from workbench.rules import writing
from workbench.setup.lists import ensure_may_set
from workbench.words import N_


def adopt(desk: Desk, name_or_path: str) -> int:
    """Take a shipped policy or one from a file into use for new cases; return its version in the store.

    Raises:
        PolicyFaults, UsageError: it is not a policy that can be used.
        RefusedError: it is the one in force, word for word, or the person's role does not allow it.
        StoreError: the store cannot serve; nothing was changed.
    """
    parsed, text = loading.load(name_or_path)
    return writing.write(desk, lambda db: _adopt(desk, db, parsed.id, text))


def _adopt(desk: Desk, db: Db, name: str, text: str) -> int:
    ensure_may_set(desk, db, POLICY)
    site_id = desk.store.site_id
    newest = settings.newest_policy(db, site_id)
    if settings.policy(db, site_id, newest) == (name, text, GRAMMAR):
        raise RefusedError(
            N_("Policy {name} is in force already, word for word (version {version})."),
            name=name,
            version=newest,
        )
    version = settings.add_policy(db, site_id, name, text, desk.now(), desk.person)
    settings.rules_changed(db, site_id)
    return version
