"""The disk under the program's own SQLite: every write is seen, and may be refused, or be the last.

The functions of SQLite's file system layer are exchanged in place, in whatever library the program has loaded;
the program itself runs unchanged. Source of the layouts: sqlite3.h (sqlite3_vfs, sqlite3_io_methods).
"""

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, addressof, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from typing import NamedTuple

from storage import engine

OK, FULL, IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE = 0, 13, 10 | 3 << 8, 10 | 4 << 8, 10 | 6 << 8


class Op(NamedTuple):
    """What reached the disk: ``create write truncate sync delete``, of which file."""

    kind: str
    name: str
    at: int = 0  # offset of a write, size of a truncation, whether a deletion syncs the folder
    data: bytes = b""


Judge = Callable[[Op], int]  # what SQLite is told instead of doing it; 0: it is done

_OPEN = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    _fields_ = [
        ("version", c_int), ("file_size", c_int), ("longest_path", c_int), ("next", c_void_p),
        ("name", c_char_p), ("data", c_void_p), ("open", c_void_p), ("delete", c_void_p),
    ]  # fmt: skip


class _Methods(Structure):
    _fields_ = [
        ("version", c_int),
        *((name, c_void_p) for name in (
            "close", "read", "write", "truncate", "sync", "size", "lock", "unlock", "reserved", "control",
            "sector", "device", "shm_map", "shm_lock", "shm_barrier", "shm_unmap", "fetch", "unfetch",
        )),
    ]  # fmt: skip


class _File(Structure):
    _fields_ = [("methods", c_void_p)]


@dataclass
class Disk:
    """What is seen of it, while it is watched."""

    judge: Judge
    names: dict[int, str] = field(default_factory=dict)
    tables: dict[int, _Methods] = field(default_factory=dict)
    kept: list[object] = field(default_factory=list)  # else Python would free what SQLite calls

    def told(self, file: int, kind: str, at: int = 0, data: bytes = b"") -> int:
        """Return what to tell SQLite about an operation on a file."""
        return self.judge(Op(kind, self.names.get(file, ""), at, data))

    def method(self, kind: type, at: int, before: Callable[..., int]) -> int:
        """Return the address of a method that asks ``before``, and then does what the one at ``at`` does."""
        really = kind(at)
        exchanged = kind(lambda *given: before(*given) or really(*given))
        self.kept += [really, exchanged]
        return ctypes.cast(exchanged, c_void_p).value or 0

    def table(self, at: int) -> int:
        """Return the address of the methods that stand for those at ``at``."""
        if at not in self.tables:
            made = _Methods.from_buffer_copy(_Methods.from_address(at))
            made.write = self.method(
                _WRITE, made.write,
                lambda file, data, size, offset: self.told(file, "write", offset, ctypes.string_at(data, size)),
            )  # fmt: skip
            made.truncate = self.method(
                _TRUNCATE, made.truncate, lambda file, size: self.told(file, "truncate", size)
            )
            made.sync = self.method(_SYNC, made.sync, lambda file, flags: self.told(file, "sync"))
            self.tables[at] = made
        return addressof(self.tables[at])


def _library() -> ctypes.CDLL:
    from importlib import import_module

    module = import_module("pysqlite3._sqlite3" if "pysqlite" in engine.sqlite.__name__ else "_sqlite3")
    return ctypes.CDLL(module.__file__)


@contextmanager
def watched(judge: Judge) -> Iterator[Disk]:
    """Let ``judge`` see, and refuse, what connections opened from now on do to the disk."""
    library = _library()
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None).contents
    disk, before = Disk(judge), (vfs.open, vfs.delete)
    really = _OPEN(vfs.open)

    def opened(own: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = ctypes.string_at(name).decode(errors="surrogateescape") if name else ""
        new = bool(path) and not os.path.exists(path)
        code = really(own, name, file, flags, out)
        found = _File.from_address(file)
        if code == OK and path and found.methods:
            disk.names[file] = path
            found.methods = disk.table(found.methods)
            if new:
                disk.told(file, "create")
        return code

    def deleted(_own: int, name: bytes, folder: int) -> int:
        path = os.fsdecode(name)
        return judge(Op("delete", path, folder)) if os.path.exists(path) else OK

    exchanged = _OPEN(opened)
    disk.kept += [really, exchanged]
    vfs.open = ctypes.cast(exchanged, c_void_p).value
    vfs.delete = disk.method(_DELETE, before[1], deleted)
    try:
        yield disk
    finally:
        vfs.open, vfs.delete = before
        _KEPT.append(disk)  # files opened meanwhile still point at it


_KEPT: list[Disk] = []
