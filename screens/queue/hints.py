"""Which keys the last but one line shows: those that do something now."""

from typing import TYPE_CHECKING

from keymaps import FORM, QUEUE
from screens.pane import Pane
from screens.showing import helping
from workbench import actions
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.permissions import refusal
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen

Hint = tuple[str, str]

SHORT = {
    "open": N_("open"),
    "filter": N_("filter"),
    "help": N_("help"),
    "palette": N_("all"),
    "submit": N_("save"),
    "cancel": N_("put aside"),
    "quit": N_("back"),
    "why": N_("why"),
    "more": N_("more"),
}


def of(screen: "QueueScreen") -> tuple[list[Hint], list[Hint]]:
    """Return the hints by importance, and those that are always there."""
    keys = screen.keys
    if screen.context == "form":
        question = screen.panel.question
        if question is not None and not question.stored:
            return screen.showing.hints(), [(keys.first("form", "cancel"), _word("quit"))]
        shown = [(keys.first("form", command), _(SHORT[command])) for command in ("submit", "cancel")]
        return screen.showing.hints(), shown
    pane = screen.showing.pane
    if isinstance(pane, Pane):
        out = keys.first(pane.CONTEXT, "cancel")  # the way out is always in sight, like the help
        inside = [hint for hint in pane.hints() if hint[0] != out]
        outwards = [hint for hint in pane.hints() if hint[0] == out]
        return inside, [*outwards, (keys.first(pane.CONTEXT, "help"), _word("help"))]
    if helping(screen.showing):
        return [(keys.first("queue", command), _word(command)) for command in ("quit", "palette")], []
    dossier = screen.looking.dossier
    wanted: list[str] = ["record"]
    if dossier is not None and not screen.desk.read_only:
        wanted += _acts(screen, dossier.case)
    reading = screen.showing.pane is not None
    if reading:
        wanted += ["why"]
    else:
        wanted += ["open", "filter"] if screen.table.case_id is not None else ["filter"]
    last = ["more", "help"] if dossier is not None else ["help"]
    last = ["quit", *last] if reading else last  # the way out is always in sight
    return [(keys.first("queue", c), _word(c)) for c in wanted], [
        (keys.first("queue", c), _word(c)) for c in last
    ]


def _acts(screen: "QueueScreen", case: Case) -> list[str]:
    """Return what is likely next, by where the case stands; what cannot be done to it is left out."""
    undo = [acts.UNDO.id] if case.last_by == screen.desk.person else []
    order = [*acts.likely(case.status), *undo]
    return [act for act in order if refusal(screen.desk, case, actions.of(act)) is None]


def _word(command: str) -> str:
    if command in SHORT:
        return _(SHORT[command])
    if command in acts.PERSONS:
        return _(actions.of(command).title)
    return _(QUEUE.get(command, FORM.get(command, command)))
