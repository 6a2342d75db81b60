"""Schema changes: each a named function, run once, in one transaction with the record of having run."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from storage.engine import APPLICATION_ID, Db, Error, in_our_words
from storage.schema import INDEXES, KEPT_SETTINGS, TABLES
from workbench.domain.errors import StoreDamagedError, StoreReadOnlyError, StoreTooNewError
from workbench.words import N_

VERSION = 6  # number of migrations; also the file's user_version, which is cheaper to read

LATER = (  # steps after the first: the name under which a store notes that it ran, and its module
    ("m002_regimes", "migrate_2"),
    ("m003_consequences", "migrate_3"),
    ("m004_evidence", "migrate_4"),
    ("m005_nights", "migrate_5"),
    ("m006_initials", "migrate_6"),
)


def migrate(db: Db, *, keep_older: bool = True) -> Path | None:
    """Bring the store to this program's schema; return where a copy of the older one is, if one was made.

    Whoever else has an older store open is waited for, and kept out meanwhile.

    Args:
        db: A connection of its own; this process has no other to the store.
        keep_older: Leave a copy of an older store beside it.

    Raises:
        StoreTooNewError: a newer program wrote it; nothing is changed.
        StoreBusyError: others have it open; nothing is changed.
        StoreError: it cannot be written.
    """
    ensure_ours(db)
    schema = db.value("PRAGMA user_version")
    if schema == VERSION:
        return None
    if schema == 0 or db.path is None or not keep_older:
        _apply(db)
        return None
    from storage import before_migration  # only an older store needs it

    with before_migration.to_ourselves(db, db.path):
        schema = db.value("PRAGMA user_version")
        if schema == VERSION:  # somebody else was first
            return None
        kept = before_migration.keep_older(db, db.path, schema)
        _apply(db)
        return kept


def _apply(db: Db) -> None:
    from sqlite_utils import Database

    try:
        migrations().apply(Database(db.connection, execute_plugins=False))
    except Error as error:
        raise in_our_words(error, db.path) from error


def migrations() -> Any:
    """Return all migrations in their order (loads sqlite-utils)."""
    from sqlite_utils import Migrations

    steps = Migrations("workbench")

    @steps()  # type: ignore[untyped-decorator,unused-ignore]
    def m001_first_schema(database: Any) -> None:
        # as they are now: a new store needs none of the steps below
        for statement in (*TABLES, *KEPT_SETTINGS, *INDEXES):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {VERSION}")

    for version, (name, module) in enumerate(LATER, 2):
        steps(name=name)(_step(version, module))
    return steps


def _step(version: int, module: str) -> Callable[[Any], None]:
    """Return the step up to ``version``, which a store that was made as it is now does not take."""

    def up(database: Any) -> None:
        if next(database.execute("PRAGMA user_version"))[0] < version:
            import_module(f"storage.{module}").upgrade(database)
            database.execute(f"PRAGMA user_version = {version}")

    return up


def ensure_current(db: Db) -> None:
    """Refuse a store that only a writer could bring up to date.

    Raises:
        StoreDamagedError, StoreTooNewError: see ``ensure_ours``.
        StoreReadOnlyError: an older program made it.
    """
    ensure_ours(db)
    if db.value("PRAGMA user_version") < VERSION:
        raise StoreReadOnlyError(
            N_("An older Workbench made this store; open it once without --read-only to bring it up to date.")
        )


def ensure_ours(db: Db) -> None:
    """Refuse what is not a store, and a store that a newer program wrote.

    Raises:
        StoreDamagedError: another kind of SQLite file.
        StoreTooNewError: its schema is ahead of this program.
    """
    if db.value("PRAGMA application_id") != APPLICATION_ID:
        raise StoreDamagedError(N_("This file is not a Workbench store; give another --db."))
    version = db.value("PRAGMA user_version")
    if version > VERSION:
        raise StoreTooNewError(
            N_(
                "The store was written by a newer Workbench (schema {theirs}, this one knows {ours});"
                " update the program."
            ),
            theirs=version,
            ours=VERSION,
        )
