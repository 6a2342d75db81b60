"""Who complains again: customers by phone, else by name and home, and those whom somebody said to be one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from storage.analyses.clusters import IDENTITY
from storage.analyses.standing import LEVEL, ON_CASE, RISEN, UNSOLVED
from storage.engine import Db, Row
from storage.figures import Span
from storage.part import Part

PERSONS = f"""
    SELECT c.person, c.case_id, {IDENTITY} FROM cases c WHERE c.site_id = :site_id AND c.person IS NOT NULL
     UNION ALL
    SELECT c.case_id, c.case_id, {IDENTITY} FROM cases c
     WHERE c.case_id IN (SELECT person FROM cases WHERE site_id = :site_id AND person IS NOT NULL)
"""  # noqa: S608 (our own words)
AGAIN = f"""
    WITH {RISEN}, same (told, who) AS MATERIALIZED (SELECT key, value FROM json_each(:same))
    SELECT coalesce(same.who, {IDENTITY}) AS identified,
           count(*) FILTER (WHERE c.received_at >= :since), count(*), max(c.received_at), sum(c.repeat),
           count(*) FILTER (WHERE {UNSOLVED}), min({LEVEL}),
           count(*) FILTER (WHERE c.closed_at IS NOT NULL AND (c.resolution = 'none' OR c.accepted = 'no')),
           max(c.case_id)
      FROM cases c {ON_CASE} LEFT JOIN same ON same.told = {IDENTITY}
     WHERE c.site_id = :site_id AND c.received_at < :until AND c.restricted_at IS NULL
       AND c.kind IN (SELECT value FROM json_each(:kinds)){{part}}
     GROUP BY 1 HAVING identified IS NOT NULL
"""  # noqa: S608 (our own words)
class Again(NamedTuple):
    """A customer, and the cases up to the end of the span.

    ``cases`` in the span, ``in_all`` together; ``newest_at`` when the newest came (UTC text), ``refused`` those
    closed without a solution for the customer, ``newest`` the key of the one recorded last.
    """

    customer: str
    cases: int
    in_all: int
    newest_at: str
    repeats: int
    unsolved: int
    gravest: int
    refused: int
    newest: int


def persons(db: Db, site_id: int) -> list[Row]:
    """Return (person, key of a case, identity or None) of the cases that somebody said to be of one person."""
    return db.all(PERSONS, {"site_id": site_id})


def again(
    db: Db, site_id: int, span: Span, kinds: Sequence[str], part: Part, same: Mapping[str, str],
    standing: dict[str, Any],
) -> Iterator[Again]:  # fmt: skip
    """Yield the customers with a case in ``span`` who have two or more in all, up to its end.

    Args:
        kinds: Cases of these count.
        same: For an identity, that under which the customer counts.
    """
    given = {"site_id": site_id, "since": span.since, "until": span.until, "kinds": json.dumps(kinds)}
    given |= {"same": json.dumps(same, ensure_ascii=False)} | part.given | standing
    sql = AGAIN.format(part=part.on_cases("c"))
    return (Again(*row) for row in db.stream(sql, given) if row[1] and row[2] > 1)
