"""Clock rows, for sorting and figures only: the truth is the timeline."""

from storage.engine import Db
from workbench.domain.cases import Case
from workbench.domain.clocks import Clock, due_at, state
from workbench.domain.policies import Rules
from workbench.domain.times import stamp

UPSERT = """
    INSERT INTO clock
        (site_id, case_id, clock, cycle, state, calendar, target_seconds, started_at, due_at, stopped_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, case_id, clock, cycle) DO UPDATE SET
        state = excluded.state, target_seconds = excluded.target_seconds, started_at = excluded.started_at,
        due_at = excluded.due_at, stopped_at = excluded.stopped_at
"""
DELETE = "DELETE FROM clock WHERE site_id = ? AND case_id = ? AND clock = ? AND cycle = ?"

Row = tuple[int, int, str, int, str, str, int | None, str, str | None, str | None]


def row(case: Case, clock: Clock, rules: Rules) -> Row:
    """Return the columns of one clock as it stands at the newest event."""
    due = due_at(clock, rules.calendars[clock.calendar])
    return (
        case.site_id, case.case_id, clock.id, clock.cycle, state(clock, case.last_at or clock.started_at), clock.calendar,
        clock.target_seconds, stamp(clock.started_at), stamp(due) if due else None,
        stamp(clock.stopped_at) if clock.stopped_at else None,
    )  # fmt: skip


def replace(db: Db, case: Case, before: tuple[Clock, ...], rules: Rules) -> None:
    """Store the clocks of ``case`` that differ from those stored ``before``."""
    kept = {(clock.id, clock.cycle) for clock in case.clocks}
    gone = [clock for clock in before if (clock.id, clock.cycle) not in kept]
    db.run_many(DELETE, [(case.site_id, case.case_id, clock.id, clock.cycle) for clock in gone])
    db.run_many(UPSERT, [row(case, clock, rules) for clock in case.clocks if clock not in before])
