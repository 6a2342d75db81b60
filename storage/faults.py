"""What keeps the store from serving, found by asking the system: which file, whose, and what mends it.

Nothing is opened here but a probe of our own, and no file of the store at all: to open and close one of
those would drop SQLite's locks in this process.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from storage.holders import login_of
from storage.mounts import is_read_only, mount_of
from workbench.words import N_, Said

SIDE_FILES = {"-wal": "wal", "-shm": "shm", "-journal": "journal"}
LEAST_ROOM = 16 << 20  # bytes; a checkpoint, a migration and a backup need more than the next entry
PROBE = 1 << 16  # bytes


class Fault(NamedTuple):
    """One thing that is wrong: its topic, the sentence, and the command that mends it, if there is one."""

    topic: str
    said: Said
    mend: str = ""

    def told(self) -> Said:
        """Return the sentence with the command behind it."""
        return Said(N_("{why} To mend it: {mend}"), why=self.said, mend=self.mend) if self.mend else self.said


def first(path: Path, *, write: bool = True) -> Fault | None:
    """Return what keeps one from reading (and writing) the store at ``path``; None if nothing can be seen."""
    return next(every(path, write=write), None)


def every(path: Path, *, write: bool = True) -> Iterator[Fault]:
    """Yield what is wrong about the place, the file and its side files; what hides the rest comes alone."""
    if fault := of_way(path.parent) or of_network(path):
        yield fault
        return
    if stranded := of_stranded(path):
        yield stranded
    yield from filter(None, (of_mount(path) if write else None, of_folder(path.parent) if write else None))
    if not os.path.exists(path):
        return
    if fault := of_file(path, "file", write=write):
        yield fault
    for end, topic in SIDE_FILES.items():
        side = Path(f"{path}{end}")
        if os.path.exists(side) and (fault := of_file(side, topic, write=write)):
            yield fault


State = tuple[int, int, int]


def state(path: Path) -> State:
    """Return what differs once somebody has written to the file."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def lies_still(path: Path) -> bool:
    """Say whether nobody has left entries beside the store, so that it is whole as it lies."""
    left = (Path(f"{path}{end}") for end in ("-wal", "-journal"))
    return not any(os.path.exists(each) and each.stat().st_size for each in left)


def is_stuck(folder: Path) -> bool:
    """Say whether this user can make nothing in ``folder``."""
    return is_read_only(folder) or not _may(folder, os.W_OK)


# ---------------------------------------------------------------- one place each


def of_way(folder: Path) -> Fault | None:
    """Return the folder on the way that may not be entered."""
    for each in (*reversed(folder.absolute().parents), folder.absolute()):
        if os.path.isdir(each) and not _may(each, os.X_OK):
            said = Said(N_("you may not enter the folder {path}, which belongs to {owner}."), **_whose(each))
            return Fault("folder", said, _allow(each, "x"))
    return None


def of_network(path: Path) -> Fault | None:
    """Return that the file lies where other machines may write to it too."""
    mount = mount_of(path)
    if mount is None or not mount.is_network:
        return None
    said = Said(
        N_(
            "{path} lies on a network file system ({kind}, {point}). SQLite keeps programs apart on one"
            " machine only: there a store loses what was written, or breaks."
        ),
        path=path, kind=mount.kind, point=mount.point,
    )  # fmt: skip
    local = quote(f"/var/lib/workbench/{path.name}")
    return Fault("network", said, f"mv {quote(str(path))} {local} && workbench --db {local} doctor")


def of_mount(path: Path) -> Fault | None:
    """Return that the file system may only be read."""
    if not is_read_only(path.parent):
        return None
    mount = mount_of(path)
    point = mount.point if mount else path.parent
    said = Said(
        N_("{path} lies on a disk that may only be read ({point}). Reading works with: {reading}"),
        path=path, point=point, reading=f"workbench --db {quote(str(path))} --read-only",
    )  # fmt: skip
    return Fault("mount", said, f"sudo mount -o remount,rw {quote(str(point))}")


def of_folder(folder: Path) -> Fault | None:
    """Return that nothing can be made in the folder, as SQLite must beside the store."""
    if not os.path.isdir(folder) or is_read_only(folder) or _may(folder, os.W_OK):
        return None
    said = Said(
        N_(
            "you may not write to its folder {path}, which belongs to {owner}, group {group}; SQLite keeps"
            " files beside the store."
        ),
        **_whose(folder),
    )
    return Fault("folder", said, _allow(folder, "wx"))


def of_stranded(path: Path) -> Fault | None:
    """Return that entries wait beside the store where SQLite cannot bring them in."""
    wal, shm = (Path(f"{path}{end}") for end in ("-wal", "-shm"))
    if not is_stuck(path.parent) or os.path.exists(shm) or not os.path.exists(wal) or not wal.stat().st_size:
        return None
    said = Said(N_("{path} holds entries that can only be read where SQLite may write beside it."), path=wal)
    both = f"{quote(str(path))} {quote(str(wal))}"
    mend = f"mkdir -m 700 rescue && cp {both} rescue/ && workbench --db rescue/{quote(path.name)} list"
    return Fault("wal", said, mend)


