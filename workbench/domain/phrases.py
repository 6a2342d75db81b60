"""Words that a reply should not hold, found in a text: forbidden ones and those that promise too much.

Source: the ten forbidden phrases and "promise nothing beyond one's authority" of docs/regimes.md; which
words they are is the policy's own choice.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from workbench.domain.patterns import Marks, Matcher
from workbench.domain.regime import Phrase
from workbench.domain.text import narrow

# What a person does not hear: quoting marks and characters without width; blanks are heard as one at most
# (a single one before a word is left alone, which spares most of the work).
_SILENT = re.compile(
    "(?! [0-9a-z])[\\s\"'`´\u2018-\u201f\u300c-\u300f\ufe41-\ufe44\xab\xbb\xad\u200b-\u200f\u2060\ufeff]+"
)
_APOSTROPHES = ("'", "\u2019")
_ONE_FOR_ONE = {code: chr(code).lower() for code in range(0x80, 0x530) if len(chr(code).lower()) == 1}


class Finding(NamedTuple):
    """A phrase that a text holds from ``start`` up to ``end``, counted in characters of the text as it is."""

    start: int
    end: int
    phrase: Phrase


def check(text: str, phrases: Mapping[str, Phrase]) -> tuple[Finding, ...]:
    """Return the phrases that ``text`` holds, in its order.

    Case, width, quoting marks and line breaks do not matter. Words of an alphabet are found as whole
    words only: "trifle" is not in "trifles".
    """
    if not phrases or not text:
        return ()
    heard, places = _heard(text)
    matcher = _matcher(phrases)
    marks, said = matcher.of(heard), matcher.said(heard)
    found = [
        Finding(start, end, phrase)
        for phrase in phrases.values()
        if phrase.id in marks.hits or phrase.id in said  # few are
        for start, end in _spans(text, heard, places, phrase, marks)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, -finding.end)))


_MATCHER: list[Matcher] = []  # for the phrases that were looked for last: those of the policy in force


def _matcher(phrases: Mapping[str, Phrase]) -> Matcher:
    """Return what finds the patterns of ``phrases``; made anew only for others."""
    known = next(iter(_MATCHER), None)
    if known is None or known.phrases is not phrases:
        known = Matcher(phrases, lambda words: _heard(words)[0])
        _MATCHER[:] = [known]
    return known


def ids(text: str, phrases: Mapping[str, Phrase]) -> list[str]:
    """Return the ids of the phrases in ``text``, each once, in the order of the text."""
    return list(dict.fromkeys(finding.phrase.id for finding in check(text, phrases)))


class _Places:
    """Where the characters of what is heard stand in the text as it is."""

    def __init__(self) -> None:
        self.after, self.gone = [0], [0]  # from which character on how many are gone before it

    def leave_out(self, start: int, end: int) -> None:
        """Note that the characters from ``start`` up to ``end`` are not heard."""
        self.after.append(start - self.gone[-1])
        self.gone.append(self.gone[-1] + end - start)

    def of(self, heard: int) -> int:
        """Return the place of the character number ``heard``."""
        return heard + self.gone[bisect_right(self.after, heard) - 1]


def _heard(text: str) -> tuple[str, _Places]:
    """Return ``text`` without case, width and silent characters, and the way back to its places."""
    folded, places = in_place(text), _Places()
    kept: list[str] = []
    done = 0
    for found in _SILENT.finditer(folded):
        start, end = found.span()
        blank = any(map(str.isspace, found[0])) and not _between_chinese(folded, start, end)
        kept.append(folded[done:start] + " " * blank)
        places.leave_out(start, end - blank)
        done = end
    return "".join((*kept, folded[done:])), places


def _between_chinese(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] >= "\u2e80" and text[end : end + 1] >= "\u2e80"


def in_place(text: str) -> str:
    """Return ``text`` in lower case and half width, every character in its place."""
    folded = narrow(text)
    lower = folded.lower()
    return lower if len(lower) == len(folded) else folded.translate(_ONE_FOR_ONE)


@lru_cache(maxsize=256)
def _sought(says: tuple[str, ...]) -> tuple[str, ...]:
    heard = (_heard(words)[0].strip() for words in says)
    return tuple(words for words in heard if words)


def _spans(text: str, heard: str, places: _Places, phrase: Phrase, marks: Marks) -> Iterator[tuple[int, int]]:
    done = 0  # two wordings of one phrase in one place are one finding
    hits = ((heard.find(words), words) for words in _sought(phrase.says) if words in heard)
    said = ((span,) for at, words in hits for span in _each(heard, words, at))
    for parts in sorted([*marks.hits.get(phrase.id, ()), *said]):
        start, end = places.of(parts[0][0]), places.of(parts[-1][1] - 1) + 1
        whole = start >= done and not _inside_a_word(text, start) and not _inside_a_word(text, end)
        if whole and not marks.harmless(phrase.id, parts):
            yield start, end
            done = end


def _each(heard: str, words: str, at: int) -> Iterator[tuple[int, int]]:
    while at >= 0:
        yield at, at + len(words)
        at = heard.find(words, at + 1)


def _inside_a_word(text: str, at: int) -> bool:
    """Say whether ``at`` lies within a word of an alphabet; ``can't`` is one word."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if _is_letter(before):
        return _is_letter(after) or (after in _APOSTROPHES and _is_letter(text[at + 1 : at + 2]))
    return before in _APOSTROPHES and _is_letter(after) and at > 1 and _is_letter(text[at - 2])


def _is_letter(character: str) -> bool:
    return (character < "\u2e80" or "\uff01" <= character <= "\uff5e") and character.isalnum()
