"""One's own last act on a case is reversed within a day, while nobody has acted since.

An approval and a payment bind others: they stay, and with them whatever was done before. What an act brought
to another case is taken back with that act, and not by itself.
"""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from storage import events, groups
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.acts import CLOSE, RECORD, REVEAL, TASKFORCE, UNDO, Undo, Weight
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.domain.undone import TIME_TO_THINK, undone
from workbench.domain.upcoming import SYSTEM
from workbench.rules import accusation, one_voice, other_cases, past_nights
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

ONLY = "only"  # is no field to fill in: the number of the entry that is meant, where others may have come
WHY = N_("The summary of {day} is out: say why this is taken back; the next one tells it.")


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
    if case.last_act and too_late(case.last_at, desk.now()):  # whatever was done before is older still
        return _stays_by_now(case, case.last_act)
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: which entry is reversed.

    Raises:
        RefusedError: nothing is left to undo, it stays, or only a supervisor takes it back.
        UsageError: a summary of its day was kept, and nothing says why it is taken back.
    """
    target = last_act(asked.timeline)
    _ensure_meant(asked, target)
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
    if source := other_cases.brought_by(target):
        raise RefusedError(
            N_("{number}: {act} came of what was done on {source}; take it back there."),
            number=asked.case.number, act=Said(acts.BY_ID[target.act].done), source=source,
        )  # fmt: skip
    if too_late(target.at, asked.at):
        said = _stays_by_now(asked.case, target.act)
        raise RefusedError(said.template, **said.values)
    if "about" in target.data:  # to undo that somebody was named takes the accusation back
        accusation.ensure_may_take_back(asked, replace(asked.case, about=target.data["was"]["about"]))
    if day := past_nights.behind(asked, target):
        asked.reason(WHY, day=day.isoformat())
    return {"seq": target.seq, "act": target.act, **asked.data("reason")}


def _ensure_meant(asked: Asked, target: Event | None) -> None:
    """Refuse where one entry is meant (``ONLY``) and another would be taken back, or none.

    Raises:
        RefusedError: it was taken back already, or something was done since.
    """
    only = asked.given.get(ONLY)
    if only is None or (target is not None and target.seq == only):
        return
    if only in undone(asked.timeline) or target is None:
        raise RefusedError(N_("{number}: this was taken back already."), number=asked.case.number)
    raise RefusedError(
        N_("{number}: {act} by {by} came since; take that back first."), number=asked.case.number,
        act=Said(acts.BY_ID[target.act].done), by=target.by,
    )  # fmt: skip


def too_late(done_at: datetime | None, now: datetime) -> bool:
    """Say whether an entry of ``done_at`` (UTC) is more than a day old."""
    return done_at is not None and now - done_at > TIME_TO_THINK


def _stays_by_now(case: Case, act: str) -> Said:
    done = Said(acts.BY_ID[act].done)
    return Said(N_("{number}: {act} was more than 24 hours ago; it stays."), number=case.number, act=done)


def stays(act: str) -> bool:
    """Say whether an entry of ``act`` is never taken back."""
    return acts.BY_ID[act].undo is Undo.NEVER


def last_act(timeline: list[Event]) -> Event | None:
    """Return the newest act of a person that is neither undone nor an undo, nor a look that stays."""
    gone = {event.data["seq"] for event in timeline if event.act == UNDO.id}
    found = (event for event in reversed(timeline) if event.seq not in gone and event.by != SYSTEM)
    return next((event for event in found if not _passed_over(event.act)), None)


def _passed_over(act: str) -> bool:
    return act == UNDO.id or (stays(act) and acts.BY_ID[act].weight is Weight.QUIET)


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Take back what the reversed act had brought to other cases: links, counts, closings of merged ones."""
    other_cases.recounted(desk, db, before, after)
    above = other_cases.head_of(desk, db, before)
    other_cases.accused_there(desk, db, before, after)
    written = events.of_case(db, desk.store.site_id, after.case_id)[event.data["seq"] - 1]
    if "case_id" in written.data:
        other_cases.take_back(desk, db, written.data["case_id"], after, written)
    elif written.act == TASKFORCE.id:
        for key in one_voice.parts(desk, db, after):
            other_cases.take_back(desk, db, key, after, written)
    elif written.act == CLOSE.id:
        for key in groups.parts(db, desk.store.site_id, after.number):
            other_cases.take_back(desk, db, key, after, written)
    if written.act != TASKFORCE.id:
        one_voice.follow(desk, db, before, *above)


ACTION = Action(
    acts.UNDO,
    plan,
    why_not,
    fields=(
        Field("reason", N_("Why"), "line", help=N_("Why; needed behind a night that a summary has kept.")),
    ),
    spread=spread,
)
