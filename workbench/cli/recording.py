"""``record``: the first word of a case, closed on the spot where it can be."""

from typing import Annotated

import typer

from workbench import actions
from workbench.actions import doing
from workbench.cli import one_case
from workbench.cli.doing import given, refuse_blanks
from workbench.cli.registry import verb
from workbench.domain import acts
from workbench.domain.errors import UsageError
from workbench.words import N_


def option(metavar: str, help: str) -> typer.models.OptionInfo:
    """Return an option of ``record``; all are text, the action reads them."""
    return typer.Option(metavar=metavar, help=help)  # type: ignore[no-any-return]


@verb("record", N_("Record a case: what a customer brought to us, in the customer's own words."))
def record(
    context: typer.Context,
    text: Annotated[str | None, option("TEXT", N_("In the customer's own words; needed."))] = None,
    kind: Annotated[str | None, option("KIND", N_("complaint (default), repair, inquiry, ..."))] = None,
    category: Annotated[str | None, option("CATEGORY", N_("What it is about; see: policy show."))] = None,
    channel: Annotated[
        str | None, option("CHANNEL", N_("How it came in: phone (default), visit, ..."))
    ] = None,
    customer: Annotated[str | None, option("NAME", N_("The customer's name."))] = None,
    phone: Annotated[str | None, option("PHONE", N_("The customer's phone number."))] = None,
    site: Annotated[str | None, option("SITE", N_("The estate or shop."))] = None,
    unit: Annotated[str | None, option("UNIT", N_("Building and flat."))] = None,
    people: Annotated[str | None, option("N", N_("How many people complain together."))] = None,
    claim: Annotated[str | None, option("YUAN", N_("What is claimed, in yuan; 0 for none."))] = None,
    impact: Annotated[str | None, option("IMPACT", N_("none, looks, partly, severe."))] = None,
    flag: Annotated[
        list[str] | None,
        option(
            "FLAG", N_("media, media-risk, lawsuit, lawsuit-risk, march, conflict; may stand several times.")
        ),
    ] = None,
    fault: Annotated[str | None, option("WHOSE", N_("ours (default), customer, third-party."))] = None,
    about: Annotated[str | None, option("STAFF", N_("The member of staff complained about."))] = None,
    remedy_sought: Annotated[str | None, option("TEXT", N_("What the customer wants."))] = None,
    mood: Annotated[str | None, option("1-5", N_("The customer's mood."))] = None,
    received: Annotated[str | None, option("TIME", N_("When it came in, if not now."))] = None,
    external_id: Annotated[str | None, option("ID", N_("Its number elsewhere."))] = None,
    close: Annotated[
        bool, typer.Option("--close", help=N_("Close it on the spot; needs --outcome."))
    ] = False,
    outcome: Annotated[str | None, option("TEXT", N_("What the customer was told, with --close."))] = None,
    resolution: Annotated[str | None, option("HOW", N_("Solved: full (default), limited, none."))] = None,
    accepted: Annotated[
        str | None, option("YES|NO", N_("Whether the customer accepts: yes, no, unknown (default)."))
    ] = None,
) -> None:
    """Record a case."""
    closing = given(outcome=outcome, resolution=resolution, accepted=accepted)
    if closing and not close:
        raise UsageError(N_("goes with --close."), option=f"--{next(iter(closing))}")
    asked = closing | given(
        text=text, kind=kind, category=category, channel=channel, customer=customer, phone=phone, site=site,
        unit=unit, people=people, claim=claim, impact=impact, flag=flag, fault=fault,
        about=about, remedy_sought=remedy_sought, mood=mood, received=received, external_id=external_id,
        close=close,
    )  # fmt: skip
    refuse_blanks(actions.of(acts.RECORD.id), asked)
    case = doing.record(context.obj.desk, asked)
    at = case.received_at if received is not None else None
    one_case.done(context.obj, case, "record", at)
