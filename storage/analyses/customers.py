"""Who complains again: customers by phone, else by name and home, and those whom somebody said to be one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from storage.analyses.clusters import IDENTITY
from storage.analyses.standing import LEVEL, ON_CASE, RISEN, UNSOLVED
from storage.engine import Db, Row
from storage.figures import Span
from storage.part import Part

COUNTS = (
    "c.site_id = :site_id AND c.received_at < :until AND c.restricted_at IS NULL"
    " AND c.kind IN (SELECT value FROM json_each(:kinds))"
)
PERSONS = f"""
    SELECT c.person, c.case_id, {IDENTITY} FROM cases c WHERE c.site_id = :site_id AND c.person IS NOT NULL
     UNION ALL
    SELECT c.case_id, c.case_id, {IDENTITY} FROM cases c
     WHERE c.case_id IN (SELECT person FROM cases WHERE site_id = :site_id AND person IS NOT NULL)
"""  # noqa: S608 (our own words)
AGAIN = f"""
    WITH same (told, who) AS MATERIALIZED (SELECT key, value FROM json_each(:same))
    SELECT identified, sum(recent), count(*)
      FROM (SELECT coalesce(same.who, {IDENTITY}) AS identified,
                   CASE WHEN c.received_at >= :since THEN 1 ELSE 0 END AS recent
              FROM cases c LEFT JOIN same ON same.told = {IDENTITY}
             WHERE {COUNTS}{{part}} LIMIT :all)
     WHERE identified IS NOT NULL GROUP BY identified HAVING sum(recent) > 0 AND count(*) > 1
"""  # noqa: S608 (our own words)
OF_THEM = f"""
    WITH {RISEN}, same (told, who) AS MATERIALIZED (SELECT key, value FROM json_each(:same)),
         wanted (who) AS MATERIALIZED (SELECT value FROM json_each(:wanted))
    SELECT coalesce(same.who, {IDENTITY}) AS identified, max(c.received_at), sum(c.repeat),
           count(*) FILTER (WHERE {UNSOLVED}), min({LEVEL}),
           count(*) FILTER (WHERE c.closed_at IS NOT NULL AND (c.resolution = 'none' OR c.accepted = 'no')),
           max(c.case_id)
      FROM cases c {ON_CASE} LEFT JOIN same ON same.told = {IDENTITY}
     WHERE {COUNTS} AND coalesce(same.who, {IDENTITY}) IN (SELECT who FROM wanted){{part}} GROUP BY identified
"""  # noqa: S608 (our own words)
ALL = -1  # no limit: with one the rows are made before they are sorted, so that only what counts is held


class Again(NamedTuple):
    """A customer: the cases in the span, and all up to its end."""

    customer: str
    cases: int
    in_all: int


class Known(NamedTuple):
    """What is known of the cases of a customer up to the end of the span.

    ``newest_at`` is when the newest came (UTC text), ``refused`` counts those closed without a
    solution for the customer, ``newest`` is the key of the one recorded last.
    """

    newest_at: str
    repeats: int
    unsolved: int
    gravest: int
    refused: int
    newest: int


class Who(NamedTuple):
    """Whose cases count: of ``kinds``, in ``part``; ``same`` has for an identity the one that counts."""

    kinds: Sequence[str]
    part: Part
    same: Mapping[str, str]

    def given(self, site_id: int, span: Span) -> dict[str, Any]:
        """Return the parameters of a statement that has ``COUNTS``."""
        found = {"site_id": site_id, "since": span.since, "until": span.until, "all": ALL}
        found |= {"kinds": json.dumps(self.kinds), "same": json.dumps(self.same, ensure_ascii=False)}
        return found | self.part.given


def persons(db: Db, site_id: int) -> list[Row]:
    """Return (person, key of a case, identity or None) of the cases said to be of one person."""
    return db.all(PERSONS, {"site_id": site_id})


def again(db: Db, site_id: int, span: Span, who: Who) -> Iterator[Again]:
    """Yield the customers with a case in ``span`` who have two or more in all, up to its end."""
    sql = AGAIN.format(part=who.part.on_cases("c"))
    return (Again(*row) for row in db.stream(sql, who.given(site_id, span)))


def known(
    db: Db, site_id: int, span: Span, who: Who, wanted: Sequence[str], standing: dict[str, Any]
) -> dict[str, Known]:
    """Return what is known of the cases of ``wanted`` customers, by customer."""
    given = who.given(site_id, span) | standing | {"wanted": json.dumps(wanted, ensure_ascii=False)}
    rows = db.all(OF_THEM.format(part=who.part.on_cases("c")), given)
    return {row[0]: Known(*row[1:]) for row in rows}
