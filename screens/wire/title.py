"""The title of the terminal's window: put there while something waits, and given back as it was."""

from collections.abc import Callable
from unicodedata import category

SAVE, RESTORE = "\x1b[22;2t", "\x1b[23;2t"  # the title onto a stack of the terminal's, and back from it
BEGIN, END = "\x1b]2;", "\x07"
WITHOUT = frozenset({"dumb", "linux"})  # terminals that have none, and might print it
LONGEST = 80  # characters


class Title:
    """Writes a title by ``write``; ``terminal`` is what TERM says."""

    def __init__(self, write: Callable[[str], None], terminal: str) -> None:
        self._write, self._able = write, terminal not in WITHOUT
        self.shown = ""

    def show(self, text: str) -> None:
        """Show ``text`` without anything in it that could end the title."""
        clean = "".join(sign for sign in text if category(sign)[0] != "C")[:LONGEST]
        if not self._able or clean == self.shown:
            return
        self._write(f"{'' if self.shown else SAVE}{BEGIN}{clean}{END}")
        self.shown = clean

    def clear(self) -> None:
        """Take the title away."""
        if self.shown:
            self._write(f"{BEGIN}{END}{RESTORE}")
            self.shown = ""
