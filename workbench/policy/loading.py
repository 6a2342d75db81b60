"""Policies: which are shipped, and how a TOML text becomes a ``Policy`` or the list of its faults.

A policy may say ``extends = "default"``: its tables are laid over those of the shipped policy, but for
those that it does without: ``without = ["nodes"]``. The text that ``load`` returns then carries the other
one along, so that what a store keeps means the same for ever.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.domain.system import reason
from workbench.domain.text import safe_text
from workbench.policy.calendars import with_days
from workbench.policy.reader import read
from workbench.policy.regime import TABLES
from workbench.toml.checks import Checker, Path
from workbench.toml.faults import Fault, PolicyFaults, nearest, shown
from workbench.words import N_, Said

__all__ = ["Fault", "PolicyFaults", "load", "parse", "shipped", "with_days"]

FOLDER = File(__file__).parent.parent / "policies"
LARGEST = 256 * 1024  # bytes of one file; the shipped ones have less than 10 KB
LONGEST_KEY = 12  # parts of a dotted key: tomllib needs memory in the square of them
DEEPEST = 6  # levels of tables that are laid over each other; a policy has four
_CARRIED = "#-- carried along: {name} --#\n"
_CARRIED_LINE = re.compile(r"^#-- carried along: ([a-z0-9-]{1,40}) --#\n", re.MULTILINE)
_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class _Layer:
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
    if name_or_path in names:
        where = f"{name_or_path}.toml"
        return _parsed(_text_of(FOLDER / where, where), where)
    where = safe_text(name_or_path)
    return _parsed(_text_of(_file(name_or_path, names, option), where), where)


def parse(text: str, where: str) -> Policy:
    """Return the policy of a TOML text; ``where`` names the file in faults, and its stem is the id.

    Raises:
        PolicyFaults: with every fault of the text.
    """
    return _parsed(text, where)[0]


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
    raise UsageError(template, option=option, name=shown(path), near=near, known=" ".join(names))


def _refused(file: str, template: str, *, line: int = 0, **values: object) -> PolicyFaults:
    return PolicyFaults([Fault(file, line, "", Said(template, **values))])


def _text_of(file: File, where: str) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as why:
        raise _refused(where, N_("cannot be read: {why}."), why=reason(why)) from None
    if len(content) > LARGEST:
        raise _too_large(where)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = content[: why.start].count(b"\n") + 1
        raise _refused(where, N_("is not UTF-8 text."), line=line) from None


def _too_large(where: str) -> PolicyFaults:
    return _refused(where, N_("has more than {n} KB."), n=LARGEST // 1024)


@lru_cache(maxsize=8)
def _parsed(text: str, where: str) -> tuple[Policy, str]:
    """Return the policy, and its text with those that it extends carried along."""
    own, *carried = _CARRIED_LINE.split(text.removeprefix("\ufeff"))
    check = Checker()
    layers = [_Layer(File(where).stem, where, own, _toml(own, where))]
    _extend(check, layers, dict(_carried(own, carried)))
    document: dict[str, Any] = {}
    for layer in reversed(layers):
        for table in _without(check, layer.data):
            document.pop(table, None)
        document = _laid_over(document, layer.data)
    policy = read(check, File(where).stem, document)
    if check.found:
        raise PolicyFaults(_placed(check.found, layers))
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


def _toml(text: str, where: str) -> dict[str, Any]:
    """Return the document of a TOML text; whatever is wrong with it is one sentence."""
    import tomllib  # 10 ms

    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise _too_large(where)
    if max(line.count(".") for line in text.split("\n")) >= LONGEST_KEY and _longest_key(text) > LONGEST_KEY:
        raise _refused(where, N_("has a key with more than {n} parts."), n=LONGEST_KEY)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _refused(where, N_("is nested too deeply.")) from None
    except tomllib.TOMLDecodeError as why:
        raise _not_toml(where, str(why), text) from None
    except ValueError:  # Python reads no number of more than 4300 digits
        raise _refused(where, N_("has a number that is too long.")) from None


def _longest_key(text: str) -> int:
    from workbench.toml.lines import longest_key  # only a strange text pays for it

    return longest_key(text)


def _not_toml(where: str, why: str, text: str) -> PolicyFaults:
    at = _AT_LINE.search(why)
    line = int(at[1]) if at else text.count("\n") + 1
    if "overwrite" in why or "twice" in why or "mutate" in why:
        return _refused(where, N_("this key or table stands in the file twice."), line=line)
    said = safe_text(_AT_LINE.sub("", why))[:100]
    return _refused(where, N_("is not TOML here: {why}."), line=line, why=said)


def _extend(check: Checker, layers: list[_Layer], carried: Mapping[str, tuple[str, int]]) -> None:
    """Add the policies that the first layer stands on."""
    while "extends" in (data := layers[-1].data):
        used = {layer.name for layer in layers[1:]}
        known = [name for name in (*carried, *shipped()) if name not in used]
        name = check.one_of(("extends",), data.pop("extends"), known)
        name = name if name in known else "default"  # so that the other faults are told, too
        file = f"{name}.toml"
        text, above = carried[name] if name in carried else (_text_of(FOLDER / file, file), 0)
        file = layers[0].file if name in carried else file
        layers.append(_Layer(name, file, text, _toml("\n" * above + text, file), above))


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


def _placed(found: list[tuple[Path, Said]], layers: list[_Layer]) -> list[Fault]:
    """Return the faults with their files and lines: the uppermost text that has the very key."""
    from workbench.toml.lines import line_at, lines_of

    try:
        lines = [lines_of("\n" * layer.above + layer.text) for layer in layers]
    except RecursionError:
        raise _refused(layers[0].file, N_("is nested too deeply.")) from None
    faults = []
    for path, said in found:
        at = next((at for at, known in enumerate(lines) if path in known), 0)
        faults.append(Fault(layers[at].file, line_at(lines[at], path), key_of(path), said))
    return faults


def key_of(path: Path) -> str:
    """Return a place in the file as a person would write it; list elements count from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{shown(part)}" for part in path)
    return "".join(parts).removeprefix(".")
