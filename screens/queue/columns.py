"""Which columns fit into how many cells, and what stands in them."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.queues import GIST_LENGTH, QueueRow
from workbench.domain import masks
from workbench.domain.text import clip, gist, safe_text
from workbench.wording import names
from workbench.wording.countdown import WIDTH, countdown, is_late
from workbench.wording.names import Names
from workbench.words import N_, _, language

GUTTER = 2  # the cursor, and a blank
PLACE_WISH = 16  # cells that the place gets first: in less than that, one site looks like another
GIST_WISH = 28  # and the gist after it, before other columns grow


@dataclass(frozen=True)
class Column:
    """One column: the least it needs, what it would like (cells, for zh and en), how soon it is given up."""

    id: str
    title: str
    least: tuple[int, int]
    ideal: tuple[int, int]
    rank: int


COLUMNS = (
    Column("number", N_("Number"), (13, 13), (13, 13), 0),
    Column("level", N_("Level"), (9, 11), (9, 11), 4),
    Column("countdown", N_("Time left"), (WIDTH, WIDTH), (WIDTH, WIDTH), 1),
    Column("clock", N_("Clock"), (4, 8), (8, 13), 3),
    Column("stage", N_("Stage"), (8, 8), (8, 12), 8),
    Column("customer", N_("Customer"), (8, 8), (10, 16), 6),
    Column("place", N_("Site, unit"), (10, 10), (18, 18), 7),
    Column("category", N_("Category"), (8, 10), (8, 20), 9),
    Column("gist", N_("Gist"), (16, 16), (16, 16), 2),
    Column("handler", N_("Handler"), (6, 7), (10, 12), 5),
)
MORE = (  # what a saved view may show besides
    Column("received_at", N_("Received at"), (16, 16), (16, 16), 10),
    Column("kind", N_("Kind"), (4, 8), (8, 10), 11),
    Column("status", N_("Status"), (6, 7), (6, 8), 12),
)
BY_ID = {column.id: column for column in (*COLUMNS, *MORE)}
SHOWS = {  # JSON keys, where the column that shows them is called otherwise
    "severity": "level", "next_due_at": "countdown", "next_clock": "clock", "site": "place", "unit": "place",
    "text": "gist",
}  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A column where it stands: its first cell and its width."""

    id: str
    title: str
    x: int
    width: int


def place(width: int, number_width: int = 13, wanted: Sequence[str] = ()) -> tuple[Placed, ...]:
    """Return the columns that fit into ``width`` cells, in the order of the screen.

    The number comes first, whole, then the countdown, then the gist; the rest by rank. What is left
    over goes to place and gist, then to each column up to its ideal, and the remainder to the gist.

    Args:
        wanted: JSON keys of those that are wished for, in this order, of which the first are kept longest;
            the number is always there.
    """
    tongue = 0 if language() == "zh" else 1
    columns, kept = (_wished(wanted), ("number",)) if wanted else (COLUMNS, ("number", "countdown"))
    least = {c.id: number_width if c.id == "number" else c.least[tongue] for c in columns}
    free = width - GUTTER
    chosen: set[str] = set()
    for column in sorted(columns, key=lambda c: c.rank):
        cost = least[column.id] + (1 if chosen else 0)
        if cost <= free or column.id in kept:
            chosen.add(column.id)
            free -= cost
    return _lay_out([c for c in columns if c.id in chosen], least, max(free, 0), tongue)


