"""Copies of what was put on record as evidence, beside the store, each under the digest of its content.

A file is on disk before the entry that names it is written, and goes after the entry that erases it: whoever
is killed in between leaves a file that no entry names, which the next erasure removes.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from msgspec.json import decode

from storage import copies, private
from storage.check_report import Problem, note
from storage.engine import Db
from storage.meaning import FULL_AS_WELL
from workbench.domain.erasing import ERASED
from workbench.domain.errors import StoreError, StoreFullError, StoreReadOnlyError
from workbench.domain.system import reason
from workbench.words import N_, Said

END = ".evidence"
_DIGEST = re.compile(r"[0-9a-f]{64}")  # how a copy is called
PIECE = 1 << 20  # bytes read at a time
COPY = ".copy."  # begins the name of one that is not whole yet
UNKEPT = N_("The evidence cannot be kept in {path}: {why}")
OF_ALL = """
    SELECT c.number, e.seq, e.data FROM event e JOIN cases c ON c.case_id = e.case_id
     WHERE e.site_id = ? AND e.act = 'attach' AND e.data IS NOT NULL ORDER BY e.event_no
"""


class Kept(NamedTuple):
    """A copy: the SHA-256 of its content, hexadecimal, and its size in bytes."""

    sha256: str
    size: int


class Named(NamedTuple):
    """An entry that names a copy."""

    number: str
    seq: int
    sha256: str
    size: int


class TooLargeError(Exception):
    """A file is larger than the policy allows."""


def folder_of(store: Path) -> Path:
    """Return the folder of the evidence of the store at ``store``."""
    return store.with_name(f"{store.name}{END}")


def path_of(store: Path, digest: str) -> Path:
    """Return where the copy with ``digest`` lies, or would."""
    return folder_of(store) / digest


def made(store: Path) -> Path:
    """Return the folder of the evidence, made where it is missing.

    Raises:
        StoreFullError, StoreReadOnlyError: it cannot be.
    """
    folder = folder_of(store)
    try:
        _made(folder)
    except OSError as why:
        raise unkept(folder, why) from why
    return folder


def keep(store: Path, source: BinaryIO, most: int) -> Kept:
    """Copy ``source`` beside the store, durably; what is there already is written anew.

    Raises:
        TooLargeError: it has more than ``most`` bytes.
        StoreFullError, StoreReadOnlyError: it cannot be written; nothing is left of it.
    """
    folder = folder_of(store)
    try:
        file_rights = _made(folder)
        part = folder / f"{COPY}{secrets.token_hex(4)}.part"
        with copies.at_work(folder), _gone_at_the_end(part):  # what somebody killed has left goes, too
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file_rights), "wb") as copy:
                kept = _copied(source, copy, most)
                copy.flush()
                os.fsync(copy.fileno())
            part.replace(folder / kept.sha256)
            copies.sync(folder)
            return kept
    except OSError as why:
        raise unkept(folder, why) from why


def unkept(folder: Path, why: OSError) -> StoreError:
    """Return why nothing can be kept in ``folder``."""
    kind = StoreFullError if why.errno in FULL_AS_WELL else StoreReadOnlyError
    return kind(UNKEPT, path=folder, why=reason(why))


@contextmanager
def _gone_at_the_end(part: Path) -> Iterator[None]:
    try:
        yield
    finally:
        part.unlink(missing_ok=True)


def _made(folder: Path) -> int:
    """Make the folder, for whoever may open the store; return the rights of the files in it."""
    rights = private.rights_in(folder.parent)
    if not folder.is_dir():
        shared = rights == private.SHARED_FILE
        with suppress(FileExistsError):
            folder.mkdir(0o700)
        if shared:
            folder.chmod(private.SHARED_FOLDER)
        copies.sync(folder.parent)
    return rights


def _copied(source: BinaryIO, copy: BinaryIO, most: int) -> Kept:
    digest, size = sha256(), 0
    while piece := source.read(PIECE):
        size += len(piece)
        if size > most:
            raise TooLargeError
        digest.update(piece)
        copy.write(piece)
    return Kept(digest.hexdigest(), size)


def named(db: Db, site_id: int) -> Iterator[Named]:
    """Yield the entries that name a copy, without those that were erased."""
    for number, seq, data in db.stream(OF_ALL, (site_id,)):
        held = decode(data)
        if held.get("kept") and held.get("name") != ERASED:
            yield Named(number, seq, str(held["sha256"]), int(held["size"]))


def fault_of(path: Path, digest: str) -> str:
    """Return what is wrong with a copy: ``missing``, ``changed``, or nothing."""
    try:
        with path.open("rb") as file:
            found = sha256()
            while piece := file.read(PIECE):
                found.update(piece)
    except OSError:
        return "missing"
    return "" if found.hexdigest() == digest else "changed"


def problems(db: Db, site_id: int, store: Path) -> Iterator[Problem]:
    """Yield the entries whose copy is not there, or is another file."""
    seen: dict[str, str] = {}
    for each in named(db, site_id):
        if each.sha256 not in seen:
            seen[each.sha256] = fault_of(path_of(store, each.sha256), each.sha256)
        if seen[each.sha256]:
            yield note(_said(seen[each.sha256], each.sha256), each.number, each.seq)


def _said(fault: str, digest: str) -> Said:
    if fault == "missing":
        return Said(N_("The file of the evidence is missing or cannot be read: {digest}"), digest=digest)
    return Said(N_("The file of the evidence was changed: {digest}"), digest=digest)


def take_along(db: Db, site_id: int, source: Path, target: Path) -> list[Problem]:
    """Copy what the entries of ``db`` name from beside one store to beside another; return what is lost.

    A copy that is at the target and whole stays; one that was changed is never taken.

    Raises:
        StoreFullError, StoreReadOnlyError: it cannot be written.
    """
    lost: list[Problem] = []
    done: set[str] = set()
    for each in named(db, site_id):
        if each.sha256 in done or not fault_of(path_of(target, each.sha256), each.sha256):
            continue
        if fault := fault_of(path_of(source, each.sha256), each.sha256):
            lost.append(note(_said(fault, each.sha256), each.number, each.seq))
            continue
        with path_of(source, each.sha256).open("rb") as file:
            keep(target, file, each.size)
        done.add(each.sha256)
    return lost


def tidy(db: Db, site_id: int, store: Path) -> int:
    """Remove the copies that no entry names; return how many. Runs while nobody else writes to the store."""
    folder = folder_of(store)
    if not folder.is_dir():
        return 0
    wanted = {each.sha256 for each in named(db, site_id)}
    try:
        copied = [each for each in folder.iterdir() if _DIGEST.fullmatch(each.name)]  # the rest is not ours
        gone = [
            each for each in copied if each.name not in wanted and (each.is_symlink() or not each.is_dir())
        ]
        with copies.at_work(folder):
            pass
        for each in gone:
            each.unlink(missing_ok=True)
        if gone:
            copies.sync(folder)
    except OSError as why:
        raise unkept(folder, why) from why
    return len(gone)
