"""Backups while others work, and putting one back.

The live file is only ever touched through SQLite: any other opening and closing of it would drop the
locks of this process. A copy is not live; it is synced and renamed like any file.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from storage import copies, events, evidence, faults, house, private
from storage.check import Problem, Report, check
from storage.check_at_once import at_once
from storage.engine import APPLICATION_ID, Db, alone, connect, copy_pages, uri
from storage.meaning import FULL_AS_WELL, not_local
from storage.store import Store
from workbench.domain.cases import GIVEN
from workbench.domain.errors import (
    RefusedError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    UsageError,
)
from workbench.domain.house import RESTORE
from workbench.domain.system import reason
from workbench.domain.times import stamp
from workbench.domain.timing import Timing
from workbench.words import N_

RAISE = """
    INSERT INTO counter (site_id, day, last) VALUES (?, ?, ?)
    ON CONFLICT (site_id, day) DO UPDATE SET last = max(last, excluded.last)
"""
# an id that we made was text before it was bytes
FIRST_ENTRY = """
    SELECT at, actor, CASE typeof(op_id) WHEN 'blob' THEN lower(hex(op_id)) ELSE op_id END
      FROM event ORDER BY event_no LIMIT 1
"""
SIDE_FILES = ("-journal", "-wal", "-shm")


class Restored(Struct, frozen=True):
    """What a restore put back; ``kept`` holds what was there before, None if nothing was.

    ``lost`` are entries whose file of evidence is neither with the backup nor beside the store.
    """

    cases: int
    events: int
    seal: str
    kept: Path | None
    lost: list[Problem]


class Restorer(NamedTuple):
    """Who puts which backup back: for the house log of the restored store."""

    person: str
    login: str
    file: str
    given: bool = False  # the time was given (--now)


def backup(store: Store, target: Path) -> Report:
    """Write a copy of ``store`` as it is at this moment, its pages verified, synced, while others go on.

    Chains and timelines are as the store has them: ``check`` verifies those, of the store or of the copy.

    Raises:
        RefusedError: ``target`` exists.
        UsageError: its folder does not.
        StoreFullError, StoreReadOnlyError: the copy cannot be written; nothing is left of it.
        StoreDamagedError: the copy does not verify, because the store does not.

    Its evidence lies beside it, in ``TARGET.evidence``; what is lost of that is a problem of the report.
    """
    _ensure_free(target)
    with _beside(target) as copy:
        with _open(store.path, read_only=store.read_only) as db:
            db.run("PRAGMA query_only = OFF")  # the copy is written, the store is not
            db.path = copy  # whose disk it is that may refuse
            db.run("VACUUM INTO ?", (uri(copy),))
        report = _verify(copy, store.path, at_once)
        report.problems += _evidence(copy, store.path, target)  # first: a backup that is there is whole
        _settle(copy, target)
    return report


def restore(file: Path, path: Path, at: datetime, who: Restorer) -> Restored:
    """Put the backup ``file`` in the place of the store at ``path``, and keep what was there.

    Others may have the store open: they see the restored one at their next look. A backup of another
    store replaces a store only while nobody has that open. This process must not have it open.

    Args:
        file: A backup; it is verified first and not changed.
        path: Where the store is, or will be.
        at: Now (UTC), for the name of the copy that is kept.
        who: Who restores; it stands in the house log of what is restored.

    Raises:
        UsageError: there is no such file, or no such folder.
        StoreDamagedError: the file is not a healthy store; nothing was changed.
        StoreTooNewError: a newer program wrote it.
        RefusedError: it is the store itself, or another store's backup while this one is open.
        StoreBusyError: others held the store for too long; nothing was changed.
        StoreError: the place is on a network file system.
    """
    if not os.path.isfile(file):
        raise UsageError(N_("There is no file {path}."), option="FILE", path=file)
    if os.path.exists(path) and file.samefile(path):
        raise RefusedError(N_("{path} is the store itself."), path=path)
    if refusal := not_local(path):
        raise refusal
    with _beside(path) as healthy:
        with _open(file, read_only=True) as source:
            _copy(source, healthy)  # what is verified is what is put back, whoever changes the file meanwhile
        _verify(healthy, file)
        _tell(healthy, path, at, who)
        report = _verify(healthy, file)
        lost = _evidence(healthy, file, path)
        kept = None
        if path.exists():
            kept = _replace(path, healthy, at)
        else:
            _settle(healthy, path, private.rights_in(path.parent))
    return Restored(report.cases, report.events, report.seal, kept, lost)


@contextmanager
def _open(path: Path, *, read_only: bool = False, create: bool = False) -> Iterator[Db]:
    db = connect(path, read_only=read_only, create=create)
    try:
        yield db
    finally:
        db.connection.close()


def _copy(source: Db, target: Path) -> None:
    with _open(target, create=True) as new:
        copy_pages(source, new)


def _evidence(copy: Path, source: Path, target: Path) -> list[Problem]:
    """Take along the files that the entries of ``copy`` name; return those that are lost."""
    with _open(copy, read_only=True) as db:
        return evidence.take_along(db, int(_site(db) or 0), source, target)


def _without_replay(store: Store) -> Report:
    return check(store, None)


def _verify(copy: Path, named: Path, look: Callable[[Store], Report] = _without_replay) -> Report:
    """Return the report on a copy, in which there is nothing wrong; brings an older one up to date."""
    with _open(copy) as db:
        ours = db.value("PRAGMA application_id") == APPLICATION_ID
    if not ours:
        raise StoreDamagedError(N_("{path} is not a Workbench store."), path=named)
    with closing(Store(copy, alone=True)) as store:
        report = look(store)
    if report.problems:
        raise StoreDamagedError(
            N_("{path} does not verify ({n} problems, the first: {what}); nothing was changed."),
            path=named,
            n=len(report.problems),
            what=report.problems[0].what,
        )
    return report


# ---------------------------------------------------------------- putting back


def _tell(healthy: Path, path: Path, at: datetime, who: Restorer) -> None:
    """Write into the backup that it is put back, and let it give no number that the store has given since."""
    counters, entries = _given_out(path) if path.exists() else ([], 0)
    with _open(healthy) as db:
        db.run("BEGIN IMMEDIATE")
        db.timing = Timing(at, GIVEN if who.given else None)
        site_id = int(_site(db) or 0)
        db.run_many(RAISE, [(site_id, day, last) for day, last in counters])
        told = {"file": who.file, "login": who.login, "entries": events.tail(db).event_no, "before": entries,
                "counters": dict(counters)}  # fmt: skip
        house.log(db, site_id, RESTORE, at=at, by=who.person, data=told)
        db.run("COMMIT")


def _given_out(path: Path) -> tuple[list[tuple[str, int]], int]:
    """Return the newest number of each day that the live store has given, and its count of entries."""
    try:
        with _open(path, read_only=True) as live:
            counters = [(day, last) for day, last in live.all("SELECT day, last FROM counter")]
            return counters, live.value("SELECT max(event_no) FROM event") or 0
    except StoreError:  # no store any more: nobody knows what it gave
        return [], 0


def _replace(path: Path, healthy: Path, at: datetime) -> Path:
    """Put ``healthy`` into the live file; return where its old content is."""
    when = stamp(at)[:19].replace("-", "").replace(":", "")
    kept = path.with_name(f"{path.name}.before-restore-{when}")
    _ensure_free(kept)
    try:
        live = connect(path)
    except StoreDamagedError:  # no database any more, so that nobody can be working with it
        before = path.stat()
        _move_aside(path, kept)
        _settle(healthy, path, private.kept(healthy, before))
        return kept
    with closing(live.connection):
        _ensure_ours(live, healthy, path)
        with _beside(kept) as copy:
            _copy(live, copy)
            _settle(copy, kept)
        try:
            with _open(healthy, read_only=True) as source:
                copy_pages(source, live)
        except StoreError:
            kept.unlink()  # what it holds is still in its place
            raise
    return kept


def _ensure_ours(live: Db, healthy: Path, path: Path) -> None:
    """Refuse a file of another program, and a store of others that somebody is working with."""
    if live.value("PRAGMA page_count") and live.value("PRAGMA application_id") != APPLICATION_ID:
        raise StoreDamagedError(N_("{path} is not a Workbench store."), path=path)
    there = _origin(live)
    with _open(healthy, read_only=True) as source:
        coming = _origin(source)
    if there is not None and there != coming and not alone(live):
        raise RefusedError(
            N_("The backup is of another store, and {path} is in use: close that first, or move it away."),
            path=path,
        )


def _site(db: Db) -> str | None:
    """Return the id of a store: of a thousand stores two may share one. None if it is too damaged to say."""
    try:
        return str(db.value("SELECT value FROM setting WHERE key = 'site_id'"))
    except StoreError:
        return None


def _origin(db: Db) -> tuple[Any, ...] | None:
    """Return what a store of any schema and its backups share with no other; None as ``_site``."""
    site_id = _site(db)
    try:
        return (site_id, db.one(FIRST_ENTRY)) if site_id else None
    except StoreError:
        return None


def _move_aside(path: Path, kept: Path) -> None:
    path.rename(kept)
    for end in SIDE_FILES:
        with suppress(FileNotFoundError):
            Path(f"{path}{end}").rename(f"{kept}{end}")


# ---------------------------------------------------------------- files


def _ensure_free(target: Path) -> None:
    if os.path.lexists(target):  # a link to nowhere is in the way, too
        raise RefusedError(N_("{path} exists already; nothing was changed."), path=target)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Lend a new empty file in the folder of ``target``, its owner's only; nothing is left at the end."""
    if not os.path.isdir(target.parent):
        raise UsageError(N_("There is no folder {path}."), option="FILE", path=target.parent)
    copy = target.parent.absolute() / f".{target.name}.{secrets.token_hex(4)}.part"
    with copies.at_work(copy.parent):
        try:
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, private.FILE))
        except ValueError as why:  # a NUL in the name, or half a letter
            template = N_("{file} cannot be written: {reason}.")
            raise UsageError(template, option="FILE", file=str(target), reason=reason(why)) from why
        except OSError as error:
            raise _unwritten(target.parent, error) from error
        try:
            yield copy
        finally:
            for end in ("", *SIDE_FILES):
                Path(f"{copy}{end}").unlink(missing_ok=True)


def _unwritten(folder: Path, error: OSError) -> StoreError:
    """Return why nothing can be written to ``folder``."""
    if error.errno in FULL_AS_WELL:
        return StoreFullError(N_("Nothing can be written to {path}: {why}"), path=folder, why=reason(error))
    fault = faults.of_way(folder) or faults.of_mount(folder / "x") or faults.of_folder(folder)
    why = fault.told() if fault else reason(error)
    return StoreReadOnlyError(N_("Nothing can be written to {path}: {why}"), path=folder, why=why)


def _settle(copy: Path, target: Path, rights: int = private.FILE) -> None:
    """Give a finished copy its rights and its name, durably, and never in the place of another file.

    Raises:
        StoreError: the disk takes no more.
    """
    copy.chmod(rights)
    try:
        copies.sync(copy)
        _name(copy, target)
        copies.sync(target.parent)
    except OSError as error:
        raise _unwritten(target.parent, error) from error


def _name(copy: Path, target: Path) -> None:
    try:
        os.link(copy, target)
    except FileExistsError:
        _ensure_free(target)
    except OSError:  # a file system without links
        copy.rename(target)
