"""``day``: what the person at the desk did today, how their cases stand, what they owe by tomorrow."""

import typer

from workbench.cli.registry import verb
from workbench.words import N_


@verb("day", N_("Your day: what you did, how your cases stand, what you owe by the end of tomorrow."))
def day(context: typer.Context) -> None:
    """Print the day so far."""
    from workbench.reports import my_day

    session = context.obj
    found = my_day.of_person(session.desk)
    session.answer(found, my_day.lines(found, session.desk.rules()))
