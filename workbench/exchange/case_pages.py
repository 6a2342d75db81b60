"""Pages of cases for an export: as they are stored, or as they stand now where time has brought something."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import Any

from storage import cases, events, figures
from storage import export as stored
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.history import fold
from workbench.exchange.parts import Told
from workbench.exchange.plans import Plan
from workbench.reports.queue_now import newest_that_aged

Across = Sequence[Sequence[Any]]  # a page of a table, by its columns
Shape = Callable[[Db, Case], Mapping[str, Any]]  # a case as JSON, masked or not as the caller wants it


def told(desk: Desk, db: Db, keys: Sequence[int]) -> Iterator[Told]:
    """Yield the cases as they stand now, their timelines read a page at a time."""
    now, rules = desk.now(), cache(partial(desk.rules_in, db))
    for page in figures.pages(keys):
        for key, timeline in events.of_cases(db, desk.store.site_id, page).items():
            if timeline:
                own = rules(events.policy_of(timeline))
                case = upcoming.effective(fold(desk.store.site_id, key, timeline, own), now, own)
                yield Told(case, timeline, own, now)


def across(
    desk: Desk, db: Db, keys: Sequence[int], plan: Plan, shape: Shape | None,
    progress: Callable[[int], None],
) -> Iterator[Across]:  # fmt: skip
    """Yield pages of cases, each as one sequence a segment of ``plan``, with all its steps done.

    Args:
        shape: Gives a case as JSON; needed for columns that only a timeline tells.
        progress: Called with the number of cases written, page by page.
    """
    now, done = desk.now(), 0
    unstored = any(segment.cut is None for segment in plan)
    cuts = [] if unstored else [segment.cut for segment in plan if segment.cut]
    for page in stored.pages(db, keys, cuts, now, newest_that_aged(desk, db, now)):
        moved = [row[0] for row in page if unstored or row[1]]
        anew = {
            each.case.case_id: _row_now(db, each, plan, shape if unstored else None)
            for each in told(desk, db, moved)
        }
        rows = [anew.get(row[0]) or row[2:] for row in page] if anew else page
        columns: list[Sequence[Any]] = list(islice(zip(*rows, strict=True), 0 if anew else 2, None))
        for place, segment in enumerate(plan if page else ()):
            for step in segment.steps:
                columns[place] = step(columns[place])
        yield columns
        done += len(page)
        progress(done)


def _row_now(db: Db, each: Told, plan: Plan, shape: Shape | None) -> tuple[Any, ...]:
    """Return the row of a case as it stands now: time has brought what nobody has written down yet."""
    known: dict[str, Any] = cases.row(each.case, each.rules, b"")
    shown = shape(db, each.case) if shape else {}
    return tuple(segment.cut.of(known) if segment.cut else shown.get(segment.names[0]) for segment in plan)
