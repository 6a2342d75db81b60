"""Earlier cases of the same customer and category: of which a new one may be the second complaint."""

from collections.abc import Iterable

from storage.engine import Db
from workbench.domain.cases import Case
from workbench.domain.text import phone_key

# the phone tells customers apart where both cases have one; else name and home do
SAME = """
    SELECT {way} AS way, case_id, closed_at FROM cases
     WHERE site_id = :site_id AND {same} AND case_id <> :case_id
       AND category = :category AND kind IN ({kinds})
       AND closed_at >= :since AND closed_at <= :until AND coalesce(verdict, '') <> 'unfounded'
"""
NEWEST_CLOSED = " ORDER BY way, closed_at DESC, case_id DESC"
OPEN = """
    SELECT {way} AS way, case_id FROM cases
     WHERE site_id = :site_id AND {same} AND case_id <> :case_id
       AND category = :category AND kind IN ({kinds})
       AND status IN ('open', 'waiting')
"""
NEWEST = " ORDER BY way, case_id DESC"
BY_PHONE = "phone_key = :phone AND phone_key <> ''"
BY_HOME = (
    "site = :site AND unit = :unit AND unit <> '' AND customer = :customer"
    " AND (phone_key = '' OR :phone = '')"
)


def closed(db: Db, case: Case, kinds: Iterable[str], since: str, until: str) -> list[int]:
    """Return the keys of those closed from ``since`` to ``until`` (UTC text), the newest closing first.

    One with the verdict unfounded is not among them.
    """
    return _found(db, SAME, NEWEST_CLOSED, case, kinds, {"since": since, "until": until})


def unsolved(db: Db, case: Case, kinds: Iterable[str]) -> list[int]:
    """Return the keys of those that are open or waiting, the newest first."""
    return _found(db, OPEN, NEWEST, case, kinds, {})


def _found(db: Db, sql: str, order: str, case: Case, kinds: Iterable[str], more: dict[str, str]) -> list[int]:
    """Return what is found by the phone, then what by name and home; in one look, since every record asks."""
    wanted = {f"kind{at}": kind for at, kind in enumerate(kinds)}
    given: dict[str, object] = {
        "site_id": case.site_id, "case_id": case.case_id, "category": case.category,
        "phone": phone_key(case.phone), "site": case.site, "unit": case.unit, "customer": case.customer,
        **wanted, **more,
    }  # fmt: skip
    marks = ", ".join(f":{mark}" for mark in wanted)
    ways = [BY_PHONE] * bool(given["phone"]) + [BY_HOME] * bool(case.unit.strip() and case.customer.strip())
    if not ways:
        return []
    parts = (sql.format(way=way, same=same, kinds=marks) for way, same in enumerate(ways))
    return list(dict.fromkeys(row[1] for row in db.all(" UNION ALL ".join(parts) + order, given)))
