"""What is said to customers: ``receipt``, ``phrases check``, ``templates list``, promises not registered."""

import sys
from shlex import quote
from typing import Annotated, Any

import typer

from workbench import actions, config
from workbench.cli import out
from workbench.cli.looking import Number
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import phrases as checking
from workbench.domain.cases import Case
from workbench.domain.phrases import Finding
from workbench.words import N_, _

FROM_STDIN = "-"


@verb("receipt", N_("Print what the customer may be told: number, state, next step, by when."))
def receipt(
    context: typer.Context,
    number: Number,
    promise: Annotated[
        bool,
        typer.Option("--promise", help=N_("The written promise of the sums that are granted, to be signed.")),
    ] = False,
) -> None:
    """Print what the customer of a case may be told, or may hold in hand."""
    from workbench.reports import receipt as receipts
    from workbench.reports import written_promise
    from workbench.rules import in_sight

    desk = context.obj.desk
    case = in_sight.ensure(desk, desk.case(desk.find(number)))
    rules = desk.rules(case.policy)
    found: Any = written_promise.written(case) if promise else receipts.receipt(case, rules)
    said = (written_promise if promise else receipts).lines(found, desk.now(), rules)
    context.obj.answer(found.as_dict(), said)


@verb("phrases check", N_("Check a text for phrases that should not be said, and print better ones."))
def phrases_check(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help=N_("What is to be said; - reads standard input."))
    ],
) -> None:
    """Print the phrases of the policy that a text holds."""
    session = context.obj
    given = sys.stdin.read() if text == FROM_STDIN else text
    found = checking.check(given, session.desk.rules().policy.regime.phrases)
    if session.json:
        out.array(_finding(given, one) for one in found)
        return
    rows = [[str(one.start + 1), given[one.start : one.end], str(one.phrase.instead)] for one in found]
    if rows:
        out.table([_("At"), _("Said"), _("Better")], rows, wordy=(2,))
    else:
        out.tell(_("Nothing to be said otherwise."))


def _finding(text: str, found: Finding) -> dict[str, Any]:
    return {
        "phrase": found.phrase.id,
        "start": found.start,
        "end": found.end,
        "said": text[found.start : found.end],
        "instead": str(found.phrase.instead),
        "promises": found.phrase.promises,
    }


@verb("templates list", N_("List the templates that ;KEY writes out in a reply."))
def templates_list(context: typer.Context) -> None:
    """List the templates of the policy in force."""
    known = context.obj.desk.rules().policy.regime.templates
    if context.obj.json:
        out.array({"key": each.id, "text": str(each.name)} for each in known.values())
        return
    out.table([_("Key"), _("Text")], [[f";{each.id}", str(each.name)] for each in known.values()], wordy=(1,))


def remind(session: Session, case: Case, act: str) -> None:
    """Say how what was just told with a time is registered as a promise, one line for each."""
    from workbench.actions.promise import unregistered

    told = unregistered(session.desk, case, actions.of(act))
    if not told:
        return
    from workbench.domain.commitments import as_typed

    for one in told:
        due = as_typed(one.due_at, session.zone) if one.due_at else ""
        words = [*_head(session), "promise", case.number, "--text", one.text, "--due", due or "TIME"]
        command = " ".join(quote(word) for word in words)
        out.tell(_("A time was told; to register it as a promise: {command}").format(command=command))


def advise(session: Session, case: Case, act: str) -> None:
    """Say what of the words just stored should not have been said, and the better way; nothing is refused."""
    entry = next((e for e in reversed(session.desk.timeline(case.case_id)) if e.act == act), None)
    known = session.desk.rules(case.policy).policy.regime.phrases
    for key in entry.data.get("phrases", ()) if entry else ():
        if key in known:
            out.tell(_("Marked ({phrase}). Better: {instead}").format(phrase=key, instead=known[key].instead))


def _head(session: Session) -> list[str]:
    """Return the program with the options that make it act here and for this person."""
    options = session.options
    words = ["workbench"]
    if options.db != config.store_path(options.settings.environment):
        words += ["--db", str(options.db)]
    if options.person != config.person(options.settings.environment):
        words += ["--as", options.person]
    return words
