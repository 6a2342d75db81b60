"""Cells that a spreadsheet reads as text and nothing else.

A formula in an exported complaint would run on the machine of whoever opens the file, and a number of
12 digits or more would lose its last ones.

Source: OWASP, CSV injection; the rule at the end of docs/verbs.md.
"""

import re
from collections.abc import Sequence

LONGEST_NUMBER = 11  # digits that every spreadsheet keeps and shows
MARK = "'"
LETTER = "x"

BREAKS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
# What a reader may skip at the start of a line: blanks, controls, signs that are not seen, a double quote.
SKIPPED = (
    '["\\x00-\\x08\\x0e-\\x1b\\x1f \\x7f-\\x84\\x86-\\xa0\\xad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f'
    "\\u0890\\u0891"
    "\\u08e2\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180e\\u2000-\\u200f\\u202a-\\u202f\\u205f-\\u206f\\u3000\\u3164\\ufe00-\\ufe0f"
    "\\ufeff\\uffa0\\ufff0-\\ufffb\\U000110bd\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff]*"
)
DANGEROUS = "[=+\\-@＝＋－＠|%\t]"
_LINE = re.compile(f"(^|\r\n|[{BREAKS}])(?={SKIPPED}{DANGEROUS})")
_LONG = re.compile(rf"\d{{{LONGEST_NUMBER + 1}}}")
NUMBER = re.compile(r"\s*\d{12,}(?:[.,]\d*)?\s*")


def guarded(text: str) -> str:
    """Return ``text`` with an apostrophe before every line that could be taken for a formula.

    A line counts from its first sign that is seen. Doing it twice changes nothing.
    """
    if text.isprintable() and text[:1].isalnum():  # one line, and it starts with a letter or digit
        if len(text) <= LONGEST_NUMBER or not NUMBER.fullmatch(text):
            return text
        return MARK + text
    text = _LINE.sub(rf"\1{MARK}", text)
    return MARK + text if NUMBER.fullmatch(text) else text


def nothing_to_guard(texts: Sequence[str]) -> bool:
    """Say that ``guarded`` changes none of ``texts``, by one look at all; False where it takes a closer one.

    None of ``texts`` is empty.
    """
    together = LETTER.join(texts)  # a number does not go on behind a letter
    firsts = "".join([text[0] for text in texts])
    return not texts or (firsts.isalnum() and together.isprintable() and not _LONG.search(together))
