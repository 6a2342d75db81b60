"""What can be taken back, as the lines of a list."""

from collections.abc import Iterator

from screens.list_columns import Column
from workbench.domain import masks
from workbench.domain.text import gist, safe_text
from workbench.reports import undoable
from workbench.reports.undoable import Undoable
from workbench.wording import entries, taking_back
from workbench.wording.names import Names
from workbench.words import _

LONGEST = 200  # characters of a text in a cell


def columns() -> list[Column]:
    """Return the columns: what was done on which case, and what its undo would change."""
    return [
        Column(_("Written at"), 4, 11),
        Column(_("Act"), 2, 8),
        Column(_("Number"), 3, 6, by_its_end=True),
        Column(_("Customer"), 7, 6),
        Column(_("Taken back, it becomes"), 5, 12),
        Column(_("Text"), 6, 12),
    ]


def row(each: Undoable, words: Names) -> list[str]:
    """Return the cells of a line."""
    customer = safe_text(masks.of(each.case, "customer")) if each.in_sight else ""
    return [
        words.local(each.event.at),
        entries.title_of(each.event),
        safe_text(each.case.number),
        customer,
        taking_back.changes(each.becomes),
        gist(undoable.words_of(each), LONGEST),
    ]


def detail(each: Undoable, words: Names) -> str:
    """Return a line in full: what is taken back, what the case becomes, and until when that can be done."""
    return "  ".join(_parts(each, words))


def _parts(each: Undoable, words: Names) -> Iterator[str]:
    yield entries.title_of(each.event)
    yield safe_text(each.case.number)
    if said := gist(undoable.words_of(each), LONGEST):
        yield said
    yield taking_back.changes(each.becomes)
    yield _("until {time}").format(time=words.local(each.until))
    if each.needs_reason:
        yield _("it asks for a reason: the summary of its day is out")
