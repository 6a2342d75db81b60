"""What a text to the customer commits us to: a word of commitment and a time in one clause, each time once.

Source: "keep what was promised" of the regimes: what is told with a time is to be registered as a promise.
It asks, it never registers by itself: a false alarm costs one key, and tests/domain/test_commitments.py
says how often it is wrong on its own table.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from workbench.domain import commitment_words as words
from workbench.domain import spoken_times
from workbench.domain.cases import Case
from workbench.domain.phrases import in_place
from workbench.domain.times import local

# Where a sentence ends, and where a clause of one does. A point and a comma within a number do not.
_SENTENCES = re.compile(r"[^。!?;…\n]+?(?:[。!?;…\n]+|\.(?=\s|$)(?<![ap]\.m\.)|$)")
_CLAUSES = re.compile(r"[^,、:]+(?:(?:,(?=[0-9]{3})|(?<=[0-9]):(?=[0-9])|,(?= 20[0-9]{2}))[^,、:]+)*")
_QUOTED = re.compile(r"[\"“「『][^\"”」』]*[\"”」』]|(?<!\w)[‘'][^‘’']*[’'](?!\w)")

LONGEST = 200  # characters of a commitment that are quoted


class Commitment(NamedTuple):
    """What a text commits us to from ``start`` up to ``end``; ``due_at`` (UTC) is None for "soon"."""

    start: int
    end: int
    text: str
    due_at: datetime | None


def find(text: str, now: datetime, zone: tzinfo) -> tuple[Commitment, ...]:
    """Return what ``text`` commits us to, in its order; each time once.

    Args:
        text: What the customer was told.
        now: What relative times are counted from.
        zone: Where days begin and end.
    """
    folded = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), in_place(text))
    found = (
        one
        for clause in _clauses(folded)
        for start, end in _parted(folded, *clause)
        if (one := _committed(text, folded, start, end, now, zone))
    )
    return tuple({one.due_at: one for one in reversed(list(found))}.values())[::-1]


def unregistered(text: str, case: Case, now: datetime, zone: tzinfo) -> tuple[Commitment, ...]:
    """Return what ``text`` commits us to and no open promise of ``case`` is due at."""
    due = {promise.due_at for promise in case.promises if promise.state == "open"}
    return tuple(one for one in find(text, now, zone) if one.due_at not in due)


def as_typed(due_at: datetime, zone: tzinfo) -> str:
    """Return a time (UTC) as the verb ``promise`` takes it: the end of a day is its date."""
    typed = local(due_at, zone)
    if typed.endswith(" 00:00") and not due_at.second:
        return local(due_at - timedelta(minutes=1), zone)[:10]
    return typed


def _committed(
    text: str, folded: str, start: int, end: int, now: datetime, zone: tzinfo
) -> Commitment | None:
    timed, due_at = spoken_times.due(folded[start:end], now, zone)
    if not timed:
        return None
    said = " ".join(text[start:end].split()).strip(" ,，、。;；.!！")
    return Commitment(start, end, said[:LONGEST], due_at)


def _parted(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a commitment that each have a time: several times are several commitments.

    What comes first and promises nothing goes with what follows it: "once the report is here on Monday, ...".
    """
    begin = start
    for first, after in spoken_times.pieces(folded[start:end]):
        if start + after == end or begin > start or words.WORDS.search(folded[start + first : start + after]):
            yield begin, start + after
            begin = start + after


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where something is promised by its words; whether there is a time in it is another matter."""
    for sentence in _SENTENCES.finditer(folded):
        if words.ASKS.search(sentence[0]) or words.IF.search(sentence[0]):
            continue
        clauses = list(_CLAUSES.finditer(folded, *sentence.span()))
        if any(words.ASKED_FOR.search(clause[0]) for clause in clauses[:1]):
            continue
        yield from _joined(clauses)


def _joined(clauses: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Join a clause that has only a time, or only the words, with the one after it: "by Friday, we ..."."""
    start = end = 0
    so_far = (False, False)  # words, a time
    for clause in clauses:
        here = (_promises(clause[0]), _names_a_time(clause[0]))
        if all(so_far):
            if spoken_times.nothing_else(clause[0]):
                end = clause.end()  # "on Friday, at 5 pm"
                continue
            yield start, end
            so_far = (False, False)
        if here == (True, True) or here == so_far or not any(here) or not any(so_far):
            start, so_far = clause.start(), here
        else:
            so_far = (True, True)
        end = clause.end()
    if all(so_far):
        yield start, end


def _promises(clause: str) -> bool:
    if words.NOT.search(clause) or words.DONE.search(clause):
        return False
    if words.PLEASE.search(clause) and not words.WE.search(clause):
        return False
    return words.WORDS.search(clause) is not None


def _names_a_time(clause: str) -> bool:
    return not (words.NOT.search(clause) or words.DONE.search(clause)) and spoken_times.named(clause)
