"""The lines of handing over, as a list draws them."""

from collections.abc import Callable, Sequence

from textual.content import Content

from screens.present.ink import LATE, SOFT, line, lines
from screens.queue.columns import shortened
from workbench.domain.text import gist, safe_text
from workbench.reports.shift import Held
from workbench.wording import names
from workbench.words import _

OTHER_CELLS = 66  # of a line beside the two texts
LEAST_TEXT = 24  # cells of each text before one of them gives way
WORDY = (6, 5, 3)  # columns that give way where there is no room
StepOf = Callable[[Held], str]


def headings() -> list[str]:
    """Return the titles of the columns."""
    return [
        "",
        _("Number"),
        _("Level"),
        _("Customer"),
        _("State"),
        _("Next step"),
        _("The customer was told"),
    ]


def rows(found: Sequence[Held], step_of: StepOf, width: int) -> list[list[str]]:
    """Return the cells of every line; the name of a section stands in its first line.

    The two texts share what a line of ``width`` cells leaves.
    """
    shown, before = [], ""
    room = max((width - OTHER_CELLS) // 2, LEAST_TEXT)
    for each in found:
        section = _("To me") if each.to_me else _("I hold")
        shown.append(
            [
                section if section != before else "",
                safe_text(each.number),
                names.level(each.severity),
                safe_text(each.customer),
                state(each, short=True),
                shortened(gist(step_of(each), room), room),
                shortened(gist(each.told, room), room),
            ]
        )
        before = section
    return shown


def state(each: Held, *, short: bool = False) -> str:
    """Return whether a handover is confirmed; empty where nothing is handed over yet."""
    if each.duty is None:
        return ""
    if short:
        return _("NOT CONFIRMED")
    return _("NOT CONFIRMED: {giver} to {receiver}").format(
        giver=safe_text(each.giver), receiver=safe_text(each.receiver)
    )


def detail(each: Held, step_of: StepOf) -> Content:
    """Return a line in full."""
    told = safe_text(each.told) or _("nothing yet")
    parts = [
        line((_("Next step"), SOFT), "  ", safe_text(step_of(each))),
        line((_("The customer was told"), SOFT), "  ", told),
    ]
    if each.duty is not None:
        parts.insert(0, line((state(each), LATE)))
    return lines(*parts)
