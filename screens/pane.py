"""A pane in place of the list that has keys of its own; no key of it acts on the case beneath."""

from typing import ClassVar

from textual.containers import Container
from textual.events import Key
from textual.widget import Widget

from screens.ask.form import Form
from screens.host import Host
from screens.keys import is_wide_text
from workbench.words import _


class Pane(Container):
    """Takes every key that comes to it, and knows those of its context in the keymap."""

    CONTEXT: ClassVar[str]

    def __init__(self, host: Host, id: str) -> None:
        super().__init__(id=id)
        self.host = host

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that do something now, and what."""
        raise NotImplementedError

    def run(self, command: str) -> None:
        """Do what a command of the context means."""
        raise NotImplementedError

    def changed(self) -> None:
        """Take in that somebody has changed a case; a pane that shows none has nothing to do."""

    def on_key(self, event: Key) -> None:
        """Do what the keymap says; one that belongs to the list says so."""
        event.stop()
        event.prevent_default()
        command = self.host.keys.command(self.CONTEXT, event)
        if command is not None:
            self.host.unwarn()
            self.run(command)
        elif is_wide_text(event):
            self.host.say(_("The input method is on; press Shift to switch it off."), "warning")
        elif self.host.keys.command("queue", event) is not None:
            back = self.host.keys.first(self.CONTEXT, "cancel")
            self.host.say(
                _("This key is one of the list; {key} goes back there.").format(key=back), "warning"
            )


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
