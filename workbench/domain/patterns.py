"""Words in an order, or in either, with what may stand between; and what takes the harm out of them.

A pattern is no regular expression: ``A|B ~ C|D`` is one of A, B and behind it one of C, D; with ``&`` in
either order. All of it stands in one sentence.

Source: the forbidden phrases and over-promising of docs/regimes.md.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile

from msgspec import Struct

from workbench.domain.regime import Pattern, Phrase
from workbench.domain.word_places import (
    Span,
    by_first_sign,
    each_place,
    has_word,
    owners,
    places_of,
    signs_before,
)

ORDER, EITHER, OR = "~", "&", "|"
MOST_GROUPS = 4
KEPT = 1024  # sentences
_SENTENCE = re.compile(r"(?:[^。!?;….]+|\.(?!\s|$))+(?:[。!?;…]|\.(?=\s|$))*|[。!?;….]+")
_CLAUSE_ENDS = ",、:。!?;…"
Parts = tuple[Span, ...]  # where the words of a pattern stand, in the order of the text


def parsed(written: str) -> Pattern:
    """Return the pattern that a policy writes.

    Raises:
        ValueError: nothing stands for one of the words, both orders are mixed, or there are too many.
    """
    mark = EITHER if EITHER in written else ORDER
    if EITHER in written and ORDER in written:
        raise ValueError(written)
    groups = tuple(tuple(word.strip() for word in group.split(OR)) for group in written.split(mark))
    if not all(all(group) for group in groups) or len(groups) > (2 if mark == EITHER else MOST_GROUPS):
        raise ValueError(written)
    return Pattern(groups, mark == EITHER and len(groups) > 1)


class _Read(Struct, frozen=True):
    """A phrase as it is looked for: its words as they are heard."""

    key: str
    patterns: tuple[Pattern, ...]
    between: int
    unless: tuple[str, ...]
    but_for: tuple[str, ...]


class Matcher:
    """Finds the patterns of some phrases, and knows what takes the harm out of a finding of any kind.

    What is found in a sentence is kept: whoever types changes one of them.
    """

    def __init__(self, phrases: Mapping[str, Phrase], heard: Callable[[str], str]) -> None:
        self.phrases = phrases
        self._read = {each.id: _heard(each, heard) for each in phrases.values()}
        self._said = by_first_sign(
            (word, each.id) for each in phrases.values() for word in _words(each.says, heard)
        )
        self._marks = by_first_sign(
            (word, (each.key, place))
            for each in self._read.values()
            for place, pattern in enumerate(each.patterns)
            for word in _rarest(pattern)
        )
        self._found: dict[str, dict[str, list[Parts]]] = {}
        self._judged: dict[tuple[str, str, Parts], bool] = {}

    def of(self, heard: str) -> "Marks":
        """Return the patterns in ``heard``, a text without case, width and silent characters."""
        sentences = [(found.start(), found[0]) for found in _SENTENCE.finditer(heard)]
        hits: dict[str, list[Parts]] = {}
        for start, sentence in sentences:
            for key, places in self._in(sentence).items():
                hits.setdefault(key, []).extend(_moved(parts, start) for parts in places)
        return Marks(self, sentences, hits)

    def _in(self, sentence: str) -> dict[str, list[Parts]]:
        if (found := self._found.get(sentence)) is None:
            if len(self._found) >= KEPT:
                self._found, self._judged = {}, {}
            begun: dict[str, list[Pattern]] = {}
            for key, place in owners(self._marks, sentence):
                begun.setdefault(key, []).append(self._read[key].patterns[place])
            looked = ((key, _found(sentence, its, self._read[key].between)) for key, its in begun.items())
            found = self._found[sentence] = {key: hits for key, hits in looked if hits}
        return found

    def said(self, heard: str) -> set[str]:
        """Return the ids of the phrases of which one of the wordings is in ``heard``; see ``of``."""
        return owners(self._said, heard)

    def harmless(self, key: str, sentence: str, parts: Parts) -> bool:
        """Say whether what stands beside or between ``parts`` of a sentence takes the harm out of ``key``."""
        if not (self._read[key].unless or self._read[key].but_for):
            return False
        asked = (key, sentence, parts)
        if (known := self._judged.get(asked)) is None:
            known = self._judged[asked] = _harmless(self._read[key], sentence, parts)
        return known


class Marks(Struct, frozen=True):
    """What was found in one text: ``hits`` by the id of the phrase."""

    matcher: Matcher
    sentences: list[tuple[int, str]]
    hits: Mapping[str, list[Parts]]

    def harmless(self, key: str, parts: Parts) -> bool:
        """Say whether a finding of ``key``, its words at ``parts`` of the text, is to be left alone."""
        at = bisect_right(self.sentences, parts[0][0], key=lambda each: each[0]) - 1
        start, sentence = self.sentences[at]
        return self.matcher.harmless(key, sentence, _moved(parts, -start))


def _moved(parts: Parts, by: int) -> Parts:
    return tuple((first + by, after + by) for first, after in parts)


def _harmless(phrase: _Read, sentence: str, parts: Parts) -> bool:
    if any(has_word(sentence, word) for word in phrase.but_for):
        return True
    first, after = _clause(sentence, parts[0][0], parts[-1][1])
    clause = sentence[first:after]
    return any(
        not any(start <= first + at and first + end <= stop for start, stop in parts)
        for word in phrase.unless
        if word in clause
        for at, end in each_place(clause, word)
    )


def _heard(phrase: Phrase, heard: Callable[[str], str]) -> _Read:
    patterns = tuple(
        Pattern(tuple(_words(group, heard) for group in each.groups), each.either) for each in phrase.patterns
    )
    unless, but_for = _words(phrase.unless, heard), _words(phrase.but_for, heard)
    return _Read(phrase.id, patterns, phrase.between, unless, but_for)


def _words(written: tuple[str, ...], heard: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(said for word in written if (said := heard(word).strip()))


def _rarest(pattern: Pattern) -> tuple[str, ...]:
    """Return the words of a pattern without one of which it is nowhere: those of the longest ones."""
    return max(pattern.groups, key=lambda group: min(map(len, group), default=0))


def _clause(sentence: str, first: int, after: int) -> Span:
    """Return the clause, or the clauses, in which a finding stands."""
    start = max(sentence.rfind(mark, 0, first) for mark in _CLAUSE_ENDS) + 1
    ends = [at for mark in _CLAUSE_ENDS if (at := sentence.find(mark, max(after - 1, first))) >= 0]
    return start, max(min(ends, default=len(sentence)), after)


def _found(sentence: str, patterns: Iterable[Pattern], between: int) -> list[Parts]:
    """Return where ``patterns`` stand in a sentence, in its order, with so many signs ``between`` at most."""
    signs: list[int] = []
    hits: list[Parts] = []
    for pattern in patterns:
        places = list(takewhile(bool, (places_of(sentence, group) for group in pattern.groups)))
        if len(places) < len(pattern.groups):
            continue
        signs = signs or signs_before(sentence)
        hits += _chained(places, signs, between)
        if pattern.either:
            hits += _chained(places[::-1], signs, between)
    return sorted(hits)


def _chained(places: list[list[Span]], signs: list[int], between: int) -> Iterator[Parts]:
    """Yield each place of the first words with the nearest of the next ones, where they are near enough."""
    for first in places[0]:
        parts = [first]
        for group in places[1:]:
            here = parts[-1][1]
            at = bisect_left(group, (here, 0))
            if at == len(group) or signs[group[at][0]] - signs[here] > between:
                break
            parts.append(group[at])
        else:
            yield tuple(parts)
