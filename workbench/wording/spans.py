"""Lengths of time as a person says them, in two units at most."""

from datetime import datetime

from workbench.words import N_, _

MINUTE, HOUR, DAY = 60, 3600, 86400
_UNITS = ((DAY, N_("{n} d")), (HOUR, N_("{n} h")), (MINUTE, N_("{n} min")))


def in_words(seconds: float) -> str:
    """Return ``2 d 3 h``, ``3 h 5 min``, ``5 min``; less than a minute says so."""
    left = int(seconds)
    for at, (unit, template) in enumerate(_UNITS):
        if left >= unit:
            said = _(template).format(n=left // unit)
            rest = left % unit
            smaller, name = _UNITS[min(at + 1, len(_UNITS) - 1)]
            return f"{said} {_(name).format(n=rest // smaller)}" if rest >= smaller else said
    return _("less than a minute")


def until(due_at: datetime, now: datetime) -> str:
    """Return in words how long ``due_at`` is ahead of ``now``, or for how long it has been overdue."""
    left = (due_at - now).total_seconds()
    if left < 0:
        return _("overdue by {time}").format(time=in_words(-left))
    return _("due in {time}").format(time=in_words(left))
