"""The day of one person as the lines of a list: figures first, then what is owed by the end of tomorrow."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from screens.list_columns import Column
from workbench.domain.text import gist, safe_text
from workbench.domain.times import unstamp
from workbench.reports import my_day
from workbench.wording.countdown import countdown, is_late
from workbench.wording.names import Names
from workbench.words import _

LONGEST = 200  # characters of a text in a cell


class Line(NamedTuple):
    """One line of the day; a figure is about no case and has no due time."""

    heading: str
    what: str
    due_at: datetime | None = None
    number: str = ""
    customer: str = ""
    text: str = ""

    @property
    def key(self) -> tuple[str, str, datetime | None, str]:
        """What makes it the same line again: a figure by its heading, whatever it says by now."""
        return self.heading, self.what if self.number else "", self.due_at, self.number


def day(found: Mapping[str, Any], words: Names) -> list[Line]:
    """Return the lines of what ``workbench.reports.my_day`` says."""
    figures = [Line(label, said) for label, said in my_day.figure_lines(dict(found))]
    return [*figures, *_owed(found, words), *_tomorrow(found, words)]


def _owed(found: Mapping[str, Any], words: Names) -> Iterator[Line]:
    for each in found["owed"]:
        text, customer = gist(each["text"], LONGEST), safe_text(each["customer"])
        due, number = unstamp(each["due_at"]), safe_text(each["number"])
        yield Line(_("I owe"), words.duty(each["owes"]), due, number, customer, text)


def _tomorrow(found: Mapping[str, Any], words: Names) -> Iterator[Line]:
    for each in found["tomorrow"]:
        due, number = unstamp(each["due_at"]), safe_text(each["number"])
        yield Line(_("Due tomorrow"), words.clock(each["owes"]), due, number)


def columns() -> list[Column]:
    """Return the columns: what and by when stand on any screen."""
    return [
        Column("", 2, 8),
        Column(_("What"), 1, 16),
        Column(_("Time left")),
        Column(_("Number"), 4, 6, by_its_end=True),
        Column(_("Customer"), 7, 6),
    ]


def row(each: Line, now: datetime, *, first: bool) -> list[str]:
    """Return the cells of a line; the heading stands in the ``first`` line under it only."""
    left = countdown(each.due_at, now) if each.due_at else ""
    what = f"{each.what}  {each.text}".rstrip()
    return [each.heading if first else "", what, left, each.number, each.customer]


def late(lines: list[Line], now: datetime) -> set[int]:
    """Return the places of the lines that are past their time."""
    return {at for at, each in enumerate(lines) if is_late(each.due_at, now)}


def detail(each: Line, words: Names) -> str:
    """Return a line in full."""
    due = _("by {due}").format(due=words.until(each.due_at)) if each.due_at else ""
    parts = (each.heading, each.what, f"{each.number} {each.customer}".strip(), due, each.text)
    return "  ".join(part for part in parts if part)
