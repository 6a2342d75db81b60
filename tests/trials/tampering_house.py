"""The same for the lists that give power: staff, policies, calendars, places, counters, the log of the house."""

from pathlib import Path

from processes import apart

from trials.frame import Counts, warm
from trials.tampering import OF_THE_HOUSE, controls, tried

TITLE = "tampering with the lists of the house, against a seal kept elsewhere (row 16)"
FULL, SMALL = 400, 24


def run(n: int, room: Path) -> Counts:
    """Tamper ``n`` times."""
    warm(room)
    return apart(lambda: tried(n, room, OF_THE_HOUSE, kept=True))


__all__ = ["controls", "run"]
