"""A TOML file that may be anything: its tables, or the one fault that keeps them from being read."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path as File
from typing import Any

from workbench.domain import system
from workbench.domain.text import safe_text
from workbench.toml.checks import Path
from workbench.toml.faults import Fault, shorten
from workbench.words import N_, Said

LARGEST = 256 * 1024  # bytes of one file; the shipped ones have less than 32 KB
_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")


class UnusableError(Exception):
    """Nothing of the file can be read; ``fault`` says why."""

    def __init__(self, file: str, template: str, *, line: int = 0, **values: object) -> None:
        super().__init__(file, template)
        self.fault = Fault(file, line, "", Said(template, **values))


@contextmanager
def refusing(error: Callable[[Iterable[Fault]], Exception]) -> Iterator[None]:
    """Let what cannot be read at all end in ``error``, which holds the faults of such a file."""
    try:
        yield
    except UnusableError as why:
        raise error([why.fault]) from None


def text_of(path: File, file: str) -> str:
    """Return the text at ``path`` without its byte order mark; ``file`` names it in the fault.

    Raises:
        UnusableError: it is missing, no file, too large, or not UTF-8.
    """
    try:
        with system.open_file(path) as opened:
            content = opened.read(LARGEST + 1)
    except (OSError, ValueError) as why:  # ValueError: a NUL in the name
        raise UnusableError(file, N_("cannot be read: {why}."), why=system.reason(why)) from None
    if len(content) > LARGEST:
        raise _too_large(file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = content[: why.start].count(b"\n") + 1
        raise UnusableError(file, N_("is not UTF-8 text."), line=line) from None


def tables_of(text: str, file: str, longest_key: int) -> dict[str, Any]:
    """Return the tables of a TOML text whose dotted keys have ``longest_key`` parts at the most.

    tomllib needs time and memory in the square of those parts: minutes for a line of 200 KB.

    Raises:
        UnusableError: it is no such text.
    """
    import tomllib  # 10 ms

    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise _too_large(file)
    if max(line.count(".") for line in text.split("\n")) >= longest_key:
        _ensure_short_keys(text, file, longest_key)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UnusableError(file, N_("is nested too deeply.")) from None
    except tomllib.TOMLDecodeError as why:
        raise _not_toml(file, str(why), text) from None
    except ValueError:  # Python reads no number of more than 4300 digits
        raise UnusableError(file, N_("has a number that is too long.")) from None


def _ensure_short_keys(text: str, file: str, most: int) -> None:
    from workbench.toml.lines import longest_key  # only a strange text pays for it

    if longest_key(text) > most:
        raise UnusableError(file, N_("has a key with more than {n} parts."), n=most)


def _too_large(file: str) -> UnusableError:
    return UnusableError(file, N_("has more than {n} KB."), n=LARGEST // 1024)


def _not_toml(file: str, why: str, text: str) -> UnusableError:
    at = _AT_LINE.search(why)
    line = int(at[1]) if at else text.count("\n") + 1
    if "overwrite" in why or "twice" in why or "mutate" in why:
        return UnusableError(file, N_("this key or table stands in the file twice."), line=line)
    said = safe_text(_AT_LINE.sub("", why))[:100]
    return UnusableError(file, N_("is not TOML here: {why}."), line=line, why=said)


def with_lines(found: Iterable[tuple[Path, Said]], text: str, file: str) -> Iterator[Fault]:
    """Yield what is wrong at these places of ``text`` with its line and its key."""
    from workbench.toml.lines import line_at, lines_of

    lines = lines_of(text)
    return (Fault(file, line_at(lines, path), key_of(path), said) for path, said in found)


def key_of(path: Path) -> str:
    """Return a place in the file as a person would write it; list elements count from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{shorten(part)}" for part in path)
    return "".join(parts).removeprefix(".")
