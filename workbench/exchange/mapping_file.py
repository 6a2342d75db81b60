"""Reads a mapping file: every fault at once, each with its line, its key and the nearest right name."""

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from workbench.domain import acts, facts
from workbench.domain.errors import UsageError
from workbench.domain.text import safe_text
from workbench.exchange import time_formats
from workbench.exchange.mapping import (
    CLOCKS,
    ENTRY_ACTS,
    FIELDS,
    FROM_COLUMNS_ONLY,
    KEYS,
    NEEDED,
    WITH_VALUES,
    Closing,
    Entry,
    Mapping,
    Target,
    key_of,
)
from workbench.exchange.mapping_doc import Doc, Vocabulary
from workbench.exchange.mapping_history import history_of, with_steps
from workbench.toml.faults import Fault, fault_lines
from workbench.toml.reading import UnusableError, refusing, tables_of, text_of, with_lines
from workbench.words import N_, Show, _, as_it_is

OPTION = "--mapping"
LAST_HEADER_ROW = 1_000
BY_ROW = ("resolution_column", "accepted_column")
LONGEST_KEY = 6  # parts of a dotted key; a mapping needs two


class MappingFaultsError(UsageError):
    """Everything that is wrong with a mapping, a line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(N_("The mapping has {n} faults:"), option=OPTION, n=len(self.faults))

    def shown(self, show: Show = as_it_is) -> str:
        """Return the faults, a line each, under a headline."""
        return f"{super().shown(show)}\n{fault_lines(self.faults, show)}"


class Later:
    """A part of a sentence that is put into words when the sentence is shown."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return _(self.text)


def load(path: Path, headers: Collection[str] | None = None, vocabulary: Vocabulary | None = None) -> Mapping:
    """Read the mapping at ``path`` and check it against a file's columns and the policy's words.

    Raises:
        MappingFaultsError: with all that is wrong; the file missing counts.
    """
    file = safe_text(str(path))
    with refusing(MappingFaultsError):
        text = text_of(path, file)
    return parse(text, file, headers, vocabulary)


def parse(
    text: str, file: str, headers: Collection[str] | None = None, vocabulary: Vocabulary | None = None
) -> Mapping:
    """Read a mapping from ``text``; ``file`` stands in the faults.

    Raises:
        MappingFaultsError: with all that is wrong.
    """
    with refusing(MappingFaultsError):
        tables = tables_of(text, file, LONGEST_KEY)
    doc = Doc(headers, vocabulary or {})
    mapping = _mapping(doc, tables)
    if doc.found:
        raise MappingFaultsError(with_lines(doc.found, text, file))
    return mapping


def whereabouts(path: Path) -> tuple[str, int]:
    """Return the sheet and the row of the headline that a mapping names, if it does, and can be read.

    What is wrong with it says ``load``, once the columns are known.
    """
    try:
        tables = tables_of(text_of(path, ""), "", LONGEST_KEY)
    except UnusableError:
        return "", 0
    return _whereabouts(Doc(None, {}), tables)


def _whereabouts(doc: Doc, top: Table[str, Any]) -> tuple[str, int]:
    sheet, row = top.get("sheet", ""), top.get("header_row", 0)
    return (
        doc.text(("sheet",), sheet) if "sheet" in top else "",
        doc.whole(("header_row",), row, 1, LAST_HEADER_ROW) if "header_row" in top else 0,
    )


def _mapping(doc: Doc, tables: Table[str, Any]) -> Mapping:
    top = doc.table((), tables, KEYS[""], ("source",))
    times = doc.table(("times",), top.get("times", {}), KEYS["times"])
    constants = _set_values(doc, "constants", top)
    _whereabouts(doc, top)
    history = history_of(doc, top)
    if history:
        top = {**top, "fields": with_steps(doc, top)}
    return Mapping(
        source=doc.text(("source",), top.get("source", "-")),
        columns=_columns_of(doc, top, constants, told=("text",) if history else ()),
        formats=_formats_of(doc, times.get("formats", time_formats.ISO)),
        zones=_zones_of(doc, times["zone"]) if "zone" in times else (),
        excel_dates=doc.yes(("times", "excel_dates"), times.get("excel_dates", False)),
        constants=constants,
        values=_values_of(doc, top),
        defaults=_set_values(doc, "defaults", top),
        target=_target_of(doc, top["target"]) if "target" in top else None,
        closing=_closing_of(doc, top["closing"]) if "closing" in top else None,
        entries=_entries_of(doc, top.get("entries", [])),
        clocks=doc.one_of(("clocks",), top.get("clocks", CLOCKS[0]), CLOCKS),
        history=history,
    )


def _formats_of(doc: Doc, given: object) -> tuple[str, ...]:
    """Return the time formats, each of which can be compiled."""
    place = ("times", "formats")
    items = doc.items(place, given) if isinstance(given, list) else [(place, given)]
    if not items:
        doc.fault(place, N_("must not be empty."))
    found = [(where, doc.text(where, item)) for where, item in items]
    for where, written in found:
        try:
            time_formats.compiled(written or time_formats.ISO)
        except ValueError:
            doc.fault(where, N_("is no time format; use iso, or a whole date like %Y-%m-%d %H:%M:%S."))
    return tuple(written for _where, written in found)


