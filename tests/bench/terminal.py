"""A program in a pseudo-terminal of a given size: what it writes, when, and what it costs."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from tests.processes import environment

CHUNK = 1 << 16
ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences
    rb"|\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)"  # strings
    rb"|\x1b[()*+][0-9A-Za-z]|\x1b[=>78DEHMNOZc]"
)
# What a terminal that knows synchronised output answers to the questions of a program that starts.
ANSWERS: tuple[tuple[bytes, bytes], ...] = (
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
    (b"\x1b[?u", b"\x1b[?0u"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
)


class Burst(NamedTuple):
    """What followed a key up to a silence: milliseconds to the first and to the last byte, bytes, text."""

    first: float
    last: float
    size: int
    text: bytes


class Terminal:
    """One program on a pseudo-terminal, whose clock stands still unless ``env`` says otherwise; close it when done."""

    def __init__(self, command: Sequence[str], columns: int, lines: int, env: Mapping[str, str]) -> None:
        self.started = perf_counter()
        self.pid, self.fd = pty.fork()
        if not self.pid:
            _become(command, columns, lines, env)
        self.written = bytearray()
        self._asked = 0

    def read(self, seconds: float) -> bytes:
        """Wait so long for output at most; return what came, and answer what was asked."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.fd, CHUNK)
        except OSError:  # the program has ended
            return b""
        self.written += data
        recent = bytes(self.written[self._asked :])
        for question, answer in ANSWERS:
            if question in recent:
                os.write(self.fd, answer)
        self._asked = len(self.written)
        return data

    @staticmethod
    def pause(seconds: float) -> None:
        """Let time pass as somebody who types does; a clock that was set for a test does not disturb it."""
        select.select([], [], [], seconds)

    def wait_for(self, pattern: bytes, seconds: float) -> float:
        """Return the milliseconds from the start until ``pattern`` is among the text.

        Raises:
            TimeoutError: it has not come; the message has the end of the text.
        """
        end = perf_counter() + seconds
        is_new = bool(self.written)
        while perf_counter() < end:
            if is_new and re.search(pattern, self.text()):
                return (perf_counter() - self.started) * 1000
            is_new = bool(self.read(0.05))
        raise TimeoutError(self.text()[-600:].decode(errors="replace"))

    def text(self, start: int = 0) -> bytes:
        """Return what was written since ``start``, without escape sequences."""
        return ESCAPES.sub(b"", bytes(self.written[start:]))

    def listen(self, seconds: float) -> int:
        """Listen for so long; return the bytes that came."""
        start, end = len(self.written), perf_counter() + seconds
        while (left := end - perf_counter()) > 0:
            self.read(left)
        return len(self.written) - start

    def settle(self, quiet: float = 0.4, seconds: float = 20) -> None:
        """Listen until nothing has come for ``quiet`` seconds."""
        end = perf_counter() + seconds
        while perf_counter() < end and self.read(quiet):
            pass

    def press(self, key: bytes, quiet: float, seconds: float = 3) -> Burst:
        """Send a key; return what followed until nothing had come for ``quiet`` seconds."""
        start, began = len(self.written), perf_counter()
        os.write(self.fd, key)
        first = last = 0.0
        while perf_counter() - began < seconds:
            if self.read(quiet if first else seconds):
                last = (perf_counter() - began) * 1000
                first = first or last
            elif first:
                break
        return Burst(first, last, len(self.written) - start, self.text(start))

    def memory(self) -> tuple[float, float]:
        """Return resident memory in MB: now, and at its highest."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        now, most = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) for name in ("VmRSS", "VmHWM"))  # type: ignore[index]
        return now / 1024, most / 1024

    def cpu_seconds(self) -> float:
        """Return the processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rests(self) -> bool:
        """Say whether every thread waits for something; one that has to wait for a core does not."""
        states = set()
        for stat in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has ended meanwhile
                states.add(stat.read_text().rpartition(")")[2].split()[0])
        return states <= {"S"}

    def close(self) -> None:
        """End the program, politely first."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            os.kill(self.pid, number)
            for _ in range(100):
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self.fd)
                    return
                self.read(0.02)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def _become(command: Sequence[str], columns: int, lines: int, env: Mapping[str, str]) -> None:
    """Turn this process into the program, on a terminal that has its size from the start."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    for number in (
        signal.SIGHUP,
        signal.SIGINT,
    ):  # nohup has the one ignored, a shell behind which it runs the other
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvpe(command[0], list(command), environment(env) | terminal)
    finally:
        os._exit(127)
