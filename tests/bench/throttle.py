"""A terminal at the end of a line: each way takes its time, and only so many bytes a second come through.

What the program writes is read at once, as the near end of a connection takes it, and the moment at which each
byte is seen is reckoned from when it was written: a queue that sends one byte after the other and then flies.
"""

import os
import select
from dataclasses import dataclass
from time import perf_counter

from tests.bench.terminal import Terminal

QUIET, PATIENCE = 0.5, 30.0  # seconds without a byte until an answer is over; at most


@dataclass(frozen=True)
class Line:
    """Bytes a second, 0 for as many as come; seconds that a byte flies, each way."""

    rate: float = 0.0
    flight: float = 0.0

    def took(self, size: int) -> float:
        """Return the seconds that so many bytes need to be sent."""
        return size / self.rate if self.rate else 0.0


@dataclass(frozen=True)
class Seen:
    """When somebody saw the answer to a key begin and end, in ms after they pressed it; its bytes."""

    begun: float
    ended: float
    size: int


class FarEnd:
    """Somebody who types at the far end of a line, and goes on once the answer is all there."""

    def __init__(self, terminal: Terminal, line: Line) -> None:
        self.terminal, self.line = terminal, line
        self._free = 0.0  # when everything before has been sent

    def press(self, key: bytes) -> Seen:
        """Press a key; return when its answer was seen."""
        pressed = perf_counter()
        self.terminal.pause(self.line.flight)
        os.write(self.terminal.fd, key)
        return self.watch(pressed)

    def watch(self, since: float) -> Seen:
        """Return when what the program writes from now on was seen, up to a silence, after ``since``."""
        begun, size, end = 0.0, 0, perf_counter() + PATIENCE
        while perf_counter() < end:
            came = len(self.terminal.read(QUIET))
            if came:
                first, self._free = self._sent(perf_counter(), came)
                begun, size = begun or first, size + came
            elif size and self.terminal.rests():
                break
        arrived = self._free + self.line.flight
        self._wait_until(arrived)
        return Seen((begun - since) * 1000, (arrived - since) * 1000, size)

    def listen(self, seconds: float) -> None:
        """Let so much time pass while somebody types on without looking."""
        end = perf_counter() + seconds
        while True:
            if came := len(self.terminal.read(max(end - perf_counter(), 0))):
                self._free = self._sent(perf_counter(), came)[1]
            if perf_counter() >= end:
                return

    def catch_up(self) -> float:
        """Wait until the program has nothing more to say and all of it was seen; return when that was."""
        quiet_since = perf_counter()
        end = quiet_since + PATIENCE
        while perf_counter() < end:
            if came := len(self.terminal.read(QUIET)):
                self._free = self._sent(perf_counter(), came)[1]
            elif self.terminal.rests():
                break
        arrived = max(self._free + self.line.flight, quiet_since)
        self._wait_until(arrived)
        return arrived

    def _sent(self, written: float, size: int) -> tuple[float, float]:
        """Return when the first byte of what was written is seen, and when the last one has been sent."""
        start = max(self._free, written)
        return start + self.line.took(1) + self.line.flight, start + self.line.took(size)

    def _wait_until(self, moment: float) -> None:
        while (left := moment - perf_counter()) > 0:
            select.select([], [], [], left)
