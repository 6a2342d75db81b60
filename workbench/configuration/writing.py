"""Writes ``config.toml``: a first one with everything in it, and one value into what people have written.

A file is changed where the value stands and nowhere else: what people wrote around it is theirs.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbench.configuration.settings import Setting
from workbench.configuration.template import template, toml, written
from workbench.domain import system
from workbench.domain.errors import RefusedError, UsageError, WorkbenchError
from workbench.exchange.files import unwritten, whole
from workbench.toml.lines import lines_of
from workbench.toml.reading import UnusableError, tables_of, text_of
from workbench.words import N_

OPTION = "config.toml"
LONGEST_KEY = 2  # parts of a dotted key
MARK = "\ufeff"  # of UTF-8, which some editors put at the beginning
_VALUE = r"""(?P<value>"(?:\\.|[^"\\])*"|'[^']*'|[^\s#"']+)"""


def first(path: Path) -> None:
    """Write a file with every setting, its default, and what it is for, in the user's language.

    Raises:
        RefusedError: there is one.
        UsageError, StoreFullError: it cannot be written.
    """
    with _turn(path):
        if os.path.lexists(path):
            raise RefusedError(N_("{file} is there already, and stays as it is."), file=str(path))
        _write(path, template())


def keep(path: Path, setting: Setting, value: str) -> None:
    """Write one value into the file, which is made where there is none.

    Raises:
        UsageError, StoreFullError: it cannot be written, or has faults: then it stays as it is.
    """
    target = Path(os.path.realpath(path))  # a link stays one
    with _turn(target):
        text = text_with_mark(target) if os.path.lexists(target) else template()
        _write(target, changed(text, setting, value, str(path)))


def changed(text: str, setting: Setting, value: str, file: str) -> str:
    """Return ``text`` with the value in it, and nothing else changed.

    Raises:
        UsageError: it is no TOML, or the value stands there in a way that is not understood.
    """
    before = _tables(text, file)
    lines = text.split("\n")
    at = lines_of(text).get((setting.name,))
    if at is not None:
        name = re.escape(setting.name)
        found = re.match(rf"""(\ufeff?[ \t]*["']?{name}["']?[ \t]*=[ \t]*){_VALUE}""", lines[at - 1])
        if found:
            behind = lines[at - 1][found.end() :]
            lines[at - 1] = found[1] + toml(setting, value) + behind
    else:
        _insert(lines, written(setting, value))
    after = "\n".join(lines)
    wanted = before | _tables(written(setting, value), file)
    if _readable(after, file) != wanted:
        raise UsageError(
            N_("{name} in {file} can only be changed by hand."), option=OPTION, name=setting.name, file=file
        )
    return after


def _insert(lines: list[str], line: str) -> None:
    """Put a line before the first table, else at the end."""
    end = "\r" if lines[0].endswith("\r") else ""
    table = next((at for at, each in enumerate(lines) if each.lstrip().startswith("[")), None)
    if table is None:
        table = len(lines) - (not lines[-1].strip())
        lines[table:] = [line + end, ""]
    else:
        lines.insert(table, line + end)


def _tables(text: str, file: str) -> dict[str, object]:
    try:
        return tables_of(text.removeprefix(MARK), file, LONGEST_KEY)
    except UnusableError:
        raise UsageError(
            N_("{file} has faults and stays as it is. See: workbench config check"), option=OPTION, file=file
        ) from None


def _readable(text: str, file: str) -> dict[str, object] | None:
    try:
        return _tables(text, file)
    except UsageError:
        return None


def text_with_mark(path: Path) -> str:
    """Return the text of a file as it is, its mark and its line ends too.

    Raises:
        UsageError: it is no file, too large, or no text.
    """
    try:
        text_of(path, str(path))
        with system.open_file(path) as file:
            return file.read().decode("utf-8")
    except UnusableError as why:
        said = why.fault.said
        raise UsageError(said.template, option=str(path), **said.values) from None
    except (OSError, ValueError) as why:
        raise unwritten(why, path, OPTION) from why


def _write(path: Path, text: str) -> None:
    with whole(path, OPTION) as file:
        file.write(text.encode())


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Make the folder of ``path``, and let nobody else change the file meanwhile: another window, a verb."""
    descriptor = None
    try:
        system.private_folder(path.parent)
        descriptor = os.open(path.parent, os.O_RDONLY)
    except (OSError, ValueError) as why:
        if isinstance(why, PermissionError) and os.name == "nt":  # Windows opens no folders
            pass
        else:
            raise _unkept(why, path) from why
    try:
        if descriptor is not None:
            _lock(descriptor)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _unkept(why: OSError | ValueError, path: Path) -> WorkbenchError:
    return unwritten(why, path, OPTION)


def _lock(descriptor: int) -> None:
    with suppress(ImportError, OSError):  # a system, or a disk, without such locks
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
