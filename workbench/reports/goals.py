"""The goals of the policy beside the figures of a day. Source: S4, subsystem 7 (performance)."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.policies import Policy
from workbench.domain.regime import Goal


def with_figures(figures: Mapping[str, Any], policy: Policy) -> list[dict[str, Any]]:
    """Return each goal with its figure, and whether it was met; None for both where nothing counts."""
    return [_against(figures, goal) for goal in policy.regime.goals.values()]


def _against(figures: Mapping[str, Any], goal: Goal) -> dict[str, Any]:
    found = figures.get(goal.figure, figures["on_time"].get(goal.figure, {}))
    figure = found.get("rate") if isinstance(found, Mapping) else found
    met = None
    if figure is not None:
        met = figure <= goal.value if goal.at_most else figure >= goal.value
    return {"name": goal.figure, "goal": goal.value, "at_most": goal.at_most, "figure": figure, "met": met}
