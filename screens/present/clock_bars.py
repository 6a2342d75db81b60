"""Clocks as bars with words, in ASCII, so that nothing depends on colour or on the width of a glyph."""

from datetime import datetime
from math import ceil

from textual.content import Content

from screens.present.ink import LATE, NEAR, PLAIN, SOFT, line
from screens.queue.columns import cells
from workbench.domain import clocks
from workbench.domain.calendars import Calendar
from workbench.domain.clocks import Clock
from workbench.domain.text import clip
from workbench.wording import names
from workbench.wording.countdown import span
from workbench.wording.names import Names
from workbench.words import _

NEAR_PART = 0.75
LABEL = 9
STATE = 8  # cells for what has come of a clock


def clock_line(
    clock: Clock, calendar: Calendar, now: datetime, words: Names, bar: int, label: int = LABEL
) -> Content:
    """Return one clock: name, how much is used up, what is left in words, and when it is due.

    ``bar`` and ``label`` are the cells of the bar and of the name before it.
    """
    state = clocks.state(clock, now)
    due = clocks.due_at(clocks.effective(clock, now), calendar)
    name = words.clock(clock.id)
    name += " " * max(label - cells(name), 1)
    if state in ("met", "missed"):
        stopped = words.local(clock.stopped_at)
        style = LATE if state == "missed" else SOFT
        doubt = f"  {_('in doubt')}" if clock.in_doubt else ""
        return line(
            name, (clip(names.clock_state(state), STATE), style), (f" {stopped}", SOFT), (doubt, NEAR)
        )
    part = _part_used(clock, calendar, now)
    late = clocks.overdue(clock, now, calendar)
    style = LATE if late else NEAR if part >= NEAR_PART else PLAIN
    if state == "paused":
        return line(name, bar_text(part, bar), " ", (_("paused"), SOFT))
    left = clocks.remaining(clock, now, calendar)
    said = _("{span} late") if late else _("{span} left")
    return line(
        name,
        (bar_text(part, bar), style),
        (" " + said.format(span=span(abs(round(left.total_seconds())))), style),
        (f"  {_due(words.until(due), words.local(now))}", SOFT),
    )


def _due(due: str, today: str) -> str:
    """Return a due time without its year, unless that is another one."""
    return due[5:] if due[:4] == today[:4] else due


def bar_text(part: float, width: int) -> str:
    """Return a bar ``width`` cells wide; the first second fills a cell, only the whole fills the last."""
    inner = max(width - 2, 1)
    most = inner if part >= 1 else inner - 1
    filled = min(ceil(max(part, 0) * inner), most)
    return "[" + "#" * filled + "." * (inner - filled) + "]"


def _part_used(clock: Clock, calendar: Calendar, now: datetime) -> float:
    whole = clocks.allowance(clock, calendar).total_seconds()
    return clocks.used(clock, now, calendar).total_seconds() / whole if whole > 0 else 1.0
