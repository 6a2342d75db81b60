"""``handover`` and ``inbox``: whose turn it is, over all cases of a person."""

from typing import Annotated, Any

import typer

from workbench.actions import handover as giving
from workbench.cli import out
from workbench.cli.doing import refuse_blanks
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.domain.times import unstamp, until_local
from workbench.reports import inbox
from workbench.rules.action import Field
from workbench.wording import names
from workbench.words import N_, _

GIST = 40
TO = "to"
FROM = Field("from", N_("Whose cases, for supervisors; default your own"), "person")
CASES = Field("case", N_("Only this case; may stand several times"), "cases")
FIELDS = (*giving.ACTION.fields, FROM, CASES)


@verb(
    "handover",
    N_("Hand every open case over to a colleague, who confirms each; or list what is not confirmed."),
    FIELDS,
)
def handover(session: Session, asked: dict[str, Any]) -> None:
    """Hand over, or list what is not confirmed."""
    if TO not in asked:
        for name in asked:
            raise UsageError(N_("Say to whom: --to."), option=f"--{name}")
        _print(session, inbox.handovers(session.desk))
        return
    refuse_blanks(FIELDS, asked)
    given_away = giving.give(session.desk, asked, asked.pop(CASES.name, ()))
    _print(session, [inbox.handover_json(each) for each in given_away])


def _print(session: Session, found: list[dict[str, Any]]) -> None:
    """Print handovers, the state of each in red words: none of them is confirmed."""
    if session.json:
        out.document(found)
        return
    if not found:
        out.line(_("Everything is confirmed."))
        return
    rows = [
        [each["number"], each["from"], each["to"], _("NOT CONFIRMED"), _local(session, each["due_at"]),
         each["next_step"], each["told"]]
        for each in found
    ]  # fmt: skip
    headings = (_("Number"), _("Given by"), _("Receiver"), _("State"), _("Confirm by"), _("Next step"),
                _("The customer was told"))  # fmt: skip
    out.table(headings, rows, wordy=(5, 6), red=(3,))


@verb(
    "inbox", N_("Your turn: one line a case, what you owe on it and what you have not seen, gravest first.")
)
def inbox_(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help=N_("The other cases that you handle, too."))
    ] = False,
) -> None:
    """Print the digest of the person at the desk."""
    session = context.obj
    found = inbox.digest(session.desk, everything=everything)
    if session.json:
        out.document(found)
        return
    if not found:
        out.line(_("Nothing waits for you."))
        return
    rows = [_line(session, each) for each in found]
    headings = (_("Number"), _("Level"), _("By when"), _("You owe"), _("Not seen"), _("What about"))
    out.table(headings, rows, wordy=(3, 5))


def _line(session: Session, row: dict[str, Any]) -> list[str]:
    rules = session.desk.rules()
    words = names.Names(rules.policy)
    owed = (f"{words.duty(each['kind'])} {gist(each['text'], GIST)}".strip() for each in row["owes"])
    late = [words.named("clock", each) for each in row["inherited_late"]]
    taken_over = [_("taken over late: {clocks}").format(clocks=_(", ").join(late))] if late else []
    level = f"{row['severity']} {names.level(row['severity'])}" + (f" {_('hot')}" if row["hot"] else "")
    unseen = str(row["unseen"] or "")
    due = _local(session, row["due_at"])
    return [row["number"], level, due, _(", ").join([*owed, *taken_over]), unseen, gist(row["text"], GIST)]


def _local(session: Session, at: str | None) -> str:
    return until_local(unstamp(at), session.zone) if at else ""
