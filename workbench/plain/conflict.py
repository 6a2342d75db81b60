"""Somebody acted on the case meanwhile: apply mine to the new state, keep only my words, or look first."""

from msgspec.structs import replace

from workbench import actions
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.errors import ConflictError
from workbench.plain.attempt import Attempt
from workbench.plain.case_text import entry_line
from workbench.plain.dialogue import Back, Dialogue
from workbench.rules import in_sight, once
from workbench.wording import names, settling
from workbench.words import Said, _


def settled(desk: Desk, dialogue: Dialogue, attempt: Attempt, why: ConflictError) -> Attempt:
    """Return what is to be stored now.

    Raises:
        Back: the case is looked at first; what was typed is kept.
    """
    values = {**why.said.values, "act": names.act(str(why.said.values.get("act", "")))}
    dialogue.say(str(Said(why.said.template, **values)))
    case, timeline = desk.case(attempt.case.case_id), desk.timeline(attempt.case.case_id)
    words = names.Names(desk.rules(case.policy).policy)
    for event in () if in_sight.why_not(desk, case) else timeline[attempt.seen :]:
        dialogue.say(entry_line(event, words), 2)
    typed = _words_of(attempt)
    offered = [(value, _(label)) for value, label in settling.CONFLICT if typed or value != "note"]
    chosen = dialogue.choose(offered)
    if chosen == "reload":
        raise Back
    if chosen == "apply":
        return replace(attempt, case=case, seen=case.version)
    note = actions.of(acts.NOTE.id)
    return Attempt(note, case, case.version, once.op_id(desk), given={"text": typed})


def _words_of(attempt: Attempt) -> str:
    fields = (each.name for each in attempt.action.fields if each.kind in ("text", "line"))
    return "\n".join(text for name in fields if (text := attempt.given.get(name, "")).strip())
