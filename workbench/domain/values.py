"""Values as people type them: taken exactly or refused by name, never guessed.

Full-width digits, letters and signs are folded first, because a Chinese input method writes them.
"""

from collections.abc import Iterable
from decimal import Decimal

from workbench.domain.errors import UsageError
from workbench.domain.regexes import later
from workbench.domain.text import gist, narrow
from workbench.words import N_

_MONEY = later(r"[0-9]{1,12}(?:\.[0-9]{1,2})?")
_WHOLE = later(r"(?:-(?=[1-9]))?[0-9]{1,18}")
_YES = frozenset({"yes", "y", "是"})
_NO = frozenset({"no", "n", "否"})


def money(text: str, option: str = "") -> Decimal:
    """Return an amount in yuan, exact, with the decimals that were typed.

    Raises:
        UsageError: not plain digits with at most two decimals, or more than 999,999,999,999.99.
    """
    typed = _typed(text)
    if not _MONEY.fullmatch(typed):
        raise UsageError(
            N_('"{value}" is not an amount in yuan; write digits only, like 5000 or 9999.99.'),
            option=option,
            value=_short(text),
        )
    return Decimal(typed)


def whole(text: str, low: int, high: int, option: str = "") -> int:
    """Return a whole number from ``low`` to ``high``, both included.

    Raises:
        UsageError: another number, or anything else (``1_000``, ``1.0``, ``1e3``).
    """
    typed = _typed(text)
    if not _WHOLE.fullmatch(typed) or not low <= int(typed) <= high:
        raise UsageError(
            N_('"{value}" is not a whole number from {low} to {high}.'),
            option=option,
            value=_short(text),
            low=low,
            high=high,
        )
    return int(typed)


def choice(text: str, allowed: Iterable[str], option: str = "") -> str:
    """Return the one of ``allowed`` that was typed.

    Raises:
        UsageError: unknown; names the nearest one, and all of them.
    """
    known = tuple(allowed)
    typed = _typed(text)
    if typed in known:
        return typed
    near = nearest(typed, known)
    raise UsageError(
        N_('"{value}" is unknown; did you mean {nearest}? Possible: {known}.')
        if near
        else N_('"{value}" is unknown. Possible: {known}.'),
        option=option,
        value=_short(text),
        nearest=near,
        known=", ".join(known),
    )


def yes_no(text: str, option: str = "") -> bool:
    """Return True for ``yes``, ``y`` or ``是``, False for ``no``, ``n`` or ``否``.

    Raises:
        UsageError: anything else.
    """
    typed = _typed(text).lower()
    if typed not in _YES | _NO:
        raise UsageError(
            N_('"{value}" is neither yes nor no; write yes or no.'), option=option, value=_short(text)
        )
    return typed in _YES


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of ``known`` that ``word`` was probably meant to be, "" if none is near."""
    import difflib  # only a wrong word needs it

    return next(iter(difflib.get_close_matches(word[:80].lower(), list(known), 1, 0.6)), "")


def _typed(text: str) -> str:
    return narrow(text).strip(" ")


def _short(text: str) -> str:
    return gist(text, 40)
