"""Where people work and cases arise: the tree of units. Its lowest tier are the sites; they bind cases."""

from collections.abc import Mapping
from typing import Any

from storage import organisation
from storage.engine import Db
from workbench.desk import Desk, lowest_tier
from workbench.domain import values
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.domain.organisation import DEPARTMENT, Unit
from workbench.domain.policies import Rules, name_of
from workbench.domain.rights import UNITS
from workbench.rules import writing
from workbench.rules.request import text
from workbench.setup.lists import ensure_keeper, log_change, named, written
from workbench.setup.people import ensure_unit
from workbench.words import N_, _


def add_unit(desk: Desk, name: str, given: Mapping[str, Any]) -> Unit:
    """Put a unit of a ``tier`` into the tree ``under`` another, or change it; empty stands for the top.

    A unit of the lowest tier is a site.

    Raises:
        UsageError: no such tier or unit above, a circle, a wrong order of tiers, or a wrong name.
        RefusedError: a site would become something else or the reverse, or the person at the desk
            does not keep the lists.
    """
    known = named(name)

    def write(db: Db) -> Unit:
        rules = ensure_keeper(desk, db, UNITS)
        tiers = (*rules.policy.regime.tiers, DEPARTMENT)
        tier = values.choice(text(given, "tier", required=True), tiers, option="--tier")
        return _put(desk, db, "units add", rules, known, tier, given)

    return writing.write(desk, write)


def add_site(desk: Desk, name: str, given: Mapping[str, Any] | None = None) -> Unit:
    """Register a place, or move it ``under`` another unit.

    Raises:
        UsageError: an empty or over-long name, no such unit, or a person who is not on the staff list.
        RefusedError: it is a unit of another tier, or the person at the desk does not keep the lists.
    """
    known = named(name)

    def write(db: Db) -> Unit:
        rules = ensure_keeper(desk, db, UNITS)
        return _put(desk, db, "sites add", rules, known, lowest_tier(rules.policy), given or {})

    return writing.write(desk, write)


def remove_unit(desk: Desk, name: str) -> Unit:
    """Take a unit or a site out of the tree.

    Raises:
        NotFoundError: there is none of that name.
        RefusedError: something stands under it, or the person at the desk does not keep the lists.
    """
    known = written(name)

    def write(db: Db) -> Unit:
        rules = ensure_keeper(desk, db, UNITS)
        unit = rules.organisation.units.get(known)
        if unit is None:
            raise NotFoundError(N_("There is no unit {name}; see: workbench units list"), name=known)
        if under := rules.organisation.under(known):
            raise RefusedError(
                N_("Under {name} there is still: {under}; move or remove that first."),
                name=known,
                under=", ".join(under),
            )
        organisation.drop(db, desk.store.site_id, known)
        log_change(desk, db, "units remove", unit.as_json(), None)
        return unit

    return writing.write(desk, write)


def tier_name(rules: Rules, tier: str) -> str:
    """Return a tier in the language in use."""
    return _("Department") if tier == DEPARTMENT else name_of(rules.policy.regime.tiers, tier)


def _put(desk: Desk, db: Db, what: str, rules: Rules, name: str, tier: str, given: Mapping[str, Any]) -> Unit:
    old = rules.organisation.units.get(name)
    parent = written(str(given["under"])) if "under" in given else old.parent if old else ""
    new = Unit(name, tier, parent)
    lowest = lowest_tier(rules.policy)
    if old and (old.tier == lowest) != (tier == lowest):
        raise RefusedError(
            N_("{name} is in the tree as {tier}; remove it there first: workbench units remove"),
            name=name,
            tier=tier_name(rules, old.tier) or _("Site"),
        )
    _ensure_fits(rules, new, "--under" if "under" in given else "--tier")
    organisation.set_unit(db, desk.store.site_id, new, site=tier == lowest)
    log_change(desk, db, what, old.as_json() if old else None, new.as_json())
    return new


def _ensure_fits(rules: Rules, unit: Unit, option: str) -> None:
    """Refuse a unit above that is unknown, a circle, and a tier under one that is not above it."""
    tree = rules.organisation
    if unit.parent:
        ensure_unit(rules, unit.parent, option)
    if tree.closes_circle(unit):
        raise UsageError(N_("{name} would stand under itself."), option=option, name=unit.name)
    if pair := tree.misplaced(unit, tuple(rules.policy.regime.tiers)):
        lower, higher = pair
        raise UsageError(
            N_("{lower} ({lower_tier}) cannot stand under {higher} ({higher_tier})."),
            option=option,
            lower=lower.name,
            lower_tier=tier_name(rules, lower.tier),
            higher=higher.name,
            higher_tier=tier_name(rules, higher.tier),
        )
