"""A share with its number, and how far chance reaches: few cases prove little. Source: Wilson, 1927."""

from math import sqrt
from typing import Any

Z = 1.959964  # of the normal distribution: 95 of 100 intervals hold the true share


def wilson(met: int, of: int) -> tuple[float, float] | None:
    """Return the interval in which the true share lies, 95 times of 100; None where nothing counts.

    Raises:
        ValueError: more than all, or fewer than none.
    """
    if not 0 <= met <= of:
        raise ValueError(f"no share: {met} of {of}")
    if not of:
        return None
    share, turn = met / of, Z * Z / of
    middle = (share + turn / 2) / (1 + turn)
    reach = Z * sqrt(share * (1 - share) / of + turn / of / 4) / (1 + turn)
    low = 0.0 if met == 0 else max(0.0, middle - reach)
    high = 1.0 if met == of else min(1.0, middle + reach)
    return low, high


def share(name: str, met: int, of: int) -> dict[str, Any]:
    """Return ``NAME_rate`` with ``NAME_met``, ``NAME_of``, ``NAME_low`` and ``NAME_high``, four decimals."""
    low, high = wilson(met, of) or (None, None)
    return {
        f"{name}_rate": None if not of else round(met / of, 4),
        f"{name}_met": met,
        f"{name}_of": of,
        f"{name}_low": None if low is None else round(low, 4),
        f"{name}_high": None if high is None else round(high, 4),
    }
