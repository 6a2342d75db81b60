"""A level set by hand, with its reason; both levels stay on record."""

from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.rules import binding, levels
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the level cannot be set, or None."""
    return None if case.live else Said(N_("{number} is done."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the old and the new level, and the dues that moved."""
    level = asked.whole("level", 1, 4)
    if level is None:
        raise UsageError(N_("Give a level from 1 (major) to 4 (general)."), option=option("level"))
    reason = asked.text("reason", required=True)
    data: dict[str, Any] = {"reason": reason, "from": asked.case.severity, "severity": level}
    data["severity_reasons"] = [["manual", level, reason]]
    if level > asked.case.severity:
        data |= binding.by_hand(asked.case, asked.desk.person, asked.at, asked.rules)
    return levels.with_dues(asked, acts.REGRADE.id, data)


ACTION = Action(
    acts.REGRADE,
    plan,
    why_not,
    fields=(
        Field("level", N_("Level"), "level", required=True, low=1, high=4, help=N_("1 major to 4 general.")),
        Field("reason", N_("Why"), "line", required=True),
    ),
)
