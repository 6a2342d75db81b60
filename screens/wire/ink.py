"""How a cell is inked, and the shortest codes from one ink to the next. Codes: ECMA-48, 8.3.117 (SGR)."""

from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem
from rich.style import Style

SEEN_ON_BLANKS = frozenset("4789")  # underline, reverse, concealed, struck out
ATTRIBUTES = (
    ("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("blink", "5"), ("reverse", "7"),
    ("conceal", "8"), ("strike", "9"),
)  # fmt: skip


class Ink(NamedTuple):
    """Attributes that are on, and the codes of the two colours; None where no eye could tell."""

    on: frozenset[str] | None
    front: str | None
    back: str


PLAIN = Ink(frozenset(), "39", "49")


@lru_cache(maxsize=4096)
def ink_of(style: Style, colours: ColorSystem) -> Ink:
    """Return the ink of a style, in the colours that the terminal has."""
    on = frozenset(code for name, code in ATTRIBUTES if getattr(style, name))
    return Ink(on, _codes(style.color, colours, front=True), _codes(style.bgcolor, colours, front=False))


def _codes(colour: Color | None, colours: ColorSystem, *, front: bool) -> str:
    if colour is None:
        return PLAIN.front or "" if front else PLAIN.back
    return ";".join(colour.downgrade(colours).get_ansi_codes(foreground=front))


@lru_cache(maxsize=4096)
def of_blank(ink: Ink) -> Ink:
    """Return what is seen of an ink where nothing is written."""
    return ink if ink.on and ink.on & SEEN_ON_BLANKS else Ink(None, None, ink.back)


@lru_cache(maxsize=4096)
def change(now: Ink, wanted: Ink) -> tuple[str, Ink]:
    """Return the codes that turn ``now`` into ``wanted``, and the ink that then holds."""
    codes = []
    on = now.on or frozenset()
    wants = wanted.on if wanted.on is not None else on - SEEN_ON_BLANKS
    if on - wants:
        codes.append("0")
        now, on = PLAIN, frozenset()
        wants = wanted.on or frozenset()
    codes += sorted(wants - on)
    front = wanted.front or now.front
    if front != now.front:
        codes.append(front or "")
    if wanted.back != now.back:
        codes.append(wanted.back)
    return f"\x1b[{';'.join(codes)}m" if codes else "", Ink(wants, front, wanted.back)
