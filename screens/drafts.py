"""What somebody has typed and not yet submitted: it outlives a killed terminal.

A draft belongs to one form of one window, which holds its small file locked as long as it runs, so that two
windows never share one. What no window holds waits, and is taken by whoever asks for it first. The files
hold what customers said: they are readable by their owner only, and gone once the act is stored.
"""

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from threading import RLock

from screens.draft_files import age, locked, read
from workbench import config
from workbench.domain.errors import StoreError
from workbench.domain.system import private_folder, reason
from workbench.words import N_

Draft = dict[str, str]

RECORD = "record"  # the key of a case that is being recorded


class Drafts:
    """The drafts of one person on one store, as one window has them."""

    def __init__(self, store: Path, person: str, folder: Path | None = None) -> None:
        self.folder = folder or config.state_folder() / "drafts"
        self.owner = f"{store.absolute()}|{person}"
        self._turn, self._wishes = RLock(), Counter[Path]()  # how often each was to be kept, or forgotten
        self._own: dict[str, Path] = {}  # the files of this window
        self._held: dict[Path, int] = {}  # descriptors, locked
        self._thrown: dict[str, Draft] = {}

    def load(self, key: str) -> Draft:
        """Return this window's draft under ``key``, or else the newest that waits, which is its own then.

        Empty if there is none, or none that can be read.
        """
        with self._turn:
            if key not in self._own:
                for path in self._files(key):
                    if self._hold(path):
                        self._own[key] = path
                        break
            return read(self._own[key]) if key in self._own else {}

    def waiting(self, key: str) -> list[Draft]:
        """Return the drafts under ``key`` that no window holds, the newest first."""
        return [read(path) for path in self._free(key)]

    def rest(self, key: str) -> None:
        """Let this window's draft under ``key`` wait: the next form begins anew."""
        with self._turn:
            if path := self._own.pop(key, None):
                self._let_go(path)

    def take_next(self, key: str) -> Draft:
        """Return what was thrown away last, or else the next draft that waits; this window's own waits then.

        The next one is older than this window's; after the oldest comes the newest.
        """
        with self._turn:
            if thrown := self._thrown.pop(key, None):
                self.rest(key)
                self.save(key, thrown)
                return thrown
            own, free = self._own.get(key), self._free(key)
            since = age(own) if own else None
            for path in [p for p in free if since is not None and age(p) < since] + free:
                if self._hold(path):
                    self.rest(key)
                    self._own[key] = path
                    return read(path)
            return {}

    def throw_away(self, key: str, draft: Draft) -> None:
        """Forget the draft under ``key``; ``take_next`` brings it back once."""
        self._thrown[key] = draft
        self.forget(key)

    def keeping(self, key: str, draft: Mapping[str, str]) -> Callable[[], None]:
        """Return what saves ``draft`` later, unless a newer one has come before, or its act is stored."""
        path = self._path(key)
        self._wishes[path] += 1
        wish = self._wishes[path]
        return lambda: self._save(path, draft, lambda: self._wishes[path] == wish)

    def save(self, key: str, draft: Mapping[str, str]) -> None:
        """Keep ``draft`` durably, whole or not at all; an empty one is forgotten.

        Raises:
            StoreError: the folder cannot be written.
        """
        self.keeping(key, draft)()

    def forget(self, key: str) -> None:
        """Drop this window's draft under ``key``, and those that are on their way."""
        with self._turn:
            if path := self._own.pop(key, None):
                self._wishes[path] += 1
                self._remove(path)

    def release(self) -> None:
        """Let every draft wait: the window is being closed."""
        with self._turn:
            for key in tuple(self._own):
                self.rest(key)

    # ------------------------------------------------------------ files

    def _save(self, path: Path, draft: Mapping[str, str], is_wanted: Callable[[], bool]) -> None:
        if not any(draft.values()):
            with self._turn:
                if is_wanted():
                    self._remove(path)
            return
        try:
            self._write(path, json.dumps(dict(draft), ensure_ascii=False), is_wanted)
        except OSError as error:
            raise StoreError(
                N_("The draft cannot be kept in {folder}: {why}"),
                folder=self.folder,
                why=reason(error),
            ) from error

    def _write(self, path: Path, text: str, is_wanted: Callable[[], bool]) -> None:
        """Write a file; whoever waits for a turn meanwhile does not wait for the disk."""
        private_folder(self.folder)
        handle, name = mkstemp(dir=self.folder, suffix=".json.part")  # mkstemp gives mode 0600
        with ExitStack() as unwanted:
            unwanted.callback(Path(name).unlink, missing_ok=True)
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            with self._turn:
                if not is_wanted():
                    return
                if path in self._own.values():
                    self._let_go(path)
                    self._hold(Path(name), as_=path)
                os.replace(name, path)
                unwanted.pop_all()

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._let_go(path)

    def _hold(self, path: Path, as_: Path | None = None) -> bool:
        """Lock a file, so that no other window takes it; False where one has, or it has gone."""
        if (descriptor := locked(path)) is None:
            return False
        self._held[as_ or path] = descriptor
        return True

    def _let_go(self, path: Path) -> None:
        if (descriptor := self._held.pop(path, None)) is not None:
            os.close(descriptor)

    def _free(self, key: str) -> list[Path]:
        """Return the files under ``key`` that no window holds, the newest first."""
        with self._turn:
            free = [p for p in self._files(key) if p not in self._held and self._hold(p)]
            for path in free:
                self._let_go(path)
            return free

    def _files(self, key: str) -> list[Path]:
        return sorted(self.folder.glob(f"{self._name(key)}*.json"), key=age, reverse=True)

    def _path(self, key: str) -> Path:
        """Return the file of this window under ``key``."""
        with self._turn:
            own = self.folder / f"{self._name(key)}-{secrets.token_hex(4)}.json"
            return self._own.setdefault(key, own)

    def _name(self, key: str) -> str:
        return sha256(f"{self.owner}|{key}".encode()).hexdigest()[:32]
