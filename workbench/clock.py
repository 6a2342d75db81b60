"""The only place that asks what time it is; everything else is told."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

BOOT_ID = "/proc/sys/kernel/random/boot_id"


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def frozen(at: datetime) -> Callable[[], datetime]:
    """Return a clock that stands still at ``at``, for replays and checks.

    Raises:
        ValueError: ``at`` has no zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"a frozen clock needs a zone: {at!r}")
    instant = at.astimezone(UTC)
    return lambda: instant


def uptime() -> tuple[str, float] | None:
    """Return by which start the machine runs, and for how many seconds, asleep or not; None: it cannot tell.

    Only Linux names the start (``boot_id``) and counts through sleep (``CLOCK_BOOTTIME``): elsewhere a clock
    that was moved is seen only where it stands before what is stored.
    """
    try:
        with open(BOOT_ID, encoding="ascii") as file:
            return file.read().strip(), time.clock_gettime(time.CLOCK_BOOTTIME)
    except (OSError, AttributeError, ValueError):
        return None
