"""``list``, ``show``, ``why``, ``search``: reading, never writing (but ``show --reveal`` leaves a trace)."""

from itertools import islice
from typing import Annotated

import typer
from msgspec.structs import replace

from storage.queues import QUEUES
from workbench.cli import helping, out
from workbench.cli.registry import verb
from workbench.domain import acts, values
from workbench.domain.errors import UsageError
from workbench.rules import in_sight
from workbench.words import N_, _

MOST = 10**9
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=helping.NUMBER)]
Where = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=VALUE", help=N_("Only cases for which this holds; the fields are the JSON keys.")
    ),
]
Columns = Annotated[
    list[str] | None, typer.Option(metavar="KEYS", help=N_("Only these JSON keys, separated by commas."))
]
SavedView = Annotated[
    str | None, typer.Option("--view", metavar="NAME", help=N_("A saved view, which has its own queue."))
]
Limit = Annotated[str | None, typer.Option(metavar="N", help=N_("At most so many cases."))]


def limit_of(typed: str | None) -> int | None:
    """Return ``--limit`` as a number."""
    return None if typed is None else values.whole(typed, 0, MOST, option="--limit")


@verb("list", N_("Print a queue, the most urgent first."))
def list_(
    context: typer.Context,
    queue: Annotated[
        str | None,
        typer.Argument(
            metavar="QUEUE",
            help=N_("next-due (default), mine, unassigned, overdue, callbacks, promises, waiting, hot, all."),
        ),
    ] = None,
    where: Where = None,
    view: SavedView = None,
    columns: Columns = None,
    limit: Limit = None,
) -> None:
    """Print the cases of a queue as they truly stand now."""
    from workbench.cli import listing
    from workbench.cli import where as reading

    session = context.obj
    chosen, most = reading.columns(columns or ()), limit_of(limit)
    if view is None:
        asked = listing.view(session, QUEUES[0] if queue is None else queue)
    else:
        from workbench.cli import viewing

        viewing.said_once(queue, view, "QUEUE")
        saved, asked = viewing.opened(session, view)
        chosen = chosen or (() if session.json else saved.columns)
    found = reading.conditions(where or (), session.desk.rules(), asked.now, session.desk)
    listing.show(session, replace(asked, where=(*asked.where, *found)), columns=chosen, limit=most)


@verb("next", N_("Take the most urgent case that you may do something about, and show it."))
def next_(
    context: typer.Context,
    queue: Annotated[
        str | None, typer.Option("--queue", metavar="QUEUE", help=N_("Only cases of this queue."))
    ] = None,
) -> None:
    """Print the case that comes next, taken where nobody held it; a sentence where none does."""
    from workbench.actions import doing
    from workbench.cli import listing, one_case
    from workbench.reports import next_case

    session = context.obj
    if queue is not None:
        listing.view(session, queue, option="--queue")  # refuses one that is not there
    found = doing.take_first(session.desk, next_case.candidates(session.desk, queue))
    if found is None:
        session.answer(None, [_("There is nothing that you could do now.")])
        return
    if found.takes:
        out.tell(_("{number} is yours now.").format(number=found.case.number))
    one_case.put(session, *one_case.read(session, found.case.case_id))


COUNTED = 10_000  # answers of a search beyond which a table only says "at least"


@verb(
    "search", N_("Find cases by number, name or its initials (sl: 沈岚), phone, unit, words of any length.")
)
def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What to look for."))],
    columns: Columns = None,
    limit: Limit = None,
) -> None:
    """Print the cases that hold a text, the newest mention first."""
    from storage import queues
    from storage import search as searching
    from workbench.cli import listing
    from workbench.cli import where as reading
    from workbench.reports import queue_now

    session = context.obj
    chosen, most = reading.columns(columns or ()), limit_of(limit)
    if not text.strip():
        raise UsageError(N_("Say what to look for."))
    desk = session.desk
    with desk.store.reading() as db:
        hits = searching.case_ids(db, desk.store.site_id, text)
        keys = list(islice(hits, most if session.json else max(COUNTED, most or 0)))
        keys = queues.of_reach(db, keys, in_sight.reach(desk, db))
        cases = queue_now.of(desk, db, keys[:most], desk.now())
        listing.print_cases(
            session, cases, len(keys), at_least=len(keys) >= COUNTED, columns=chosen, limit=most
        )
    if searching.only_signs(text):
        said = N_("Signs alone are looked for in the newest {n} entries; with a letter or a digit, in all.")
        out.tell(_(said).format(n=searching.SIGNS_AMONG))


@verb("show", N_("Print a case with its timeline."))
def show(
    context: typer.Context,
    number: Number,
    reveal: Annotated[
        bool, typer.Option("--reveal", help=N_("Show the phone number in full; that goes on the timeline."))
    ] = False,
) -> None:
    """Print one case."""
    from workbench.cli import one_case

    session, desk = context.obj, context.obj.desk
    case_id = desk.find(number)
    if reveal:
        from workbench.actions import doing  # with every rule of acts: only looking needs none

        in_sight.ensure(desk, desk.case(case_id))
        doing.do(desk, acts.REVEAL.id, case_id, {})
    case, timeline = one_case.read(session, case_id)
    one_case.put(session, in_sight.ensure(desk, case), timeline, reveal=reveal)


@verb("why", N_("Explain each due time in steps that add up, and the rules that gave the level."))
def why(context: typer.Context, number: Number) -> None:
    """Print how the clocks and the level of a case come about."""
    from workbench.reports import explain

    session = context.obj
    case = in_sight.ensure(session.desk, session.desk.case(session.desk.find(number)))
    rules = session.desk.rules(case.policy)
    found = explain.explain(case, session.desk.now(), rules)
    session.answer(found, explain.lines(found, rules))
