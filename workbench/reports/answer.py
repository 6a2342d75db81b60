"""The line after an act: what was stored, who was told, whether it can be taken back."""

from typing import NamedTuple

from workbench.actions import undo
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.text import safe_text
from workbench.wording import names
from workbench.wording.came_of import came_of
from workbench.words import _


class Answer(NamedTuple):
    """What an act has brought, in words, and whether it stays: what does not can be undone."""

    said: str
    stays: bool


def answer(desk: Desk, act_id: str, case: Case) -> Answer:
    """Return what the stored entries say of an act, the newest of a person on ``case``.

    Raises:
        StoreError: the store cannot be read.
    """
    timeline, number = desk.timeline(case.case_id)[: case.version], safe_text(case.number)
    if act_id == acts.UNDO.id:
        undone = names.act(str(timeline[-1].data["act"]))
        return Answer(_("{number}: taken back: {act}").format(number=number, act=undone), True)
    came = came_of(act_id, timeline, case, desk.rules(case.policy))
    if act_id == acts.RECORD.id:
        return Answer(_("{number}: {done}").format(number=number, done=came), True)
    people = "" if came.asked else _told_names(case)
    told = "  " + _("told: {people}").format(people=people) if people else ""
    said = _("{number}: {act}").format(number=number, act=came) + told
    return Answer(said, undo.stays(came.entry.act if came.entry else act_id))


def _told_names(case: Case) -> str:
    """Return who was told by the newest entry of ``case``, by name."""
    return _(", ").join(safe_text(each.person) for each in case.notices if each.seq == case.version)
