"""What a mapping says: which column of a file is which fact of a case. Read by mapping_file.py."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from workbench.domain import acts, facts
from workbench.domain.fact import Kind, Mapped

CLOCKS = ("mapped", "policy")
CASES, HISTORY = ROWS = ("cases", "history")  # a row a case, or an entry of a case
KEYS = {  # what a mapping file may hold, table by table; the empty name is the top of the file
    "": ("source", "clocks", "rows", "sheet", "header_row", "times", "fields", "constants", "values",
         "defaults", "target", "closing", "entries", "history"),
    "times": ("formats", "zone", "excel_dates"),
    "target": ("column", "clock", "status", "counts"),
    "closing": ("at", "outcome", "status", "closed", "resolution", "accepted",
                "resolution_column", "accepted_column", "unless"),
    "entries": ("act", "at", "text"),
    "history": ("id", "time", "state", "who", "words", "closed", "acts"),
}  # fmt: skip
ENTRY_ACTS = tuple(acts.where(lambda act: act.imported))

FIELDS = facts.where(lambda fact: fact.mapped is not Mapped.NEVER)  # what a column may fill
FROM_COLUMNS_ONLY = facts.where(lambda fact: fact.mapped is Mapped.COLUMN)
NEEDED = facts.where(lambda fact: bool(fact.needed))
LISTED = (Kind.CHOICE, Kind.CHOICES)
WITH_VALUES = tuple(name for name in FIELDS if facts.BY_NAME[name].kind in (*LISTED, Kind.LINE, Kind.PERSON))


@dataclass(frozen=True, slots=True)
class Target:
    """A column that holds a due time; it becomes the clock ``clock`` with that fixed due.

    With ``status``, the due time counts only where that column holds one of ``counts``: a source may
    print a target that it never judged by.
    """

    column: str
    clock: str = "target"
    status: str = ""
    counts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Closing:
    """When and how a row says that the case was closed.

    With ``status``, a case is closed when that column holds one of ``closed``; without, when ``at``
    holds a time. Without ``resolution`` nobody has said how far the cases were solved; a column that says it
    row by row is ``resolution_column``, as ``accepted_column`` says whether the customer accepts it. An
    outcome with one of the words ``unless`` in it (a duplicate, an invalid report) is no resolution, whatever
    these say.
    """

    at: str
    outcome: tuple[str, ...] = ()
    status: str = ""
    closed: frozenset[str] = frozenset()
    resolution: str = ""
    accepted: str = "unknown"
    resolution_column: str = ""
    accepted_column: str = ""
    unless: tuple[str, ...] = ()

    def resolves(self, outcome: str) -> bool:
        """Say whether a closing with ``outcome`` can be a resolution."""
        told = key_of(outcome)
        return not any(word in told for word in self.unless)


@dataclass(frozen=True, slots=True)
class Entry:
    """Columns that become one entry of the timeline, where both are filled."""

    act: str
    at: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Columns of a row that is one entry of a case, of which the file has several.

    ``closed`` are folded states; ``acts`` says which act a folded state is, any other is a note. The columns
    of id and time stand in the mapping as those of ``external_id`` and ``received_at``.
    """

    state: str = ""
    who: str = ""
    words: tuple[str, ...] = ()
    closed: frozenset[str] = frozenset()
    acts: Table[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file that was read and found right. Values are folded: case and outer blanks are gone."""

    source: str
    columns: Table[str, tuple[str, ...]]
    formats: tuple[str, ...]
    zones: tuple[str, ...] = ()
    excel_dates: bool = False
    constants: Table[str, str] = field(default_factory=dict)
    values: Table[str, Table[str, str]] = field(default_factory=dict)
    defaults: Table[str, str] = field(default_factory=dict)
    target: Target | None = None
    closing: Closing | None = None
    entries: tuple[Entry, ...] = ()
    clocks: str = "mapped"
    history: History | None = None

    @property
    def brings(self) -> tuple[str, ...]:
        """The ids of the acts whose entries a row may bring; ``correct`` is no act of a person."""
        found = [acts.RECORD.id, *(entry.act for entry in self.entries)]
        if self.history:
            found += [acts.NOTE.id, *self.history.acts.values()]
        if self.closing or (self.history and self.history.closed):
            found += [acts.CLOSE.id, acts.REOPEN.id]
        if any("handler" in said for said in (self.columns, self.constants, self.defaults)):
            found.append(acts.ASSIGN.id)
        return tuple(dict.fromkeys(found))


def key_of(value: str) -> str:
    """Return a source's value as the value tables know it."""
    return value.strip().casefold()
