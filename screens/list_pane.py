"""A pane with one list: a title above it, the line under the cursor in full below it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from textual.app import ComposeResult
from textual.widgets import Static

from screens.pane import Pane
from screens.picking import PickList
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen


class ListPane(Pane):
    """Head, list and detail; ``commands`` says what each key of the context means."""

    def __init__(self, screen: "QueueScreen", id: str) -> None:
        super().__init__(screen, id)
        self.head, self.detail = Static("", markup=False), Static("", markup=False, id=f"{id}-detail")
        self.list = PickList(f"{id}-list")
        self.commands: dict[str, Callable[[], None]] = {
            "help": lambda: self.host.commands.run("help"),
            **self.list.moves(),
        }

    def compose(self) -> ComposeResult:
        """Lay out the title, the list, and the line under the cursor in full."""
        yield self.head
        yield self.list
        yield self.detail

    def on_mount(self) -> None:
        """Read what there is to show."""
        self.focus()
        self.refresh_rows()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Let the keys go to the list."""
        self.list.focus(scroll_visible)
        return self

    def run(self, command: str) -> None:
        """Do what a key means here, if it means anything: a context may serve more than one pane."""
        if command in self.commands:
            self.commands[command]()
        else:
            self.host.say(_("This key does nothing here."), "warning")

    def refresh_rows(self) -> None:
        """Read again, in the background."""
        raise NotImplementedError
