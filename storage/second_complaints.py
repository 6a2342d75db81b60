"""Earlier cases of the same customer and category: of which a new one may be the second complaint."""

from collections.abc import Iterable, Sequence

from storage.engine import Db
from workbench.domain.cases import Case
from workbench.domain.text import phone_key

# the phone tells customers apart where both cases have one; else name and home do. They are found by the
# customer: by the time (hence the sign) it would be every case that was closed in the span
SAME = """
    SELECT {way} AS way, case_id, closed_at FROM cases
     WHERE site_id = :site_id AND {same} AND case_id <> :case_id
       AND category = :category AND kind IN ({kinds})
       AND +closed_at >= :since AND +closed_at <= :until AND coalesce(verdict, '') <> 'unfounded'
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
# of many cases that were stored together: a look a case would be most of what an import asks
WITH_ONE_BEFORE = """
    SELECT case_id FROM cases AS new
     WHERE case_id IN ({keys})
       AND (EXISTS (
              SELECT 1 FROM cases AS old
               WHERE old.site_id = new.site_id AND old.phone_key = new.phone_key AND old.phone_key <> ''
                 AND old.case_id <> new.case_id AND old.category = new.category
                 AND +old.closed_at IS NOT NULL)
         OR EXISTS (
              SELECT 1 FROM cases AS old
               WHERE old.site_id = new.site_id AND old.site = new.site AND old.unit = new.unit
                 AND old.unit <> '' AND old.case_id <> new.case_id AND old.category = new.category
                 AND old.customer = new.customer AND +old.closed_at IS NOT NULL))
"""


def with_one_before(db: Db, keys: Sequence[int]) -> set[int]:
    """Return those of the cases ``keys`` that may be second complaints.

    At least these: each has the same customer and category as a case that was closed at some time.
    """
    return set(db.keys(WITH_ONE_BEFORE.format(keys=",".join("?" * len(keys))), keys))


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