def _wished(keys: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns that show ``keys``, each once, ranked as they are named; the number among them."""
    named = dict.fromkeys(SHOWS.get(key, key) for key in keys)
    names = named if "number" in named else {"number": None, **named}
    ranks = {name: rank for rank, name in enumerate({"number": None, **names})}
    return tuple(dataclasses.replace(BY_ID[name], rank=ranks[name]) for name in names)


def _lay_out(chosen: list[Column], least: dict[str, int], free: int, tongue: int) -> tuple[Placed, ...]:
    widths = {c.id: least[c.id] for c in chosen}
    wishes = [("place", PLACE_WISH), ("gist", GIST_WISH)]
    wishes += [(c.id, c.ideal[tongue]) for c in sorted(chosen, key=lambda c: c.rank)]
    for name, wish in wishes:
        more = min(free, max(wish - widths.get(name, wish), 0))
        if more:
            widths[name] += more
            free -= more
    if "gist" in widths:
        widths["gist"] += free
    placed, x = [], GUTTER
    for column in chosen:
        placed.append(Placed(column.id, column.title, x, widths[column.id]))
        x += widths[column.id] + 1
    return tuple(placed)


def hot_now(row: QueueRow, now: datetime) -> bool:
    """Say whether the case is hot at ``now``."""
    return row.hot or (row.hot_at is not None and row.hot_at <= now)


class Cells:
    """Writes the cells of a row; every text is made safe here."""

    def __init__(self, names_: Names) -> None:
        self.names = names_
        self.writing: Callable[[int], str] = lambda _case_id: ""  # who writes on a case right now
        self.writers: dict[str, Callable[[QueueRow, datetime, int], str]] = {
            "number": self._number,
            "level": self._level,
            "countdown": self._countdown,
            "clock": self._clock,
            "stage": lambda row, now, width: self.names.stage(row.stage),
            "customer": lambda row, now, width: self._customer(row),
            "place": self._place,
            "category": lambda row, now, width: self.names.named("category", row.category),
            "gist": lambda row, now, width: gist(self._gist(row, now), GIST_LENGTH),
            "handler": lambda row, now, width: safe_text(row.handler or "-"),
            "received_at": lambda row, now, width: self.names.local(row.received_at),
            "kind": lambda row, now, width: self.names.named("kind", row.kind),
            "status": lambda row, now, width: names.status(row.status),
        }

    def cell(self, column: Placed, row: QueueRow, now: datetime) -> str:
        """Return the text of one cell, exactly as wide as its column; a cut is marked."""
        return clip(shortened(self.writers[column.id](row, now, column.width), column.width), column.width)

    def _number(self, row: QueueRow, now: datetime, width: int) -> str:
        number = safe_text(row.number)
        return number if len(number) <= width else "~" + number[1 - width :]

    def _customer(self, row: QueueRow) -> str:
        return safe_text(masks.shown("customer", row.customer))

    def _place(self, row: QueueRow, now: datetime, width: int) -> str:
        """Return site and unit; where both do not fit the site is cut: a unit tells homes apart."""
        site, unit = (safe_text(masks.shown(field, getattr(row, field))) for field in ("site", "unit"))
        both = f"{site} {unit}".strip()
        left = width - cells(unit) - 1
        if not unit or left < 2 or cells(both) <= width:
            return shortened(both if cells(both) <= width else unit or site, width)
        return clip(site, left).rstrip() + "~" + unit

    def _gist(self, row: QueueRow, now: datetime) -> str:
        said = masks.cut("text", row.gist)
        if row.passes:
            said = _("passed {n}: {text}").format(n=row.passes, text=said)
        said = _("paused: {text}").format(text=said) if _is_paused(row, now) else said
        writes = self.writing(row.case_id)
        return f"[{writes}] {said}" if writes else said

    def _level(self, row: QueueRow, now: datetime, width: int) -> str:
        hot = _("hot") if hot_now(row, now) else ""
        return f"{names.level(row.severity)} {hot}"

    def _countdown(self, row: QueueRow, now: datetime, width: int) -> str:
        return countdown(row.next_due_at, now)

    def _clock(self, row: QueueRow, now: datetime, width: int) -> str:
        if row.next_due_at is None and _is_paused(row, now):
            return _("paused")
        name = self.names.clock(row.next_clock) if row.next_clock else ""
        late = name + " " + _("late") if is_late(row.next_due_at, now) else name
        return late if cells(late) <= width else name


def _is_paused(row: QueueRow, now: datetime) -> bool:
    return row.pause_until is not None and row.pause_until > now


def shortened(name: str, width: int) -> str:
    """Return a name of at most ``width`` cells; a cut one says so, for half a name is another name."""
    return name if cells(name) <= width else clip(name, width - 1).rstrip() + "~"


def cells(text: str) -> int:
    """Return how many terminal cells ``text`` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
