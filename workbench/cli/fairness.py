"""Verbs that establish the facts and make good: inspection, verdict, money, corrections, evidence."""

from typing import Annotated

import typer

from workbench.cli.acts import Reason, Seen, Text
from workbench.cli.doing import act, given
from workbench.cli.looking import Number
from workbench.cli.registry import verb
from workbench.domain import values
from workbench.words import N_

MOST = 10_000
Due = Annotated[str | None, typer.Option(metavar="TIME", help=N_("By when; else as the policy says."))]
Id = Annotated[
    str | None, typer.Argument(metavar="ID", help=N_("Its number; the only open one may be left out."))
]


def option(metavar: str, help: str) -> typer.models.OptionInfo:
    """Return an option; all are text, the action reads them."""
    return typer.Option(metavar=metavar, help=help)  # type: ignore[no-any-return]


Until = Annotated[str | None, option("DATE", N_("The last day of the warranty."))]


@verb(
    "inspect", N_("Write down what the site inspection found, and whether the home is inside its warranty.")
)
def inspect(
    context: typer.Context,
    number: Number,
    text: Text = None,
    within_warranty: Annotated[
        str | None, option("YES|NO", N_("Whether the home is inside its warranty."))
    ] = None,
    warranty_until: Until = None,
    seen: Seen = None,
) -> None:
    """Write down an inspection."""
    asked = given(text=text, within_warranty=within_warranty, warranty_until=warranty_until)
    act(context.obj, "inspect", number, asked, seen=seen)


@verb("account", N_("Write down the account of the person complained about; a verdict waits for it."))
def account(
    context: typer.Context,
    number: Number,
    of: Annotated[str | None, option("STAFF", N_("Whose; default the person complained about."))] = None,
    text: Text = None,
    ask: Annotated[
        bool,
        typer.Option(
            "--ask", help=N_("Ask the person for it; owed by the time given, else as the policy says.")
        ),
    ] = False,
    due: Due = None,
    seen: Seen = None,
) -> None:
    """Write down an account, or ask for it."""
    asked = given(of=of, text=text, ask=ask, due=due)
    act(
        context.obj,
        "account",
        number,
        asked,
        seen=seen,
        echoed=lambda case: case.duties[-1].due_at if ask else None,
    )


@verb("verify", N_("Give the verdict, as somebody who neither handles the case nor is complained about."))
def verify(
    context: typer.Context,
    number: Number,
    verdict: Annotated[str | None, option("VERDICT", N_("founded, partly, unfounded."))] = None,
    standard: Annotated[str | None, option("ID", N_("The standard broken; see: policy show."))] = None,
    cause: Annotated[str | None, option("ID", N_("The root cause; see: policy show."))] = None,
    fault: Annotated[
        str | None, option("WHOSE", N_("ours, customer, third-party; default as it is."))
    ] = None,
    text: Annotated[str | None, option("TEXT", N_("The reasons, in words; needed."))] = None,
    seen: Seen = None,
) -> None:
    """Give the verdict."""
    asked = given(verdict=verdict, standard=standard, cause=cause, fault=fault, text=text)
    act(context.obj, "verify", number, asked, seen=seen)


