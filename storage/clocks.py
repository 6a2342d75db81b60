"""Clock rows, for sorting and figures only: the truth is the timeline, which has the sum of each clock.

``due_at`` is that of a clock that has not stopped; the entry that stopped it says when it was due.
"""

from datetime import datetime

from storage.engine import Db
from workbench.domain.cases import Case
from workbench.domain.clocks import Clock, due_at
from workbench.domain.policies import Rules
from workbench.domain.times import stamp

INSERT = """
    INSERT INTO clock
        (site_id, case_id, clock, cycle, state, calendar, due_at, stopped_at, holder)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
UPSERT = f"""{INSERT}
    ON CONFLICT (site_id, case_id, clock, cycle) DO UPDATE SET
        state = excluded.state, due_at = excluded.due_at, stopped_at = excluded.stopped_at,
        holder = excluded.holder
"""
DELETE = "DELETE FROM clock WHERE site_id = ? AND case_id = ? AND clock = ? AND cycle = ?"

RUNNING = """
    SELECT DISTINCT case_id FROM clock
     WHERE site_id = ? AND calendar = ? AND stopped_at IS NULL ORDER BY case_id
"""
BEYOND = """
    SELECT count(*), count(*) FILTER (WHERE due_at > :after) FROM clock
     WHERE site_id = :site_id AND calendar = :calendar AND stopped_at IS NULL AND calendar <> 'always'
"""

Row = tuple[int, int, str, int, str, str, str | None, str | None, str | None]


def row(case: Case, clock: Clock, rules: Rules) -> Row:
    """Return the columns of one clock as it stands at the newest event."""
    due = None if clock.stopped_at else due_at(clock, rules.calendars[clock.calendar])
    return (
        case.site_id, case.case_id, clock.id, clock.cycle, _state(clock), clock.calendar,
        stamp(due) if due else None, stamp(clock.stopped_at) if clock.stopped_at else None, clock.held_by,
    )  # fmt: skip


def _state(clock: Clock) -> str:
    """Return the state as the timeline tells it: the planned end of a pause is an entry of its own."""
    return clock.verdict or ("paused" if clock.paused_at else "running")


def running(db: Db, site_id: int, calendar: str) -> list[int]:
    """Return the keys of the cases on which a clock of ``calendar`` has not stopped."""
    return [row[0] for row in db.all(RUNNING, (site_id, calendar))]


def beyond(db: Db, site_id: int, calendar: str, after: datetime) -> tuple[int, int]:
    """Return how many clocks of ``calendar`` run, and how many of these fall due later than ``after``.

    For the calendar ``always`` nothing is counted: no list of days is behind it.
    """
    found = db.all(BEYOND, {"site_id": site_id, "calendar": calendar, "after": stamp(after)})[0]
    return found[0], found[1]


def rewrite(db: Db, case: Case, rules: Rules) -> None:
    """Store every clock of ``case`` as ``rules`` compute it now."""
    db.run_many(UPSERT, [row(case, clock, rules) for clock in case.clocks])


def add(db: Db, case: Case, rules: Rules) -> None:
    """Store the clocks of a new case."""
    db.run_many(INSERT, [row(case, clock, rules) for clock in case.clocks])


def replace(db: Db, case: Case, before: tuple[Clock, ...], rules: Rules) -> None:
    """Store the clocks of ``case`` that differ from those stored ``before``."""
    kept = {(clock.id, clock.cycle) for clock in case.clocks}
    gone = [clock for clock in before if (clock.id, clock.cycle) not in kept]
    db.run_many(DELETE, [(case.site_id, case.case_id, clock.id, clock.cycle) for clock in gone])
    db.run_many(UPSERT, [row(case, clock, rules) for clock in case.clocks if clock not in before])
