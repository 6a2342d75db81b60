"""``import --watch``: files that others put into a folder, taken as they come."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from workbench.cli import letters, out
from workbench.domain.errors import UsageError
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.cli.session import Session
    from workbench.exchange.arriving import Moved

LOCK_LETTERS = 16


def watch(session: "Session", folder: Path, mapping: str | None) -> None:
    """Watch ``folder`` until somebody presses Ctrl-C, which ends it as it ends everything else.

    Raises:
        UsageError: the folder or the mapping cannot be used.
        RefusedError: the person's role does not allow an import.
        StoreBusyError: somebody watches that folder for this store already.
        KeyboardInterrupt: it was ended.
    """
    from storage.run_lock import alone
    from workbench.domain.rights import IMPORT
    from workbench.exchange import arrived, arriving
    from workbench.exchange.mapping_file import whereabouts
    from workbench.exchange.one_file import Taker
    from workbench.rules import permissions, rights

    session.refuse_if_read_only()
    arrived.ensure_usable(folder)
    if mapping is not None:
        whereabouts(Path(mapping))
    desk = session.desk
    with desk.store.reading() as db:
        permissions.ensure_may_act(desk, db)
        rights.ensure(desk, db, IMPORT)
    with alone(desk.store.path, f"watch-{_named(folder)}"), _until_interrupted() as ended:
        taker = Taker(desk, Path(mapping) if mapping else None, letters.ours(session), ended.is_set)
        watched = arriving.Folder(folder, taker.take, out.tell)
        out.tell(_("Watching {folder} every {n} s; Ctrl-C ends it.").format(folder=folder, n=arriving.EVERY))
        while not ended.is_set():
            for moved in watched.look():
                _answer(session, moved)
                if ended.is_set():
                    break
            pause(ended, arriving.EVERY)
    out.tell(_("Stopped; what was written stays, and what lies in the folder is taken the next time."))
    raise KeyboardInterrupt


def pause(ended: Event, seconds: float) -> None:
    """Wait for the next look, or for the end."""
    ended.wait(seconds)


def ensure_alone(**options: object) -> None:
    """Refuse options that speak of one file.

    Raises:
        UsageError: one of them was given.
    """
    for name, value in options.items():
        if value:
            option = "FILE" if name == "file" else f"--{name.replace('_', '-')}"
            raise UsageError(N_("A watched folder takes no such option; leave it out."), option=option)


def _named(folder: Path) -> str:
    """Return what stands for a folder in the name of its lock."""
    return sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:LOCK_LETTERS]


def _answer(session: "Session", moved: "Moved") -> None:
    from workbench.domain.text import door
    from workbench.exchange.arriving import told

    if session.json:  # a document a line: the stream has no end
        found = {"file": door(moved.name), "to": door(str(moved.to)), "good": moved.taken.good}
        out.line(out.dumps(found | moved.taken.counts))
    else:
        out.line(told(moved))
    out.flush()


@contextmanager
def _until_interrupted() -> Iterator[Event]:
    """Lend what the first Ctrl-C sets: a batch is finished. A second one breaks off at once."""
    ended = Event()

    def note(number: int, frame: object) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()

    before: Callable[..., object] | int | None = signal.signal(signal.SIGINT, note)
    try:
        yield ended
    finally:
        signal.signal(signal.SIGINT, before)
