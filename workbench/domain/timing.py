"""What time an entry has: the machine's own, a given one, or one that nobody should believe.

A store keeps what the machine's clock last said, and how long the machine had run by then. A clock that
stands before that, or that has moved while the machine ran on, is in doubt: what is written is taken and
marked. Nothing here asks a clock.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workbench.domain.cases import DOUBT, Event
from workbench.domain.times import stamp, unstamp

BEHIND = timedelta(minutes=5)  # so far a clock may stand before the newest entry
MOVED = timedelta(hours=1)  # so far it may move against the time that the machine has run
SAME = timedelta(seconds=1)  # by less a clock is set right all the time
RARELY = timedelta(minutes=1)  # the mark is written anew when it is older
IMPORTED = "imported_at"  # an entry that a file brought has the times of its source


Uptime = tuple[str, float]  # by which start a machine runs, and for how many seconds, asleep or not


class Mark(Struct, frozen=True):
    """What the machine's clock said: first since ``boot`` (``wall``, after ``seconds``), and last."""

    newest: datetime
    boot: str = ""
    wall: datetime | None = None
    seconds: float = 0.0

    def doubts(self, now: datetime, uptime: Uptime | None) -> bool:
        """Say whether a clock that says ``now`` (UTC) should not be believed."""
        return now < self.newest - BEHIND or abs(self.moved(now, uptime)) > MOVED

    def moved(self, now: datetime, uptime: Uptime | None) -> timedelta:
        """Return how far the clock has moved against the machine; nothing where that cannot be told."""
        if uptime is None or self.wall is None or uptime[0] != self.boot:
            return timedelta()
        return (now - self.wall) - timedelta(seconds=uptime[1] - self.seconds)

    def after(self, now: datetime, uptime: Uptime | None) -> "Mark":
        """Return the mark after an entry of ``now``; the same while it is young: a write costs."""
        if uptime and uptime[0] != self.boot:
            return begun(max(now, self.newest), uptime, now)
        return replace(self, newest=now) if now - self.newest > RARELY else self

    def packed(self) -> dict[str, Any]:
        """Return it as JSON values."""
        wall = stamp(self.wall) if self.wall else None
        return {"newest": stamp(self.newest), "boot": self.boot, "wall": wall, "seconds": self.seconds}


def begun(newest: datetime, uptime: Uptime | None, now: datetime) -> Mark:
    """Return the mark of a clock that is believed at ``now``."""
    return Mark(newest, uptime[0], now, uptime[1]) if uptime else Mark(newest)


def unpacked(found: dict[str, Any]) -> Mark:
    """Return the mark of JSON values.

    Raises:
        KeyError, ValueError, TypeError: they are none.
    """
    wall = unstamp(found["wall"]) if found.get("wall") else None
    seconds = float(found.get("seconds") or 0)
    return Mark(unstamp(found["newest"]), str(found.get("boot") or ""), wall, seconds)


class Timing(Struct):
    """How the entries of one transaction are timed.

    Attributes:
        reading: What the clock said when the transaction began, UTC.
        word: ``GIVEN``, ``DOUBT``, or None for a clock of the machine that is believed.
        mark: To be stored with the first entry; None where nothing changes.
        latest: The newest time that a word may be of: that of the newest entry, where the clock is behind.
        look: Looks at the clock again, where it goes on while the transaction lasts.
    """

    reading: datetime
    word: str | None
    mark: Mark | None = None
    latest: datetime | None = None
    look: Callable[[], datetime] | None = None

    def of(self, event: Event) -> Event:
        """Return ``event`` with how it is timed, and with the reading where it stands at another time.

        It stands later where its case already has an entry of later; a file brings the times of its source.
        """
        word, read_at = event.timed or self.word, event.read_at
        if IMPORTED not in event.data:
            reading = self.look() if self.look else self.reading
            read_at = reading if event.at > reading + SAME else read_at
        if (word, read_at) == (event.timed, event.read_at):
            return event
        return replace(event, timed=word, read_at=read_at)


def read(event: Event) -> datetime:
    """Return what the clock said at ``event``."""
    return event.read_at or event.at


def in_doubt(event: Event, wrong: Iterable[tuple[datetime, datetime]] = ()) -> bool:
    """Say whether the time of ``event`` may be wrong: of such a clock, or not that at which it stands.

    Where it stands in a span of ``wrong`` times, which were rejected, the clock was right.
    """
    if event.timed == DOUBT:
        return IMPORTED not in event.data
    if event.read_at is None or IMPORTED in event.data:
        return False
    return not any(first <= event.at <= last and not first <= event.read_at <= last for first, last in wrong)
