"""The board in lines: a figure a line, and what is counted by person, unit and site."""

from collections.abc import Sequence

from workbench.desk import Desk
from workbench.plain.dialogue import Dialogue
from workbench.reports import board as report
from workbench.reports.board import Line
from workbench.reports.board_page import NOT_SWEPT
from workbench.reports.board_state import Asked
from workbench.wording import board_words as words
from workbench.words import _


def show(desk: Desk, dialogue: Dialogue) -> None:
    """Say the figures; what counts nothing by hour, person, unit or site is left out.

    Raises:
        RefusedError: the person may not see figures; names who may.
    """
    found = report.board(desk, Asked())
    for figure in found.heads:
        dialogue.say(f"{words.title(figure.id)}: {figure.count}; {figure.command}", 3)
    dialogue.say(_("Due by hour"))
    for hour, until in zip(found.hours, found.known.bounds[1:], strict=True):
        if hour.due.count:
            dialogue.say(f"  {words.hour_in_full(hour.since, until, found.zone)}: {hour.due.count}", 3)
    for section, lines in (("by_person", found.people), ("by_unit", found.units), ("by_site", found.places)):
        _say(dialogue, section, lines)
    if not found.known.exact:
        dialogue.say(_(NOT_SWEPT))


def _say(dialogue: Dialogue, section: str, lines: Sequence[Line]) -> None:
    if lines:
        dialogue.say(words.section(section))
    for line in lines:
        counts = zip(words.COLUMNS, (line.overdue, line.due, line.unsolved), strict=True)
        said = "; ".join(f"{words.column(column)} {figure.count}" for column, figure in counts)
        dialogue.say(f"  {words.name(section, line.name)}: {said}", 3)
