"""Cases and customers that belong together: link, merge, incidents, one customer across phones and units."""

from typing import Annotated, Any

import typer

from storage import groups
from workbench.cli import out
from workbench.cli.acts import Reason, Seen, Text
from workbench.cli.doing import act, given
from workbench.cli.looking import Number
from workbench.cli.registry import verb
from workbench.domain import masks
from workbench.domain.policies import Rules
from workbench.domain.text import gist, safe_text
from workbench.domain.times import local, unstamp
from workbench.reports import customer as customers
from workbench.reports import queue_now
from workbench.wording import names
from workbench.words import N_, _

GIST = 40
To = Annotated[str | None, typer.Option(metavar="NUMBER", help=N_("The other case."))]
Name = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Name of the customer."))]
Phone = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Phone of the customer."))]
Unit = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Unit of the customer."))]


@verb("complainant", N_("Add a further customer to a case; a callback is owed to each."))
def complainant(
    context: typer.Context,
    number: Number,
    customer: Name = None,
    phone: Phone = None,
    unit: Unit = None,
    seen: Seen = None,
) -> None:
    """Add a complainant."""
    act(context.obj, "complainant", number, given(customer=customer, phone=phone, unit=unit), seen=seen)


@verb("link", N_("Say that a case belongs to another one: related, part of its group, or of its incident."))
def link(
    context: typer.Context,
    number: Number,
    to: To = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help=N_("related (default), group, incident."))
    ] = None,
    seen: Seen = None,
) -> None:
    """Link two cases."""
    act(context.obj, "link", number, given(to=to, kind=kind), seen=seen)


@verb("unlink", N_("Take back that a case belongs to another one."))
def unlink(context: typer.Context, number: Number, to: To = None, seen: Seen = None) -> None:
    """Unlink two cases."""
    act(context.obj, "unlink", number, given(to=to), seen=seen)


@verb("merge", N_("Let a case go on inside another one; its customer is still called back."))
def merge(
    context: typer.Context,
    number: Number,
    into: Annotated[str | None, typer.Option(metavar="NUMBER", help=N_("The case that goes on."))] = None,
    reason: Reason = None,
    seen: Seen = None,
) -> None:
    """Merge a case into another."""
    act(context.obj, "merge", number, given(into=into, reason=reason), seen=seen)


@verb("unmerge", N_("Take a merged case out again; it gets clocks of its own."))
def unmerge(context: typer.Context, number: Number, reason: Reason = None, seen: Seen = None) -> None:
    """Take a merged case out again."""
    act(context.obj, "unmerge", number, given(reason=reason), seen=seen)


@verb("incident", N_("Let a case lead an incident: new cases of the building become part of it."))
def incident(
    context: typer.Context,
    number: Number,
    building: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=N_("How the units of the building begin; none: the whole site.")),
    ] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Open an incident."""
    act(context.obj, "incident", number, given(building=building, text=text), seen=seen)


@verb("group", N_("Print the cases that are part of a case, and who of them is still to be called back."))
def group(context: typer.Context, number: Number) -> None:
    """Print the parts of a case."""
    session = context.obj
    desk = session.desk
    with desk.store.reading() as db:
        head = desk.case_in(db, desk.find_in(db, number))
        keys = groups.parts(db, desk.store.site_id, head.number)
        found = list(queue_now.of(desk, db, keys, desk.now()))
    if session.json:
        out.document([
            {"number": case.number, "customer": masks.of(case, "customer"), "status": case.status,
             "callback_owed": case.callback_owed, "merged": case.merged_into is not None}
            for case in found
        ])  # fmt: skip
        return
    if not found:
        out.line(_("No case is part of {number}.").format(number=head.number))
        return
    rows = [
        [case.number, safe_text(masks.of(case, "customer")), names.status(case.status),
         _("callback owed") if case.callback_owed else "", gist(masks.of(case, "text"), GIST)]
        for case in found
    ]  # fmt: skip
    out.table([_("Number"), _("Customer"), _("Status"), "", _("Text")], rows)


@verb("identify", N_("Say that the customer of a case is the one of another, under another phone or unit."))
def identify(
    context: typer.Context,
    number: Number,
    same_as: Annotated[
        str | None, typer.Option("--same-as", metavar="NUMBER", help=N_("A case of the same customer."))
    ] = None,
    seen: Seen = None,
) -> None:
    """Say that two cases are of one customer."""
    act(context.obj, "identify", number, given(same_as=same_as), seen=seen)


@verb("profile", N_("Write down how a customer wants to be served, and whether calls are welcome."))
def profile(
    context: typer.Context,
    number: Number,
    temperament: Annotated[str | None, typer.Option(metavar="ID", help=N_("See: policy show."))] = None,
    style: Annotated[
        str | None, typer.Option(metavar="ID", help=N_("Social style; see: policy show."))
    ] = None,
    motive: Annotated[str | None, typer.Option(metavar="ID", help=N_("Motive; see: policy show."))] = None,
    consent: Annotated[
        str | None, typer.Option(metavar="YES|NO", help=N_("Whether further calls are welcome."))
    ] = None,
    seen: Seen = None,
) -> None:
    """Write down a customer's manner."""
    asked = given(temperament=temperament, style=style, motive=motive, consent=consent)
    act(context.obj, "profile", number, asked, seen=seen)


@verb("customer", N_("Print one customer across phones and units: cases, moods, manner, consent."))
def customer(context: typer.Context, number: Number) -> None:
    """Print the customer of a case."""
    session = context.obj
    found = customers.of_case(session.desk, session.desk.find(number))
    if session.json:
        out.document(found)
        return
    for text in lines(found, session.desk.rules()):
        out.line(text)


def lines(found: dict[str, Any], rules: Rules) -> list[str]:
    """Return a customer in lines."""
    words = names.Names(rules.policy)
    said = [safe_text("  ".join([found["customer"], *found["phones"], *found["homes"]]))]
    regime = rules.policy.regime
    for name, terms in (("temperament", regime.temperaments), ("style", regime.styles),
                        ("motive", regime.motives)):  # fmt: skip
        if found[name] in terms:
            said.append(f"{terms[found[name]].name}: {found[f'{name}_strategy']}")
    if found["consent"] is not None:
        said.append(_("May be called") if found["consent"] else _("Wants no calls"))
    if found["moods"]:
        moods = " > ".join(str(mood["mood"]) for mood in found["moods"])
        said.append(_("Mood over time: {moods}").format(moods=moods))
    for case in found["cases"]:
        head = [case["number"], local(unstamp(case["received_at"]), rules.zone), names.status(case["status"]),
                words.named("category", case["category"])]  # fmt: skip
        marks = [_("repeat")] if case["repeat"] else []
        said.append("  ".join([*head, *marks, gist(case["text"], GIST)]))
    return said
