"""Cases that cannot wait and have come to somebody since the last look: of level 1, or hot.

After a few changes nothing is read for it: the cases are those that the look has folded already. Where a look
reads everything anew, the few that cannot wait are looked for among all that have changed.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from storage import urgent
from storage.engine import Db
from storage.queues import View
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.reports.pasts import by_case, past
from workbench.rules import in_sight

GRAVEST = 1  # the level
MOST = 300  # cases of which it is looked up what they were before; of more it is said how many


class Urgent(NamedTuple):
    """A case that cannot wait."""

    case_id: int
    number: str
    severity: int
    hot: bool


class News(NamedTuple):
    """What changed of urgent cases.

    Attributes:
        came: Those that came to the person.
        over: The keys of what is so no longer.
        more: How many besides have changed that cannot wait: too many at once to look at each.
    """

    came: tuple[Urgent, ...] = ()
    over: frozenset[int] = frozenset()
    more: int = 0


NO_NEWS = News()


def news(desk: Desk, changed: Iterable[tuple[Case | None, Case]]) -> News:
    """Return what became urgent for the person at the desk by others, and what is so no longer.

    ``changed`` are cases as they were (None: not there) and as they are.
    """
    pairs = list(changed)
    return News(
        tuple(_came(desk, pairs)), frozenset(now.case_id for _, now in pairs if not _waits(desk, now))
    )


def among_many(desk: Desk, db: Db, view: View, seen: int, told: Collection[int]) -> News:
    """Return the same of all cases that changed after the entry ``seen`` of the store, however many.

    Args:
        desk: Whose news it is.
        db: Reads one moment.
        view: Whose reach it is, as it stands at that moment.
        seen: The newest entry that the last look saw.
        told: The cases that were told of before: whether they are over is said of these alone.
    """
    site_id = desk.store.site_id
    keys, total = urgent.since(db, site_id, view, seen, gravest=GRAVEST, most=MOST)
    wanted = dict.fromkeys((*keys, *told))  # in this order
    timelines = by_case(urgent.timelines(db, site_id, wanted))
    pasts = [past(desk, key, timelines[key], seen) for key in wanted if key in timelines]
    return news(desk, [each[:2] for each in pasts])._replace(more=total - len(keys))


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
