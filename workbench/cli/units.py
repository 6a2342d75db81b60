"""``units`` and ``sites``: the tree of the organisation, and the places of cases at its foot."""

from typing import Annotated

import typer

from workbench.cli import out
from workbench.cli.doing import only_typed
from workbench.cli.people import Name
from workbench.cli.registry import verb
from workbench.domain.organisation import Organisation
from workbench.setup import units
from workbench.words import N_, _

INDENT = "  "
Under = Annotated[
    str | None, typer.Option(metavar="UNIT", help=N_("Under which unit; see: units list. Empty for the top."))
]


@verb("units list", N_("Print the organisation as a tree: units, sites, and who works there."))
def units_list(context: typer.Context) -> None:
    """Print the tree."""
    session = context.obj
    rules = session.desk.rules()
    found = rules.organisation
    if session.json:
        out.document(
            [unit.as_json() | {"people": _people(found, unit.name)} for _depth, unit in found.tree()]
        )
        return
    rows = [
        [INDENT * depth + unit.name, units.tier_name(rules, unit.tier), ", ".join(_people(found, unit.name))]
        for depth, unit in found.tree()
    ]
    out.table([_("Organisation"), _("Tier"), _("Staff")], rows, wordy=(2,))


def _people(organisation: Organisation, unit: str) -> list[str]:
    return [member.name for member in organisation.active() if member.unit == unit]


@verb("units add", N_("Put a unit into the tree, or change it; one of the lowest tier is a site."))
def units_add(
    context: typer.Context,
    name: Name,
    tier: Annotated[
        str | None, typer.Option(metavar="TIER", help=N_("A tier of the policy, or department."))
    ] = None,
    under: Under = None,
) -> None:
    """Add a unit."""
    unit = units.add_unit(context.obj.desk, name, only_typed(tier=tier, under=under))
    context.obj.answer(unit.as_json(), [_("{name} is registered.").format(name=unit.name)])


@verb("units remove", N_("Take a unit or a site out of the tree; refused while something stands under it."))
def units_remove(context: typer.Context, name: Name) -> None:
    """Remove a unit."""
    unit = units.remove_unit(context.obj.desk, name)
    context.obj.answer(unit.as_json(), [_("{name} is out of the tree.").format(name=unit.name)])


@verb("sites list", N_("Print the places; from the first entry on, only these can be recorded."))
def sites_list(context: typer.Context) -> None:
    """Print the registered places."""
    from storage import organisation

    session = context.obj
    with session.desk.store.reading() as db:
        found = organisation.sites(db, session.desk.store.site_id)
    if session.json:
        out.document([{"name": site.name, "parent": site.parent or None} for site in found])
    else:
        out.table([_("Site"), _("Under")], [[site.name, site.parent] for site in found])


@verb("sites add", N_("Register a place, or move it in the tree."))
def sites_add(context: typer.Context, name: Name, under: Under = None) -> None:
    """Register a place."""
    unit = units.add_site(context.obj.desk, name, only_typed(under=under))
    found = {"name": unit.name, "parent": unit.parent or None}
    context.obj.answer(found, [_("{name} is registered.").format(name=unit.name)])
