"""Policies: which are shipped, and how a TOML text becomes a ``Policy`` or the list of its faults.

A policy may say ``extends = "default"``: its tables are laid over those of the shipped policy, but for
those that it does without: ``without = ["nodes"]``. The text that ``load`` returns then carries the other
one along, so that what a store keeps means the same for ever.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from msgspec import Struct

from workbench.domain.days import GRAMMAR
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.domain.text import safe_text
from workbench.policy.reader import read
from workbench.policy.regime import TABLES
from workbench.policy.stored_calendars import with_days
from workbench.toml.checks import Checker, Path
from workbench.toml.faults import Fault, PolicyFaults, nearest, shorten
from workbench.toml.reading import UnusableError, key_of, refusing, tables_of, text_of
from workbench.words import N_, Said

__all__ = ["Fault", "PolicyFaults", "load", "parse", "shipped", "with_days"]

FOLDER = File(__file__).parent.parent / "policies"
LONGEST_KEY = 12  # parts of a dotted key: tomllib needs memory in the square of them
DEEPEST = 6  # levels of tables that are laid over each other; a policy has four
_CARRIED = "#-- carried along: {name} --#\n"
_CARRIED_LINE = re.compile(r"^#-- carried along: ([a-z0-9-]{1,40}) --#\n", re.MULTILINE)


class _Layer(Struct, frozen=True):
    """One TOML text of a policy: its own, then the one that it extends, and so on.

    ``file`` is where a person finds the text: one that is carried along stands in the file of the first,
    ``above`` lines down.
    """

    name: str
    file: str
    text: str
    data: dict[str, Any]
    above: int = 0


def shipped() -> tuple[str, ...]:
    """Return the names of the policies that come with the program; ``default`` is the first."""
    names = {file.stem for file in FOLDER.glob("*.toml")}
    return ("default", *sorted(names - {"default"}))


def load(name_or_path: str, *, option: str = "--policy") -> tuple[Policy, str]:
    """Return a shipped policy, or one from a file, and its text as a store keeps it.

    Raises:
        PolicyFaults: the file is not a policy that can be used.
        UsageError: there is no such policy or file; ``option`` is where the name came from.
    """
    names = shipped()
    file, where = FOLDER / f"{name_or_path}.toml", f"{name_or_path}.toml"
    if name_or_path not in names:
        file, where = _file(name_or_path, names, option), safe_text(name_or_path)
    with refusing(PolicyFaults):
        return _parse(text_of(file, where), where)


def parse(text: str, where: str, grammar: int = GRAMMAR) -> Policy:
    """Return the policy of a TOML text; ``where`` names the file in faults, and its stem is the id.

    ``grammar`` is the one that the text was written under, as a store keeps it (``domain.days``).

    Raises:
        PolicyFaults: with every fault of the text.
    """
    with refusing(PolicyFaults):
        return _parse(text, where, grammar)[0]


def _file(path: str, names: tuple[str, ...], option: str) -> File:
    file = File(path)
    try:
        if file.is_file():
            return file
    except (OSError, ValueError):  # a name that is too long, or has a NUL
        pass
    near = nearest(path, names)
    guess = N_("there is no policy {name}; did you mean {near}?")
    known = N_("there is no policy and no file {name}; shipped are: {known}.")
    template = guess if near else known
    raise UsageError(template, option=option, name=shorten(path), near=near, known=" ".join(names))


@lru_cache(maxsize=8)
def _parse(text: str, where: str, grammar: int = GRAMMAR) -> tuple[Policy, str]:
    """Return the policy, and its text with those that it extends carried along."""
    own, *carried = _CARRIED_LINE.split(text.removeprefix("\ufeff"))
    check = Checker()
    layers = [_Layer(File(where).stem, where, own, tables_of(own, where, LONGEST_KEY))]
    _extend(check, layers, dict(_carried(own, carried)))
    document: dict[str, Any] = {}
    for layer in reversed(layers):
        for table in _without(check, layer.data):
            document.pop(table, None)
        document = _laid_over(document, layer.data)
    policy = read(check, File(where).stem, document, grammar)
    if check.found:
        raise PolicyFaults(_with_lines(check.found, layers))
    whole = own if len(layers) == 1 or own.endswith("\n") else own + "\n"
    for layer in layers[1:]:
        whole += _CARRIED.format(name=layer.name) + layer.text
    return policy, whole


def _carried(own: str, parts: Sequence[str]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the name of each text that is carried along, the text, and how many lines stand above it."""
    above = own.count("\n")
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        above += 1  # the line that names it
        yield name, (text, above)
        above += text.count("\n")


def _extend(check: Checker, layers: list[_Layer], carried: Mapping[str, tuple[str, int]]) -> None:
    """Add the policies that the first layer stands on."""
    while "extends" in (data := layers[-1].data):
        used = {layer.name for layer in layers[1:]}
        known = [name for name in (*carried, *shipped()) if name not in used]
        name = check.one_of(("extends",), data.pop("extends"), known)
        name = name if name in known else "default"  # so that the other faults are told, too
        file = f"{name}.toml"
        text, above = carried[name] if name in carried else (text_of(FOLDER / file, file), 0)
        file = layers[0].file if name in carried else file
        layers.append(_Layer(name, file, text, tables_of("\n" * above + text, file, LONGEST_KEY), above))


def _without(check: Checker, data: dict[str, Any]) -> tuple[str, ...]:
    """Return the tables of the policies below that are not taken over: a flow is written anew, not mixed."""
    named = check.some_of(("without",), data.pop("without"), TABLES) if "without" in data else ()
    return tuple(table for table in named if table in TABLES)


def _laid_over(base: dict[str, Any], own: dict[str, Any], depth: int = DEEPEST) -> dict[str, Any]:
    """Return ``base`` with the entries of ``own``, table by table; a list is replaced as a whole."""
    merged = dict(base)
    for key, value in own.items():
        under = merged.get(key)
        if depth and isinstance(under, dict) and isinstance(value, dict):
            value = _laid_over(under, value, depth - 1)
        merged[key] = value
    return merged


def _with_lines(found: list[tuple[Path, Said]], layers: list[_Layer]) -> list[Fault]:
    """Return the faults with their files and lines: the uppermost text that has the very key."""
    from workbench.toml.lines import line_at, lines_of

    try:
        lines = [lines_of("\n" * layer.above + layer.text) for layer in layers]
    except RecursionError:
        raise UnusableError(layers[0].file, N_("is nested too deeply.")) from None
    faults = []
    for path, said in found:
        at = next((at for at, known in enumerate(lines) if path in known), 0)
        faults.append(Fault(layers[at].file, line_at(lines[at], path), key_of(path), said))
    return faults
