"""What somebody has typed and not yet submitted: it outlives a killed terminal.

One small file a draft, so that two terminals of one person never write over each other's. The files
hold what customers said: they are readable by their owner only, and gone once the act is stored.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from threading import RLock

from workbench import config
from workbench.domain.errors import StoreError
from workbench.domain.system import private_folder, reason
from workbench.words import N_

Draft = dict[str, str]

RECORD = "record"  # the key of a case that is being recorded


class Drafts:
    """The drafts of one person on one store."""

    def __init__(self, store: Path, person: str, folder: Path | None = None) -> None:
        self.folder = folder or config.state_folder() / "drafts"
        self.owner = f"{store.absolute()}|{person}"
        self._turn, self._wishes = RLock(), Counter[str]()  # how often each was to be kept, or forgotten

    def load(self, key: str) -> Draft:
        """Return the draft kept under ``key``; empty if there is none, or none that can be read."""
        try:
            kept = json.loads(self._path(key).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {str(name): str(value) for name, value in kept.items()}

    def keeping(self, key: str, draft: Mapping[str, str]) -> Callable[[], None]:
        """Return what saves ``draft`` later, unless a newer one has come before, or its act is stored."""
        self._wishes[key] += 1
        wish = self._wishes[key]

        def keep() -> None:
            with self._turn:
                if self._wishes[key] == wish:
                    self.save(key, draft)

        return keep

    def save(self, key: str, draft: Mapping[str, str]) -> None:
        """Keep ``draft`` durably, whole or not at all; an empty one is forgotten.

        Raises:
            StoreError: the folder cannot be written.
        """
        if not any(draft.values()):
            self._path(key).unlink(missing_ok=True)
            return
        try:
            self._write(self._path(key), json.dumps(dict(draft), ensure_ascii=False))
        except OSError as error:
            raise StoreError(
                N_("The draft cannot be kept in {folder}: {why}"),
                folder=self.folder,
                why=reason(error),
            ) from error

    def _write(self, path: Path, text: str) -> None:
        private_folder(self.folder)
        handle, name = mkstemp(dir=self.folder, suffix=".part")  # mkstemp gives mode 0600
        with ExitStack() as failed:
            failed.callback(Path(name).unlink, missing_ok=True)
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
            failed.pop_all()

    def forget(self, key: str) -> None:
        """Drop the draft kept under ``key``, and those that are on their way."""
        with self._turn:
            self._wishes[key] += 1
            self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{sha256(f'{self.owner}|{key}'.encode()).hexdigest()[:32]}.json"
