"""A file that proves something: a copy is kept beside the store. Source: S3, evidence."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from storage import evidence
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.erasing import ERASED
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.text import door
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

KINDS = (
    ("signature", N_("Signature")),
    ("note", N_("Note")),
    ("photo", N_("Photograph")),
    ("recording", N_("Recording")),
)
PIECE = 1 << 20  # bytes read at a time
MB = 1 << 20


def why_not(desk: Desk, case: Case) -> Said | None:
    """Evidence is always welcome."""
    return None


def prepare(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``given`` with name, size in bytes and SHA-256 of the file, which is read piece by piece.

    Raises:
        UsageError: there is no such file, or it cannot be read.
    """
    with _opened(given) as (file, name):
        digest, size = sha256(), 0
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return {**given, "name": name, "sha256": digest.hexdigest(), "size": size}


def keep(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``prepare`` does, with a copy of the file beside the store, on disk.

    Raises:
        UsageError: there is no such file, or it cannot be read.
        RefusedError: it is larger than the policy allows.
        StoreFullError, StoreReadOnlyError: the copy cannot be written.
    """
    most = desk.rules().policy.evidence_mb
    with _opened(given) as (file, name):
        try:
            kept = evidence.keep(desk.store.path, file, most * MB)
        except evidence.TooLargeError:
            raise RefusedError(N_("{file} is larger than {most} MB, which the policy allows."),
                               file=name, most=most) from None  # fmt: skip
    return {**given, "name": name, "sha256": kept.sha256, "size": kept.size, "kept": True}


@contextmanager
def _opened(given: Mapping[str, Any]) -> Iterator[tuple[BinaryIO, str]]:
    """Lend the file that was named, and its name.

    Raises:
        UsageError: there is no such file, or it cannot be read.
    """
    typed = str(given.get("file") or "")
    if not typed.strip():
        raise UsageError(N_("Say which file."), option=option("file"))
    try:
        path = Path(typed)
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device might never end
            raise UsageError(N_("{path} is not a file."), option=option("file"), path=typed)
        with open(path, "rb", opener=_unblocked) as file:
            yield file, door(path.name) if path.name != ERASED else "-"  # the name of what was erased
    except FileNotFoundError:
        raise UsageError(N_("There is no file {path}."), option=option("file"), path=typed) from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise UsageError(N_("{path} cannot be read."), option=option("file"), path=typed) from None


def _unblocked(path: str, flags: int) -> int:
    """Open a file so that no read waits: some files of the system look regular and have no end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: what ``prepare`` has read, the kind, and what it shows."""
    kind = asked.choice("kind", [value for value, _ in KINDS])
    if not kind:
        raise UsageError(N_("Say what it is: signature, note, photo or recording."), option=option("kind"))
    read = {name: asked.given[name] for name in ("name", "sha256", "size")}
    if asked.given.get("kept"):
        if not evidence.path_of(asked.desk.store.path, read["sha256"]).is_file():
            raise RefusedError(N_("An erasure has just tidied the evidence up; do the same again."))
        read["kept"] = True
    return {"kind": kind} | read | asked.data("text")


ACTION = Action(
    acts.ATTACH,
    plan,
    why_not,
    fields=(
        Field("file", N_("File"), "line", required=True, metavar="FILE", positional=True),
        Field("kind", N_("What it is"), "choice", required=True, choices=KINDS,
              help=N_("signature, note, photo, recording.")),
        Field("text", N_("What it shows"), "text"),
    ),
    prepare=prepare,
    keep=keep,
)  # fmt: skip
