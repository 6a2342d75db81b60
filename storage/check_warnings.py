"""The check of early warnings: those about a case are what its timeline tells, no more and no fewer."""

from collections.abc import Iterator

from storage import events
from storage.check_report import Problem, note
from storage.engine import Db, Row
from storage.warning_rows import OPEN
from workbench.domain import acts, surge
from workbench.domain.errors import StoreDamagedError
from workbench.words import N_, Said

ROWS = """
    SELECT w.warning, w.kind, w.fact, w.state, w.decided_by, w.decided_seq, cases.number,
           brought.act, brought.data, decided.act, decided.data, decided.actor,
           w.over = (cases.status = 'done'
                     OR (w.kind = 'silence' AND (coalesce(cases.last_told_at, '') > w.at OR EXISTS (
                         SELECT 1 FROM warning n WHERE n.site_id = w.site_id AND n.case_id = w.case_id
                            AND n.kind = 'silence' AND n.seq > w.seq))))
      FROM warning w
      LEFT JOIN cases ON cases.case_id = w.case_id
      LEFT JOIN event brought
             ON brought.site_id = w.site_id AND brought.case_id = w.case_id AND brought.seq = w.seq
      LEFT JOIN event decided
             ON decided.site_id = w.site_id AND decided.case_id = w.case_id AND decided.seq = w.decided_seq
     WHERE w.site_id = ? AND w.case_id IS NOT NULL ORDER BY w.warning
"""
SURGES = "SELECT warning, fact FROM warning WHERE site_id = ? AND case_id IS NULL ORDER BY warning"
LEFT_OUT = """
    SELECT cases.number, e.seq FROM event e JOIN cases ON cases.case_id = e.case_id
     WHERE e.site_id = :site_id AND e.act IN ('warn', 'warning') AND e.data IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM warning w INDEXED BY warning_of_case
                        WHERE w.site_id = e.site_id AND w.case_id = e.case_id
                          AND e.seq = CASE e.act WHEN 'warn' THEN w.seq ELSE w.decided_seq END)
       AND NOT EXISTS (SELECT 1 FROM event u WHERE u.site_id = e.site_id AND u.case_id = e.case_id
                          AND u.act = 'undo' AND CAST(u.data ->> 'seq' AS INTEGER) = e.seq)
       AND NOT EXISTS (SELECT 1 FROM event j, json_each(j.data, '$.undone') gone
                        WHERE j.site_id = e.site_id AND j.case_id = e.case_id AND j.act = 'judge'
                          AND gone.value = e.seq)
"""
DIFFERS = N_("Warning {warning} differs from the timeline.")
UNREADABLE = N_("Warning {warning} cannot be read.")


def rows(db: Db, site_id: int) -> Iterator[Problem]:
    """Yield warnings that differ from what brought and decided them, and entries that left no row."""
    for row in db.stream(ROWS, (site_id,)):
        if not _agrees(row):
            yield note(Said(DIFFERS, warning=row[0]), row[6])
    for number, seq in db.stream(LEFT_OUT, {"site_id": site_id}):
        yield note(Said(N_("An early warning, or a decision on one, has no row.")), number, seq)
    for warning, fact in db.stream(SURGES, (site_id,)):
        try:
            surge.unpacked(fact)
        except (ValueError, TypeError):
            yield note(Said(UNREADABLE, warning=warning))


def _agrees(row: Row) -> bool:
    """Say whether a row is what its entries tell; what was erased by law tells nothing."""
    warning, kind, fact, state, by, decided_seq, _, act, data, decided_act, decided, actor, so = row
    try:
        brought = events.unpacked(0, data)
        told = events.unpacked(0, decided)
    except StoreDamagedError:
        return False
    if (
        not so
        or act != acts.WARN.id
        or (data and (brought.get("kind"), str(brought.get("fact"))) != (kind, fact))
    ):
        return False
    if decided_seq is None:
        return bool(state == OPEN)
    as_told = (told.get("warning"), told.get("decision")) == (warning, state)
    return decided_act == "warning" and actor == by and (as_told or not decided)
