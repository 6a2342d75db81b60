"""The file of views as a window knows it: read again where it has changed, the last good one kept.

What was good is copied to the user's own folder: a window that opens on a file that others have broken
meanwhile has the views of before.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.views.reading import ViewFaults
    from workbench.views.view import SavedView

Stamp = tuple[int, int, int]


class ViewFile:
    """What the file at ``path`` says by now; ``kept`` is where the copy of a good one lies, if anywhere.

    Attributes:
        views: Those of the last reading without a fault.
        faults: What is wrong with the file as it stands; None where nothing is.
    """

    def __init__(self, path: Path, kept: Path | None = None) -> None:
        self.path, self.kept = path, kept
        self._good = False  # whether this window has read a good one
        self.views: tuple[SavedView, ...] = ()
        self.faults: ViewFaults | None = None
        self._seen: Stamp | None = (0, 0, 0)  # unlike every file, and unlike none

    def look(self) -> bool:
        """Read the file where it is another than at the last look; say whether it was."""
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        self._seen = stamp
        if stamp is None:
            self.views, self.faults = (), None
            return True
        from workbench.views.reading import ViewFaults, parse, text_at  # only where there is a file

        try:
            text = text_at(self.path) or ""
            self.views, self.faults = parse(text, str(self.path)), None
        except ViewFaults as why:
            self.faults = why
            if not self._good:
                self.views = self._as_kept()
        else:
            self._good = True
            self._keep(text)
        return True

    def _as_kept(self) -> "tuple[SavedView, ...]":
        from workbench.views.reading import ViewFaults, read

        try:
            return read(self.kept) if self.kept else ()
        except ViewFaults:
            return ()

    def _keep(self, text: str) -> None:
        """Copy what was good; where that is not possible, this window alone has it."""
        if self.kept is None:
            return
        from workbench.domain.system import private_folder

        part = self.kept.with_name(f".{self.kept.name}.{os.getpid()}.tmp")
        with suppress(OSError):
            private_folder(self.kept.parent)
            part.write_text(text, encoding="utf-8")
            part.replace(self.kept)

    def _stamp(self) -> Stamp | None:
        try:
            found = self.path.stat()
        except (OSError, ValueError):
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
