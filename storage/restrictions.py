"""What is only kept of persons: their cases, and what campaigns know of them."""

from storage import campaigns
from storage.engine import Db
from storage.persons import is_of
from workbench.domain.text import phone_key

RESTRICTED = """
    SELECT case_id, number, phone FROM cases INDEXED BY case_restricted
     WHERE site_id = ? AND restricted_at IS NOT NULL
"""


def restricted(db: Db, site_id: int, key: str) -> tuple[list[tuple[int, str]], list[tuple[int, int]]]:
    """Return what is only kept of a phone: key and number of cases, campaign and number of contacts."""
    found = db.all(RESTRICTED, (site_id,))
    kept = [(case_id, number) for case_id, number, phone in found if is_of(phone, key)]
    contacts = campaigns.restricted(db, site_id)
    return kept, [(campaign, contact) for campaign, contact, phone in contacts if is_of(phone, key)]


def kept_phones(db: Db, site_id: int) -> set[str]:
    """Return the phones (``phone_key``) of which anything is only kept."""
    of_cases = (phone for *_, phone in db.all(RESTRICTED, (site_id,)))
    of_contacts = (phone for *_, phone in campaigns.restricted(db, site_id))
    return {phone_key(phone) for phone in (*of_cases, *of_contacts)} - {""}


def is_restricted(db: Db, site_id: int, phone: str) -> bool:
    """Say whether anything of a phone, as it was typed, is only kept."""
    return phone_key(phone) in kept_phones(db, site_id)
