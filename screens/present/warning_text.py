"""The early warnings as the lines of a list: of the desk of decisions less what they do not have."""

from datetime import datetime

from screens.list_columns import Column
from screens.present import desk_text
from workbench.domain.text import safe_text
from workbench.reports.desk_row import Row
from workbench.wording.countdown import countdown
from workbench.wording.names import Names
from workbench.words import _


def columns() -> list[Column]:
    """Return the columns: the sentence has the room that there is."""
    return [
        Column(_("What"), 2, 8),
        Column(_("Number"), 4, 6, by_its_end=True),
        Column(_("Time left"), 5, 9),
        Column(_("What about"), 1, 16),
    ]


def row(each: Row, words: Names, now: datetime, *, first: bool) -> list[str]:
    """Return the cells of a line; one that somebody sees to has a time."""
    left = countdown(each.due_at, now) if each.due_at else ""
    return [desk_text.what(each, words), safe_text(each.number), left, desk_text.about(each)]
