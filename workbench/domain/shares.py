"""A share with the numbers behind it, and how far chance reaches where they are small.

The interval is Wilson's score interval without a correction for continuity: E. B. Wilson, J. Am. Stat. Assoc.
22 (1927) 209-212; method 3 of R. G. Newcombe, Stat. Med. 17 (1998) 857-872.
"""

from math import sqrt
from typing import Any

Z = 1.959963984540054  # of the normal distribution: 95 of 100 intervals hold the true share
FEW = 30  # below so many, a share is shown with its interval
DECIMALS = 4


def rate(met: int, of: int) -> float | None:
    """Return a share of 1 with four decimals, or None where nothing counts."""
    return round(met / of, DECIMALS) if of else None


def wilson(met: int, of: int) -> tuple[float, float]:
    """Return the ends of the interval in which the true share lies, 95 times of 100; shares of 1.

    Raises:
        ValueError: nothing counts, or more were met than there are.
    """
    if not 0 <= met <= of or not of:
        raise ValueError(f"no share: {met} of {of}")
    middle = met + Z * Z / 2
    reach = Z * sqrt(met * (of - met) / of + Z * Z / 4)
    low = 0.0 if met == 0 else (middle - reach) / (of + Z * Z)
    high = 1.0 if met == of else (middle + reach) / (of + Z * Z)
    return low, high


def interval(met: int, of: int) -> dict[str, float | None]:
    """Return ``low`` and ``high`` of ``wilson``, four decimals; None where nothing counts."""
    low, high = (round(end, DECIMALS) for end in wilson(met, of)) if of else (None, None)
    return {"low": low, "high": high}


def bounds(met: int, of: int) -> dict[str, float | None]:
    """Return ``low`` and ``high``, four decimals, where there are some and fewer than ``FEW``; else none."""
    return interval(met, of) if 0 < of < FEW else {}


def share(name: str, met: int, of: int) -> dict[str, Any]:
    """Return ``NAME_rate``, ``NAME_met`` and ``NAME_of``, and the ends of the interval where few count."""
    found: dict[str, Any] = {"rate": rate(met, of), "met": met, "of": of} | bounds(met, of)
    return {f"{name}_{key}": value for key, value in found.items()}
