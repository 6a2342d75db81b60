"""Names that a form may complete: those that the store knows."""

from storage import lookup
from storage import organisation as stored
from workbench.desk import Desk
from workbench.domain.organisation import DEPARTMENT

MOST_NUMBERS = 200  # case numbers, the newest


def suggestions(desk: Desk) -> dict[str, list[str]]:
    """Return what may be typed, by the kind of a field, by what it chooses among, or by its name."""
    with desk.store.reading() as db:
        rules = desk.rules_in(db)
        sites = [site.name for site in stored.sites(db, desk.store.site_id)]
        numbers = lookup.newest_numbers(db, desk.store.site_id, MOST_NUMBERS)
    organisation, regime = rules.organisation, rules.policy.regime
    staff = [member.name for member in organisation.active()]
    departments = [unit.name for unit in organisation.units.values() if unit.tier == DEPARTMENT]
    return {
        "person": staff,
        "staff": staff,
        "departments": departments,
        "roles": [str(each.name) for each in (*regime.roles.values(), *regime.tiers.values())],
        "site": sites,
        "case": numbers,
    }
