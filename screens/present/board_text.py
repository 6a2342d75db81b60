"""The board as lines of text, each figure at its place; every size has the same in another arrangement."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from screens.queue.columns import cells, shortened
from workbench.reports.board import Board, Line
from workbench.reports.board_figures import Figure
from workbench.wording import board_words as words
from workbench.words import _

TWO_COLUMNS = 110  # cells from which tables stand beside each other: a terminal of 120 has them
GAP, BETWEEN = 2, 3  # cells between the columns of a table, and between two tables
LABEL, HOUR = 5, 3  # cells before the hours, and the least of one
IN_A_LINE = (24, 12, 8, 6, 4)  # hours in one line, where there is room for so many
NUMBER, LEAST_NAME, WIDEST_NAME, BAR = 8, 8, 24, 10
LATE = frozenset({"overdue"})  # what such a figure is called by at its end
NOUGHT = "."


class Spot(NamedTuple):
    """A figure in a line: which, its first cell, how many it takes, and whether it alarms."""

    id: str
    x: int
    cells: int
    late: bool


class Row(NamedTuple):
    """A line: its text, which is safe to draw, the figures in it, and whether it is a title."""

    text: str
    spots: tuple[Spot, ...] = ()
    title: bool = False

    def beside(self, other: "Row", width: int) -> "Row":
        """Return this line in ``width`` cells with another one to its right."""
        text = self.text + " " * max(width - cells(self.text), 0)
        moved = tuple(spot._replace(x=spot.x + width) for spot in other.spots)
        # a title beside figures is not drawn as one: its line would run through them
        title = all(each.title for each in (self, other) if each.text)
        return Row(text + other.text, self.spots + moved, title)


class _Writer:
    """Writes one line from left to right."""

    def __init__(self) -> None:
        self.text, self.spots = "", list[Spot]()

    def write(self, text: str, room: int = 0) -> "_Writer":
        """Write a text, filled up to ``room`` cells; of one that is longer, its beginning."""
        shown = shortened(text, room) if room else text
        self.text += shown + " " * max(room - cells(shown), 0)
        return self

    def number(self, figure: Figure, room: int = 0, *, nought: str = "0") -> "_Writer":
        """Write a figure at the right of ``room`` cells; one that counts nothing is no figure if a dot."""
        shown = str(figure.count) if figure.count else nought
        self.text += " " * max(room - len(shown), 0)
        if figure.count or nought != NOUGHT:
            late = figure.id.rpartition(".")[2] in LATE and figure.count > 0
            self.spots.append(Spot(figure.id, cells(self.text), len(shown), late))
        self.text += shown
        return self

    def row(self, *, title: bool = False) -> Row:
        """Return the line."""
        return Row(self.text.rstrip(), tuple(self.spots), title)


def rows(board: Board, width: int) -> list[Row]:
    """Return all lines of the board for ``width`` cells: what stands out, the hours, then the tables."""
    tables = [
        _table(section, lines, (width - BETWEEN) // 2 if width >= TWO_COLUMNS else width)
        for section, lines in (
            ("by_person", board.people),
            ("by_unit", board.units),
            ("by_site", board.places),
        )
        if lines
    ]
    found = [*_heads(board, width), *_hours(board, width)]
    if width < TWO_COLUMNS:  # the titles part the lines: there are few
        return [*found, *(row for table in tables for row in table)]
    left = list(tables[0]) if tables else []
    right = [row for at, table in enumerate(tables[1:]) for row in ((Row(""),) if at else ()) + tuple(table)]
    return [*found, Row(""), *_side_by_side(left, right, (width - BETWEEN) // 2 + BETWEEN)]


def _side_by_side(left: Sequence[Row], right: Sequence[Row], width: int) -> Iterator[Row]:
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else Row("")
        yield one.beside(right[at], width) if at < len(right) else one


def _heads(board: Board, width: int) -> Iterator[Row]:
    """Yield the figures of the whole, as many in a line as fit; parts stay with what they are parts of."""
    writer = _Writer()
    for group in _groups(board.heads):
        wanted = _group(group)
        begun = bool(writer.text)
        if begun and (cells(writer.text) + BETWEEN + cells(wanted.text) > width or group[0].id == "silence"):
            yield writer.row()
            writer, begun = _Writer(), False
        base = Row(writer.text, tuple(writer.spots))
        joined = base.beside(wanted, cells(writer.text) + BETWEEN * begun)
        writer.text, writer.spots = joined.text, list(joined.spots)
    yield writer.row()


def _groups(heads: Sequence[Figure]) -> list[list[Figure]]:
    found: list[list[Figure]] = []
    for figure in heads:
        if "." in figure.id:
            found[-1].append(figure)
        else:
            found.append([figure])
    return found


def _group(figures: Sequence[Figure]) -> Row:
    writer = _Writer()
    for figure in figures:
        writer.write(" " * GAP if writer.text else "").write(words.short_head(figure.id) + " ").number(figure)
    return writer.row()


def _hours(board: Board, width: int) -> Iterator[Row]:
    """Yield the hours beside each other: when each begins, what is due in it, and how that compares."""
    most = max(hour.due.count for hour in board.hours)
    yield Row(_("Due by hour, until {until}").format(until=words.until(board.known.bounds[-1], board.zone)),
              title=True)  # fmt: skip
    if not most:
        yield Row("  " + _("Nothing falls due until then."))
        return
    room = max(HOUR, len(str(most)) + 1)
    at_once = next((n for n in IN_A_LINE if LABEL + n * room <= width), IN_A_LINE[-1])
    for start in range(0, len(board.hours), at_once):
        part = board.hours[start : start + at_once]
        titles, due, spark = _Writer(), _Writer().write(" " * LABEL), _Writer().write(" " * LABEL)
        titles.write(" " * LABEL)
        for hour in part:
            titles.write(words.hour(hour.since, board.zone, minutes=False).rjust(room))
            due.number(hour.due, room, nought=NOUGHT)
            spark.write(words.spark([hour.due.count], most).rjust(room))
        yield from (titles.row(), due.row(), spark.row())


class _Columns(NamedTuple):
    """How many cells a table gives to names and to bars, and whether the hours of each line have room."""

    name: int
    bar: int
    hours: bool

    @classmethod
    def fitting(cls, width: int, hours: int) -> "_Columns":
        """Return what fits into ``width``: names, then numbers, then bars, then ``hours``."""
        free = width - len(words.COLUMNS) * (NUMBER + GAP)
        bar = BAR if free >= LEAST_NAME + BAR + GAP else 0
        free -= bar + GAP if bar else 0
        shown = free >= LEAST_NAME + GAP + hours
        return cls(min(max(free - (GAP + hours if shown else 0), LEAST_NAME), WIDEST_NAME), bar, shown)


def _table(section: str, lines: Sequence[Line], width: int) -> list[Row]:
    """Return a table: overdue first, with a bar beside the most; the hours of each where there is room."""
    columns = _Columns.fitting(width, len(lines[0].by_hour))
    most = max(line.overdue.count for line in lines)
    highest = max((n for line in lines for n in line.by_hour), default=0)
    titles = _Writer().write(words.section(section), columns.name)
    for column in words.COLUMNS:
        titles.write(" " * GAP + _right(words.column(column), NUMBER))
        titles.write(" " * (columns.bar + GAP) if column == "overdue" and columns.bar else "")
    found = [titles.write(" " * GAP + _("due by hour") if columns.hours else "").row(title=True)]
    for line in lines:
        writer = _Writer().write(words.name(section, line.name), columns.name).write(" " * GAP)
        writer.number(line.overdue, NUMBER, nought=NOUGHT)
        writer.write(" " * GAP + words.bar(line.overdue.count, most, columns.bar) if columns.bar else "")
        writer.write(" " * GAP).number(line.due, NUMBER, nought=NOUGHT)
        writer.write(" " * GAP).number(line.unsolved, NUMBER, nought=NOUGHT)
        found.append(
            writer.write(" " * GAP + words.spark(line.by_hour, highest) if columns.hours else "").row()
        )
    return found


def _right(text: str, room: int) -> str:
    shown = shortened(text, room)
    return " " * max(room - cells(shown), 0) + shown
