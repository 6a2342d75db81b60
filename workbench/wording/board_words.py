"""What the figures of the board are called, and their bars: plain signs, of one cell on every terminal."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from workbench.domain.text import safe_text
from workbench.domain.times import until_local
from workbench.words import N_, _

HEADS = {
    "open": N_("Open"),
    "waiting": N_("Waiting"),
    "overdue": N_("Overdue"),
    "due": N_("Due next"),
    "unassigned": N_("Unassigned"),
    "silence": N_("Waiting for our word"),
    "silence.over_4h": N_("for over 4 hours"),
    "silence.over_24h": N_("for over 24 hours"),
    "requests": N_("Approvals to decide"),
    "requests.overdue": N_("decision overdue"),
    "opinions": N_("Opinions owed"),
    "opinions.overdue": N_("opinion overdue"),
}
SHORT_HEADS = {
    "open": N_("Open"),
    "waiting": N_("Waiting"),
    "overdue": N_("Overdue"),
    "due": N_("Due next"),
    "unassigned": N_("Unassigned"),
    "silence": N_("For us"),
    "silence.over_4h": N_(">4h"),
    "silence.over_24h": N_(">24h"),
    "requests": N_("Approvals"),
    "requests.overdue": N_("late"),
    "opinions": N_("Opinions"),
    "opinions.overdue": N_("late"),
}
COLUMNS = {"overdue": N_("Overdue"), "due": N_("Due"), "unsolved": N_("Unsolved")}
SECTIONS = {"by_person": N_("By person"), "by_unit": N_("By unit"), "by_site": N_("By site")}
NOBODY = {"by_person": N_("nobody"), "by_unit": "", "by_site": N_("no site")}
STEPS = " .:-=+*#"  # of a sparkline, from nothing up
FULL, EMPTY = "#", "."


def head(id: str) -> str:
    """Return what a figure of the whole is called; one of a part of another stands behind that."""
    return _(HEADS[id])


def title(id: str) -> str:
    """Return the same by itself: ``Opinions owed, opinion overdue``."""
    whole, dot, _part = id.partition(".")
    return f"{head(whole)}{_(', ')}{head(id)}" if dot else head(id)


def short_head(id: str) -> str:
    """Return the same where there is little room."""
    return _(SHORT_HEADS[id])


def section(id: str) -> str:
    """Return the title of a table."""
    return _(SECTIONS[id])


def column(id: str) -> str:
    """Return the title of a column."""
    return _(COLUMNS[id])


def name(section_id: str, typed: str) -> str:
    """Return the name of a line: of a person, a unit, a site, or of nobody and none."""
    return safe_text(typed) or _(NOBODY[section_id])


def hour(since: datetime, zone: tzinfo, *, minutes: bool = True) -> str:
    """Return when an hour begins, by the clocks of the zone."""
    there = since.astimezone(zone)
    return f"{there:%H:%M}" if minutes or there.minute else f"{there:%H}"


def until(at: datetime, zone: tzinfo) -> str:
    """Return when the last hour ends, with its day: ``11-22 12:00``."""
    return until_local(at, zone)[5:]


def hour_in_full(since: datetime, until: datetime, zone: tzinfo) -> str:
    """Return an hour with its day: ``2026-11-21 14:00-15:00``."""
    return f"{since.astimezone(zone):%Y-%m-%d %H:%M}-{until_local(until, zone)[11:]}"


def bar(n: int, most: int, room: int) -> str:
    """Return a bar of ``room`` cells, of which ``most`` fills all; the least that is anything is one."""
    cells = min(max(round(n * room / most), 1), room) if n > 0 and most > 0 else 0
    return FULL * cells + EMPTY * (room - cells)


def spark(values: Sequence[int], most: int) -> str:
    """Return a sign a value, the higher the fuller; nought is a blank, ``most`` the fullest."""
    top = len(STEPS) - 1
    return "".join(
        STEPS[min(-(-value * top // most), top)] if most and value > 0 else " " for value in values
    )
