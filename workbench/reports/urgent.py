"""Cases that cannot wait and have come to somebody since the last look: of level 1, or hot.

Nothing is read for it: the cases are those that the look has folded already.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.rules import in_sight

GRAVEST = 1  # the level


class Urgent(NamedTuple):
    """A case that cannot wait."""

    case_id: int
    number: str
    severity: int
    hot: bool


class News(NamedTuple):
    """What changed of urgent cases: those that ``came`` to the person, and the keys of what is ``over``."""

    came: tuple[Urgent, ...] = ()
    over: frozenset[int] = frozenset()


NO_NEWS = News()


def news(desk: Desk, changed: Iterable[tuple[Case | None, Case]]) -> News:
    """Return what became urgent for the person at the desk by others, and what is so no longer.

    ``changed`` are cases as they were (None: not there) and as they are.
    """
    pairs = list(changed)
    return News(
        tuple(_came(desk, pairs)), frozenset(now.case_id for _, now in pairs if not _waits(desk, now))
    )


def _came(desk: Desk, pairs: list[tuple[Case | None, Case]]) -> Iterator[Urgent]:
    for before, now in pairs:
        known = before is not None and _waits(desk, before)
        if _waits(desk, now) and not known and now.last_by != desk.person:
            yield Urgent(now.case_id, now.number, now.severity, now.hot)


def _waits(desk: Desk, case: Case) -> bool:
    """Say whether a case cannot wait, and is the person's, or nobody's and in their sight."""
    if not case.unsolved or not (case.hot or case.severity == GRAVEST):
        return False
    return case.handler == desk.person or (case.handler is None and in_sight.why_not(desk, case) is None)
