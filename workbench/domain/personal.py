"""Numbers and addresses that stand for a person, in every form in which they are written, made unreadable.

A copy of the text is read in which each character has its plain form: a digit of any script is an ASCII
digit, a blank, line break or invisible sign is a blank, every dash a dash. Places are the same in both.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from workbench.domain.harmless import WORDS, is_quick, quick, stand_for_nobody, stands_for_nobody
from workbench.domain.regexes import later

_READ_OUT = {sign: value for value, signs in enumerate(
    ("零〇洞", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾")
) for sign in signs}  # fmt: skip
"""Chinese numerals as a number is read out, sign by sign; without those for ten and its powers."""

_DIGIT = rf"\d⁰¹²³⁴-⁹₀-₉①-⑨⓪❶-❾{''.join(_READ_OUT)}"
# Seven digits or more with little between them, which are few places of a text.
_RUN = later(rf"[{_DIGIT}](?:[\W_]{{0,3}}[{_DIGIT}]){{6,}}")
_AT = later("[@＠]")
_ANY = later(f"[{_DIGIT}]")
_TAIL = later(rf"[{_DIGIT}](?:[\W_]{{0,3}}[{_DIGIT}])*[\W_]{{0,3}}\Z")
DIGITS = 7  # and fewer stand for nobody
SHORT = 4  # digits at a cut that tell nothing, such as a year
BEFORE, BEHIND = 70, 200  # signs around an @ that may belong to an address
BETWEEN_TEXTS = "件"  # a letter: no number goes on behind it

_S = r"[\s\-./_~]{0,3}"  # what may stand between the groups of a number
_S1 = r"[\s\-./_~]{1,3}"
_EACH = r"[\s\-./_~、，,]{1,3}"  # between single digits
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_MOBILE = (
    rf"1[3-9]\d{_S}\d{{4}}{_S}\d{{4}}"
    rf"|1[3-9]\d(?:[\s\-/]{{1,3}}\d{{8}}|\d{_S1}\d{{3}}{_S1}\d{{4}}|\d{_S1}\d{{4}}{_S1}\d{{3}}"
    rf"|\d\d{_S1}\d{{6}}|{_S1}\d{{3}}{_S1}\d{{5}}|(?:{_S1}\d\d){{4}})"
    rf"|1[3-9](?:{_S1}\d\d){{4}}{_S1}\d|1(?:{_S1}\d\d){{5}}|1{_EACH}[3-9](?:{_EACH}\d){{9}}"
)
_IDENTITY = (
    r"\d{17}[\dXx]|\d{15,19}"  # of 18 or 15 signs, or a bank card
    rf"|[1-9]\d{{2}}{_S}\d{{3}}{_S}(?:18|19|20)\d\d{_S}{_MONTH}{_S}{_DAY}{_S}\d{{3}}{_S}[\dXx]"
    rf"|[1-9]\d{{5}}{_S1}\d\d{_MONTH}{_DAY}{_S}\d{{3}}"
    rf"|[1-9](?:{_EACH}\d){{13,16}}{_EACH}[\dXx]"
)
# compiled when a text first has a number: most commands show none, and it takes 20 ms
_PERSONAL = (
    rf"(?<!\d)(?=[\d+(\s])(?:{_IDENTITY}"
    rf"|\d{{4}}(?:{_S1}\d{{4}}){{3}}(?:{_S}\d{{1,3}})?"  # bank card in fours
    rf"|(?:(?:\+|00)?86{_S})?(?:{_MOBILE})"
    rf"|\(?0\d{{2,3}}\)?{_S}(?:\d{{7,8}}|\d{{3,4}}{_S1}\d{{4}})"  # landline with its area
    r"|\(?\d{3}[)\-. ] ?\d{3}[\-. ]\d{4}"  # North American
    r"|\+\d(?:[\s\-./()]{0,2}\d){7,14}"  # abroad
    # landline without its area
    rf"|(?<=电话|座机|固话|话：|话:|机：|机:|号码|l:)\s?[2-8]\d{{2,3}}{_S}\d{{4}}"
    r")(?!\d)"
)
# Read out, in letters from a (nought) to j (nine): what follows may begin with such a sign, as 一直 does.
_T = r"[\s\-./_~、，,]{0,3}"
_SPOKEN = (
    rf"(?<![0-9])(?:[1-9b-j](?:{_T}[0-9a-j]){{16}}{_T}[0-9a-jXx]"
    rf"|[1b]{_T}[3-9d-j](?:{_T}[0-9a-j]){{9}}"
    rf"|[0a](?:{_T}[0-9a-j]){{2,3}}(?:{_T}[0-9a-j]){{7,8}})(?![0-9])"
)
_ADDRESS = r"([A-Za-z0-9._%+\-]{1,64})@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}"
_PASSPORT = (
    r"(?<![A-Za-z0-9])(?:[EGeg](?!(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)\d{8}|[Ee][A-Za-z]\d{7})(?![A-Za-z0-9])"
    r"|(?:护照|通行证|[Pp]assport|PASSPORT)(?:号码|号|\s*[Nn]o\.?|\s*[Nn]umber)?[\s:：是为]{0,4}"
    r"([A-Za-z]{1,2}[\s\-]?\d{6,9})(?![0-9])"
)
_LETTER = later("[A-Za-z]")
_BETWEEN = frozenset("·•∙・_~‧")
_MARKS = ("Zs", "Zl", "Zp", "Cf", "Cc", "Mn", "Me")


class _Plain(dict[int, str]):
    """The plain form of each character, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = self.plain(chr(code))
        return found

    def plain(self, sign: str) -> str:
        digit = unicodedata.digit(sign, None)
        if digit is not None:
            return str(digit)
        if unicodedata.category(sign) in _MARKS:
            return " "
        if sign in _BETWEEN or unicodedata.category(sign) == "Pd":
            return "-"
        narrow = unicodedata.normalize("NFKC", sign)
        return narrow if len(narrow) == 1 else sign


