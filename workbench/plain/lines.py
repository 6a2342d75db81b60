"""Where lines come from: a terminal, with the library for editing where there is one, or a pipe."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper
from shutil import get_terminal_size

from workbench.cli.front import writes_only_lines
from workbench.plain.dialogue import Dialogue

LONGEST = 4095  # bytes of a line that a terminal hands over by itself


def dialogue() -> Dialogue:
    """Return the conversation on standard input and output; bytes that are no text do not end it."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdin is None or not sys.stdin.isatty():
        return Dialogue(lambda _prompt: _next_line(), _write, _cells)
    if not writes_only_lines() and sys.stdout.isatty() and _can_edit():
        return Dialogue(input, _write, _cells)
    return Dialogue(_read, _write, _cells, LONGEST)


def _can_edit() -> bool:
    """Load the library for editing lines, if there is one; it keeps nothing that was typed."""
    try:
        readline = import_module("readline")
    except ImportError:
        return False
    readline.set_auto_history(False)  # what was said of one customer comes up in no other's form
    readline.parse_and_bind("set enable-bracketed-paste off")
    readline.parse_and_bind("tab: self-insert")
    return True


def _read(prompt: str) -> str:
    sys.stdout.write(prompt)
    sys.stdout.flush()
    return _next_line()


def _next_line() -> str:
    """Return the next line without its end.

    Raises:
        EOFError: there is none, or the terminal has gone.
    """
    sys.stdout.flush()
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except OSError:
        line = ""
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


def _cells() -> int:
    return get_terminal_size().columns


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for nothing: what is being stored is stored, whole."""
    before: Callable[..., object] | int | None = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
