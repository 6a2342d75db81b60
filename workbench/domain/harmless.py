"""Numbers that are seen at a glance to stand for nobody: many texts have that of a repair or an order."""

import re
from collections.abc import Sequence
from functools import cache
from re import Match

from workbench.domain.regexes import later

WORDS = 16  # signs before a number that may say what it is
FEW = 9  # digits, and less, stand for a person only by the signs before them
# Among these are no letter of a passport and no plus, and no word for a telephone ends like the last three.
_WORDS_ONLY = r"[0-9、。！，；？\u4e00-\u9fff]*(?:(?![话机码])[\u4e00-\u9fff]){3}"
_ONLY_WORDS = later(_WORDS_ONLY)
_LINES = later(rf"(?:{_WORDS_ONLY}\n)*")


def stands_for_nobody(text: str, run: Match[str]) -> bool:
    """Say that ``run`` is a short plain number behind Chinese words, none of which makes it personal.

    For all others this says no, whatever they are.
    """
    number, start = run[0], run.start()
    if len(number) > FEW or not (number.isascii() and number.isdecimal()):
        return False
    return _ONLY_WORDS.fullmatch(text, max(start - WORDS, 0), start) is not None


def stand_for_nobody(text: str, runs: Sequence[Match[str]]) -> bool:
    """Say that each of ``runs`` stands for nobody, by one look at what is before all of them."""
    if not runs:
        return True
    numbers = [run[0] for run in runs]
    together = "".join(numbers)
    if max(map(len, numbers)) > FEW or not (together.isascii() and together.isdecimal()):
        return False
    before = [text[max((start := run.start()) - WORDS, 0) : start] for run in runs]
    if "\n" in "".join(before):
        return False
    return _LINES.fullmatch("\n".join([*before, ""])) is not None


def is_quick(text: str) -> bool:
    """Say that ``quick`` reads ``text``: all of its signs are of the first plane."""
    return len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)


@cache
def quick(pattern: str) -> re.Pattern[str]:
    r"""Return ``pattern`` for texts of the first plane, its digits spelt out: a third of the time a sign.

    A set with a class like ``\d`` in it is gone through piece by piece, one of signs alone is looked up.
    """
    digits = "".join(sign for code in range(1 << 16) if (sign := chr(code)).isdecimal())
    return re.compile(pattern.replace(r"\d", digits))
