"""Who owes what, by when: dispatches, requests, presses, task forces, visits; who was told and saw it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from workbench.cli.acts import Reason, Seen
from workbench.cli.doing import act, given
from workbench.cli.looking import Number
from workbench.cli.registry import verb
from workbench.domain import duties, values
from workbench.domain.cases import Case
from workbench.words import N_

MOST_DUTIES = 10_000
To = Annotated[str | None, typer.Option(metavar="STAFF", help=N_("To whom."))]
Text = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("In words."))]
Due = Annotated[
    str | None,
    typer.Option(metavar="TIME", help=N_("By when; a date is its end; default by the policy.")),
]
Which = Annotated[
    str | None,
    typer.Option("--id", metavar="ID", help=N_("Its number on the case; the only open one may be left out.")),
]
WhichArgument = Annotated[
    str | None,
    typer.Argument(metavar="ID", help=N_("Its number on the case; the only open one may be left out.")),
]


def newest_due(kind: str) -> Callable[[Case], datetime | None]:
    """Return what finds by when the newest duty of ``kind`` is owed, to be echoed."""

    def due(case: Case) -> datetime | None:
        return next((duty.due_at for duty in reversed(case.duties) if duty.kind == kind), None)

    return due


def numbered(typed: str | None) -> None:
    """Refuse an ID that is no number; the act itself names it --id, as every field."""
    if typed is not None:
        values.whole(typed, 1, MOST_DUTIES, option="ID")


@verb("dispatch", N_("Offer a case to a colleague, who accepts or refuses; it comes back if not in time."))
def dispatch(
    context: typer.Context, number: Number, to: To = None, text: Text = None, due: Due = None,
    seen: Seen = None,
) -> None:  # fmt: skip
    """Dispatch a case."""
    asked = given(to=to, text=text, due=due)
    act(context.obj, "dispatch", number, asked, seen=seen, echoed=newest_due(duties.DISPATCH.id))


@verb("accept", N_("Accept a case that was dispatched to you; you handle it from now on."))
def accept(context: typer.Context, number: Number, id: Which = None, seen: Seen = None) -> None:
    """Accept a dispatch."""
    act(context.obj, "accept", number, given(id=id), seen=seen)


@verb("refuse", N_("Refuse a dispatch, a handover or a request for approval, with a reason."))
def refuse(
    context: typer.Context, number: Number, id: Which = None, reason: Reason = None, seen: Seen = None
) -> None:
    """Refuse what was offered or asked."""
    act(context.obj, "refuse", number, given(id=id, reason=reason), seen=seen)


@verb("ask", N_("Ask a department or a colleague for help, by a time; the answer is owed."))
def ask(
    context: typer.Context,
    number: Number,
    of: Annotated[str | None, typer.Option(metavar="UNIT|STAFF", help=N_("Whom."))] = None,
    text: Text = None,
    due: Due = None,
    seen: Seen = None,
) -> None:
    """Ask for help."""
    asked = given(of=of, text=text, due=due)
    act(context.obj, "ask", number, asked, seen=seen, echoed=newest_due(duties.REQUEST.id))


@verb("answer", N_("Answer a request or a press, or say that a prevention is carried out."))
def answer(
    context: typer.Context, number: Number, id: WhichArgument = None, text: Text = None, seen: Seen = None
) -> None:
    """Answer what was asked."""
    numbered(id)
    act(context.obj, "answer", number, given(id=id, text=text), seen=seen)


@verb("press", N_("Press a case: whoever handles it owes an answer by a time."))
def press(
    context: typer.Context, number: Number, text: Text = None, due: Due = None, seen: Seen = None
) -> None:
    """Press a case."""
    act(
        context.obj, "press", number, given(text=text, due=due), seen=seen, echoed=newest_due(duties.PRESS.id)
    )


@verb("tell", N_("Tell colleagues of something on a case; it is kept who saw it, and when."))
def tell(
    context: typer.Context,
    number: Number,
    to: Annotated[
        str | None, typer.Option(metavar="STAFF,...", help=N_("Whom; several with commas between them."))
    ] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Tell colleagues."""
    act(context.obj, "tell", number, given(to=to, text=text), seen=seen)


