"""What came of an act, in a sentence."""

from workbench.actions import undo
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case
from workbench.wording import entries, names, spans
from workbench.words import _


def said_of(desk: Desk, act_id: str, case: Case, undo_key: str) -> str:
    """Return what was written down on ``case``, who was told, how it stands, and what takes it back."""
    timeline = desk.timeline(case.case_id)[: case.version]
    if act_id == acts.UNDO.id:
        said = _("{number}: taken back: {act}").format(
            number=case.number, act=names.act(str(timeline[-1].data["act"]))
        )
        return f"{said}  {state(desk, case)}"
    entry = entries.brought(act_id, timeline, case.version)
    said = _("{number}: {act}").format(
        number=case.number, act=entries.title_of(entry) if entry else names.act(act_id)
    )
    told = _(", ").join(each.person for each in case.notices if each.seq == case.version)
    parts = [said, state(desk, case), _("told: {people}").format(people=told) if told else ""]
    if not undo.stays(entry.act if entry else act_id):
        parts.append(_("({key} undoes it)").format(key=undo_key))
    return "  ".join(filter(None, parts))


def state(desk: Desk, case: Case) -> str:
    """Return how a case stands: its status, and what is due next, in words."""
    rules = desk.rules(case.policy)
    due = upcoming.next_due(case, rules)
    if due is None:
        return names.status(case.status)
    clock = names.Names(rules.policy).clock(due[1])
    return f"{names.status(case.status)}; {clock} {spans.until(due[0], desk.now())}"
