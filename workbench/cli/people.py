"""``staff`` and ``sites``: who works here, and for which places."""

from typing import Annotated

import typer

from storage import settings
from workbench.actions import people
from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.words import N_, _

Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("The name."))]
ROLES = {
    "handler": N_("handler"),
    "supervisor": N_("supervisor"),
    "manager": N_("manager"),
    "head-office": N_("head office"),
    "reader": N_("may read only"),
}


@verb("staff list", N_("Print who works here; from the first entry on, only they may act."))
def staff_list(context: typer.Context) -> None:
    """Print the staff list."""
    session = context.obj
    with session.desk.store.reading() as db:
        found = settings.staff(db, session.desk.store.site_id)
    if session.json:
        out.document([{"name": name, "role": role, "active": active} for name, role, active in found])
        return
    rows = [[name, _(ROLES.get(role, role)), "" if active else _("left")] for name, role, active in found]
    out.table([_("Name"), _("Role"), ""], rows)


@verb("staff add", N_("Put somebody on the staff list, or give a role anew."))
def staff_add(
    context: typer.Context,
    name: Name,
    role: Annotated[
        str,
        typer.Option(metavar="ROLE", help=N_("handler (default), supervisor, manager, head-office, reader.")),
    ] = "handler",
) -> None:
    """Add somebody."""
    people.add_person(context.obj.desk, name, role)
    _done(
        context.obj,
        {"name": name, "role": role, "active": True},
        _("{name} is on the staff list.").format(name=name),
    )


@verb("staff remove", N_("Take somebody off the staff list; what they did stays."))
def staff_remove(context: typer.Context, name: Name) -> None:
    """Remove somebody."""
    people.remove_person(context.obj.desk, name)
    _done(context.obj, {"name": name, "active": False}, _("{name} is off the staff list.").format(name=name))


@verb("sites list", N_("Print the places; from the first entry on, only these can be recorded."))
def sites_list(context: typer.Context) -> None:
    """Print the registered places."""
    session = context.obj
    with session.desk.store.reading() as db:
        found = settings.sites(db, session.desk.store.site_id)
    if session.json:
        out.document([{"name": name} for name in found])
    else:
        out.table([_("Site")], [[name] for name in found])


@verb("sites add", N_("Register a place."))
def sites_add(context: typer.Context, name: Name) -> None:
    """Register a place."""
    people.add_site(context.obj.desk, name)
    _done(context.obj, {"name": name}, _("{name} is registered.").format(name=name))


def _done(session: Session, found: dict[str, object], said: str) -> None:
    if session.json:
        out.document(found)
    else:
        out.line(said)
