"""What each act changes on a case: one function an act.

Nothing is judged here: the level, the stopped clocks and the reasons stand in the events, so that a
replay gives the same whatever the policy says later.
"""

from workbench.domain.effects import (
    duties,
    fairness,
    handling,
    judging,
    leaving,
    money,
    restriction,
    team,
    words,
)
from workbench.domain.effects.base import Effect
from workbench.domain.effects.handling import take_facts, take_level

__all__ = ["APPLIED", "Effect", "take_facts", "take_level"]

APPLIED: dict[str, Effect] = (
    handling.APPLIED
    | duties.APPLIED
    | words.APPLIED
    | fairness.APPLIED
    | money.APPLIED
    | team.APPLIED
    | leaving.APPLIED
    | restriction.APPLIED
    | judging.APPLIED
)
APPLIED["approve"] = money.approved(APPLIED)
