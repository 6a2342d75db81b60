"""One's own last act on a case is reversed, while nobody has acted since."""

from typing import Any

from storage import events, groups
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.acts import APPROVE, CLOSE, RECORD, REVEAL, TASKFORCE, UNDO, Undo, Weight
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.domain.upcoming import SYSTEM
from workbench.rules import one_voice, other_cases
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nothing can be undone as far as the case itself shows, or None."""
    if case.last_by not in (desk.person, SYSTEM) and case.last_act != REVEAL.id:
        return Said(
            N_("{by} acted on {number} since; that is not yours to undo."),
            by=case.last_by,
            number=case.number,
        )
    if case.version == 1:
        return Said(N_("There is nothing to undo on {number}; a record stays."), number=case.number)
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: which entry is reversed."""
    target = last_act(asked.timeline)
    if target is None or target.act == RECORD.id:
        raise RefusedError(
            N_("There is nothing to undo on {number}; a record stays."), number=asked.case.number
        )
    if stays(target.act):
        raise RefusedError(
            N_("{number}: {act} cannot be taken back."), number=asked.case.number,
            act=Said(acts.BY_ID[target.act].done),
        )  # fmt: skip
    if target.by != asked.desk.person:
        raise RefusedError(
            N_("{by} acted on {number} since; that is not yours to undo."),
            by=target.by,
            number=asked.case.number,
        )
    return {"seq": target.seq, "act": target.act}


def stays(act: str) -> bool:
    """Say whether an entry of ``act`` is never taken back."""
    return acts.BY_ID[act].undo is Undo.NEVER


def last_act(timeline: list[Event]) -> Event | None:
    """Return the newest act of a person that is neither undone nor an undo, nor a look that stays."""
    undone = {event.data["seq"] for event in timeline if event.act == UNDO.id}
    found = (event for event in reversed(timeline) if event.seq not in undone and event.by != SYSTEM)
    return next((event for event in found if not _passed_over(event.act)), None)


def _passed_over(act: str) -> bool:
    return act == UNDO.id or (stays(act) and acts.BY_ID[act].weight is Weight.QUIET)


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Take back what the reversed act had brought to other cases: links, counts, closings of merged ones."""
    other_cases.recounted(desk, db, before, after)
    written = events.of_case(db, desk.store.site_id, after.case_id)[event.data["seq"] - 1]
    if "case_id" in written.data:
        other_cases.take_back(desk, db, written.data["case_id"], after, written)
    elif written.act == TASKFORCE.id:
        for key in one_voice.parts(desk, db, after):
            other_cases.take_back(desk, db, key, after, written)
    elif written.act in (CLOSE.id, APPROVE.id):
        for key in groups.parts(db, desk.store.site_id, after.number):
            other_cases.take_back(desk, db, key, after, written)


ACTION = Action(
    acts.UNDO,
    plan,
    why_not,
    spread=spread,
)
