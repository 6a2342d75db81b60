"""The only place that asks what time it is; everything else is told."""

from collections.abc import Callable
from datetime import UTC, datetime


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
