"""Cases of the same category and site: who complains of the same within a span."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage.engine import Db
from workbench.domain.text import fold

MEMBERS = """
    SELECT case_id, received_at, status, severity, hot, phone_key, customer, unit FROM cases
     WHERE site_id = ? AND site = ? AND category = ? AND site <> ''
       AND received_at >= ? AND received_at <= ? AND kind IN ({kinds})
"""
# of many cases that were stored together: a look a case would be much of what an import asks
CROWDED = """
    SELECT case_id FROM cases AS new
     WHERE case_id IN ({keys}) AND site <> ''
       AND (SELECT count(*) FROM cases AS near
             WHERE near.site_id = new.site_id AND near.site = new.site AND near.category = new.category
               AND near.site <> '' AND near.received_at >= date(new.received_at, ?)
               AND near.received_at <= date(new.received_at, ?)) >= ?
"""
LONGEST_MONTH = 31


class Member(NamedTuple):
    """One case of a cluster; ``complainant`` tells customers apart, empty if nobody is named.

    ``received_at`` is the stored text (UTC), which sorts as the times do.
    """

    case_id: int
    received_at: str
    status: str
    severity: int
    hot: bool
    complainant: str


def complainant(phone: str, customer: str, unit: str) -> str:
    """Return what tells one customer from another: the phone, else name and unit."""
    if phone:
        return phone
    return f"{fold(customer)}/{fold(unit)}" if customer.strip() else ""


def members(
    db: Db, site_id: int, site: str, category: str, kinds: Iterable[str], since: str, until: str
) -> list[Member]:
    """Return the cases of a place, a category and some kinds received in a span (UTC text)."""
    wanted = list(kinds)
    sql = MEMBERS.format(kinds=",".join("?" * len(wanted)))
    return [
        Member(case_id, received_at, status, severity, bool(hot), complainant(phone, customer, unit))
        for case_id, received_at, status, severity, hot, phone, customer, unit in db.all(
            sql, [site_id, site, category, since, until, *wanted]
        )
    ]


def crowded(db: Db, keys: Sequence[int], many: int, months: int) -> set[int]:
    """Return those of the cases ``keys`` that may belong to a cluster.

    At least these: ``many`` cases of the same place and category stand within ``months`` of it, itself too.
    """
    days = months * LONGEST_MONTH + 2  # the date before and the one after: whole days are compared
    sql = CROWDED.format(keys=",".join("?" * len(keys)))
    return set(db.keys(sql, [*keys, f"-{days} days", f"+{days} days", many]))
