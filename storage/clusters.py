"""Cases of the same category and site: who complains of the same within a span."""

from typing import NamedTuple

from storage.engine import Db
from workbench.domain.text import fold

MEMBERS = """
    SELECT case_id, kind, status, severity, hot, phone_key, customer, unit FROM cases
     WHERE site_id = :site_id AND site = :site AND category = :category AND site <> ''
       AND received_at >= :since AND received_at <= :until
"""
NEWEST = """
    SELECT max(received_at) FROM cases
     WHERE site_id = :site_id AND site = :site AND category = :category AND site <> ''
"""


class Member(NamedTuple):
    """One case of a cluster; ``complainant`` tells customers apart, empty if nobody is named."""

    case_id: int
    kind: str
    status: str
    severity: int
    hot: bool
    complainant: str


def complainant(phone: str, customer: str, unit: str) -> str:
    """Return what tells one customer from another: the phone, else name and unit."""
    if phone:
        return phone
    return f"{fold(customer)}/{fold(unit)}" if customer.strip() else ""


def newest(db: Db, site_id: int, site: str, category: str) -> str:
    """Return when the newest case of a place and category was received, or an empty text."""
    return str(db.value(NEWEST, {"site_id": site_id, "site": site, "category": category}) or "")


def members(db: Db, site_id: int, site: str, category: str, since: str, until: str) -> list[Member]:
    """Return the cases of a place and category received from ``since`` to ``until`` (UTC text)."""
    given = {"site_id": site_id, "site": site, "category": category, "since": since, "until": until}
    return [
        Member(case_id, kind, status, severity, bool(hot), complainant(phone, customer, unit))
        for case_id, kind, status, severity, hot, phone, customer, unit in db.all(MEMBERS, given)
    ]