class _Spoken(_Plain):
    """The same where Chinese numerals are letters from a to j, and what is a letter is none of those."""

    def plain(self, sign: str) -> str:
        if sign in _READ_OUT:
            return "abcdefghij"[_READ_OUT[sign]]
        found = super().plain(sign)
        return "z" if "a" <= found <= "j" else found


_PLAIN_OF, _SPOKEN_OF = _Plain(), _Spoken()


def mask_numbers(text: str) -> str:
    """Return free ``text`` with what stands for a person masked in place: phones, identity numbers (15 or 18
    digits), bank cards, passports, e-mail addresses, in any script, read out, or with signs between.

    ``110***********1234``: the first 3 and the last 4 signs are shown, of an address the first and its
    host. Dates, amounts, case numbers and lot numbers stay, so a local number of 7 or 8 digits is known only
    by the word before it.
    """
    if not _RUN.search(text) and "@" not in text and "＠" not in text:
        return text
    while hidden := _hidden(text):
        text = "".join("*" if at in hidden else sign for at, sign in enumerate(text))
    return text


def nothing_to_mask(texts: Sequence[str]) -> bool:
    """Say that ``mask_numbers`` changes none of ``texts``, by one look at all of them."""
    every = "".join(texts)
    if "@" in every or "＠" in every:
        return False
    together = BETWEEN_TEXTS.join([text for text in texts if len(text) >= DIGITS])
    runs = (quick(_RUN.pattern) if is_quick(together) else _RUN).finditer(together)
    return stand_for_nobody(together, list(runs))


def is_number(text: str) -> bool:
    """Say whether ``text`` holds a number that stands for a person; an address is none."""
    return any(
        any(_of_numbers(text[max(run.start() - WORDS, 0) : run.end() + 2], spoken=True))
        for run in _RUN.finditer(text)
    )


def mask_cut(text: str, mark: str) -> str:
    """Return ``text``, of which the end was cut off where ``mark`` stands, with numbers masked.

    What is left of a number at the cut is shown up to its third digit: nobody knows how it goes on.
    """
    masked = mask_numbers(text)
    if not masked.endswith(mark) or not (tail := _TAIL.search(masked[: len(masked) - len(mark)])):
        return masked
    places = [at for at in range(*tail.span()) if _ANY.match(masked[at])]
    hidden = set(places[3:]) if len(places) > SHORT else set()
    return "".join("*" if at in hidden else sign for at, sign in enumerate(masked))


def _hidden(text: str) -> set[int]:
    """Return the places of ``text`` that nobody may read."""
    hidden: set[int] = set()
    for run in _RUN.finditer(text):
        if stands_for_nobody(text, run):
            continue
        start, end = max(run.start() - WORDS, 0), run.end() + 2
        places = _of_numbers(text[start:end], spoken=not _READ_OUT.keys().isdisjoint(run[0]))
        hidden |= {start + at for at in places}
    for sign in _AT.finditer(text) if "@" in text or "＠" in text else ():
        start, end = max(sign.start() - BEFORE, 0), sign.end() + BEHIND
        hidden |= {start + at for at in _of_addresses(text[start:end].translate(_PLAIN_OF))}
    return hidden


def _of_addresses(plain: str) -> Iterator[int]:
    for found in re.finditer(_ADDRESS, plain):
        yield from range(min(found.start(1) + 1, found.end(1) - 1), found.end(1))


def _of_numbers(text: str, *, spoken: bool) -> Iterator[int]:
    plain = text if text.isascii() else text.translate(_PLAIN_OF)
    for found in re.finditer(_PERSONAL, plain):
        yield from _middle(plain, *found.span())
    for found in re.finditer(_PASSPORT, plain) if _LETTER.search(plain) else ():
        yield from _middle(plain, *found.span(1 if found[1] else 0))
    if spoken:
        yield from _of_spoken(text)


def _of_spoken(text: str) -> Iterator[int]:
    spoken = text.translate(_SPOKEN_OF)
    for found in re.finditer(_SPOKEN, spoken):
        if any("a" <= sign <= "j" for sign in found[0]):  # else it was digits, and judged as such
            yield from _middle(spoken, *found.span(), digits="0123456789abcdefghijXx")


def _middle(plain: str, start: int, end: int, digits: str = "0123456789Xx") -> list[int]:
    """Return the places of the digits between ``start`` and ``end`` without the first 3 and the last 4."""
    places = [at for at in range(start, end) if plain[at] in digits]
    first = max(min(3, len(places) - 8), 0)
    return places[first : len(places) - 4]
