"""From a key press to the id of a command, in the context where it was pressed."""

from textual.events import Key

from keymaps import Keymap, label, passes_input_method
from workbench.words import N_, _

OTHER_NAMES = frozenset(
    f"f{number}" for number in range(13, 25)
)  # what most terminals send for Shift+F1 to F12

ARROWS = frozenset((N_("Left"), N_("Right"), N_("Up"), N_("Down")))  # keys that have a word of their own


class Keys:
    """The keymap in use, as the screens ask it."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap

    def command(self, context: str, event: Key) -> str | None:
        """Return what the key means in ``context``; full-width letters count as the letters they show."""
        typed = event.character if event.is_printable and event.character != " " else None
        return self.keymap.action(context, typed or event.key)

    def first(self, context: str, command: str) -> str:
        """Return how the first key of a command is written."""
        return _in_words(self.keymap.shown(context, command))

    def way(self, command: str) -> str:
        """Return how to reach a command from the list: its key, or the menu's key and its letter there."""
        if key := self.first("queue", command):
            return key
        letter = self.first("more", command)
        return f"{self.first('queue', 'more')} {letter}".rstrip() if self.in_menu(command) else ""

    def in_menu(self, command: str) -> bool:
        """Say whether the menu holds a command."""
        return command in self.keymap.contexts["more"]

    def all(self, context: str, command: str) -> list[str]:
        """Return how the keys of a command are written, without other names of the same key."""
        return [_in_words(label(key)) for key in self.keymap.keys(context, command) if key not in OTHER_NAMES]

    def beside_typing(self, context: str, command: str) -> str:
        """Return a key of a command that a text field lets through; empty if it has none."""
        return next((key for key in self.keymap.keys(context, command) if passes_input_method(key)), "")


def _in_words(key: str) -> str:
    return _(key) if key in ARROWS else key


def is_wide_text(event: Key) -> bool:
    """Say whether the key brought text that an input method composed: nothing here is called that."""
    return event.character is not None and len(event.character) >= 1 and ord(event.character[0]) >= 0x2E80
