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
Columns = list[Sequence[Any]]  # the same, of which some may be put in the place of others
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
    done = 0
    if any(segment.cut is None for segment in plan):
        read = _unstored
    else:
        read = (
            _as_texts if all(segment.cut and segment.cut.mark is not None for segment in plan) else _as_values
        )
    for columns in read(desk, db, keys, plan, shape):
        for place, segment in enumerate(plan):
            for step in segment.steps:
                columns[place] = step(columns[place])
        yield columns
        done += len(columns[0])
        progress(done)


def _as_texts(desk: Desk, db: Db, keys: Sequence[int], plan: Plan, shape: Shape | None) -> Iterator[Columns]:
    """Yield pages of columns that are all read as texts."""
    now, cuts = desk.now(), [segment.cut for segment in plan if segment.cut]
    for changed, (here, *found) in stored.columns(db, keys, cuts, now, newest_that_aged(desk, db, now)):
        places = {int(here[place]): place for place in changed}
        for each in told(desk, db, list(places)) if places else ():
            row, place = _row_now(db, each, plan, None), places[each.case.case_id]
            for column, value in zip(found, row, strict=True):
                column[place] = value
        columns: Columns = list(found)
        yield columns


def _as_values(desk: Desk, db: Db, keys: Sequence[int], plan: Plan, shape: Shape | None) -> Iterator[Columns]:
    """Yield pages of columns as the store has their values."""
    now, cuts = desk.now(), [segment.cut for segment in plan if segment.cut]
    for page in stored.pages(db, keys, cuts, now, newest_that_aged(desk, db, now)):
        moved = [row[0] for row in page if row[1]]
        anew = {each.case.case_id: _row_now(db, each, plan, None) for each in told(desk, db, moved)}
        rows = [anew.get(row[0]) or row[2:] for row in page] if anew else page
        if page:
            yield list(islice(zip(*rows, strict=True), 0 if anew else 2, None))


def _unstored(desk: Desk, db: Db, keys: Sequence[int], plan: Plan, shape: Shape | None) -> Iterator[Columns]:
    """Yield pages of columns of which some are told by the timeline only."""
    for start in range(0, len(keys), stored.PAGE):
        page = keys[start : start + stored.PAGE]
        rows = {each.case.case_id: _row_now(db, each, plan, shape) for each in told(desk, db, page)}
        if rows:
            yield list(zip(*(rows[key] for key in page if key in rows), strict=True))


def _row_now(db: Db, each: Told, plan: Plan, shape: Shape | None) -> tuple[Any, ...]:
    """Return the row of a case as it stands now: time has brought what nobody has written down yet."""
    known: dict[str, Any] = cases.row(each.case, each.rules, b"")
    shown = shape(db, each.case) if shape else {}
    return tuple(segment.cut.of(known) if segment.cut else shown.get(segment.names[0]) for segment in plan)
