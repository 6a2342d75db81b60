"""The board as it is written: for machines, and as tables of text."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from workbench.domain.times import stamp
from workbench.reports.board import Board, Line
from workbench.reports.board_figures import Figure
from workbench.wording import board_words as words
from workbench.words import N_, _

BAR = 20  # cells
NOT_SWEPT = N_("Time has brought more than was reckoned with here; these are right after: workbench sweep")


class Table(NamedTuple):
    """Rows under headings; columns by their place: ``wordy`` ones may be cut."""

    title: str
    headings: tuple[str, ...]
    rows: list[list[str]]
    wordy: tuple[int, ...] = ()


def as_json(found: Board) -> dict[str, Any]:
    """Return the board as machines read it; ``lists`` names for each figure the line that lists its cases."""
    known = found.known
    return {
        "at": stamp(known.at), "unit": known.asked.unit, "site": known.asked.site, "exact": known.exact,
        "due_until": stamp(known.bounds[-1]),
        **{figure.id.replace(".", "_"): figure.count for figure in found.heads},
        "silent_since": min((since for since in known.silent.values() if since), default=None),
        "by_hour": [{"since": stamp(hour.since), "due": hour.due.count} for hour in found.hours],
        "by_person": _as_json("handler", found.people),
        "by_unit": _as_json("unit", found.units),
        "by_site": _as_json("site", found.places),
        "lists": {figure.id: figure.command for figure in found.figures().values()},
    }  # fmt: skip


def _as_json(field: str, lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {field: line.name or None, "overdue": line.overdue.count, "due": line.due.count,
         "unsolved": line.unsolved.count, "by_hour": list(line.by_hour)}
        for line in lines
    ]  # fmt: skip


def tables(found: Board) -> Iterator[Table]:
    """Yield the board as text: what stands out first, then by hour, person, unit and site."""
    headings = (_("Figure"), _("Cases"), _("Its list"))
    yield Table("", headings, [[_title(each), str(each.count), each.command] for each in found.heads], (2,))
    yield Table(_("Due by hour"), (_("Hour"), _("Cases"), ""), list(_hours(found)))
    for section, lines in (("by_person", found.people), ("by_unit", found.units), ("by_site", found.places)):
        if lines:
            yield _of_lines(section, lines)


def _title(figure: Figure) -> str:
    return ("  " if "." in figure.id else "") + words.head(figure.id)


def _hours(found: Board) -> Iterator[list[str]]:
    most = max(hour.due.count for hour in found.hours)
    for hour, until in zip(found.hours, found.known.bounds[1:], strict=True):
        if n := hour.due.count:
            yield [words.hour_in_full(hour.since, until, found.zone), str(n), words.bar(n, most, BAR)]


def _of_lines(section: str, lines: Sequence[Line]) -> Table:
    late = max(line.overdue.count for line in lines)
    hour = max((n for line in lines for n in line.by_hour), default=0)
    headings = ("", *(words.column(each) for each in words.COLUMNS), _("Overdue, beside the most"),
                _("Due, by hour"))  # fmt: skip
    rows = [
        [words.name(section, line.name),
         str(line.overdue.count), str(line.due.count), str(line.unsolved.count),
         words.bar(line.overdue.count, late, BAR), words.spark(line.by_hour, hour)]
        for line in lines
    ]  # fmt: skip
    return Table(words.section(section), headings, rows, (0,))


def full_title(found: Board, figure: Figure) -> str:
    """Return what a figure counts, by itself: ``Overdue, By person: Mei``."""
    section, _dot, rest = figure.id.partition(".")
    if section == "by_hour":
        since = next(at for at in found.known.bounds if stamp(at) == rest)
        return _("Due {hour}").format(hour=_in_full(found, since))
    if section in words.SECTIONS:
        name, _dot, column = rest.rpartition(".")
        named = {
            "column": words.column(column),
            "by": words.section(section),
            "name": words.name(section, name),
        }
        return _("{column}, {by}: {name}").format(**named)
    return words.title(figure.id)


def _in_full(found: Board, since: datetime) -> str:
    until = found.known.bounds[found.known.bounds.index(since) + 1]
    return words.hour_in_full(since, until, found.zone)
