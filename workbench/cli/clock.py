"""``clock``: a clock that was in doubt is accepted, or what it brought is taken back."""

from typing import Annotated

import typer

from workbench.cli.registry import verb
from workbench.domain import times
from workbench.domain.times import local, until_local
from workbench.words import N_, _


@verb("clock accept", N_("Accept the clock as it stands, and the verdicts it gave while in doubt."))
def accept(context: typer.Context) -> None:
    """Accept the clock."""
    from workbench.watch import clock_doubt

    session = context.obj
    found = clock_doubt.accept(session.desk)._asdict()
    said = _("The clock is accepted. Verdicts settled: {verdicts}, on cases: {cases}.").format(**found)
    session.answer(found, [said])


@verb("clock reject", N_("Take back what time brought while a clock was wrong; judge verdicts anew."))
def reject(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="FROM", help=N_("What the clock said first."))],
    last: Annotated[str, typer.Argument(metavar="TO", help=N_("What the clock said last."))],
) -> None:
    """Reject what a clock said."""
    from workbench.watch import clock_doubt

    session = context.obj
    zone, now = session.zone, session.desk.now()
    span = (
        times.parse(first, now=now, zone=zone, option="FROM", date_means="day"),
        times.parse(last, now=now, zone=zone, option="TO", date_means="end"),
    )
    found = clock_doubt.reject(session.desk, *span)._asdict()
    said = _("{first} to {last} is rejected. Entries taken back: {undone}, verdicts judged anew: {verdicts}, "
             "on cases: {cases}.")  # fmt: skip
    said = said.format(first=local(span[0], zone), last=until_local(span[1], zone), **found)
    session.answer(found, [said])
