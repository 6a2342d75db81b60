"""Widths in terminal cells, for plain tables; rich would cost every verb 45 ms."""

from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """Return how many terminal cells ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1 for character in text
    )


def padded(text: str, cells: int) -> str:
    """Return ``text`` filled up with blanks to ``cells``; a longer one stays whole."""
    return text + " " * (cells - width(text))


def fitted(text: str, cells: int) -> str:
    """Return ``text`` cut to ``cells``, a cut shown by ``...``."""
    if width(text) <= cells:
        return text
    kept, room = "", cells - 3
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept += character
    return kept + "..."
