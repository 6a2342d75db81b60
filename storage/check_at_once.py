"""What a copy is checked for before it is called a backup: what costs no more than copying."""

from collections.abc import Iterator

from storage import check_cases, check_chain
from storage.check import MOST_OF_SQLITE, Report, shape
from storage.check_report import Problem, note
from storage.engine import Db
from storage.house import HOUSE
from storage.store import Store
from workbench.domain.errors import StoreDamagedError
from workbench.words import N_, Said

UNLIKE = """
    SELECT number, version, coalesce(n, 0) FROM cases
      LEFT JOIN (SELECT case_id, count(*) AS n FROM event WHERE site_id = ? GROUP BY case_id) USING (case_id)
     WHERE version IS NOT n
"""


# of the cases of the newest entries: most of these keep no seal
ENDS_ELSEWHERE = """
    SELECT c.number, max(e.seq) FROM (SELECT * FROM event ORDER BY event_no DESC LIMIT ?) AS e
      JOIN cases c ON c.case_id = e.case_id GROUP BY e.case_id HAVING c.head IS NOT e.hash
"""


def at_once(store: Store) -> Report:
    """Verify what costs no more than copying: pages and shape, what the tables count, and the newest seal.

    Neither the chains nor what the timelines tell: those are for ``check``. Runs as many statements for a
    million cases as for one.

    Raises:
        StoreError: the store cannot be read at all.
    """
    report = Report()
    with store.reading() as db:
        try:
            report.problems += _pages(db) or shape(db)
            if not report.problems:
                report.problems += _counts(db, store.site_id, report)
        except StoreDamagedError as why:
            report.problems.append(note(why.said))
    return report


def _pages(db: Db) -> list[Problem]:
    return [
        note(Said(N_("SQLite: {said}"), said=said))
        for (said,) in db.all(f"PRAGMA quick_check({MOST_OF_SQLITE})")
        if said != "ok"
    ]


def _counts(db: Db, site_id: int, report: Report) -> Iterator[Problem]:
    """Yield cases that lack entries, and the store if it does, or if its newest seal does not fit."""
    report.cases = db.value("SELECT count(*) FROM cases")
    report.house = db.value("SELECT count(*) FROM event WHERE site_id = ? AND case_id = ?", (site_id, HOUSE))
    report.events = db.value("SELECT count(*) FROM event") - report.house
    for number, version, n in db.all(UNLIKE, (site_id,)):
        yield note(Said(check_cases.COUNTS, version=version, n=n), number)
    for number, seq in db.all(ENDS_ELSEWHERE, (check_chain.LATEST,)):
        yield note(Said(check_cases.ENDS_OTHERWISE), number, seq)
    yield from check_chain.newest(db, report)
