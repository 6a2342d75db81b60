"""What came of an act, in a sentence."""

from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.reports.answer import answer
from workbench.rules import in_sight
from workbench.wording import names, spans
from workbench.words import _


def said_of(desk: Desk, act_id: str, case: Case, undo_key: str) -> str:
    """Return what was written down on ``case``, who was told, how it stands, and what takes it back.

    Of a case that the person does not read, only that it was written down.
    """
    if in_sight.only_written(desk, act_id, case):
        return _("Written down on {number}.").format(number=case.number)
    came = answer(desk, act_id, case)
    parts = [came.said, state(desk, case)]
    if not came.stays:
        parts.append(_("({key} undoes it)").format(key=undo_key))
    return "  ".join(parts)


def state(desk: Desk, case: Case) -> str:
    """Return how a case stands: its status, and what is due next, in words."""
    rules = desk.rules(case.policy)
    due = upcoming.next_due(case, rules)
    if due is None:
        return names.status(case.status)
    clock = names.Names(rules.policy).clock(due[1])
    return f"{names.status(case.status)}; {clock} {spans.until(due[0], desk.now())}"