@verb("cause", N_("Name the root cause: design, construction, service, ..."))
def cause(
    context: typer.Context,
    number: Number,
    cause: Annotated[str | None, option("ID", N_("The root cause; see: policy show."))] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Name the root cause."""
    act(context.obj, "cause", number, given(cause=cause, text=text), seen=seen)


@verb(
    "prevent",
    N_("Plan what keeps it from happening again; owed until it is answered, after the case is done too."),
)
def prevent(
    context: typer.Context,
    number: Number,
    text: Text = None,
    owner: Annotated[str | None, option("STAFF", N_("Who owes it."))] = None,
    due: Due = None,
    seen: Seen = None,
) -> None:
    """Plan a prevention."""
    asked = given(text=text, owner=owner, due=due)
    act(context.obj, "prevent", number, asked, seen=seen, echoed=lambda case: case.duties[-1].due_at)


@verb(
    "compensate",
    N_("Promise the customer a sum; above your authority it becomes a request to whoever may decide."),
)
def compensate(
    context: typer.Context,
    number: Number,
    amount: Annotated[str | None, option("YUAN", N_("The sum, more than 0."))] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Promise a sum, or ask for it."""
    act(context.obj, "compensate", number, given(amount=amount, text=text), seen=seen)


@verb("pay", N_("Say that a promised sum was paid."))
def pay(context: typer.Context, number: Number, id: Id = None, text: Text = None, seen: Seen = None) -> None:
    """Pay a promised sum."""
    act(context.obj, "pay", number, given(id=_counted(id), text=text), seen=seen)


@verb("approve", N_("Grant a request that is above somebody's authority, whole or less; it happens by this."))
def approve(
    context: typer.Context,
    number: Number,
    id: Id = None,
    amount: Annotated[str | None, option("YUAN", N_("Grant this sum, at most what was asked for."))] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Grant a request."""
    act(context.obj, "approve", number, given(id=_counted(id), amount=amount, text=text), seen=seen)


@verb("amend", N_("Correct facts of the case; the level is judged again and the clocks follow."))
def amend(
    context: typer.Context,
    number: Number,
    kind: Annotated[str | None, option("KIND", N_("complaint, repair, inquiry, ..."))] = None,
    category: Annotated[str | None, option("CATEGORY", N_("What it is about; see: policy show."))] = None,
    impact: Annotated[str | None, option("IMPACT", N_("none, looks, partly, severe; - for unset."))] = None,
    people: Annotated[str | None, option("N", N_("How many people complain together; - for unset."))] = None,
    claim: Annotated[str | None, option("YUAN", N_("What is claimed, in yuan; 0 for none."))] = None,
    flag: Annotated[list[str] | None, option("FLAG", N_("Set a flag; may stand several times."))] = None,
    no_flag: Annotated[
        list[str] | None, option("FLAG", N_("Take a flag away; may stand several times."))
    ] = None,
    fault: Annotated[
        str | None, option("WHOSE", N_("ours, customer, third-party; default as it is."))
    ] = None,
    site: Annotated[str | None, option("SITE", N_("The estate or shop; - for none."))] = None,
    unit: Annotated[str | None, option("UNIT", N_("Building and flat; - for none."))] = None,
    customer: Annotated[str | None, option("NAME", N_("The customer's name; - for none."))] = None,
    phone: Annotated[str | None, option("PHONE", N_("The customer's phone number; - for none."))] = None,
    about: Annotated[
        str | None, option("STAFF", N_("The member of staff complained about; - for nobody."))
    ] = None,
    remedy_sought: Annotated[
        str | None, option("TEXT", N_("What the customer wants; - for nothing."))
    ] = None,
    mood: Annotated[str | None, option("1-5", N_("The customer's mood at intake; - for unset."))] = None,
    warranty_until: Annotated[
        str | None, option("DATE", N_("The last day of the warranty; - for unset."))
    ] = None,
    reason: Reason = None,
    seen: Seen = None,
) -> None:
    """Correct facts."""
    asked = given(
        kind=kind, category=category, impact=impact, people=people, claim=claim, flag=flag, no_flag=no_flag,
        fault=fault, site=site, unit=unit, customer=customer, phone=phone, about=about,
        remedy_sought=remedy_sought, mood=mood, warranty_until=warranty_until, reason=reason,
    )  # fmt: skip
    act(context.obj, "amend", number, asked, seen=seen)


@verb(
    "attach", N_("Put a file on record as evidence: its name, size and digest; the file stays where it is.")
)
def attach(
    context: typer.Context,
    number: Number,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The file."))],
    kind: Annotated[str | None, option("KIND", N_("signature, note, photo, recording."))] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Put a file on record."""
    act(context.obj, "attach", number, given(file=file, kind=kind, text=text), seen=seen)


@verb("penalty", N_("Propose a penalty; the manager is told."))
def penalty(
    context: typer.Context,
    number: Number,
    on: Annotated[str | None, option("STAFF", N_("On whom."))] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Propose a penalty."""
    act(context.obj, "penalty", number, given(on=on, text=text), seen=seen)


def _counted(typed: str | None) -> str | None:
    """Return a number that an act names ``--id``, checked as the argument that it is here."""
    if typed is not None:
        values.whole(typed, 1, MOST, option="ID")
    return typed
