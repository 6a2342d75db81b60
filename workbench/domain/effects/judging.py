"""What becomes of a case when somebody has judged the clock: its verdicts are settled."""

from datetime import datetime

from msgspec.structs import replace

from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import Effect
from workbench.domain.policies import Rules
from workbench.domain.times import unstamp


def _judged(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    """Verdicts as the entry has them; the entries that it takes back are left out by the fold."""
    settled = event.data.get("verdicts", {})
    kept = []
    for clock in case.clocks:
        if clock.stopped_at and (verdict := settled.get(f"{clock.id}#{clock.cycle}")):
            stopped_at, word = verdict
            clock = replace(clock, stopped_at=unstamp(stopped_at), verdict=word, in_doubt=False)
        kept.append(clock)
    case.clocks = tuple(kept)
    if "wrong" in event.data:
        first, last = map(unstamp, event.data["wrong"])
        case.wrong_times = (*case.wrong_times, (first, last))


APPLIED: dict[str, Effect] = {acts.JUDGE.id: _judged}
