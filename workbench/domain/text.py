"""Text that people gave us: stored as it came, made harmless before it is shown.

Complaints are hostile input: a control sequence in one can write the clipboard of whoever reads it,
and a direction override can make a sentence read backwards.
"""

import re
import unicodedata
from functools import lru_cache

from workbench.domain.personal import mask_numbers as mask_numbers
from workbench.domain.regexes import later

REPLACEMENT = "\ufffd"
MARKS_PER_BASE = 4

_DOOR = later("[\x00\ud800-\udfff]")
# Invisible although no format character: fillers, vowel placeholders, the blank variation range.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# What a scan has to look at: control and format characters, and five characters in a row out of the
# blocks that hold combining marks (Latin, kana, Han and Hangul have none).
_SUSPECT = later(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
    "|[^\x00-\u02ff\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ufaff\uff01-\uffef\U00020000-\U0003ffff]{5,}"
)
# ASCII, and characters that are two cells in every table.
_PLAIN = later(
    "[ -~\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*"
)
_IGNORABLE = later("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_WIDE_FORMS = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}


def safe_text(text: str, *, newlines: bool = False) -> str:
    """Return ``text`` as it may go to a terminal; doing it twice changes nothing.

    Control characters become pictures (``␛``; C1 as ``<9b>``), direction controls, zero-width and tag
    characters and lone surrogates their number (``<202E>``), and a base keeps four combining marks.
    With ``newlines``, line feeds and tabs stay and CRLF is a line feed.

    Source: the payload list in tests/domain/test_text.py.
    """
    if _PLAIN.fullmatch(text):
        return text
    if newlines:
        return _SUSPECT.sub(_lines_kept, text.replace("\r\n", "\n"))
    return _SUSPECT.sub(_pictures, text)


def _lines_kept(found: re.Match[str]) -> str:
    return found[0] if found[0] in ("\n", "\t") else _pictures(found)


def _pictures(found: re.Match[str]) -> str:
    shown: list[str] = []
    marks = 0
    for character in found[0]:
        marks = marks + 1 if is_mark(character) else 0
        if marks <= MARKS_PER_BASE:
            shown.append(_picture(character, unicodedata.category(character)))
    return "".join(shown)


def is_mark(character: str) -> bool:
    """Say whether ``character`` is drawn onto the one before it."""
    return unicodedata.category(character) in ("Mn", "Me") and character not in _BLANKS


def _picture(character: str, category: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if category == "Cc":
        return f"<{code:02x}>"
    blank = (
        character in _BLANKS
        or 0xFFF0 <= code <= 0xFFF8
        or 0xE0000 <= code <= 0xE00FF
        or 0xE01F0 <= code <= 0xE0FFF
    )
    return f"<{code:04X}>" if blank or category in ("Cf", "Cs", "Zl", "Zp") else character


def narrow(text: str) -> str:
    """Return ``text`` with full-width letters, digits, signs and blanks as ASCII, nothing else changed."""
    return text if text.isascii() else text.translate(_WIDE_FORMS)


def fold(text: str) -> str:
    """Return ``text`` as it is searched and compared: width, case and invisible characters are gone."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", _IGNORABLE.sub("", text))
    folded = composed.casefold()
    return folded if folded == composed else unicodedata.normalize("NFKC", folded)


def door(text: str) -> str:
    """Return ``text`` as both engines can store it: NUL and lone surrogates become U+FFFD."""
    if text.isascii() and "\0" not in text:
        return text
    return _DOOR.sub(REPLACEMENT, text)


def clip(text: str, cells: int) -> str:
    """Return ``text`` cut or padded to exactly ``cells`` terminal cells; no wide character is halved."""
    if text.isascii():
        return text[: max(cells, 0)].ljust(cells)
    if _PLAIN.fullmatch(text):
        return _clip_plain(text, cells)
    from rich.cells import set_cell_size  # 10 ms that the command line need not pay

    return set_cell_size(text[: max(cells, 0) * (MARKS_PER_BASE + 1)], max(cells, 0))


def _clip_plain(text: str, cells: int) -> str:
    room = cells
    for at, character in enumerate(text):
        width = 2 if character > "\u2fff" else 1
        if width > room:
            return text[:at] + " " * room
        room -= width
    return text + " " * room


def gist(text: str, length: int) -> str:
    """Return the first ``length`` characters of ``text`` as one safe line; a cut is shown by ``...``."""
    line = safe_text(" ".join(text.lstrip()[: 8 * length + 8].split()))
    return line if len(line) <= length else line[: max(length - 3, 0)] + "..."[:length]


# A number that stands for a person, wherever it stands in a sentence. ``\d`` takes full-width digits too.
_PHONE_ONLY = later(r"[\d\s()+\-.]*")
_MASKED_OR_DIGITS = later(r"(?<!\d)\d{0,3}\*{4,}\d{0,4}(?!\d)|\d(?:[ \-]?\d)*")


def mask_phone(text: str) -> str:
    """Return a phone number as lists show it: ``138****8000``.

    At most the first 3 and the last 4 digits are shown, and at least 4 are hidden. Words around the
    number stay; every run of digits among them is masked by itself.

    Source: the common form of the trade, 3 first and 4 last.
    """
    if len(text) == 11 and text.startswith("1") and text.isascii() and text.isdigit():
        return f"{text[:3]}****{text[7:]}"  # a mobile number, as nearly all are: an export masks a million
    if _PHONE_ONLY.fullmatch(text):
        digits = phone_key(text) or "".join(filter(str.isdigit, text))
        return _stars(digits) if digits else text
    return _MASKED_OR_DIGITS.sub(
        _mask_run, text if text.isascii() and "@" not in text else mask_numbers(text)
    )


def _mask_run(found: re.Match[str]) -> str:
    return found[0] if "*" in found[0] else _stars("".join(filter(str.isdigit, found[0])))


def _stars(digits: str) -> str:
    hidden = max(4, len(digits) - 7)
    shown = max(len(digits) - hidden, 0)
    last = min(4, (shown + 1) // 2)
    return digits[: shown - last] + "*" * hidden + (digits[-last:] if last else "")


@lru_cache(1024)  # an import asks for the row of a case, and for its words
def phone_key(text: str) -> str:
    """Return the digits by which a phone is found again, "" if there are none.

    Full-width digits, blanks and signs are folded, the prefix of China (``+86``, ``0086``, ``86`` before
    a mobile number) is taken off, an extension and a second number are left out.
    """
    if _MOBILE.fullmatch(text):  # as most are
        return text
    if "*" in text:  # masked by whoever gave it: two of them are not one person
        return ""
    number = _EXTENSION.split(narrow(text).strip().lower(), maxsplit=1)[0]
    digits = "".join(character for character in number if character in "0123456789")
    plus = "+86" in number.replace(" ", "")[:4] and digits.startswith("86")
    abroad = plus or digits.startswith("0086")
    if abroad:
        digits = digits.removeprefix("00").removeprefix("86")
        return digits if digits.startswith(("0", "400", "800")) or _MOBILE.fullmatch(digits) else "0" + digits
    if len(digits) == 13 and digits.startswith("86") and _MOBILE.fullmatch(digits[2:]):
        return digits[2:]
    return digits


_MOBILE = later("1[3-9][0-9]{9}")
_EXTENSION = later(r"(?<=[0-9])\s*(?:转|分机|ext|x|#|/|,|，|;|；|、)")
