"""What a field holds in place of signs that a terminal must not get: a stand-in for each, and never a loss.

A field cuts its text into lines and measures it, so a sign that breaks a line or has no width cannot stay
in it; a picture cannot either, for it would be stored. The stand-ins are lone surrogates: they are one
cell wide, no terminal can send one, and nothing stores one. They are drawn as pictures, and what was typed
is given back in their place.
"""

from collections.abc import Iterator

from workbench.domain.text import MARKS_PER_BASE, is_mark, safe_text

FIRST, LAST = 0xD800, 0xDFFF
OTHER = "\u2426"  # drawn for a sign that has no picture of its own
LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029\r"  # a field would break its lines there

_STANDS: dict[str, str] = {}  # sign -> stand-in, as signs come up
_SIGNS: dict[int, str] = {}
_DRAWN: dict[int, str] = {}


def over(text: str, *, lines: bool = True) -> str:
    """Return ``text`` as a field holds it; in one of several ``lines``, line feeds and tabs stay."""
    if safe_text(text, newlines=lines) == text:
        return text
    kept = "\n\t" if lines else ""
    return "".join(
        sign if harmless or sign in kept else _stand_in(sign) for sign, harmless in _looked_at(text)
    )


def off(text: str) -> str:
    """Return what was typed from what a field holds."""
    return text.translate(_SIGNS)


def draw(text: str) -> str:
    """Return what a field draws: one harmless character for each that it holds, and as wide."""
    if safe_text(text, newlines=True) == text:
        return text
    pictures = text.translate(_DRAWN)
    return "".join(sign if harmless or sign == "\t" else OTHER for sign, harmless in _looked_at(pictures))


def _looked_at(text: str) -> Iterator[tuple[str, bool]]:
    """Go through ``text``, and say of each sign whether a terminal may get it after those before it."""
    marks = 0
    for sign in text:
        marks = marks + 1 if is_mark(sign) else 0
        yield sign, marks <= MARKS_PER_BASE and safe_text(sign) == sign


def _stand_in(sign: str) -> str:
    """Return what stands for ``sign``; after 2,048 different ones in one sitting, it stands for itself."""
    code = FIRST + len(_STANDS)
    if sign not in _STANDS and code <= LAST:
        shown = safe_text(sign)
        _STANDS[sign], _SIGNS[code] = chr(code), sign
        _DRAWN[code] = shown if len(shown) == 1 and shown != sign else OTHER
    return _STANDS.get(sign, sign)


over(LINE_ENDS)  # these come first
