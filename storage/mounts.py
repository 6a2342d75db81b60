"""On which file system a path lies, as the system tells it; no file beside the path is opened."""

import os
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path("/proc/self/mountinfo")
COMMAND = "/sbin/mount"  # where the system has no table
NETWORK = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "webdav", "davfs", "ncpfs",
        "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs",
        "fuse.glusterfs", "fuse.davfs", "fuse.cephfs", "fuse.smbnetfs", "macfuse_sshfs",
    }
)  # fmt: skip
"""File systems that several machines may write to. Source: sqlite.org/wal.html, all processes on one host."""


class Mount(NamedTuple):
    """Where a file system begins, and its kind, e.g. ``ext4``."""

    point: Path
    kind: str

    @property
    def is_network(self) -> bool:
        """Whether another machine may write to it."""
        return self.kind.lower() in NETWORK


def mount_of(path: Path) -> Mount | None:
    """Return the file system of ``path``, which need not be there; None where the system does not tell."""
    try:
        where = Path(os.path.realpath(path))
    except ValueError:  # a NUL in the name, or half a letter: nothing is there
        return None
    above = {where, *where.parents}
    found = [mount for mount in _mounts() if mount.point in above]
    deepest = max((len(mount.point.parts) for mount in found), default=0)
    fitting = [mount for mount in found if len(mount.point.parts) == deepest]
    return fitting[-1] if fitting else None  # what was mounted last hides the others


def is_read_only(folder: Path) -> bool:
    """Say whether the file system of ``folder`` may only be read."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _mounts() -> list[Mount]:
    try:
        lines = TABLE.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return _told()
    return [mount for line in lines if (mount := _parsed(line))]


def _parsed(line: str) -> Mount | None:
    """Return a line of the table; see proc(5): the kind stands behind a lone ``-``."""
    before, mark, behind = line.partition(" - ")
    fields = before.split(" ")
    if not mark or len(fields) < 5:
        return None
    point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
    return Mount(Path(point), behind.split(" ")[0])


@cache
def _told() -> list[Mount]:
    """Return what the command ``mount`` of macOS prints: ``SOURCE on POINT (KIND, ...)``."""
    try:
        said = subprocess.run(  # noqa: S603 (a command of the system, without arguments)
            [COMMAND], capture_output=True, text=True, timeout=5, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    lines = re.findall(r"^.+? on (/.*) \((\w+)[,)]", said, re.MULTILINE)
    return [Mount(Path(point), kind) for point, kind in lines]
