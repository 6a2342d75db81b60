"""Somebody at the far end of a line, with hands that type ahead and eyes that look up now and then."""

import os
import re
from collections.abc import Callable
from random import Random
from time import perf_counter

import pyte

from tests.bench.terminal import Terminal
from tests.bench.throttle import FarEnd, Line

QUESTIONS = re.compile(rb"\x1b\[[<=>?][0-9;]*\$?[a-gi-km-z]")  # to the terminal; nothing is drawn
KEYS = {
    "tab": b"\t", "enter": b"\r", "escape": b"\x1b", "end": b"\x1b[F", "right": b"\x1b[C", "down": b"\x1b[B",
    "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS", "f5": b"\x1b[15~", "f8": b"\x1b[19~", "f9": b"\x1b[20~",
    "shift+f8": b"\x1b[19;2~", "ctrl+f": b"\x06", "ctrl+o": b"\x0f",
}  # fmt: skip


class Clerk:
    """Types at the program, at the pace of a person or without any pause; ``swallow`` may lose keys."""

    def __init__(
        self, terminal: Terminal, line: Line, chance: Random, pause: float,
        swallow: Callable[[bytes], bytes] = bytes,
    ) -> None:  # fmt: skip
        self.terminal, self.line, self.chance, self.pause, self.swallow = (
            terminal,
            line,
            chance,
            pause,
            swallow,
        )
        self.far = FarEnd(terminal, line)
        self.screen = pyte.Screen(80, 24)
        self._eyes, self._shown = pyte.ByteStream(self.screen), 0
        self.waits: list[tuple[float, str]] = []  # seconds from a key until all of its answer is seen

    def press(self, *keys: str) -> None:
        """Press keys by their names, or single signs."""
        for key in keys:
            self._send(KEYS.get(key, key.encode()))

    def type(self, text: str) -> None:
        """Type a text: in pieces, as an input method sends them, or all of it at once."""
        if not text:
            return
        if not self.pause or self.chance.random() < 0.3:
            self._send(text.encode())
            return
        while text:
            size = self.chance.randint(1, 4)
            self._send(text[:size].encode())
            text = text[size:]

    def paste(self, text: str) -> None:
        """Paste a text, as a terminal brackets it."""
        self._send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def listens(self, seconds: float) -> None:
        """Listen to the caller, nothing is typed."""
        if self.pause:
            self.far.listen(self.chance.expovariate(1 / seconds))

    def looks(self, what: str) -> list[str]:
        """Look up and wait until nothing more comes; return the lines that are seen."""
        pressed = perf_counter()
        self.waits.append((self.far.catch_up() - pressed, what))
        new = bytes(self.terminal.written[self._shown :])
        self._shown += len(new)
        self._eyes.feed(QUESTIONS.sub(b"", new))
        if self.line.flight:
            self.terminal.pause(self.line.flight)  # until the next key is there
        return list(self.screen.display)

    def _send(self, data: bytes) -> None:
        os.write(self.terminal.fd, self.swallow(data))
        self.far.listen(self.chance.expovariate(1 / self.pause) if self.pause else 0)
