"""What is wrong with a store and where it lies, the one at fault named: for a person who cannot go on.

The place is looked at first, by asking the system; the store is opened last, for reading, so that all else
is known where it cannot be opened.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from storage import copies, engine, faults, holders, timing
from storage.engine import Db, connect
from storage.holders import login_of
from storage.migrate import ensure_current
from storage.mounts import mount_of
from workbench.domain.errors import StoreError
from workbench.domain.times import stamp, unstamp
from workbench.words import N_, Said

TRIAL = N_("A trial store: no entry has a time of the machine's own clock.")
AHEAD = timedelta(minutes=5)  # by which the newest entry may stand before the clock of this machine
EPOCH = 2024  # a machine whose clock says less has lost it
OPEN_TO_OTHERS = 0o007


class Finding(NamedTuple):
    """One thing that was looked at; ``mend`` is the command, where there is one."""

    topic: str
    ok: bool
    said: Said
    mend: str = ""


def examine(path: Path, now: datetime, own: Sequence[Path] = ()) -> list[Finding]:
    """Return what was looked at, and what is wrong with it.

    Args:
        path: The store, which need not be there.
        now: The clock of this machine (UTC).
        own: Folders of this user that hold what customers said, such as drafts.
    """
    found = [Finding(fault.topic, False, fault.said, fault.mend) for fault in faults.every(path)]
    hidden = any(each.topic == "network" or not os.access(path.parent, os.X_OK) for each in found)
    found += [] if hidden else _of_place(path, {each.topic for each in found})
    found += _of_owner(path)
    found += _of_room(path)
    found += [_library(path), _umask()]
    found += _of_copies(path, now)
    found += _of_versions(path)
    found += _of_store(path, now)
    found += _of_private(path, own)  # after it was opened, since that may leave side files
    return found


# ---------------------------------------------------------------- the place


def _of_place(path: Path, wrong: set[str]) -> Iterator[Finding]:
    """Yield what of the place and the files is as it should be."""
    mount = mount_of(path)
    if mount and "mount" not in wrong:
        said = Said(N_("on {point}, {kind}, of this machine"), point=mount.point, kind=mount.kind)
        yield Finding("mount", True, said)
    if not os.path.isdir(path.parent):
        mend = f"workbench --db {quote(str(path))} init"
        yield Finding("folder", False, Said(N_("there is no folder {path}."), path=path.parent), mend)
        return
    if not os.path.exists(path):
        mend = f"workbench --db {quote(str(path))} init"
        yield Finding("file", False, Said(N_("there is no store at {path}."), path=path), mend)
    files = {"folder": path.parent, "file": path}
    files |= {topic: Path(f"{path}{end}") for end, topic in faults.SIDE_FILES.items()}
    for topic, each in files.items():
        if topic not in wrong and os.path.exists(each):
            yield Finding(topic, True, _described(each))


def _described(path: Path) -> Said:
    found = path.stat()
    return Said(
        N_("{path}, of {owner}, group {group}, mode {mode}"),
        path=path, owner=login_of(found.st_uid), group=faults.group_of(found.st_gid),
        mode=f"{stat.S_IMODE(found.st_mode):04o}",
    )  # fmt: skip


def _of_owner(path: Path) -> Iterator[Finding]:
    """Yield what keeps a store that a group shares from being shared."""
    try:
        file, folder = path.stat(), path.parent.stat()
    except OSError:
        return
    if file.st_mode & 0o060 != 0o060:
        return
    group, named = quote(faults.group_of(file.st_gid)), quote(str(path.parent))
    if folder.st_mode & 0o070 != 0o070:
        said = Said(N_("the group may write to the store, but not to its folder {path}."), path=path.parent)
        yield Finding("group", False, said, f"chgrp {group} {named} && chmod 2770 {named}")
    elif not folder.st_mode & stat.S_ISGID or folder.st_gid != file.st_gid:
        said = Said(
            N_("what is made in {path} does not go to the group {group} of the store."),
            path=path.parent, group=faults.group_of(file.st_gid),
        )  # fmt: skip
        yield Finding("group", False, said, f"chgrp {group} {named} && chmod g+s {named}")


def _of_private(path: Path, own: Sequence[Path]) -> Iterator[Finding]:
    """Yield which files with personal data everybody on this machine may read."""
    files = [path, *(Path(f"{path}{end}") for end in faults.SIDE_FILES), *copies.beside(path)]
    files += [file for folder in own for file in _inside(folder)]
    read = [each for each in files if _for_others(each)]
    if read:
        said = Said(
            N_("everybody on this machine may read {files}."), files=", ".join(map(str, read[: copies.NAMED]))
        )
        yield Finding("private", False, said, f"chmod o-rwx {' '.join(quote(str(each)) for each in read)}")
    else:
        yield Finding("private", True, Said(N_("only you, or your group, may read what is kept")))


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.rglob("*") if each.is_file())
    except OSError:
        return []


def _for_others(path: Path) -> bool:
    """Say whether somebody who is neither the owner nor of the group may open ``path``."""
    try:
        return bool(path.stat().st_mode & OPEN_TO_OTHERS) and _reached_by_all(path.parent)
    except OSError:
        return False


def _reached_by_all(folder: Path) -> bool:
    real = Path(os.path.realpath(folder))
    return all(each.stat().st_mode & 0o001 for each in (real, *real.parents))


def _of_room(path: Path) -> Iterator[Finding]:
    faulty = [fault for fault in (faults.of_room(path.parent), faults.of_limit()) if fault]
    yield from (Finding(fault.topic, False, fault.said, fault.mend) for fault in faulty)
    if not faulty and os.path.isdir(path.parent):
        said = Said(N_("{free} MB are free"), free=faults.room(path.parent) >> 20)
        yield Finding("space", True, said)


def _of_copies(path: Path, now: datetime) -> Iterator[Finding]:
    stale = list(copies.wrong(path, now))
    yield from (Finding(fault.topic, False, fault.said, fault.mend) for fault in stale)
    if not stale:
        yield Finding("copies", True, Said(N_("no copy was left over beside the store")))


def _umask() -> Finding:
    mask = os.umask(0o077)
    os.umask(mask)
    said = Said(N_("{mask}; what the program makes is yours only, or your group's"), mask=f"{mask:04o}")
    return Finding("umask", True, said)


# ---------------------------------------------------------------- the program and the store


def _library(path: Path) -> Finding:
    version = engine.LIBRARY
    if engine.WAL_IS_SAFE:
        return Finding("library", True, Said(N_("SQLite {version}"), version=version))
    said = Said(
        N_(
            "SQLite {version} may lose entries that several programs write (the WAL-reset fault, mended in"
            " 3.51.3): Workbench avoids it, other programs that open the store do not."
        ),
        version=version,
    )
    return Finding("library", False, said, 'pip install "pysqlite3>=0.6.1"')


def _of_versions(path: Path) -> Iterator[Finding]:
    """Compare the SQLite of every process that has the store open at this moment with ours."""
    with closing((db := engine.scratch()).connection):
        ours = str(db.value("SELECT sqlite_source_id()"))
    others = holders.holders(path)
    loaded = {each: holders.sources(each.pid) for each in others}
    strange = [
        each for each in others if loaded[each] and not any(ours.startswith(s) for s in loaded[each] or ())
    ]
    if strange:
        said = Said(
            N_("{holders} has the store open with another SQLite than this program ({version})."),
            holders=", ".join(map(str, strange[: copies.NAMED])), version=engine.LIBRARY,
        )  # fmt: skip
        yield Finding("versions", False, said, f"kill {' '.join(str(each.pid) for each in strange)}")
        return
    unseen = [each for each in others if not loaded[each]]
    if unseen:
        said = Said(
            N_("{holders} has the store open; with which SQLite cannot be seen from here"),
            holders=", ".join(map(str, unseen[: copies.NAMED])),
        )
        yield Finding("versions", True, said)
    elif holders.LOCKS.exists():
        said = Said(N_("{n} other programs have the store open, none with another SQLite"), n=len(others))
        yield Finding("versions", True, said)
    else:
        yield Finding("versions", True, Said(N_("this system does not tell who has the store open")))


def _of_store(path: Path, now: datetime) -> Iterator[Finding]:
    """Open the store for reading, and ask it."""
    if not os.path.exists(path):
        yield from _of_clock(None, now)
        return
    try:
        with closing((db := connect(path, read_only=True)).connection):
            ensure_current(db)
            broken = db.value("PRAGMA quick_check(1)")
            newest = db.value("SELECT max(at) FROM event WHERE at LIKE '____-__-__T%Z'")
            yield _whole(path, str(broken))
            yield from _of_mode(db)
            yield from _of_logins(db)
            if timing.is_trial(db, int(db.value("SELECT value FROM setting WHERE key = 'site_id'") or 0)):
                yield Finding("clock", True, Said(TRIAL))
                newest = None  # its times were given: nobody's clock follows them
    except StoreError as why:
        yield Finding("store", False, why.said)
        newest = None
    yield from _of_clock(newest, now)


def _whole(path: Path, broken: str) -> Finding:
    if broken == "ok":
        return Finding(
            "store", True, Said(N_("it opens, and its pages are whole; its entries: workbench check"))
        )
    said = Said(N_("the store is damaged: {broken}"), broken=broken)
    return Finding("store", False, said, f"workbench --db {quote(str(path))} restore FILE")


def _of_logins(db: Db) -> Iterator[Finding]:
    """Say what a staff list without logins means."""
    listed, mapped = db.one("SELECT count(*), count(login) FROM staff WHERE active = 1") or (0, 0)
    if mapped:
        said = Said(N_("{mapped} of {listed} people are known by their login"), mapped=mapped, listed=listed)
    else:
        said = Said(
            N_(
                "nobody is known by a login: whoever may write the store acts under any name (--as). To map"
                " one: workbench staff add NAME --login USER"
            )
        )
    yield Finding("logins", True, said)


def _of_mode(db: Db) -> Iterator[Finding]:
    if engine.at_risk(db):
        said = Said(N_("the store is in WAL mode, which this SQLite must not bring in: its log only grows."))
        yield Finding("wal", False, said, 'pip install "pysqlite3>=0.6.1"')


def _of_clock(newest: str | None, now: datetime) -> Iterator[Finding]:
    """Compare the clock of this machine with the newest entry."""
    if newest and unstamp(newest) > now + AHEAD:
        said = Said(
            N_("this machine says {now}, before the newest entry of the store ({newest})."),
            now=stamp(now)[:19], newest=newest[:19],
        )  # fmt: skip
        yield Finding("clock", False, said, "sudo timedatectl set-ntp true")
    elif now.year < EPOCH:
        said = Said(N_("this machine says {now}: it has lost the time."), now=stamp(now)[:19])
        yield Finding("clock", False, said, "sudo timedatectl set-ntp true")
    else:
        yield Finding("clock", True, Said(N_("this machine says {now} (UTC)"), now=stamp(now)[:19]))
