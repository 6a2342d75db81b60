"""``dial``: whom to ring now, claimed for the person who asks, and how many are left."""

from typing import Annotated

import typer

from storage.claims import Claims
from workbench.cli import out
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.setup.dial_list import EVERYTHING, LISTS, Wanted, customers
from workbench.words import N_, _

Lists = Annotated[
    str | None,
    typer.Option(
        "--queue", metavar="QUEUE",
        help=N_("Only these calls: callbacks, opinions, campaign (one by its name behind it, or all)."),
    ),
]  # fmt: skip
Campaign = Annotated[str, typer.Argument(metavar="NAME", help=N_("The campaign."))]
OnlyLeft = Annotated[bool, typer.Option("--left", help=N_("Only say how many are left to be rung."))]
Skip = Annotated[bool, typer.Option("--skip", help=N_("Pass over whom you were given last, for minutes."))]
Reveal = Annotated[
    bool, typer.Option("--reveal", help=N_("Show the phone number in full; that goes on record."))
]


@verb("dial", N_("Print whom to ring now, with the story and what to ask; nobody else is given them."))
def dial(
    context: typer.Context,
    name: Campaign = "",
    queue: Lists = None,
    left: OnlyLeft = False,
    skip: Skip = False,
    reveal: Reveal = False,
) -> None:
    """Print whom to ring now, or how many are left."""
    from workbench.reports import dialler
    from workbench.setup import dial_left

    session = context.obj
    wanted = _wanted(queue, name)
    if not left:
        _next(session, wanted, skip=skip, reveal=reveal)
        return
    found = dial_left.left(session.desk, wanted)
    session.answer(dialler.left_json(found), [dialler.left_line(found, session.zone)])


def _next(session: Session, wanted: Wanted, *, skip: bool, reveal: bool) -> None:
    from workbench.reports import dialler
    from workbench.setup import dial_left, dialling

    desk, claims = session.desk, None
    if desk.read_only:
        customer = next(customers(desk, wanted), None)
        out.tell(_("Nobody is kept from ringing the same customer: the store is open for reading only."))
    else:
        claims = Claims(desk.store.path, desk.person, f"verb {desk.person}", desk.now)
        claims.tidy()
        if skip:
            claims.skip_own()
        customer = dialling.offer(desk, claims, wanted)
        if said := dialler.unclaimed(claims.trouble):
            out.tell(said)
    if customer is not None and reveal:
        dialling.reveal(desk, customer)
    found = dial_left.left(desk, wanted)
    if session.json:
        shown = dialler.as_json(customer, desk.now(), unmask=reveal) if customer else None
        out.document({"customer": shown, **dialler.left_json(found)})
    elif customer is None:
        out.line(dialler.nobody(found, session.zone))
    else:
        for text in dialler.lines(desk, customer, unmask=reveal):
            out.line(text)
        out.tell(dialler.left_line(found, session.zone))


def _wanted(queue: str | None, name: str) -> Wanted:
    """Return which calls are wanted.

    Raises:
        UsageError: there is no such list, or the name of a campaign stands behind another one.
    """
    kind = EVERYTHING if queue is None else values.choice(queue, LISTS, option="--queue")
    if name and kind != LISTS[-1]:
        raise UsageError(N_("A campaign is named behind --queue campaign."), option="NAME")
    return Wanted(kind, name)
