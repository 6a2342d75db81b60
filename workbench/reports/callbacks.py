"""What customers said when we called them back."""

from collections.abc import Iterable, Iterator
from typing import Any

from storage.entries import Call

PROMOTERS = range(9, 11)
DETRACTORS = range(7)


def counts(calls: Iterable[Call]) -> dict[str, int]:
    """Return the calls for an opinion and the customers reached; a call about progress asks for none."""
    asked = [call for call in calls if not call.progress]
    return {
        "done": sum(call.calls for call in asked),
        "reached": sum(call.calls for call in asked if call.reached),
    }


def figures_of(calls: Iterable[Call]) -> dict[str, Any]:
    """Return ``csi_mean`` (1 to 5), ``nps`` (-100 to 100) and ``mood_change`` (-4 to 4) of the calls.

    Each has ``…_of`` beside it, the number of answers, and is null if nobody was asked. The change of mood
    counts from the intake of the same case.
    """
    reached = [call for call in calls if call.reached]
    csi = list(_each((call.csi, call.calls) for call in reached))
    answers = list(_each((call.nps, call.calls) for call in reached))
    moods = list(_each((_change(call), call.calls) for call in reached))
    return {
        "csi_mean": mean(csi), "csi_mean_of": len(csi),
        "nps": nps(answers), "nps_of": len(answers),
        "mood_change": mean(moods), "mood_change_of": len(moods),
    }  # fmt: skip


def _each(counted: Iterable[tuple[int | None, int]]) -> Iterator[int]:
    """Yield each answer as often as it was given."""
    for answer, times in counted:
        if answer is not None:
            yield from [answer] * times


def _change(call: Call) -> int | None:
    return None if call.mood is None or call.before is None else call.mood - call.before


def mean(values: list[int]) -> float | None:
    """Return the mean with two decimals, or None."""
    return round(sum(values) / len(values), 2) if values else None


def nps(answers: list[int]) -> float | None:
    """Return the share of promoters (9, 10) less that of detractors (0 to 6), in per cent, or None."""
    if not answers:
        return None
    balance = sum(answer in PROMOTERS for answer in answers) - sum(answer in DETRACTORS for answer in answers)
    return round(100 * balance / len(answers), 1)
