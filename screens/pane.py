"""A list in place of the queue: keys of its own, and those of the queue on the case of its line."""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual.containers import Container
from textual.events import Key
from textual.widget import Widget

from screens.ask.form import Form
from screens.host import Host
from screens.keys import is_wide_text
from workbench.words import _

QUEUE_ONLY = ("export", "save_view", "mark", "mark_range", "mark_all")  # what is about the queue itself


class Pane(Container):
    """Takes every key that comes to it: one of its context in the keymap, else one of the queue.

    A key of the queue acts on the case of the line under the cursor.
    """

    CONTEXT: ClassVar[str]
    WHOLE: ClassVar[bool] = False  # whether it takes the place of the card as well

    def __init__(self, host: Host, id: str) -> None:
        super().__init__(id=id)
        self.host = host
        self.instead: dict[
            str, Callable[[], None]
        ] = {}  # what a command of the queue does here, and not there

    @property
    def case_id(self) -> int | None:
        """The case of the line under the cursor; None if that is about none."""
        return None

    @property
    def no_case(self) -> str:
        """Why no case can be acted on here, in a sentence."""
        return _("There is no case under the cursor.")

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that do something now, and what."""
        raise NotImplementedError

    def knows(self, command: str) -> bool:
        """Say whether a command of the context means something here: a context may serve several panes."""
        return True

    def move(self, by: int) -> None:
        """Move the cursor by lines."""

    def run(self, command: str) -> None:
        """Do what a command of the context means."""
        raise NotImplementedError

    def changed(self) -> None:
        """Take in that somebody has changed a case; a pane that shows none has nothing to do."""

    def on_unmount(self) -> None:
        """Let the case be read that the next list stands on."""
        self.host.follow()

    def on_key(self, event: Key) -> None:
        """Do what the keymap says; one that belongs to the queue alone says so."""
        event.stop()
        event.prevent_default()
        self.host.feed.last_key = monotonic()
        own, common = (self.host.keys.command(context, event) for context in (self.CONTEXT, "queue"))
        if own is not None and (self.knows(own) or common is None):
            self.host.unwarn()
            self.run(own)
        elif is_wide_text(event):
            self.host.say(_("The input method is on; press Shift to switch it off."), "warning")
        elif common in QUEUE_ONLY:
            back = self.host.keys.first(self.CONTEXT, "cancel")
            self.host.say(
                _("This key is one of the list; {key} goes back there.").format(key=back), "warning"
            )
        elif common in self.instead:
            self.host.unwarn()
            self.instead[common]()
        elif common is not None:
            self.host.run(common)


class FormPane(Container):
    """A form in the strip that fills the places of list and card as well, while it is filled in.

    Attributes:
        in_list: What stands in the place of the list, where there is anything to choose from.
        on_card: What stands in the place of the card.
    """

    form: Form
    in_list: Widget
    on_card: Widget

    def keep_draft(self) -> None:
        """Keep what was typed, so that it outlives the terminal."""
        raise NotImplementedError
