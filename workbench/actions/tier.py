"""Three tiers of people are named on each case: who plans, who answers at once, who carries out (S0)."""

from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import stamp
from workbench.rules import duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.dues import due, next_duty
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

TIERS = (
    ("1", N_("1 plans and coordinates")),
    ("2", N_("2 answers at once")),
    ("3", N_("3 carries out")),
)


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nobody can be named, or None."""
    return duty_rules.done(case)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the tier, and who it is from now on and has to confirm that (S0: at once)."""
    tier = asked.choice("tier", [value for value, _ in TIERS])
    if not tier:
        raise UsageError(N_("Say which tier: 1, 2 or 3."), option=option("tier"))
    to = duty_rules.able(asked, asked.person("to"), "confirm")
    if asked.case.tiers.get(int(tier)) == to:
        raise RefusedError(N_("{name} is there already."), name=to)
    named = {"step": int(tier), "to": to, "informed": duty_rules.informed(asked, to)}
    if duties.TIER.id not in asked.rules.policy.regime.duties or to == asked.desk.person:
        return named
    return named | {"duty": next_duty(asked.case), "due_at": stamp(due(asked, duties.TIER.id))}


ACTION = Action(
    acts.TIER,
    plan,
    why_not,
    fields=(
        Field(
            "tier",
            N_("Tier"),
            "choice",
            required=True,
            choices=TIERS,
            help=N_("Which of the three."),
            metavar="1-3",
        ),
        Field("to", N_("Who"), "person", required=True),
        replace(duty_rules.BY_WHEN, label=N_("Confirm by")),
    ),
)
