"""What customers said when we called them back."""

from collections.abc import Iterable

from storage import figures
from storage.engine import Db
from storage.figures import Act
from workbench.domain.acts import CALLBACK

PROMOTERS = range(9, 11)
DETRACTORS = range(7)


def counts(acts: Iterable[Act], owed: int, overdue: int) -> dict[str, int]:
    """Return calls for an opinion and customers reached on the day; cases that owe one now, and overdue.

    A call about progress, before the outcome, asks for no opinion.
    """
    calls = [act for act in acts if act.act == CALLBACK.id and not act.data.get("progress")]
    reached = sum(bool(act.data.get("reached")) for act in calls)
    return {"done": len(calls), "reached": reached, "owed": owed, "overdue": overdue}


def figures_of(db: Db, acts: Iterable[Act]) -> dict[str, float | None]:
    """Return ``csi_mean`` (1 to 5), ``nps`` (-100 to 100) and ``mood_change`` (-4 to 4) of the calls.

    Each is null if nobody was asked. The change of mood counts from the intake of the same case.
    """
    calls = [act for act in acts if act.act == CALLBACK.id and act.data.get("reached")]
    at_intake = figures.columns(db, {act.case_id for act in calls if "mood" in act.data}, "mood")
    changes = [
        act.data["mood"] - before
        for act in calls
        if "mood" in act.data and (before := at_intake[act.case_id][0]) is not None
    ]
    return {
        "csi_mean": mean([act.data["csi"] for act in calls if "csi" in act.data]),
        "nps": nps([act.data["nps"] for act in calls if "nps" in act.data]),
        "mood_change": mean(changes),
    }


def mean(values: list[int]) -> float | None:
    """Return the mean with two decimals, or None."""
    return round(sum(values) / len(values), 2) if values else None


def nps(answers: list[int]) -> float | None:
    """Return the share of promoters (9, 10) less that of detractors (0 to 6), in per cent, or None."""
    if not answers:
        return None
    balance = sum(answer in PROMOTERS for answer in answers) - sum(answer in DETRACTORS for answer in answers)
    return round(100 * balance / len(answers), 1)
