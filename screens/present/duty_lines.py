"""What is owed on a case, counting down like a clock."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from screens.present.clock_bars import NEAR_PART, bar_text
from screens.present.facts import fact
from screens.present.ink import LATE, NEAR, PLAIN, SOFT, line
from screens.queue.columns import cells, shortened
from workbench.domain.case_parts import OPEN, Duty
from workbench.domain.cases import Case
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.wording import names
from workbench.wording.countdown import span
from workbench.wording.names import Names
from workbench.words import _


def duty_line(duty: Duty, now: datetime, words: Names, bar: int, label: int, width: int) -> Content:
    """Return one open duty in ``width`` cells or so: word, bar, what is left, who owes it, what.

    ``bar`` and ``label`` are the cells of the bar and of the word before it.
    """
    whole = (duty.due_at - duty.started_at).total_seconds()
    part = (now - duty.started_at).total_seconds() / whole if whole > 0 else 1.0
    late = now > duty.due_at
    style = LATE if late else NEAR if part >= NEAR_PART else PLAIN
    said = _("{span} late") if late else _("{span} left")
    left = said.format(span=span(abs(round((duty.due_at - now).total_seconds()))))
    name = words.duty(duty.kind)
    name += " " * max(label - cells(name), 1)
    counted = f"{bar_text(part, bar)} {left}"
    room = max(width - cells(name) - cells(counted) - 2, 0)
    what = f"{words.owner(duty.owner)}  {gist(mask_numbers(duty.text), room)}".strip()
    return line(name, (counted, style), "  ", (shortened(what, room), SOFT))


def ended_promises(case: Case, words: Names, width: int) -> Iterator[Content]:
    """Yield the promises that were kept or broken."""
    for duty in case.promises:
        if duty.state != OPEN:
            said = f"{duty.id} {safe_text(mask_numbers(duty.text))} ({names.word(duty.state)})"
            yield from fact(_("Promise"), said, "", width)
