"""A person's cases are only kept, until that is lifted. Source: PIPL article 47, last sentence."""

from datetime import datetime

from workbench.domain import acts
from workbench.domain.case_parts import Restriction
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import Effect
from workbench.domain.policies import Rules


def _restricted(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.restricted = Restriction(event.by, at)


def _released(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.restricted = None


APPLIED: dict[str, Effect] = {acts.RESTRICT.id: _restricted, acts.RELEASE.id: _released}
