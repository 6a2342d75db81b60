"""The lists of the page: cases that go straight to the top, what is late, what is due, what was corrected."""

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.reports.evening.given import NOBODY, Given, seen
from workbench.reports.evening.labels import BY_NAME
from workbench.reports.page import Table
from workbench.words import _

Line = Mapping[str, Any]


def tables(given: Given) -> list[Table]:
    """Return the lists that have a line."""
    found = [straight_to_top(given), overdue(given), tomorrow(given), unpaid(given), corrections(given),
             after_the_page(given)]  # fmt: skip
    return [table for table in found if table.rows]


def straight_to_top(given: Given) -> Table:
    """Return the gravest cases: where, what, who owes what by when; the numbers where that is missing."""
    lines = given.lines("straight_to_top_lines")
    title = _("Straight to the top")
    if not lines:
        return Table(title, [(str(number),) for number in given.lines("straight_to_top")])
    rows = [
        (_number(line), _level(line), _where_and_what(line), _owner(line), _owes(given, line),
         _due(given, line))
        for line in lines
    ]  # fmt: skip
    return Table(title, rows, (_("Number"), _("Level"), _("What"), _("Owner"), _("Owes"), _("Due")))


def overdue(given: Given) -> Table:
    """Return what is late, the longest first."""
    lines = given.lines("overdue_lines")
    rows = [
        (_number(line), _where_and_what(line), _owner(line), _owes(given, line), _due(given, line))
        for line in lines
    ]
    left_out = int(given.figures.get("overdue") or 0) - len(lines)
    title = _("Overdue, the first {n} due").format(n=len(lines)) if left_out > 0 else _("Overdue")
    return Table(title, rows, (_("Number"), _("What"), _("Owner"), _("Owes"), _("Due")))


def tomorrow(given: Given) -> Table:
    """Return what falls due on the next day."""
    rows = [
        (_number(line), _owner(line), _owes(given, line), _due(given, line))
        for line in given.lines("tomorrow")
    ]
    return Table(_("Tomorrow"), rows, (_("Number"), _("Owner"), _("Owes"), _("Due")))


def unpaid(given: Given) -> Table:
    """Return the sums that were promised and not paid."""
    rows = [
        (_number(line), str(line["amount"]), _owner(line), _due(given, line),
         _("late") if line.get("overdue") else "")
        for line in given.lines("unpaid")
    ]  # fmt: skip
    return Table(_("Promised and not paid"), rows, (_("Number"), _("Sum, yuan"), _("Owner"), _("Due"), ""))


def corrections(given: Given) -> Table:
    """Return which figures of earlier nights have changed since, and why."""
    rows = [
        (str(line.get("date") or ""), _figure(given, str(line["figure"])), _plain(line.get("from")),
         _plain(line.get("to")), seen("why", line.get("why")), _several(line.get("numbers") or ()))
        for line in given.lines("corrections")
    ]  # fmt: skip
    head = (_("Day"), _("Figure"), _("Was"), _("Is"), _("Why"), _("Cases"))
    return Table(_("Corrections of earlier nights"), rows, head)


def after_the_page(given: Given) -> Table:
    """Return by how much figures rose between the page of the night and midnight."""
    counts = {name: n for name, n in given.table("after_the_page").items() if name != "date"}
    rows = [(_figure(given, name), f"{n:+}" if isinstance(n, int) else str(n)) for name, n in counts.items()]
    return Table(_("Between the page and midnight"), rows, (_("Figure"), _("Rose by")))


def _figure(given: Given, name: str) -> str:
    """Return what a figure is called; one within another by the names of both."""
    first, *rest = name.split(".")
    if first == "on_time" and rest:
        return " ".join((_("On time"), given.clock(rest[0]), *rest[1:]))
    return _(BY_NAME[name].label) if name in BY_NAME else seen("figure", name)


def _several(numbers: Iterable[Any]) -> str:
    return " ".join(str(number) for number in numbers)


def _plain(value: Any) -> str:
    return "-" if value is None else str(value)


def _number(line: Line) -> str:
    return str(line["number"])


def _level(line: Line) -> str:
    return str(line.get("level") or "")


def _where_and_what(line: Line) -> str:
    parts = (seen("site", line.get("site")), seen("gist", line.get("gist")))
    return " · ".join(filter(None, parts))


def _owner(line: Line) -> str:
    return seen("owner", line["owner"]) if line.get("owner") else _(NOBODY)


def _owes(given: Given, line: Line) -> str:
    return given.clock(seen("owes", line["owes"])) if line.get("owes") else ""


def _due(given: Given, line: Line) -> str:
    return given.moment(line.get("due_at"))
