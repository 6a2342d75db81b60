"""What comes before a store is brought to a newer schema: nobody else has it open, and a copy is kept."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

from storage import copies, holders
from storage.engine import WAIT_SECONDS, Db, alone, uri
from workbench.domain.errors import StoreBusyError, StoreReadOnlyError
from workbench.domain.system import reason
from workbench.domain.text import safe_text
from workbench.words import N_

LOOK_AGAIN = 0.2  # seconds
HELD = N_(
    "The store is of an older schema and has to be brought up to date, but others have it open: {who}."
    " Close that, and try again."
)
HELD_BY_SOMEBODY = N_(
    "The store is of an older schema and has to be brought up to date, but another program has it open."
    " Close that, and try again."
)


@contextmanager
def to_ourselves(db: Db, path: Path) -> Iterator[None]:
    """Keep everybody else out of the store while it is changed; wait for them first.

    In WAL mode whoever has it open is in the way, even while doing nothing; elsewhere nobody holds a lock
    while doing nothing, and whoever reads or writes is waited for by SQLite.

    Raises:
        StoreBusyError: somebody still had it open in the end; names who.
    """
    if db.value("PRAGMA journal_mode") != "wal":
        yield
        return
    until = monotonic() + WAIT_SECONDS
    while not alone(db):
        _let_go(db)
        if monotonic() > until:
            who = safe_text(holders.who(path))
            raise StoreBusyError(HELD if who else HELD_BY_SOMEBODY, who=who)
        sleep(LOOK_AGAIN)
    try:
        yield
    finally:
        _let_go(db)


def _let_go(db: Db) -> None:
    db.value("PRAGMA locking_mode = NORMAL")
    db.run(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    db.value("SELECT count(*) FROM sqlite_schema")  # the lock goes at the next look


def keep_older(db: Db, path: Path, schema: int) -> Path:
    """Write a copy of the store as it is beside it, synced, readable by its owner only; return where.

    Raises:
        StoreReadOnlyError: it cannot be written there.
        StoreFullError: likewise; nothing is left of it.
    """
    with copies.at_work(path.parent):  # what somebody left who was killed goes first
        return _kept(db, path, schema)


def _kept(db: Db, path: Path, schema: int) -> Path:
    copy = path.with_name(f".{path.name}.schema-{schema}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreReadOnlyError(
            N_("Nothing can be written to {path}: {why}"), path=path.parent, why=reason(error)
        ) from error
    with ExitStack() as failed:
        failed.callback(copy.unlink, missing_ok=True)
        db.run("VACUUM INTO ?", (uri(copy),))
        copies.sync(copy)
        kept = _free(path, schema)
        copy.rename(kept)
        failed.pop_all()
    copies.sync(path.parent)
    return kept


def _free(path: Path, schema: int) -> Path:
    """Return a name that nothing has: a copy of before is never written over."""
    number, kept = 1, path.with_name(f"{path.name}.schema-{schema}.bak")
    while os.path.lexists(kept):
        number += 1
        kept = path.with_name(f"{path.name}.schema-{schema}-{number}.bak")
    return kept
