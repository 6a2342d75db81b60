"""``undo``: one's own last act on a case taken back, or the list of what could be."""

from typing import Any

from msgspec.structs import replace

from workbench import actions
from workbench.cli import out
from workbench.cli.act_verbs import SEEN
from workbench.cli.doing import act
from workbench.cli.fielded import NUMBER, option
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.domain import acts
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.domain.times import local
from workbench.rules.action import Field
from workbench.wording import entries, taking_back
from workbench.words import N_, _

UNDO = actions.of(acts.UNDO.id)
LIST = Field(
    "list", N_("List"), "yesno", help=N_("What you could take back now, of all cases; changes nothing.")
)
FIELDS = (replace(NUMBER, required=False), *UNDO.fields, LIST, SEEN)
LONGEST = 60  # characters of a text in a line


@verb(acts.UNDO.id, UNDO.help, FIELDS)
def undo(session: Session, asked: dict[str, Any]) -> None:
    """Take back the last act on a case, or list what could be taken back."""
    number, seen = asked.pop(NUMBER.name, None), asked.pop(SEEN.name, None)
    if asked.pop(LIST.name, False):
        _ensure_alone({NUMBER.name: number, SEEN.name: seen, **asked})
        _list(session)
    elif number is None:
        raise UsageError(N_("Say which case, or --list."), option="NUMBER")
    else:
        act(session, acts.UNDO.id, number, asked, seen=seen)


def _ensure_alone(typed: dict[str, Any]) -> None:
    """Refuse whatever was typed beside ``--list``."""
    for field in FIELDS:
        if typed.get(field.name) is not None:
            name = "NUMBER" if field.positional else option(field)
            raise UsageError(N_("does not go with --list."), option=name)


def _list(session: Session) -> None:
    from workbench.reports import undoable

    found = undoable.of_person(session.desk)
    if session.json:
        out.document([each.as_json() for each in found])
        return
    if not found:
        out.line(_("You have done nothing within a day that could be taken back now."))
        return
    rows = [
        [local(each.event.at, session.zone), entries.title_of(each.event), each.case.number,
         taking_back.changes(each.becomes), gist(undoable.words_of(each), LONGEST)]
        for each in found
    ]  # fmt: skip
    headings = [_("Written at"), _("Act"), _("Number"), _("Taken back, it becomes"), _("Text")]
    out.table(headings, rows, wordy=(3, 4))
