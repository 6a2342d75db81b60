"""The answers of a campaign out to a CSV file, a row a contact, masked as every export is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storage import campaigns as stored
from workbench.desk import Desk
from workbench.domain.campaigns import Contact
from workbench.domain.errors import UsageError
from workbench.exchange import files, forms, permit
from workbench.exchange.case_pages import Across
from workbench.exchange.export import OPTION
from workbench.exchange.shields import shielded
from workbench.reports.campaigns import contact_json
from workbench.setup import campaigns
from workbench.words import N_

COLUMNS = (
    "id", "customer", "phone", "site", "unit", "consent", "state", "calls", "called_at", "called_by",
    "reached", "csi", "nps", "mood", "unhappy", "text", "again_at", "case",
)  # fmt: skip
PAGE = 1_000  # rows
EVERY = (1 << 63) - 1


def export(desk: Desk, name: str, path: Path, *, unmask: bool = False, raw: bool = False) -> int:
    """Write every contact of a campaign with what the last call brought; return how many there are.

    Args:
        desk: The store, and the moment at which states are looked at.
        name: The campaign.
        path: Where to; a file there is replaced when all is written.
        unmask: Phones and identity numbers in full.
        raw: Cells as they are, for programs: a spreadsheet may take some for formulas.

    Raises:
        UsageError: the name does not end in .csv, or the file cannot be written.
        NotFoundError: there is no such campaign.
    """
    if path.suffix.lower() != ".csv":
        raise UsageError(N_("{file} must end in {endings}."), option=OPTION, file=path.name, endings=".csv")
    with desk.store.reading() as db:
        campaign = campaigns.find(db, desk.store.site_id, name)
        contacts = stored.contacts(db, desk.store.site_id, campaign.no, EVERY)
    permit.ensure_may_export(desk, unmask=unmask)
    if unmask:
        people = len({contact.phone for contact in contacts})
        permit.tell_the_house(desk, path, f"campaign {campaign.name}", rows=len(contacts), people=people)
    contacts.sort(key=lambda contact: contact.no)
    with files.whole(path, OPTION, keep_off=desk.store.path) as file:
        return forms.plain_csv(file, COLUMNS, _across(desk, contacts, unmask=unmask, raw=raw))


def _across(desk: Desk, contacts: list[Contact], *, unmask: bool, raw: bool) -> Iterator[Across]:
    now = desk.now()
    for start in range(0, len(contacts), PAGE):
        shown = [contact_json(contact, now, unmask=unmask) for contact in contacts[start : start + PAGE]]
        yield [[_cell(each[name], raw=raw) for each in shown] for name in COLUMNS]


def _cell(value: Any, *, raw: bool) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and not raw:
        return shielded(value)
    return "" if value is None else value
