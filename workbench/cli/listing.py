"""Lists of cases, printed. Loads no typer: the program prints a queue without a terminal, too."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from msgspec.structs import replace

from storage.queues import NO_LIMIT, QUEUES, View
from workbench.cli import out
from workbench.cli.session import Session
from workbench.domain import facts, values
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.fact import Kind
from workbench.domain.text import gist
from workbench.domain.times import local, unstamp, until_local
from workbench.reports import case_json, queue_now
from workbench.rules import in_sight
from workbench.wording import names
from workbench.wording.cells import fitted
from workbench.words import N_, _

SHOWN = 50  # rows of a table; JSON is never cut
DEFAULT_COLUMNS = (
    "number", "severity", "hot", "next_due_at", "stage", "customer", "site", "unit", "category", "text",
    "handler", "passed",
)  # fmt: skip
NARROW_COLUMNS = ("number", "severity", "hot", "next_due_at", "customer", "text", "handler")
USUAL = {  # columns of a table, where a queue is about another time than the next due one
    "waiting-for-us": (
        "number",
        "severity",
        "unanswered_since",
        "next_due_at",
        "customer",
        "text",
        "handler",
    ),
}
WIDE = 110  # cells of a terminal that has room for all of the default columns
WORDY = frozenset(facts.where(lambda fact: fact.kind in (Kind.TEXT, Kind.LINE, Kind.PERSON, Kind.CHOICE)))
TEXT_CELLS = 40
READ = 1_000  # cases read for one list only because nobody has swept: about a second
TIMES = frozenset(facts.where(lambda fact: fact.kind is Kind.TIME))
NAMED = facts.where(lambda fact: fact.kind is Kind.CHOICE and bool(fact.terms))


def view(session: Session, queue: str, *, option: str = "") -> View:
    """Return what ``queue`` asks for, as the person of this session now.

    Raises:
        UsageError: an unknown queue; names the nearest.
    """
    if queue not in QUEUES:
        near = values.nearest(queue, QUEUES)
        template = (
            N_('there is no queue "{name}"; did you mean {nearest}? Queues: {known}.')
            if near
            else N_('there is no queue "{name}". Queues: {known}.')
        )
        raise UsageError(template, option=option, name=gist(queue, 40), nearest=near, known=", ".join(QUEUES))
    return View(queue, session.desk.person, session.desk.now())


def show(session: Session, asked: View, *, columns: Sequence[str] = (), limit: int | None = None) -> int:
    """Print the cases of ``asked``; return how many there are in all, or as JSON how many were printed."""
    with session.desk.store.reading() as db:
        asked = replace(asked, reach=in_sight.reach(session.desk, db))
        most = limit if limit is not None else NO_LIMIT if session.json else SHOWN
        found = queue_now.top(session.desk, db, asked, most, counted=not session.json)
        cases = queue_now.of(session.desk, db, found.keys, asked.now)
        shown = columns or (() if session.json else USUAL.get(asked.queue, ()))
        print_cases(session, cases, found.total, at_least=not found.exact, columns=shown, limit=limit)
    if found.read > READ:
        more = N_(
            "What time brought to {n} cases had to be worked out first; lists are quick again after: {how}"
        )
        out.tell(_(more).format(n=found.read, how="workbench sweep"))
    return found.total


def print_cases(
    session: Session,
    cases: Iterator[Case],
    total: int,
    *,
    at_least: bool = False,
    columns: Sequence[str] = (),
    limit: int | None = None,
) -> None:
    """Print ``cases`` as they stand now: one JSON array, or a table and how many more there are.

    ``at_least`` says that ``total`` was not counted to its end.
    """
    now, desk = session.desk.now(), session.desk
    documents = (case_json.as_json(case, None, now, desk.rules(case.policy)) for case in cases)
    if session.json:
        out.array({name: found[name] for name in columns} if columns else found for found in documents)
        return
    most = SHOWN if limit is None else limit
    chosen = tuple(columns) or (DEFAULT_COLUMNS if out.cells_across() >= WIDE else NARROW_COLUMNS)
    word = _worder(session)
    rows = [[word(name, found[name]) for name in chosen] for found in islice(documents, most)]
    wordy = [place for place, name in enumerate(chosen) if name in WORDY]
    out.table([facts.label(name) for name in chosen], rows, wordy)
    if total > len(rows):
        more = N_("{n} more; --limit shows more, --json all.")
        if at_least:
            more = N_("At least {n} more; --limit shows more, --json all.")
        out.tell(_(more).format(n=total - len(rows)))


def _worder(session: Session) -> Callable[[str, Any], str]:
    """Return what writes the value of a column as a person reads it, in the policy's words and zone."""
    rules = session.desk.rules()
    words = names.Names(rules.policy)
    named: dict[str, Callable[[str], str]] = {what: partial(words.named, what) for what in NAMED}
    named |= {"stage": words.stage, "status": names.status, "next_clock": words.clock}

    def word(name: str, value: Any) -> str:
        if value is None or value == "":
            return "-" if name in ("handler", "next_due_at") else ""
        if isinstance(value, bool):
            return _("yes") if value else ""
        if name == facts.PASSED.name:
            return _("{n} times").format(n=total) if (total := sum(value.values())) else ""
        if name == "severity":
            return f"{value} {names.level(value)}"
        if name in named:
            return named[name](value)
        if name == "next_due_at":
            return until_local(unstamp(value), rules.zone)
        if name in TIMES:
            return local(unstamp(value), rules.zone)
        if isinstance(value, (list, dict)):
            return fitted(out.dumps(value), TEXT_CELLS)
        return fitted(gist(str(value), TEXT_CELLS), TEXT_CELLS)

    return word
