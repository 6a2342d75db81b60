"""The Escape key, told soon from the keys whose names begin with it."""

import os
import sys
from collections.abc import Iterable, Mapping
from select import select

from textual import constants
from textual.message import Message

from screens.pasting import PasteParser

# A terminal sends an arrow key in one piece; where a line tears it apart, ESCDELAY says how long to wait.
SECONDS = 0.025


class KeyParser(PasteParser):
    """Waits for what follows an Escape as long as it may take, not for the next turn of the driver."""

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events that ``data`` comes to; after a lone Escape, when it is sure to be one."""
        yield from super().feed(data)
        if data and self._timeout_time is not None and sys.__stdin__:
            # the driver looks again only after 100 ms of silence
            select([sys.__stdin__], [], [], constants.ESCAPE_DELAY)


def be_quick(environ: Mapping[str, str] = os.environ) -> None:
    """Wait no longer than needed, unless whoever started the program knows better: ``ESCDELAY``, in ms."""
    if "ESCDELAY" not in environ:
        constants.ESCAPE_DELAY = SECONDS  # type: ignore[misc]  # it has no setting for this