@verb("seen", N_("Say that you have seen what you were told on a case."))
def seen_(context: typer.Context, number: Number, seen: Seen = None) -> None:
    """Say that it was seen."""
    act(context.obj, "seen", number, {}, seen=seen)


@verb("escalate", N_("Pass a case up to a role, a tier or a person, with a reason; it may become graver."))
def escalate(
    context: typer.Context,
    number: Number,
    to: Annotated[
        str | None, typer.Option(metavar="ROLE|TIER|STAFF", help=N_("To whom; the nearest up the tree."))
    ] = None,
    reason: Reason = None,
    seen: Seen = None,
) -> None:
    """Pass a case up."""
    act(context.obj, "escalate", number, given(to=to, reason=reason), seen=seen)


@verb("taskforce", N_("Set up a task force with a head and members, who each confirm; or dissolve it."))
def taskforce(
    context: typer.Context,
    number: Number,
    head: Annotated[
        str | None, typer.Option(metavar="STAFF", help=N_("Who leads it and alone tells the customer."))
    ] = None,
    members: Annotated[
        str | None, typer.Option(metavar="STAFF,...", help=N_("Who else; several with commas between them."))
    ] = None,
    text: Text = None,
    due: Due = None,
    dissolve: Annotated[bool, typer.Option("--dissolve", help=N_("Dissolve it; needs --reason."))] = False,
    reason: Reason = None,
    seen: Seen = None,
) -> None:
    """Set up or dissolve a task force."""
    asked = given(head=head, members=members, text=text, due=due, dissolve=dissolve, reason=reason)
    echoed = (lambda case: None) if dissolve else newest_due(duties.CONFIRMATION.id)
    act(context.obj, "taskforce", number, asked, seen=seen, echoed=echoed)


@verb("confirm", N_("Confirm that you are in the task force, or that you have taken a case over."))
def confirm(context: typer.Context, number: Number, id: Which = None, seen: Seen = None) -> None:
    """Confirm what waits for this person."""
    act(context.obj, "confirm", number, given(id=id), seen=seen)


@verb("visit", N_("Write down when an engineer comes to the customer; it counts down like a clock."))
def visit(
    context: typer.Context,
    number: Number,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help=N_("When: tomorrow 9:00, 2026-11-25 14:30."))
    ] = None,
    engineer: Annotated[
        str | None,
        typer.Option(
            metavar="STAFF", help=N_("Who comes; default the engineer of the case, else its handler.")
        ),
    ] = None,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Agree on a visit."""
    asked = given(at=at, engineer=engineer, text=text)
    act(context.obj, "visit", number, asked, seen=seen, echoed=newest_due(duties.VISIT.id))


@verb("visited", N_("Say that an appointment was kept, or missed."))
def visited(
    context: typer.Context,
    number: Number,
    id: WhichArgument = None,
    missed: Annotated[bool, typer.Option("--missed", help=N_("It was missed."))] = False,
    text: Text = None,
    seen: Seen = None,
) -> None:
    """Settle a visit."""
    numbered(id)
    act(context.obj, "visited", number, given(id=id, missed=missed, text=text), seen=seen)


@verb("engineer", N_("Name the engineer of a repair, the only contact; a change needs a reason, and counts."))
def engineer(
    context: typer.Context, number: Number, to: To = None, reason: Reason = None, seen: Seen = None
) -> None:
    """Name the engineer."""
    act(context.obj, "engineer", number, given(to=to, reason=reason), seen=seen)


@verb("tier", N_("Name who plans (1), who answers at once (2), or who carries out (3)."))
def tier(
    context: typer.Context,
    number: Number,
    tier: Annotated[str | None, typer.Option(metavar="1-3", help=N_("Which of the three."))] = None,
    to: To = None,
    seen: Seen = None,
) -> None:
    """Name somebody of the three tiers."""
    act(context.obj, "tier", number, given(tier=tier, to=to), seen=seen)
