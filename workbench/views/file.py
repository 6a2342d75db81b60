"""The file of views as a window knows it: read again where it has changed, the last good one kept."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.views.reading import ViewFaults
    from workbench.views.view import SavedView

Stamp = tuple[int, int, int]


class ViewFile:
    """What the file at ``path`` says by now.

    Attributes:
        views: Those of the last reading without a fault.
        faults: What is wrong with the file as it stands; None where nothing is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
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
        from workbench.views.reading import ViewFaults, read  # only where there is a file

        try:
            self.views, self.faults = read(self.path), None
        except ViewFaults as why:
            self.faults = why
        return True

    def _stamp(self) -> Stamp | None:
        try:
            found = self.path.stat()
        except (OSError, ValueError):
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
