"""The tables of a mapping file, each checked and read; faults are noted in the document."""

from collections.abc import Mapping as Table
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from workbench.domain import acts, facts
from workbench.exchange import whens
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
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.exchange.mapping_file import Doc


class Later:
    """A part of a sentence that is put into words when the sentence is shown."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return _(self.text)


def build(doc: "Doc", tables: Table[str, Any]) -> Mapping:
    """Return the mapping that ``tables`` hold; it counts only if no fault was noted."""
    top = doc.table((), tables, KEYS[""], ("source",))
    times = doc.table(("times",), top.get("times", {}), KEYS["times"])
    constants = set_values(doc, "constants", top)
    return Mapping(
        source=doc.text(("source",), top.get("source", "-")),
        columns=columns_of(doc, top, constants),
        formats=formats_of(doc, times.get("formats", whens.ISO)),
        zones=zones_of(doc, times["zone"]) if "zone" in times else (),
        excel_dates=doc.yes(("times", "excel_dates"), times.get("excel_dates", False)),
        constants=constants,
        values=values_of(doc, top),
        defaults=set_values(doc, "defaults", top),
        target=target_of(doc, top["target"]) if "target" in top else None,
        closing=closing_of(doc, top["closing"]) if "closing" in top else None,
        entries=entries_of(doc, top.get("entries", [])),
        clocks=doc.one_of(("clocks",), top.get("clocks", CLOCKS[0]), CLOCKS),
    )


def formats_of(doc: "Doc", given: object) -> tuple[str, ...]:
    """Return the time formats, each of which can be compiled."""
    place = ("times", "formats")
    items = doc.items(place, given) if isinstance(given, list) else [(place, given)]
    if not items:
        doc.fault(place, N_("must not be empty."))
    found = [(where, doc.text(where, item)) for where, item in items]
    for where, written in found:
        try:
            whens.compiled(written or whens.ISO)
        except ValueError:
            doc.fault(where, N_("is no time format; use iso, or a whole date like %Y-%m-%d %H:%M:%S."))
    return tuple(written for _where, written in found)


def zones_of(doc: "Doc", given: object) -> tuple[str, ...]:
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


def columns_of(doc: "Doc", top: Table[str, Any], constants: Table[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the columns of each fact."""
    given = doc.table(("fields",), top.get("fields", {}), FIELDS)
    for name in NEEDED:
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


def set_values(doc: "Doc", table: str, top: Table[str, Any]) -> dict[str, str]:
    """Return the values that hold for every row (constants), or for rows without one (defaults)."""
    allowed = tuple(name for name in FIELDS if name not in FROM_COLUMNS_ONLY)
    given = doc.table((table,), top.get(table, {}), allowed)
    return {name: doc.meaning((table, name), name, value) for name, value in given.items() if name in allowed}


def values_of(doc: "Doc", top: Table[str, Any]) -> dict[str, dict[str, str]]:
    """Return, for each fact, what the source's values mean."""
    found: dict[str, dict[str, str]] = {}
    for name, entries in doc.table(("values",), top.get("values", {}), WITH_VALUES).items():
        place = ("values", name)
        if not isinstance(entries, dict):
            doc.fault(place, N_("must be a table, not {value}."), value=str(entries)[:40])
            continue
        found[name] = meanings_of(doc, place, name, entries)
    return found


def meanings_of(doc: "Doc", place: tuple[str, ...], name: str, entries: Table[str, Any]) -> dict[str, str]:
    """Return what the values of one fact mean; two that differ only by case and blanks are one value."""
    found: dict[str, str] = {}
    for key, value in entries.items():
        meant = doc.meaning((*place, key), name, value)
        if found.setdefault(key_of(key), meant) != meant:
            doc.fault(
                (*place, key), N_("stands here twice, with two meanings; case and blanks do not count.")
            )
    return found


def target_of(doc: "Doc", given: object) -> Target:
    """Return the column that becomes a clock."""
    table = doc.table(("target",), given, KEYS["target"], ("column",))
    column = doc.column(("target", "column"), table.get("column", "#1"))
    names = dict(doc.entries(("target", "clock"), {str(table.get("clock", "target")): 0}))
    return Target(column, next(iter(names), "target"), *status_of(doc, "target", "counts", table))


def closing_of(doc: "Doc", given: object) -> Closing:
    """Return how a row says that it was closed."""
    table = doc.table(("closing",), given, KEYS["closing"], ("at",))
    status, closed = status_of(doc, "closing", "closed", table)
    return Closing(
        at=doc.column(("closing", "at"), table.get("at", "#1")),
        outcome=doc.columns(("closing", "outcome"), table["outcome"]) if "outcome" in table else (),
        status=status,
        closed=closed,
        resolution=doc.one_of(("closing", "resolution"), table["resolution"], facts.RESOLUTION.ids)
        if "resolution" in table
        else "",
        accepted=doc.one_of(("closing", "accepted"), table.get("accepted", "unknown"), facts.ACCEPTED.ids),
    )


def status_of(doc: "Doc", name: str, key: str, table: Table[str, Any]) -> tuple[str, frozenset[str]]:
    """Return a column and those of its values that decide; both or neither must be there."""
    if ("status" in table) != (key in table):
        doc.fault(
            (name,), N_("status and {key} belong together: a column, and the values that count."), key=key
        )
    if "status" not in table or key not in table:
        return "", frozenset()
    values = [doc.text(place, item) for place, item in doc.items((name, key), table[key])]
    return doc.column((name, "status"), table["status"]), frozenset(map(key_of, values))


def entries_of(doc: "Doc", given: object) -> tuple[Entry, ...]:
    """Return the columns that become entries of the timeline."""
    found = []
    for place, one in doc.items(("entries",), given):
        table = doc.table(place, one, KEYS["entries"], KEYS["entries"])
        act = doc.one_of((*place, "act"), table.get("act", acts.REPLY.id), ENTRY_ACTS)
        at = doc.column((*place, "at"), table.get("at", "#1"))
        found.append(Entry(act, at, doc.columns((*place, "text"), table.get("text", "#1"))))
    return tuple(found)
