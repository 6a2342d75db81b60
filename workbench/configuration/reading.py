"""What ``config.toml`` says: its values, or every fault with its line.

A file as people write it, a value a line, is read without tomllib, which costs a verb 15 ms; whatever is not
as plain as that, or not right, goes the long way, which knows all of TOML and every fault.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from workbench.configuration.settings import BY_NAME, NOTHING, Found
from workbench.configuration.values import as_text
from workbench.domain import system

LARGEST_PLAIN = 64 * 1024  # bytes
BLANKS = " \t"
_BOOLS = {"true": True, "false": False}

Value = str | bool | int


def read(path: Path) -> Found:
    """Return what the file at ``path`` says; nothing where there is none. Never raises."""
    if str(path) == os.devnull:
        return NOTHING
    plain = None
    try:
        with system.open_file(path) as file:
            plain = plainly(file.read(LARGEST_PLAIN + 1))
    except (FileNotFoundError, NotADirectoryError):
        return NOTHING
    except (OSError, ValueError):  # the long way says why
        pass
    found = None if plain is None else _settings(plain, path.parent)
    if found is not None:
        return Found(found)
    from workbench.configuration.checking import checked

    return checked(path)


def plainly(content: bytes) -> dict[str, Value] | None:
    """Return the pairs of a file of plain lines; None for one that is anything else."""
    if len(content) > LARGEST_PLAIN:
        return None
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return None
    pairs: dict[str, Value] = {}
    for line in lines:
        text = line.removesuffix("\r").strip(BLANKS)
        if not text.isprintable():
            return None
        if not text or text.startswith("#"):
            continue
        name, mark, rest = text.partition("=")
        name, value = name.rstrip(BLANKS), _value(rest.lstrip(BLANKS))
        if not mark or value is None or name not in BY_NAME or name in pairs:
            return None
        pairs[name] = value
    return pairs


def _value(text: str) -> Value | None:
    """Return a value that a comment may follow; None for one that is not plain."""
    if text.startswith('"'):
        value, mark, behind = text[1:].partition('"')
        behind = behind.lstrip(BLANKS)
        plain = mark and "\\" not in value and (not behind or behind.startswith("#"))
        return value if plain else None
    word = text.partition("#")[0].rstrip(BLANKS)
    if word.isascii() and word.isdigit() and len(word) < 9 and not word.startswith("0"):
        return int(word)
    return _BOOLS.get(word)


def _settings(pairs: Mapping[str, Value], folder: Path) -> dict[str, str] | None:
    """Return the settings; None where anything is wrong with one."""
    found = {}
    for name, value in pairs.items():
        text = as_text(BY_NAME[name], value, folder)
        if text is None:
            return None
        found[name] = text
    return found
