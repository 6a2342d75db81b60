"""A program that writes to its terminal only what differs from what that shows."""

import os

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.driver import Driver
from textual.filter import Monochrome, NoColor
from textual.screen import Screen

from screens.wire.shown import Shown, returning
from screens.wire.title import Title


class SparingApp(App[int], inherit_bindings=False):
    """Knows what the terminal shows by now (``shown``)."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = Shown()
        self.title_of_window = Title(self._send, os.environ.get("TERM", ""))
        if self.no_color:
            # Grey is a colour too: without this a terminal gets 24-bit codes all the same.
            self._filters = [NoColor() if isinstance(f, Monochrome) else f for f in self._filters]

    def get_driver_class(self) -> type[Driver]:
        """Draw everything again where the program comes back from the shell."""
        return returning(super().get_driver_class())

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Write what differs: Textual has no setting for this."""
        if isinstance(renderable, CompositorUpdate):
            renderable = self.shown.only_new(renderable, self.size)
        super()._display(screen, renderable)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles for other colours; before there is a screen they are about to be read anyway."""
        if self._screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_unmount(self) -> None:
        """Leave the window with the title that it had."""
        self.title_of_window.clear()

    def _send(self, sequence: str) -> None:
        """Write what the terminal itself takes, beside the picture."""
        if self._driver is not None:
            self._driver.write(sequence)

    def on_redraw(self) -> None:
        """Draw everything, whatever the terminal shows: others may have written to it."""
        self.shown.forget()
        self.screen.refresh(layout=True)