def _zones_of(doc: Doc, given: object) -> tuple[str, ...]:
    """Return the zone, or the two that undo an offset which was taken off twice."""
    place = ("times", "zone")
    items = doc.items(place, given) if isinstance(given, list) else [(place, given)]
    if not 1 <= len(items) <= 2:
        doc.fault(place, N_("takes one zone, or two to undo an offset that was taken off twice."))
    found = [(where, doc.text(where, item)) for where, item in items]
    for where, name in found:
        try:
            ZoneInfo(name or "UTC")
        except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
            doc.fault(where, N_("is no time zone; write one like Asia/Shanghai."))
    return tuple(name for _where, name in found)


def _columns_of(
    doc: Doc, top: Table[str, Any], constants: Table[str, str], told: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return the columns of each fact; those that are ``told`` elsewhere are not missed."""
    given = doc.table(("fields",), top.get("fields", {}), FIELDS)
    for name in (name for name in NEEDED if name not in told):
        if name not in given and (name in FROM_COLUMNS_ONLY or name not in constants):
            doc.fault(
                ("fields",),
                N_("{key} is missing: {reason}."),
                key=name,
                reason=Later(facts.BY_NAME[name].needed),
            )
    for name in constants:
        if name in given:
            doc.fault(("constants", name), N_("is a column too; a value for blanks goes under [defaults]."))
    return {name: doc.columns(("fields", name), value) for name, value in given.items() if name in FIELDS}


def _set_values(doc: Doc, table: str, top: Table[str, Any]) -> dict[str, str]:
    """Return the values that hold for every row (constants), or for rows without one (defaults)."""
    allowed = tuple(name for name in FIELDS if name not in FROM_COLUMNS_ONLY)
    given = doc.table((table,), top.get(table, {}), allowed)
    return {name: doc.meaning((table, name), name, value) for name, value in given.items() if name in allowed}


def _values_of(doc: Doc, top: Table[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, entries in doc.table(("values",), top.get("values", {}), WITH_VALUES).items():
        place = ("values", name)
        if not isinstance(entries, dict):
            doc.fault(place, N_("must be a table, not {value}."), value=str(entries)[:40])
            continue
        found[name] = _meanings_of(doc, place, name, entries)
    return found


def _meanings_of(doc: Doc, place: tuple[str, ...], name: str, entries: Table[str, Any]) -> dict[str, str]:
    """Return what the values of one fact mean; two that differ only by case and blanks are one value."""
    found: dict[str, str] = {}
    for key, value in entries.items():
        meant = doc.meaning((*place, key), name, value)
        if found.setdefault(key_of(key), meant) != meant:
            doc.fault(
                (*place, key), N_("stands here twice, with two meanings; case and blanks do not count.")
            )
    return found


def _target_of(doc: Doc, given: object) -> Target:
    table = doc.table(("target",), given, KEYS["target"], ("column",))
    column = doc.column(("target", "column"), table.get("column", "#1"))
    names = dict(doc.entries(("target", "clock"), {str(table.get("clock", "target")): 0}))
    return Target(column, next(iter(names), "target"), *_status_of(doc, "target", "counts", table))


def _closing_of(doc: Doc, given: object) -> Closing:
    table = doc.table(("closing",), given, KEYS["closing"], ("at",))
    status, closed = _status_of(doc, "closing", "closed", table)
    return Closing(
        at=doc.column(("closing", "at"), table.get("at", "#1")),
        outcome=doc.columns(("closing", "outcome"), table["outcome"]) if "outcome" in table else (),
        status=status,
        closed=closed,
        resolution=doc.one_of(("closing", "resolution"), table["resolution"], facts.RESOLUTION.ids)
        if "resolution" in table
        else "",
        accepted=doc.one_of(("closing", "accepted"), table.get("accepted", "unknown"), facts.ACCEPTED.ids),
        **{key: doc.column(("closing", key), table[key]) for key in BY_ROW if key in table},
        unless=tuple(
            key_of(doc.text(place, item))
            for place, item in doc.items(("closing", "unless"), table.get("unless", []))
        ),
    )


def _status_of(doc: Doc, name: str, key: str, table: Table[str, Any]) -> tuple[str, frozenset[str]]:
    """Return a column and those of its values that decide; both or neither must be there."""
    if ("status" in table) != (key in table):
        doc.fault(
            (name,), N_("status and {key} belong together: a column, and the values that count."), key=key
        )
    if "status" not in table or key not in table:
        return "", frozenset()
    values = [doc.text(place, item) for place, item in doc.items((name, key), table[key])]
    return doc.column((name, "status"), table["status"]), frozenset(map(key_of, values))


def _entries_of(doc: Doc, given: object) -> tuple[Entry, ...]:
    found = []
    for place, one in doc.items(("entries",), given):
        table = doc.table(place, one, KEYS["entries"], KEYS["entries"])
        act = doc.one_of((*place, "act"), table.get("act", acts.REPLY.id), ENTRY_ACTS)
        at = doc.column((*place, "at"), table.get("at", "#1"))
        found.append(Entry(act, at, doc.columns((*place, "text"), table.get("text", "#1"))))
    return tuple(found)
