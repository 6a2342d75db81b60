"""A keymap file becomes a ``Keymap``, or a list of all its faults. The program never starts on a guess."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keymaps.checking import Entry, check
from keymaps.commands import ALIKE
from keymaps.faults import Faults, KeymapFaultsError
from keymaps.names import canonical, fold_key, label
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.toml.lines import line_at, lines_of
from workbench.toml.reading import UnusableError, tables_of, text_of
from workbench.words import N_, Said

_WANTS_TABLE = N_("A table of actions and keys must stand here.")

SHIPPED = ("default", "vim", "cua", "ime-safe")
FOLDER = Path(__file__).parent
LONGEST_KEY = 4  # parts of a dotted key: contexts.queue.queue.1


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys by context and action, in Textual's names, the one to show first."""

    name: str
    contexts: Mapping[str, Mapping[str, tuple[str, ...]]]

    def keys(self, context: str, action: str) -> tuple[str, ...]:
        """Return the keys of ``action``, none where it has none in this context."""
        return self.contexts[context].get(action, ())

    def shown(self, context: str, action: str) -> str:
        """Return the first key of ``action`` for a footer; empty if it has none."""
        return next((label(key) for key in self.keys(context, action)), "")

    def hidden(self, context: str) -> Iterator[tuple[str, str, str]]:
        """Yield action, key and what that means in the queue, for each key that a list takes from there."""
        in_queue = {key: action for action, keys in self.contexts["queue"].items() for key in keys}
        for action, keys in self.contexts[context].items():
            found = ((key, in_queue.get(key, action)) for key in keys)
            yield from (
                (action, key, other) for key, other in found if other not in (action, ALIKE.get(action))
            )

    def action(self, context: str, key: str) -> str | None:
        """Return the action on ``key`` (Textual's name, or a character, full-width or not), if any."""
        names = canonical(fold_key(key)) or (key,)
        for action, keys in self.contexts[context].items():
            if names[0] in keys:
                return action
        return None


@dataclass(frozen=True, slots=True)
class Source:
    """A keymap file that is valid TOML."""

    file: str
    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]

    def line(self, where: str) -> int:
        """Return the line, from 1, of ``context.action``, of a context, or of a key at the top."""
        context, _dot, action = where.partition(".")
        places = [("contexts", context, action), ("contexts", context, *action.split(".")), (context,)]
        found = next((place for place in places if place in self.lines), ("contexts", context))
        return line_at(self.lines, found)


def path_of(name: str | Path) -> Path:
    """Return the file of a shipped keymap, or ``name`` itself as a path."""
    return FOLDER / f"{name}.toml" if name in SHIPPED else Path(name)


def source_text(name: str) -> str:
    """Return a shipped keymap as text, to be copied and changed; KeyError if there is none."""
    if name not in SHIPPED:
        raise KeyError(name)
    return path_of(name).read_text(encoding="utf-8")


def load(name: str | Path, known: Mapping[str, frozenset[str]]) -> Keymap:
    """Return the keymap called ``name`` or kept in that file.

    Args:
        name: One of ``SHIPPED``, or the path of a TOML file.
        known: What ``known`` returned: the ids of each context; each needs a key.

    Raises:
        UsageError: there is no such keymap or file.
        KeymapFaultsError: lists every fault with file, line, key and the nearest right name.
    """
    path = path_of(name)
    _ensure_there(path, str(name))
    faults = Faults()
    merged: dict[tuple[str, str], Entry] = {}
    own = _read(path, faults)
    if own is not None:
        for entry in (*_inherited(own, known, faults), *_entries(own, known, faults)):
            merged.pop((entry.context, entry.action), None)  # last, so that a clash is told where it was made
            merged[entry.context, entry.action] = entry
        check(merged.values(), known, own.file, faults)
    if own is None or faults.found:
        raise KeymapFaultsError(gist(str(name), 500), faults.found)
    return Keymap(
        str(name),
        {
            context: {
                action: merged[context, action].names
                for action in sorted(actions)
                if (context, action) in merged
            }
            for context, actions in known.items()
        },
    )


def _ensure_there(path: Path, name: str) -> None:
    try:
        if path.is_file():
            return
    except (OSError, ValueError):  # a name that is too long, or has a NUL
        pass
    template = N_("There is no keymap and no file {name}; shipped are: {known}.")
    raise UsageError(template, name=gist(name, 80), known=", ".join(SHIPPED))


def _read(path: Path, faults: Faults) -> Source | None:
    """Return the file at ``path``; None with a fault if it cannot be read or is not TOML."""
    try:
        text = text_of(path, path.name)
        return Source(path.name, tables_of(text, path.name, LONGEST_KEY), lines_of(text))
    except UnusableError as error:
        faults.add(path.name, error.fault.line or 1, "", error.fault.said)
        return None


def _inherited(own: Source, known: Mapping[str, frozenset[str]], faults: Faults) -> Iterator[Entry]:
    base = own.data.get("extends")
    if base is None:
        return
    if base not in SHIPPED:
        said = Said(N_("extends must name one of these: {known}."), known=", ".join(SHIPPED))
        word = base if isinstance(base, str) else ""
        faults.add(own.file, own.line("extends"), "extends", said, word, SHIPPED)
        base = "default"  # so that the one fault does not bring a fault for each action
    source = _read(path_of(base), faults)
    if source is not None:
        yield from _inherited(source, known, faults)
        yield from _entries(source, known, faults)


def _entries(source: Source, known: Mapping[str, frozenset[str]], faults: Faults) -> Iterator[Entry]:
    for word in source.data:
        if word not in ("extends", "contexts"):
            said = Said(N_("Only extends and contexts may stand here."))
            faults.add(source.file, source.line(word), word, said, word, ("extends", "contexts"))
    contexts = source.data.get("contexts", {})
    if not isinstance(contexts, dict):
        faults.add(source.file, source.line("contexts"), "contexts", Said(_WANTS_TABLE))
        return
    for context, table in contexts.items():
        if context not in known:
            said = Said(N_("There is no such context; known: {known}."), known=", ".join(known))
            faults.add(source.file, source.line(context), context, said, context, known)
        elif not isinstance(table, dict):
            faults.add(source.file, source.line(context), context, Said(_WANTS_TABLE))
        else:
            yield from _table(source, context, table, known[context], faults)


def _table(
    source: Source, context: str, table: dict[str, Any], actions: frozenset[str], faults: Faults
) -> Iterator[Entry]:
    for action, keys in _flat(table):
        where = f"{context}.{action}"
        line = source.line(where)
        if action not in actions:
            said = Said(N_("There is no such action."))
            faults.add(source.file, line, where, said, action, actions)
        elif not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            faults.add(source.file, line, where, Said(N_('Keys are written as a list, like ["c", "f8"].')))
        else:
            yield Entry(context, action, tuple(keys), source.file, line)


def _flat(table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the pairs of ``table``; TOML reads an unquoted ``queue.1`` as a table in a table."""
    for word, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{word}.{inner}", keys) for inner, keys in value.items())
        else:
            yield word, value
