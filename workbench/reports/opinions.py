"""Opinions by part of the house, and the review of a month or a quarter."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from storage import entries
from storage.entries import Opinion
from workbench.desk import Desk
from workbench.domain.shares import share
from workbench.domain.times import unstamp
from workbench.reports.callbacks import counts, mean, nps
from workbench.reports.flows import Happened
from workbench.reports.scope import Scope

BY = ("site", "category", "handler", "channel")
SATISFIED = (4, 5)


class Said(NamedTuple):
    """What one customer answered: ``change`` is the mood now less that at intake, if both are known."""

    at: str
    csi: int | None
    nps: int | None
    mood: int | None
    change: int | None
    parts: tuple[str, ...]  # by BY


def figures_of(desk: Desk, scope: Scope, happened: Happened) -> dict[str, Any]:
    """Return ``opinions`` of the calls of the scope, and the ``satisfaction_review`` of a month or a quarter.

    Of the review nothing (None) for other spans. Names are as the cases have them now.
    """
    said = [told_by(opinion) for opinion in entries.opinions(happened.told)]
    by = {f"by_{name}": _by(said, place) for place, name in enumerate(BY)}
    review = _review(desk, scope, happened, said) | by if length(scope) else None
    return {"opinions": by, "satisfaction_review": review}


def length(scope: Scope) -> str:
    """Return ``month`` or ``quarter`` where the days are a whole one; empty for anything else."""
    if scope.is_month:
        return "month"
    begins = scope.first.day == 1 and scope.first.month % 3 == 1
    after = scope.last + timedelta(days=1)
    months = (after.year - scope.first.year) * 12 + after.month - scope.first.month
    return "quarter" if begins and after.day == 1 and months == 3 else ""


def told_by(opinion: Opinion) -> Said:
    """Return what a customer answered, with how the mood changed."""
    at, csi, recommends, mood, before, *parts, _case = opinion
    change = None if mood is None or before is None else mood - before
    return Said(at, csi, recommends, mood, change, tuple(str(part or "") for part in parts))


def _by(said: Iterable[Said], place: int) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Said]] = {}
    for each in said:
        groups.setdefault(each.parts[place], []).append(each)
    return {name: measures(groups[name]) for name in sorted(groups)}


def measures(said: list[Said]) -> dict[str, Any]:
    """Return how many answered anything (``n``), and each mean with how many it is of (``csi_n``, …)."""
    csi = [each.csi for each in said if each.csi is not None]
    recommends = [each.nps for each in said if each.nps is not None]
    changes = [each.change for each in said if each.change is not None]
    return {
        "n": len(said),
        "csi_mean": mean(csi),
        "csi_n": len(csi),
        "nps": nps(recommends),
        "nps_n": len(recommends),
        "mood_change": mean(changes),
        "mood_n": len(changes),
    }


def _review(desk: Desk, scope: Scope, happened: Happened, said: list[Said]) -> dict[str, Any]:
    """Return how many were asked, reached and satisfied, what they said, and how that went by month."""
    zone = desk.rules_in(happened.told.db).zone
    asked = counts(happened.calls)
    csi = Counter(each.csi for each in said if each.csi is not None)
    months: dict[str, list[Said]] = {}
    for each in said:
        months.setdefault(f"{unstamp(each.at).astimezone(zone):%Y-%m}", []).append(each)
    return (
        {"length": length(scope), "calls": asked["done"]}
        | share("reached", asked["reached"], asked["done"])
        | measures(said)
        | {"csi_given": {str(value): csi[value] for value in range(1, 6)}}
        | share("satisfied", sum(csi[value] for value in SATISFIED), csi.total())
        | {"by_month": {month: measures(months[month]) for month in sorted(months)}}
    )