def of_file(path: Path, topic: str, *, write: bool = True) -> Fault | None:
    """Return that the file may not be read, or not be written to."""
    if not _may(path, os.R_OK):
        said = Said(
            N_("you may not read {path}, which belongs to {owner}, group {group}, mode {mode}."),
            **_whose(path),
        )
        return Fault(topic, said, _allow(path, "rw" if write else "r"))
    if not write or is_read_only(path.parent) or _may(path, os.W_OK):
        return None
    said = Said(
        N_("you may not write to {path}, which belongs to {owner}, group {group}, mode {mode}."),
        **_whose(path),
    )
    return Fault(topic, said, _allow(path, "rw"))


def of_room(folder: Path, least: int = LEAST_ROOM) -> Fault | None:
    """Return that the disk has less room than ``least`` bytes."""
    try:
        free = room(folder)
    except OSError:
        return None
    if free >= least:
        return None
    said = Said(N_("{path} has room for {free} kB only."), path=folder, free=free >> 10)
    return Fault("space", said, f"df -h {quote(str(folder))}")


def of_limit() -> Fault | None:
    """Return that this process may not let files grow as they like."""
    limit = _limit()
    if limit is None:
        return None
    said = Said(
        N_("files may not grow beyond {limit} kB here (a limit of the shell or service)."), limit=limit >> 10
    )
    return Fault("space", said, "ulimit -f unlimited")


def of_probe(folder: Path) -> tuple[int, Fault] | None:
    """Write a little beside the store, since only the attempt tells; return the errno and what it means."""
    code = _probed(folder)
    if code == errno.EDQUOT:
        said = Said(N_("your quota on the disk of {path} is used up."), path=folder)
        return code, Fault("space", said, "quota -s")
    if code == errno.EIO:
        return code, Fault("space", Said(N_("the disk of {path} is faulty."), path=folder), "sudo dmesg")
    if code == errno.ENOSPC and (fault := of_room(folder, sys.maxsize)):
        return code, fault
    if fault := of_limit():
        return errno.EFBIG, fault
    return None


def room(folder: Path) -> int:
    """Return the free bytes on the disk of ``folder``, as far as this user may fill it."""
    found = os.statvfs(folder)
    return found.f_frsize * (found.f_bfree if os.geteuid() == 0 else found.f_bavail)


# ---------------------------------------------------------------- asking the system


def _may(path: Path, how: int) -> bool:
    """Ask the system, which knows lists of rights and attributes as well, and not the mode."""
    effective = os.access in os.supports_effective_ids
    try:
        return os.access(path, how, effective_ids=effective)
    except (OSError, NotImplementedError):
        return False


def _whose(path: Path) -> dict[str, object]:
    found = path.stat()
    return {"path": path, "owner": login_of(found.st_uid), "group": group_of(found.st_gid),
            "mode": f"{stat.S_IMODE(found.st_mode):04o}"}  # fmt: skip


def group_of(gid: int) -> str:
    """Return the name of a group of this machine, or its number."""
    try:
        import grp

        return grp.getgrgid(gid).gr_name
    except (ImportError, KeyError):
        return str(gid)


def _allow(path: Path, rights: str) -> str:
    """Return the command that gives this user ``rights``: his own, his group's, or a place in the group."""
    found, named = path.stat(), quote(str(path))
    if found.st_uid == os.geteuid():
        bits = stat.S_IMODE(found.st_mode) >> 6
        wanted = sum({"r": 4, "w": 2, "x": 1}[letter] for letter in rights)
        return f"chmod u+{rights} {named}" if bits & wanted != wanted else f"lsattr {named}; getfacl {named}"
    if found.st_gid in _groups():
        return f"sudo chmod g+{rights} {named}"
    folder = path.parent.stat()
    if folder.st_gid in _groups() and folder.st_gid:
        return f"sudo chgrp {quote(group_of(folder.st_gid))} {named} && sudo chmod g+{rights} {named}"
    me = quote(login_of(os.geteuid()))
    if found.st_gid and stat.S_IMODE(found.st_mode) & 0o060:  # a group that was given something
        return f"sudo usermod -aG {quote(group_of(found.st_gid))} {me}"
    return f"sudo setfacl -m u:{me}:{rights} {named}"


def _groups() -> set[int]:
    return {os.getegid(), *os.getgroups()}


def _limit() -> int | None:
    try:
        import resource
    except ImportError:
        return None
    soft = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return None if soft == resource.RLIM_INFINITY else soft


def _probed(folder: Path) -> int | None:
    """Return the errno with which the system refuses 64 kB more in ``folder``, None if it takes them."""
    name = folder / f".workbench-{os.getpid()}.probe"
    try:
        descriptor = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        return error.errno
    try:
        written = os.write(descriptor, b"\0" * PROBE)
        if written < PROBE:
            os.write(descriptor, b"\0" * (PROBE - written))
        os.fsync(descriptor)
    except OSError as error:
        return error.errno
    finally:
        os.close(descriptor)
        with suppress(OSError):
            name.unlink()
    return None
