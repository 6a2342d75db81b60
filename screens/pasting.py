"""Pasted text never becomes keys, whatever is in it, and comes as it was copied."""

from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Iterable
from functools import partial
from unicodedata import category

from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
# Textual looks for key sequences within a paste, and leaves NUL out of it.
TAKEN = {"\x1b": "\udc1b", "\x00": "\udc00"}  # what no terminal can send stands for them on the way
_THERE = str.maketrans(TAKEN)
_BACK = str.maketrans({stand_in: sign for sign, stand_in in TAKEN.items()})


class PasteParser(XTermParser):
    """Reads what the terminal sends; an escape character within a paste is text like any other.

    Most terminals take the escape character out of a paste; tmux does not.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._held = ""  # what may be the first half of the end of a paste

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events that ``data`` comes to."""
        clean = self._clean(data)
        if not clean and data:  # no data means the end of it all
            return
        for event in super().feed(clean):
            if isinstance(event, Paste):
                event.text = event.text.translate(_BACK)
            yield event

    def _clean(self, data: str) -> str:
        rest, self._held = self._held + data, ""
        done: list[str] = []
        while rest:
            mark = END if self._pasting else START
            text, found, rest = rest.partition(mark)
            if self._pasting:
                if not found:
                    text, self._held = _split(text)
                text = text.translate(_THERE)
            done += [text, found]
            self._pasting ^= bool(found)
        return "".join(done)


def forgiving(encoding: str) -> Callable[[], IncrementalDecoder]:
    """Return a decoder of what the terminal sends; bytes that are no text, a paste in GBK say, are U+FFFD."""
    return partial(getincrementaldecoder(encoding), errors="replace")


def with_line_feeds(text: str) -> str:
    """Return ``text`` with a line feed for each line end: most terminals paste carriage returns."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def brings_text(event: Key) -> bool:
    """Say whether a key brought text that Textual takes for none: a wide blank, a joiner of an emoji."""
    sign = event.character
    return sign is not None and len(sign) == 1 and not sign.isprintable() and category(sign) != "Cc"


def _split(text: str) -> tuple[str, str]:
    """Return ``text`` without an ending that may be the first half of ``END``, and that ending."""
    half = next((n for n in range(len(END) - 1, 0, -1) if text.endswith(END[:n])), 0)
    return text[: len(text) - half], text[len(text) - half :]
