"""The cases on which money was promised or asked for of late, with the phone and home that each has now."""

from typing import NamedTuple

from storage.engine import Db

ACTS = ("compensate", "approve", "request-approval")
RECENT = f"""
    WITH found (case_id) AS (
        SELECT case_id FROM event
         WHERE site_id = :site_id AND at >= :since AND act IN {ACTS!r}
        UNION
        SELECT case_id FROM duty WHERE site_id = :site_id AND kind = 'approval' AND state = 'open'
    )
    SELECT c.case_id, c.phone_key, c.site, c.unit,
           EXISTS (SELECT 1 FROM event AS e WHERE e.site_id = c.site_id AND e.case_id = c.case_id
                      AND e.act IN ('amend', 'correct', 'complainant')),
           c.part_of IS NOT NULL OR EXISTS (
               SELECT 1 FROM cases AS p WHERE p.site_id = c.site_id AND p.part_of = c.number)
      FROM found JOIN cases AS c ON c.case_id = found.case_id
     ORDER BY c.case_id
"""  # noqa: S608 (our own words)


class Moneyed(NamedTuple):
    """A case with money: who it is of now; whether it ever stood under others, or belongs to other cases."""

    case_id: int
    phone: str
    site: str
    unit: str
    changed: bool
    joined: bool


def recent(db: Db, site_id: int, since: str) -> list[Moneyed]:
    """Return the cases on which money was promised or asked for since then (UTC), or is asked for still."""
    return [
        Moneyed(key, phone, site, unit, bool(changed), bool(joined))
        for key, phone, site, unit, changed, joined in db.all(RECENT, {"site_id": site_id, "since": since})
    ]
