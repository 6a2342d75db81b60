"""One verb for each act on a case. Values go on as they were typed: the action reads them."""

from typing import Annotated

import typer

from workbench.cli.doing import act, given
from workbench.cli.looking import Number
from workbench.cli.registry import verb
from workbench.domain import values
from workbench.words import N_

MOST_PROMISES = 10_000
Text = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("What was said or written."))]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("Why."))]
Channel = Annotated[
    str | None, typer.Option(metavar="CHANNEL", help=N_("By which channel; see: policy show."))
]
Seen = Annotated[
    str | None,
    typer.Option(
        metavar="VERSION",
        help=N_("The version you saw: an act that decides is refused if somebody acted since."),
    ),
]


@verb("take", N_("Become the handler of a case that nobody holds."))
def take(context: typer.Context, number: Number, seen: Seen = None) -> None:
    """Take a case."""
    act(context.obj, "take", number, {}, seen=seen)


@verb("acknowledge", N_("Tell the customer that the case is in our hands; stops the response clock."))
def acknowledge(context: typer.Context, number: Number, text: Text = None, seen: Seen = None) -> None:
    """Acknowledge a case."""
    act(context.obj, "acknowledge", number, given(text=text), seen=seen)


@verb("heard", N_("The customer came again: write down what was said; clocks go on."))
def heard(
    context: typer.Context, number: Number, text: Text = None, channel: Channel = None, seen: Seen = None
) -> None:
    """Write down that the customer came again."""
    act(context.obj, "heard", number, given(text=text, channel=channel), seen=seen)


@verb("assign", N_("Give the case to a handler by name; a change of hands is counted."))
def assign(
    context: typer.Context,
    number: Number,
    to: Annotated[str | None, typer.Option(metavar="STAFF", help=N_("To whom."))] = None,
    reason: Reason = None,
    seen: Seen = None,
) -> None:
    """Assign a case."""
    act(context.obj, "assign", number, given(to=to, reason=reason), seen=seen)


@verb("note", N_("Write something down that stays inside the house."))
def note(context: typer.Context, number: Number, text: Text = None, seen: Seen = None) -> None:
    """Add a note."""
    act(context.obj, "note", number, given(text=text), seen=seen)


@verb("reply", N_("Write down what the customer was told; stops the response clock."))
def reply(
    context: typer.Context, number: Number, text: Text = None, channel: Channel = None, seen: Seen = None
) -> None:
    """Write down a reply."""
    act(context.obj, "reply", number, given(text=text, channel=channel), seen=seen)


@verb("propose", N_("Tell the customer the proposed solution; stops the response and the proposal clock."))
def propose(context: typer.Context, number: Number, text: Text = None, seen: Seen = None) -> None:
    """Propose a solution."""
    act(context.obj, "propose", number, given(text=text), seen=seen)


@verb("promise", N_("Register what the customer was promised, and by when."))
def promise(
    context: typer.Context,
    number: Number,
    text: Text = None,
    due: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help=N_("By when: 2026-11-21 18:00, +2h, tomorrow 9:00; a date is its end.")
        ),
    ] = None,
    seen: Seen = None,
) -> None:
    """Register a promise."""
    asked = given(text=text, due=due)
    act(context.obj, "promise", number, asked, seen=seen, echoed=lambda case: case.promises[-1].due_at)


@verb("keep", N_("Say that a promise was kept, or broken."))
def keep(
    context: typer.Context,
    number: Number,
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help=N_("The number of the promise; the only open one may be left out.")
        ),
    ] = None,
    broken: Annotated[bool, typer.Option("--broken", help=N_("It was broken."))] = False,
    seen: Seen = None,
) -> None:
    """Settle a promise."""
    if id is not None:
        values.whole(id, 1, MOST_PROMISES, option="ID")  # an act names it --id, as every field
    act(context.obj, "keep", number, given(id=id, broken=broken), seen=seen)


