"""Where words stand in a text, those of an alphabet as whole words only, and which of many are there at all.

A text has few of the words that it is searched for: they are looked up by their first sign.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TypeVar

Span = tuple[int, int]
Key = TypeVar("Key")
Index = dict[str, dict[str, set[Key]]]  # by the first sign: words, and whose they are


def by_first_sign(words: Iterable[tuple[str, Key]]) -> Index[Key]:
    """Return whose each word is, by how it begins: of most words a text has not even that."""
    found: Index[Key] = {}
    for word, key in words:
        found.setdefault(word[0], {}).setdefault(word, set()).add(key)
    return found


def owners(words: Index[Key], text: str) -> set[Key]:
    """Return whose words are in ``text``."""
    known_by = (words[sign] for sign in set(text) if sign in words)
    return {key for known in known_by for word, keys in known.items() if word in text for key in keys}


def places_of(sentence: str, group: tuple[str, ...]) -> list[Span]:
    """Return where the words of ``group`` stand, in order."""
    return sorted(span for word in group if word in sentence for span in each_place(sentence, word))


def has_word(text: str, word: str) -> bool:
    """Say whether ``word`` stands anywhere."""
    return word in text and any(True for _ in each_place(text, word))


def each_place(text: str, word: str) -> Iterator[Span]:
    """Yield where ``word`` stands; in an alphabet as whole words only."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_within(text, at) or _within(text, end)):
            yield at, end
        at = text.find(word, at + 1)


def _within(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_letter(text[at - 1]) and _is_letter(text[at])


def _is_letter(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def signs_before(sentence: str) -> list[int]:
    """Return how many signs stand before each place: Chinese characters, and words of an alphabet."""
    counts = (
        (character >= "\u2e80" and character.isalnum())
        or (_is_letter(character) and not _within(sentence, at))
        for at, character in enumerate(sentence)
    )
    return list(accumulate(counts, initial=0))
