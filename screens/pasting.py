"""Pasted text never becomes keys, whatever is in it."""

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
ESCAPE, PICTURE = "\x1b", "\u241b"


class PasteParser(XTermParser):
    """Reads what the terminal sends; an escape character within a paste is a picture of one.

    Textual looks for key sequences within a paste too, and hands on as key presses what is none. Most
    terminals take the escape character out of a paste; tmux does not.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._held = ""  # what may be the first half of the end of a paste

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events that ``data`` comes to."""
        clean = self._clean(data)
        return super().feed(clean) if clean or not data else ()  # no data means the end of it all

    def _clean(self, data: str) -> str:
        rest, self._held = self._held + data, ""
        done: list[str] = []
        while rest:
            mark = END if self._pasting else START
            text, found, rest = rest.partition(mark)
            if self._pasting:
                if not found:
                    text, self._held = _split(text)
                text = text.replace(ESCAPE, PICTURE)
            done += [text, found]
            self._pasting ^= bool(found)
        return "".join(done)


def _split(text: str) -> tuple[str, str]:
    """Return ``text`` without an ending that may be the first half of ``END``, and that ending."""
    half = next((n for n in range(len(END) - 1, 0, -1) if text.endswith(END[:n])), 0)
    return text[: len(text) - half], text[len(text) - half :]
