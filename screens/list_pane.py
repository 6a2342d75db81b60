"""A pane with one list in the place of the queue: titled in the first line, told in full in the strip."""

from collections.abc import Callable, Hashable, Sequence
from typing import Self

from textual.app import ComposeResult
from textual.content import Content

from screens.host import Host
from screens.pane import Pane
from screens.pick_list import PickList
from workbench.words import _


class Told:
    """Something that a pane says elsewhere on the frame."""

    content = Content()

    def update(self, content: Content) -> None:
        """Say something else, the next time that the case is drawn."""
        self.content = content


class HeadedPane(Pane):
    """A pane whose title stands in the first line, and in the strip what its cursor stands on."""

    def __init__(self, host: Host, id: str) -> None:
        super().__init__(host, id)
        self.head, self.detail = Told(), Told()


class ListPane(HeadedPane):
    """Head, list and detail; ``commands`` says what each key of the context means."""

    def __init__(self, host: Host, id: str) -> None:
        super().__init__(host, id)
        self.list = PickList(f"{id}-list")
        self.commands: dict[str, Callable[[], None]] = {
            "help": lambda: self.host.run("help"),
            **self.list.moves(),
        }

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield self.list

    def on_mount(self) -> None:
        """Read what there is to show."""
        self.focus()
        self.refresh_rows()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Let the keys go to the list."""
        self.list.focus(scroll_visible)
        return self

    def knows(self, command: str) -> bool:
        """Say whether a key of the context means something here."""
        return command in self.commands

    def move(self, by: int) -> None:
        """Move the cursor by lines."""
        self.list.move(by)

    def way_on(self, said: str) -> str:
        """Return why the list is empty, and where there is something to do."""
        keys = self.host.keys
        back, free = keys.first(self.CONTEXT, "cancel"), keys.first("queue", "queue.3")
        template = _("{said} {free} shows the cases that nobody handles; {back} goes back to the queue.")
        return template.format(said=said, free=free, back=back)

    def stay(self, before: Hashable, keys: Sequence[Hashable]) -> int:
        """Return where the line ``before`` stands by now; if it has gone, the place that it had."""
        return keys.index(before) if before in keys else max(self.list.cursor, 0)

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        """Say in full what the cursor stands on; its case is read when the cursor rests."""
        event.stop()
        self.about()
        self.host.follow()

    def run(self, command: str) -> None:
        """Do what a key means here, if it means anything: a context may serve more than one pane."""
        if command in self.commands:
            self.commands[command]()
        else:
            self.host.say(_("This key does nothing here."), "warning")

    def about(self) -> None:
        """Say in full what the cursor stands on."""
        raise NotImplementedError

    def refresh_rows(self) -> None:
        """Read again, in the background."""
        raise NotImplementedError
