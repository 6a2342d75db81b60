"""The same complaint at the same site, in the same building, in the same home: how often, now and before.

All is read from the index of clusters, which leaves out cases without a site.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from storage.analyses.standing import LEVEL, ON_CASE, RISEN
from storage.engine import Db
from storage.figures import Span
from storage.part import Part

# as units begin: 3-1-502 is in building 3, 12栋1201 in building 12
BUILDING = "substr(c.unit, 1, coalesce({ends}) - 1)"
ENDS = ("-", "栋", "幢", "座", "号楼", "#")
IN_UNIT = BUILDING.format(ends=", ".join(f"nullif(instr(c.unit, '{end}'), 0)" for end in ENDS) + ", 1")
PLACES = {"site": "''", "building": IN_UNIT, "unit": "c.unit"}
IDENTITY = (
    "CASE WHEN c.phone_key <> '' THEN c.phone_key"
    " WHEN c.customer <> '' AND c.unit <> '' THEN c.site || '|' || c.unit || '|' || c.customer END"
)
"""Who complains: by phone, else by name and home; NULL where neither is known."""
GROUPED = f"""
    WITH {RISEN}
    SELECT c.site, {{place}}, c.category, count(*) FILTER (WHERE c.received_at >= :since),
           count(*) FILTER (WHERE c.received_at < :since),
           count(DISTINCT CASE WHEN c.received_at >= :since THEN {IDENTITY} END),
           min({LEVEL}) FILTER (WHERE c.received_at >= :since)
      FROM cases c INDEXED BY case_cluster {ON_CASE}
     WHERE c.site_id = :site_id AND c.site = :site AND c.site <> ''
       AND c.received_at >= :past AND c.received_at < :until
       AND c.kind IN (SELECT value FROM json_each(:kinds)){{part}}{{known}}
     GROUP BY 1, 2, 3 HAVING count(*) FILTER (WHERE c.received_at >= :since) >= :least
"""  # noqa: S608 (our own words)
# one place after another: what has to be sorted of all together is too much to hold
SITES = "SELECT DISTINCT site FROM cases INDEXED BY case_cluster WHERE site_id = ? AND site <> ''"


class Group(NamedTuple):
    """Cases about one category at one place: in the span, and in the time before that is asked for."""

    site: str
    place: str
    category: str
    cases: int
    before: int
    customers: int
    gravest: int


def grouped(
    db: Db, site_id: int, by: str, span: Span, past: str, kinds: Sequence[str], least: int, part: Part,
    standing: dict[str, Any],
) -> Iterator[Group]:  # fmt: skip
    """Yield groups of ``least`` cases of ``kinds`` or more in ``span``; ``before`` is since ``past`` (UTC).

    ``by`` is one of ``PLACES``; cases of which no unit, or no building, is known are in no building and in
    no home.
    """
    place = PLACES[by]
    known = "" if by == "site" else f" AND {place} <> ''"
    given = {"site_id": site_id, "since": span.since, "until": span.until, "past": past, "least": least}
    given |= {"kinds": json.dumps(kinds)} | part.given | standing
    sql = GROUPED.format(place=place, known=known, part=part.on_cases("c"))
    for (site,) in db.all(SITES, (site_id,)):
        yield from (Group(*row) for row in db.all(sql, given | {"site": site}))
