"""Sums that a text offers to the customer: 5000元, 五千块, 2万, double, three years' fees waived.

Source: "promise nothing beyond one's authority" (S3): a sum that the customer hears is either given by
the act for it, or said not to be an offer. What is asked for, charged or refused is no offer.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from workbench.domain import sum_words as words
from workbench.domain.case_parts import PAID
from workbench.domain.cases import Case
from workbench.domain.phrases import in_place

_SENTENCES = re.compile(r"[^。!?;…\n]+?(?:[。!?;…\n]+|\.(?=\s|$)|$)")
_CLAUSES = re.compile(r"[^,、:]+(?:(?:,(?=[0-9]{3})|(?<=[0-9]):(?=[0-9]))[^,、:]+)*")
_QUOTED = re.compile(r"[\"“「『][^\"”」』]*[\"”」』]|(?<!\w)[‘'][^‘’']*[’'](?!\w)")
_DIGITS = {mark: at for at, mark in enumerate("零一二三四五六七八九")}
_DIGITS |= {mark: at for at, mark in enumerate("〇壹贰叁肆伍陆柒捌玖")} | {"两": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_EN = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_TIMES = {"k": 1000, "thousand": 1000, "hundred": 100, "million": 1_000_000, "": 1}
LEAST_IN_PIECES = 10  # "两块" are two pieces of something, "十块" is money


class Sum(NamedTuple):
    """What is offered from ``start`` up to ``end``; ``amount`` in yuan, None where no number says it.

    ``further``: it is said to come on top of what was given before.
    """

    start: int
    end: int
    text: str
    amount: Decimal | None
    further: bool


def find(text: str) -> tuple[Sum, ...]:
    """Return the sums that ``text`` offers, in its order."""
    folded = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), in_place(text))
    return tuple(
        Sum(start, end, " ".join(text[start:end].split()), amount, further)
        for start, end, amount, further in _offered(folded)
    )


def uncovered(found: Iterable[Sum], case: Case | None) -> tuple[Sum, ...]:
    """Return those of ``found`` that no granted sum on ``case`` covers: all of them, or none.

    A sum that is paid covers what is said of it, and nothing further. What has no number is covered by any
    sum that stands; numbers by their total, or the largest by as much.
    """
    wanted = tuple(found)
    further = any(each.further for each in wanted)
    standing = (each for each in case.money if not (further and each.state == PAID)) if case else ()
    granted = sum((each.amount for each in standing), Decimal(0))
    amounts = {each.amount for each in wanted if each.amount is not None}
    largest = max(amounts, default=Decimal(0))
    return () if granted and (sum(amounts) <= granted or largest == granted) else wanted


def _offered(folded: str) -> Iterator[tuple[int, int, Decimal | None, bool]]:
    for sentence in _SENTENCES.finditer(folded):
        if not words.MAY_NAME.search(sentence[0]):  # most sentences, and each look below costs
            continue
        if words.CONTRACT.search(sentence[0]) and not words.OURS.search(sentence[0]):
            continue
        clauses = [(*clause.span(), clause[0]) for clause in _CLAUSES.finditer(folded, *sentence.span())]
        if not any(list(_named(said)) for _start, _end, said in clauses):
            continue
        spoken = [clause for clause in clauses if not (_refused(clause[2]) or _charged(clause[2]))]
        gives = any(words.GIVES.search(said) for _start, _end, said in spoken)
        if gives or words.ALONE.fullmatch(sentence[0]):
            for start, _end, said in spoken:
                further = bool(words.MORE.search(said))
                yield from ((start + a, start + z, amount, further) for a, z, amount in _named(said))


def _refused(clause: str) -> bool:
    """Say whether the sum of ``clause`` is denied, was paid already, or is what the customer asked for."""
    if words.WAS_PAID.search(clause) and not words.MORE.search(clause):
        return True
    if words.NOT.search(words.NOT_ONLY.sub("", clause)):
        return True
    return bool(words.ASKED_FOR.search(clause)) and not words.WE_AGREE.search(clause)


def _charged(clause: str) -> bool:
    """Say whether the sum of ``clause`` is what the customer pays, to us or to somebody else."""
    if words.THEIRS.search(clause) and not words.OURS_ALONE.search(clause):
        return True
    gives = words.GIVES.search(words.PAYS.sub("", clause))
    return bool(words.PAYS.search(clause)) and not gives


def _named(clause: str) -> Iterator[tuple[int, int, Decimal | None]]:
    """Yield the sums of a clause; what lies within another is part of it."""
    if not words.MAY_NAME.search(clause):
        return
    hits = [(*found.span(), _amount(found)) for found in words.PLAIN.finditer(clause)]
    hits += [
        (*found.span(), yuan(found["bare"] or found["en_bare"])) for found in words.BARE.finditer(clause)
    ]
    hits += [(*found.span(), None) for found in words.OTHER.finditer(clause)]
    done = 0
    for start, end, amount in sorted((hit for hit in hits if hit[2] != 0), key=lambda hit: (hit[0], -hit[1])):
        if start >= done:
            yield start, end, amount
            done = end


def _amount(found: re.Match[str]) -> Decimal | None:
    """Return the yuan that a plain sum says; 0 where it is none: two pieces of something."""
    if number := found["digits"]:
        return yuan(number + (found["tens"] or ""))
    amount = yuan(found["sign"] or found["great"] or found["en"] or found["zh"])
    pieces = found["zh"] and found[0].endswith("块") and amount is not None and amount < LEAST_IN_PIECES
    return Decimal(0) if pieces else amount


def yuan(said: str) -> Decimal | None:
    """Return the number that ``said`` writes in digits, Chinese or English; None for "几千"."""
    said = said.replace(",", "").strip()
    digits = re.match(r"[0-9]+(?:\.[0-9]+)?", said)
    if digits:
        rest = said[digits.end() :].strip()
        times = {**_TENS, **_GREAT, **_TIMES}.get(rest)
        return Decimal(digits[0]) * times if times else None
    if said.isascii():
        return _english(said.split())
    return _chinese(said)


def _english(said: list[str]) -> Decimal | None:
    total = Decimal(0)
    for word in said:
        if word in _TIMES:
            total = max(total, Decimal(1)) * _TIMES[word]
        else:
            total += _EN[word]
    return total or None


def _chinese(said: str) -> Decimal | None:
    total = part = digit = 0
    ten = 10  # what a last digit counts: 两千五 is two thousand five hundred, 两千零五 is not
    for mark in said:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
            ten = ten if digit else 10
        elif mark in _TENS:
            ten = _TENS[mark]
            part += (digit or 1) * ten
            digit = 0
        elif mark in _GREAT:
            ten = _GREAT[mark]
            total, part, digit = (total + part + digit) * ten, 0, 0
        else:
            return None
    return Decimal(total + part + digit * (ten // 10)) or None
