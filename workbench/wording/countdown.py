"""How long a clock still has, in a fixed number of ASCII cells.

``2d 03h`` over a day, ``03:12`` (hours, minutes) under a day, ``0:12:34`` with seconds in the last
hour. Past due it carries ``!-`` and counts up in minutes: an overrun needs no seconds, and a line
that stands still costs nothing over a slow connection.
"""

from datetime import datetime

WIDTH = 9
HOUR = 3600
DAY = 24 * HOUR


def countdown(due_at: datetime | None, now: datetime) -> str:
    """Return what is left until ``due_at`` (UTC), right-aligned in ``WIDTH`` cells; blank without one."""
    if due_at is None:
        return " " * WIDTH
    seconds = (due_at - now).total_seconds()
    text = _left_text(int(seconds)) if seconds >= 0 else "!-" + span(int(-seconds))
    return text.rjust(WIDTH)


def span(seconds: int) -> str:
    """Return an amount of time in days and hours, or hours and minutes."""
    days, rest = divmod(seconds, DAY)
    if days >= 100:
        return f"{min(days, 99999)}d"
    if days:
        return f"{days}d {rest // HOUR:02d}h"
    return f"{rest // HOUR:02d}:{rest % HOUR // 60:02d}"


def is_late(due_at: datetime | None, now: datetime) -> bool:
    """Say whether ``due_at`` has passed."""
    return due_at is not None and now > due_at


def is_near(due_at: datetime | None, now: datetime) -> bool:
    """Say whether the last hour before ``due_at`` has begun, or it has passed."""
    return due_at is not None and (due_at - now).total_seconds() < HOUR


def _left_text(seconds: int) -> str:
    if seconds < HOUR:
        return f"0:{seconds // 60:02d}:{seconds % 60:02d}"
    return span(seconds)
