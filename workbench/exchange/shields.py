"""Cells of a CSV for people: what a spreadsheet would turn into a date, a number or a formula stays a text.

Excel and LibreOffice turn ``3-1`` into the first of March, ``00123`` into 123, ``1E5`` into 100,000. A guard
is one apostrophe before the cell, or before a line in it; reading takes exactly that one off again, so a text
that began with apostrophes keeps them.

Source: OWASP, CSV injection; the number detection of LibreOffice in zh-CN and of Excel; docs/files.md.
"""

import re
from collections.abc import Sequence

from workbench.exchange.cells import BREAKS, DANGEROUS, MARK, NUMBER, SKIPPED

LONGEST = 64  # signs: nothing longer is taken for a date or a number, but digits alone
_GUARD = re.compile(f"(^|\r\n|[{BREAKS}])(?={MARK}*{SKIPPED}{DANGEROUS})")
_GUARDED = re.compile(f"(^|\r\n|[{BREAKS}]){MARK}(?={MARK}*{SKIPPED}{DANGEROUS})")
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_HALF = r"上午|下午|中午|凌晨|早上|晚上|[ap]\.?m\.?|\s[ap]\b"
_SIGNS = r"[\d\s.,:/\-+()%'年月日时時分秒¥￥$€£]"
_LIKE = re.compile(rf"(?=.*\d)(?:{_SIGNS}|(?<=\d)[et](?=[+-]?\d)|(?<=\d)z|{_HALF}|{_MONTH}|{_DAY})+")
_BREAK = re.compile(f"[{BREAKS}]")
_PLAIN = re.compile(r"0|[1-9][0-9]{0,10}")
_BY_DASHES = re.compile(r"[0-9]+(?:-[0-9]+)+")
_LONG_PART = re.compile(r"[0-9]{5}")
_WORD = re.compile(r"true|false|#(?:n/a|div/0!|value!|ref!|name\?|num!|null!)")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Seen at a glance to be no quantity: words in Chinese (but of the time of day), a letter with a digit behind
# it, a masked phone, a whole number
_FIRST = "(?![上下中凌早晚])[\u4e00-\u9fff]"
_GLANCE = rf"(?:{_FIRST}.*|[A-Za-z][0-9].*|[0-9]{{3}}\*{{4}}[0-9]{{4}}|[1-9][0-9]{{0,10}})"
_HARMLESS = re.compile(_GLANCE)
_ALL_HARMLESS = re.compile(rf"(?:{_GLANCE}\n)*")
_CHINESE = re.compile(f"(?:{_FIRST})*")
_HOME = re.compile("[1-9][0-9]{0,3}-[0-9]{1,4}")  # as most homes are written


def like_a_quantity(text: str) -> bool:
    """Say whether a spreadsheet may show ``text`` as something else: a date, a time, a number, a truth.

    A whole number of up to 11 digits without zeros before it is shown as it is written, and so stays.
    """
    if _PLAIN.fullmatch(text):
        return False
    if NUMBER.fullmatch(text):
        return True
    if len(text) > LONGEST or _BREAK.search(text):
        return False
    narrow = text.strip().translate(_NARROW).casefold()
    if not _LIKE.fullmatch(narrow):
        return _WORD.fullmatch(narrow) is not None
    if _BY_DASHES.fullmatch(narrow):  # a telephone has a part that no date has
        return _LONG_PART.search(narrow) is None
    return True


def shielded(text: str) -> str:
    """Return ``text`` with an apostrophe wherever a spreadsheet would not show it as it is."""
    if _HOME.fullmatch(text):
        return MARK + text
    if _HARMLESS.fullmatch(text) and text.isprintable():
        return text
    starts = _GUARD.match(text)
    if not starts and like_a_quantity(text.lstrip(MARK)):
        return MARK + text
    return text if starts is None and text.isprintable() else _GUARD.sub(rf"\1{MARK}", text)


def unshielded(text: str) -> str:
    """Return what ``shielded`` was given."""
    if not text.startswith(MARK) and text.isprintable():
        return text
    if text.startswith(MARK) and not _GUARDED.match(text) and like_a_quantity(text.lstrip(MARK)):
        return text[len(MARK) :]
    return _GUARDED.sub(r"\1", text)


def nothing_to_shield(texts: Sequence[str]) -> bool:
    """Say that ``shielded`` changes none of ``texts``, by one look at all; False where it takes a closer one.

    None of ``texts`` is empty.
    """
    together = "".join(texts)
    if not together.isprintable():
        return False
    firsts = "".join([text[0] for text in texts])
    if _CHINESE.fullmatch(firsts):
        return True
    return _ALL_HARMLESS.fullmatch("\n".join([*texts, ""])) is not None
