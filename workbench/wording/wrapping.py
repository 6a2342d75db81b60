"""Text in lines of terminal cells: other words break at blanks, Chinese anywhere."""

import textwrap

from workbench.domain.regexes import later
from workbench.wording.cells import width

_PARTS = later("[!-~]+[，。；：、）]*|.[，。；：、）]*")  # no line begins with a closing sign


def wrapped(text: str, room: int) -> list[str]:
    """Return ``text``, which is one line, in lines of at most ``room`` cells; a longer word is cut."""
    if text.isascii():
        return textwrap.wrap(text, room) or [""]  # blanks alone are a line too
    lines = [""]
    for part in (piece for word in _PARTS.findall(text) for piece in _pieces(word, room)):
        if width(lines[-1]) + width(part) > room:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(word: str, room: int) -> list[str]:
    """Return a word in pieces of at most ``room`` cells."""
    if width(word) <= room:
        return [word]
    pieces = [""]
    for sign in word:
        if width(pieces[-1] + sign) > room and pieces[-1]:
            pieces.append("")
        pieces[-1] += sign
    return pieces
