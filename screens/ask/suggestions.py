"""Names that a form may complete: those that the store knows."""

from storage import organisation
from workbench.actions.base import Desk


def suggestions(desk: Desk) -> dict[str, list[str]]:
    """Return staff by the kind of field ``person``, and places by the field ``site``."""
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        staff = [member.name for member in organisation.staff(db, site_id) if member.active]
        sites = [site.name for site in organisation.sites(db, site_id)]
        return {"person": staff, "site": sites}