@verb("pause", N_("Let the clocks stand still for a reason, until a time; they go on by themselves."))
def pause(
    context: typer.Context,
    number: Number,
    reason: Reason = None,
    for_: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="WHOM", help=N_("What is waited for: customer, third-party, parts, other.")
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help=N_("Until when; a date is its end."))
    ] = None,
    seen: Seen = None,
) -> None:
    """Pause the clocks of a case."""
    asked = given(reason=reason, until=until) | ({} if for_ is None else given(**{"for": for_}))
    act(
        context.obj,
        "pause",
        number,
        asked,
        seen=seen,
        echoed=lambda case: case.pause.until if case.pause else None,
    )


@verb("resume", N_("Let the paused clocks go on now."))
def resume(context: typer.Context, number: Number, seen: Seen = None) -> None:
    """Resume the clocks of a case."""
    act(context.obj, "resume", number, {}, seen=seen)


@verb("regrade", N_("Set the level by hand, with a reason; no rule lowers it again."))
def regrade(
    context: typer.Context,
    number: Number,
    level: Annotated[str | None, typer.Option(metavar="1-4", help=N_("1 major to 4 general."))] = None,
    reason: Reason = None,
    seen: Seen = None,
) -> None:
    """Set the level of a case by hand."""
    act(context.obj, "regrade", number, given(level=level, reason=reason), seen=seen)


@verb("close", N_("Close with what the customer was told; a callback may still be owed."))
def close(
    context: typer.Context,
    number: Number,
    outcome: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("What the customer was told."))
    ] = None,
    resolution: Annotated[
        str | None, typer.Option(metavar="HOW", help=N_("Solved: full (default), limited, none."))
    ] = None,
    accepted: Annotated[
        str | None,
        typer.Option(metavar="YES|NO", help=N_("Whether the customer accepts: yes, no, unknown (default).")),
    ] = None,
    seen: Seen = None,
) -> None:
    """Close a case."""
    act(
        context.obj,
        "close",
        number,
        given(outcome=outcome, resolution=resolution, accepted=accepted),
        seen=seen,
    )


@verb("callback", N_("Write down the callback: reached or not, satisfaction, still a problem or not."))
def callback(
    context: typer.Context,
    number: Number,
    reached: Annotated[
        str | None, typer.Option(metavar="YES|NO", help=N_("Whether the customer was reached."))
    ] = None,
    csi: Annotated[str | None, typer.Option(metavar="1-5", help=N_("Satisfaction."))] = None,
    nps: Annotated[
        str | None, typer.Option(metavar="0-10", help=N_("Would the customer recommend us."))
    ] = None,
    mood: Annotated[str | None, typer.Option(metavar="1-5", help=N_("Mood."))] = None,
    still_a_problem: Annotated[
        bool,
        typer.Option("--still-a-problem", help=N_("Still a problem: a closed case opens again as a repeat.")),
    ] = False,
    text: Text = None,
    again: Annotated[str | None, typer.Option(metavar="TIME", help=N_("When to try again."))] = None,
    of: Annotated[
        str | None, typer.Option(metavar="ID", help=N_("Which further complainant was called."))
    ] = None,
    seen: Seen = None,
) -> None:
    """Write down a callback."""
    asked = given(
        reached=reached,
        csi=csi,
        nps=nps,
        mood=mood,
        still_a_problem=still_a_problem,
        text=text,
        again=again,
        of=of,
    )
    act(context.obj, "callback", number, asked, seen=seen, echoed=lambda case: case.callback_again_at)


@verb("reopen", N_("Open a closed case again; it counts as a repeat and gets new clocks."))
def reopen(context: typer.Context, number: Number, reason: Reason = None, seen: Seen = None) -> None:
    """Reopen a case."""
    act(context.obj, "reopen", number, given(reason=reason), seen=seen)


@verb("undo", N_("Take back your own last act on the case; both stay on the timeline."))
def undo(context: typer.Context, number: Number, seen: Seen = None) -> None:
    """Undo one's own last act on a case."""
    act(context.obj, "undo", number, {}, seen=seen)
