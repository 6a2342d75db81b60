"""Names that a form may complete: those that the store knows."""

from storage import settings
from workbench.actions.base import Desk


def suggestions(desk: Desk) -> dict[str, list[str]]:
    """Return staff by the kind of field ``person``, and places by the field ``site``."""
    site_id = desk.store.site_id
    with desk.store.reading() as db:
        staff = [name for name, _role, active in settings.staff(db, site_id) if active]
        return {"person": staff, "site": settings.sites(db, site_id)}
