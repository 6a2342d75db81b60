"""Which entries of a timeline do not count: taken back by who made them, or with a clock that was wrong."""

from collections.abc import Iterable
from datetime import timedelta

from workbench.domain.acts import JUDGE, UNDO
from workbench.domain.cases import Event

TIME_TO_THINK = timedelta(hours=24)  # in which one's own last act can be undone
_TAKING_BACK = (UNDO.id, JUDGE.id)


def undone(timeline: Iterable[Event]) -> set[int]:
    """Return the numbers of the entries that later ones take back."""
    found: set[int] = set()
    for event in timeline:
        if event.act in _TAKING_BACK:
            found.update(taken_back(event))
    return found


def taken_back(event: Event) -> tuple[int, ...]:
    """Return the numbers of the entries that ``event`` takes back; none for most."""
    if event.act == UNDO.id:
        return (event.data["seq"],) if "seq" in event.data else ()
    return tuple(event.data.get("undone", ())) if event.act == JUDGE.id else ()
