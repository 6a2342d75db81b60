"""Making a store."""

import os
import secrets
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from storage import faults, house, private, setting, settings
from storage.engine import connect
from storage.ids import STORE_BITS
from storage.meaning import not_local
from storage.migrate import migrate
from workbench.domain.cases import GIVEN
from workbench.domain.errors import RefusedError, StoreReadOnlyError
from workbench.domain.house import INIT
from workbench.domain.system import reason
from workbench.domain.timing import Timing
from workbench.words import N_


def create(
    path: Path, *, code: str, policy: str, text: str, at: datetime, by: str, group: str | None = None,
    given: bool = True,
) -> None:  # fmt: skip
    """Make a store at ``path`` with its first policy; ``code`` begins every case number.

    It is its owner's only; with ``group`` (a name) that group's, in a folder made for it. It is a trial store
    until the machine's own clock times an entry (``storage.timing``): its making is none. ``given`` says
    that ``at`` is not what the machine's clock says.

    Raises:
        RefusedError: there is a file already, or the folder is not the group's.
        UsageError: there is no such group.
        StoreReadOnlyError: the folder cannot be written.
        StoreError: it lies on a network file system.
    """
    if os.path.exists(path):  # False for a name that is too long
        raise RefusedError(N_("{path} exists already; nothing was changed."), path=path)
    if refusal := not_local(path):
        raise refusal
    try:
        rights = private.folder_for(path.parent.absolute(), group)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, private.FILE)
        path.chmod(rights)  # whatever the umask takes away
    except OSError as error:
        fault = faults.first(path)
        why = fault.told() if fault else reason(error)
        raise StoreReadOnlyError(N_("No store can be made at {path}: {why}"), path=path, why=why) from error
    os.close(descriptor)  # before SQLite opens it: a later close would drop SQLite's locks
    with ExitStack() as failed:
        failed.callback(_remove, path)
        _fill(path, code=code, policy=policy, text=text, at=at, by=by, given=given)
        failed.pop_all()


def _remove(path: Path) -> None:
    """Leave no trace, so that the next try finds none of this one."""
    for end in ("", "-journal", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _fill(path: Path, *, code: str, policy: str, text: str, at: datetime, by: str, given: bool) -> None:
    db = connect(path, create=True)
    try:
        migrate(db)
        db.run("BEGIN IMMEDIATE")
        db.timing = Timing(at, GIVEN if given else None)
        site_id = secrets.randbelow((1 << STORE_BITS) - 1) + 1
        setting.put(db, site_id, "site_id", str(site_id))
        setting.put(db, site_id, "code", code)
        house.log(db, site_id, INIT, at=at, by=by, data={"site_id": site_id, "code": code})
        settings.add_policy(db, site_id, policy, text, at, by)
        db.run("COMMIT")
    finally:
        db.connection.close()
