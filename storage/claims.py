"""Who rings whom just now: a small file beside the store for each customer, which wakes nobody.

A file says who claimed a customer, for which window, and when; it holds for some minutes, so that a window
that was killed keeps nobody from ringing. Nothing of it is stored: what was put on a case is judged by the
case alone. The name of a file is a digest, its words hold no number.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import msgspec

from storage.private import rights_in
from storage.run_lock import alone
from workbench.domain.errors import StoreBusyError, StoreError
from workbench.domain.system import reason
from workbench.words import N_, Said

Result = TypeVar("Result")

SPAN = timedelta(minutes=5)  # for which a claim holds, unless it is renewed
PATIENCE_SECONDS = 1.0  # in which the others have looked and written
LOOK_AGAIN = 0.003  # seconds
WORK = "dial"
MOST_BYTES = 4_096


class Claim(msgspec.Struct, frozen=True):
    """What such a file holds; ``skipped``: its window goes on to others, and everybody else may ring."""

    who: str
    window: str
    at: datetime
    skipped: bool = False


class Claims:
    """The claims of one window on the customers of one store.

    Attributes:
        trouble: Why no claim can be kept here; then two may ring the same customer, and what is put on a
            case is looked at again when it is stored.
    """

    def __init__(self, store: Path, who: str, window: str, now: Callable[[], datetime]) -> None:
        self.store, self.who, self.window, self.now = store, who, window, now
        self.trouble: Said | None = None

    def take(self, key: str) -> bool:
        """Claim a customer, or renew the claim; False where another window has it, or this one skipped it."""
        return self._put(key, skipped=False)

    def skip(self, key: str) -> None:
        """Let others ring a customer, whom this window passes over as long as a claim holds."""
        self._put(key, skipped=True)

    def skip_own(self) -> None:
        """Let others ring whomever this window has claimed, and pass them over as ``skip`` does."""

        def skip() -> None:
            for path in self._files():
                held = _read(path)
                if held is not None and held.window == self.window and self._holds(held):
                    path.unlink(missing_ok=True)
                    _make(path, Claim(self.who, self.window, self.now(), skipped=True))

        self._alone(skip, None)

    def give_back(self, key: str) -> None:
        """Give a customer back, if this window has claimed it."""

        def back() -> None:
            path = self._path(key)
            held = _read(path)
            if held is not None and held.window == self.window:
                path.unlink(missing_ok=True)

        self._alone(back, None)

    def release(self) -> None:
        """Give back whomever this window has claimed or skipped: it is being closed."""

        def back() -> None:
            for path in self._files():
                held = _read(path)
                if held is not None and held.window == self.window:
                    path.unlink(missing_ok=True)

        self._alone(back, None)

    def holder(self, key: str) -> str:
        """Return who rings a customer from another window just now; empty for nobody."""
        held = _read(self._path(key))
        if held is None or held.window == self.window or held.skipped or not self._holds(held):
            return ""
        return held.who

    def tidy(self) -> None:
        """Take away what holds no more: a window that was killed has left it."""
        self._alone(self._clear, None)

    def _clear(self) -> None:
        for path in self._files():
            held = _read(path)
            if held is None or not self._holds(held):
                path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        found = self.store.parent.glob(f"{self.store.name}.{WORK}.*")
        return [path for path in found if path.suffix != ".lock"]

    def _put(self, key: str, *, skipped: bool) -> bool:
        path = self._path(key)

        def put() -> bool:
            held = _read(path)
            if held is not None and self._holds(held) and self._is_against(held, skipped=skipped):
                return False
            path.unlink(missing_ok=True)
            return _make(path, Claim(self.who, self.window, self.now(), skipped))

        return self._alone(put, otherwise=True)

    def _is_against(self, held: Claim, *, skipped: bool) -> bool:
        """Say whether a claim that holds keeps this window from its wish."""
        return held.skipped and not skipped if held.window == self.window else not held.skipped

    def _holds(self, held: Claim) -> bool:
        """Say whether a claim holds; a clock that has jumped either way lets it end."""
        return abs(self.now() - held.at) < SPAN

    def _path(self, key: str) -> Path:
        return self.store.with_name(f"{self.store.name}.{WORK}.{sha256(key.encode()).hexdigest()[:24]}")

    def _alone(self, work: Callable[[], Result], otherwise: Result) -> Result:
        """Do ``work`` while no other window looks at a claim; where that cannot be, ``trouble`` says why."""
        until = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with alone(self.store, WORK):
                    return work()
            except StoreBusyError as why:
                if monotonic() > until:
                    self.trouble = why.said
                    return otherwise
                sleep(LOOK_AGAIN)
            except StoreError as why:
                self.trouble = why.said
                return otherwise
            except OSError as why:
                said = N_("Nothing can be written to {path}: {why}")
                self.trouble = Said(said, path=self.store.parent, why=reason(why))
                return otherwise


def _make(path: Path, claim: Claim) -> bool:
    """Write a claim where there is none; False where somebody was faster all the same."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    rights = rights_in(path.parent)
    try:
        descriptor = os.open(path, flags, rights)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "wb") as file:
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, rights)  # whatever the mask of whoever makes it takes from the group
        file.write(msgspec.json.encode(claim))
    return True


def _read(path: Path) -> Claim | None:
    """Return what a file holds; None where there is none, or where its writer was killed over it."""
    try:
        with path.open("rb") as file:
            held = msgspec.json.decode(file.read(MOST_BYTES), type=Claim)
        return held if held.at.tzinfo else None  # none of ours: its time cannot be told
    except (OSError, msgspec.MsgspecError):
        return None
