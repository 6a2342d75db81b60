"""The lines of handing over, as a list draws them."""

from collections.abc import Callable, Sequence

from textual.content import Content

from screens.list_columns import Column, Rows
from screens.present.ink import LATE, SOFT, line, lines
from screens.queue.columns import shortened
from workbench.domain.text import safe_text
from workbench.reports.shift import Held
from workbench.wording import names
from workbench.words import _

OTHER_CELLS = 60  # of a line beside the two texts
LEAST_TEXT = 24  # cells of each text before one of them gives way
StepOf = Callable[[Held], str]


def columns() -> list[Column]:
    """Return the columns: the next step stands on any screen, and what the customer was told after it."""
    return [
        Column("", 6, 6),
        Column(_("Number"), 5, 6, by_its_end=True),
        Column(_("Level"), 8),
        Column(_("Customer"), 4, 6),
        Column(_("State"), 7, 13),
        Column(_("Next step"), 1, 20),
        Column(_("Told last"), 2, 16),
    ]


def rows(found: Sequence[Held], step_of: StepOf, width: int) -> Rows:
    """Return the cells of every line; the name of a section stands in its first line.

    The two texts share what a line of ``width`` cells leaves.
    """
    room = max((width - OTHER_CELLS) // 2, LEAST_TEXT)

    def made(at: int) -> list[str]:
        each = found[at]
        first = at == 0 or found[at - 1].to_me != each.to_me
        return [
            (_("To me") if each.to_me else _("I hold")) if first else "",
            safe_text(each.number),
            names.level(each.severity),
            safe_text(each.customer),
            state(each, short=True),
            shortened(safe_text(step_of(each)), room),
            shortened(safe_text(each.told) or _("nothing yet"), room),
        ]

    return Rows(len(found), made)


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
