"""What a column probably is: by the words of its headline, and by what its cells look like."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from workbench.exchange.headline_words import (
    CHANNEL_WORDS,
    CLOSED_IN,
    CLOSED_WORDS,
    HEADLINES,
    NOT_CLOSED,
    NOT_THAT,
)

MOSTLY = 0.9  # of the cells that hold anything
NAMES_KEPT = 1_000
MOSTLY = 0.9  # of the cells that hold anything

_PHONE = re.compile(r"(?:\+?86)?[- ]?1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8}")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

Columns = dict[str, list[str]]  # headline -> the cells that hold anything


def score(headline: str, role: str) -> int:
    """Return how well a headline fits a role; 0 if it does not. Earlier words and whole headlines win."""
    plain = _parted(headline)
    close = plain.replace(" ", "")
    if any(_inside(word, plain) for word in NOT_THAT.get(role, ())):
        return 0
    for place, word in enumerate(HEADLINES[role]):
        if close == word.replace(" ", ""):
            return 200 - place
        if _inside(word, plain):
            return 100 - place
    return 0


@lru_cache(NAMES_KEPT)
def _parted(headline: str) -> str:
    """Return the words of a headline with blanks between; ``StatusNotes`` has two, ``CASEID`` is one."""
    return re.sub(r"[\W_]+", " ", _CAPITAL.sub(" ", headline).lower()).strip()


def _inside(word: str, plain: str) -> bool:
    """Tell whether ``word`` is in a headline: Chinese anywhere, letters as words of their own."""
    return f" {word} " in f" {plain} " if word.isascii() else word in plain


def inside(word: str, headline: str) -> bool:
    """Tell whether a headline has ``word`` in it."""
    return _inside(word, _parted(headline))


def ranked(role: str, names: Iterable[str]) -> list[str]:
    """Return the headlines that fit a role, the best first; equals in the order of the file."""
    scored = [(score(name, role), name) for name in names]
    return [name for points, name in sorted(scored, key=lambda pair: -pair[0]) if points]


def looks_like_phones(cells: Sequence[str]) -> bool:
    """Tell whether most cells are phone numbers of China."""
    return bool(cells) and sum(bool(_PHONE.fullmatch(cell.strip())) for cell in cells) >= MOSTLY * len(cells)


def channel_of(value: str) -> str:
    """Return the channel that a source's word probably means; empty if it says nothing."""
    plain = value.lower()
    return next((channel for word, channel in CHANNEL_WORDS.items() if word in plain), "")


def is_closed_word(value: str) -> bool:
    """Tell whether a status probably means that the case was closed."""
    plain = value.strip().lower()
    said = set(re.findall(r"[a-z]+", plain))
    return plain in CLOSED_WORDS or bool(said & CLOSED_IN and not said & NOT_CLOSED)
