"""What one person has done of late: counted, and the cases on which it may still be taken back."""

from collections.abc import Iterable
from typing import NamedTuple

from storage import entries
from storage.engine import Db
from storage.figures import Span
from workbench.domain.acts import CALLBACK

# callbacks apart by whether the customer was reached; case 0 is the house
DONE = f"""
    SELECT e.act, e.act = '{CALLBACK.id}' AND coalesce(e.data ->> 'reached', 0), count(*) FROM event e
     WHERE {entries.IN_SPAN} AND e.actor = :person AND e.case_id <> 0{{stands}} GROUP BY 1, 2
"""  # noqa: S608 (our own words)
# the acts are in the index beside the time: what an import brought is left out before it is read
TOUCHED = """
    SELECT e.case_id, max(e.at) AS newest FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.act NOT IN ({left_out}) AND e.actor = :person
       AND e.case_id <> 0
     GROUP BY e.case_id ORDER BY newest DESC, e.case_id DESC LIMIT :most
"""


class Done(NamedTuple):
    """How often an act was done; of callbacks, those that ``reached`` the customer stand apart."""

    act: str
    reached: bool
    times: int


def done(db: Db, site_id: int, span: Span, person: str) -> list[Done]:
    """Return what ``person`` has done in the span, without what was taken back."""
    rows = entries.told(db, site_id, span).rows(DONE, {"person": person})
    return [Done(act, bool(reached), times) for act, reached, times in rows]


def touched(db: Db, site_id: int, person: str, since: str, left_out: Iterable[str], most: int) -> list[int]:
    """Return the cases on which ``person`` did something since ``since`` (UTC text), the newest first.

    What is among the acts ``left_out`` does not count.
    """
    given = {f"act{at}": act for at, act in enumerate(left_out)}
    sql = TOUCHED.format(left_out=", ".join(f":{mark}" for mark in given))
    asked = {"site_id": site_id, "person": person, "since": since, "most": most, **given}
    return [row[0] for row in db.all(sql, asked)]
