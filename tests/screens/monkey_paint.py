"""How often the monkey has the screen painted: half of the time that a key costs goes into cells nobody looks at.

What is laid out, what is read and what is stored stays as it is; what was not painted is painted with the next
frame that is, and whenever the monkey looks round.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual._compositor import Compositor

from tests.screens.monkey_rules import FoundError
from tests.screens.support import picture


@contextmanager
def painted(every: int) -> Iterator[None]:
    """Paint each so many-th frame."""
    real, frames = Compositor.render_update, 0

    def render_update(compositor: Compositor, *given: Any, **more: Any) -> Any:
        nonlocal frames
        frames += 1
        return real(compositor, *given, **more) if not frames % every else None

    with patch.object(Compositor, "render_update", render_update):
        yield


def look(app: Any) -> None:
    """Look at the whole screen.

    Raises:
        FoundError: there is nothing to be seen.
    """
    if app._running and not app._exit and app.screen_stack and not picture(app).strip():
        raise FoundError("the screen is empty")
