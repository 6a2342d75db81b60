"""Whose turn it is, in lines: what somebody owes, what they were told and have not seen."""

from typing import Any

from workbench.desk import Desk
from workbench.domain.text import gist
from workbench.domain.times import unstamp
from workbench.plain.dialogue import Dialogue
from workbench.reports import inbox
from workbench.wording import names, spans
from workbench.words import _

SHOWN = 60  # signs of what a case or a duty is about


def show(desk: Desk, dialogue: Dialogue) -> list[str]:
    """Say a line a case, the gravest first; return the numbers of the cases."""
    found = inbox.digest(desk)
    if not found:
        dialogue.say(_("Nothing waits for you."))
    for at, row in enumerate(found, 1):
        dialogue.say(f"{at}. {_sentence(desk, row)}", 3)
    return [row["number"] for row in found]


def _sentence(desk: Desk, row: dict[str, Any]) -> str:
    words = names.Names(desk.rules().policy)
    owed = [f"{words.duty(each['kind'])} {gist(each['text'], SHOWN)}".strip() for each in row["owes"]]
    late = [words.named("clock", each) for each in row["inherited_late"]]
    parts = [
        row["number"],
        spans.until(unstamp(row["due_at"]), desk.now()) if row["due_at"] else "",
        names.level(row["severity"]),
        _("you owe: {duties}").format(duties=_(", ").join(owed)) if owed else "",
        _("taken over late: {clocks}").format(clocks=_(", ").join(late)) if late else "",
        _("not seen: {n}").format(n=row["unseen"]) if row["unseen"] else "",
        gist(row["text"], SHOWN),
    ]
    return "; ".join(filter(None, parts))
