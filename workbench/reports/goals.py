"""The goals of the policy beside the figures of a span. Source: S4, subsystem 7 (performance)."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.policies import Policy
from workbench.domain.regime import Goal


def with_figures(figures: Mapping[str, Any], policy: Policy) -> list[dict[str, Any]]:
    """Return each goal with its figure, of how many, and whether it was met; None where nothing counts.

    Of fewer than the policy asks for nothing is said, but that they are ``too_few``.
    """
    return [_against(figures, goal) for goal in policy.regime.goals.values()]


def _against(figures: Mapping[str, Any], goal: Goal) -> dict[str, Any]:
    figure, of = _figure(figures, goal.figure)
    too_few, met = figure is not None and of < goal.least, None
    if figure is not None and not too_few:
        met = figure <= goal.value if goal.at_most else figure >= goal.value
    found = {"name": goal.figure, "goal": goal.value, "at_most": goal.at_most, "figure": figure, "of": of}
    return found | {"met": met} | ({"too_few": True} if too_few else {})


def _figure(figures: Mapping[str, Any], name: str) -> tuple[float | None, int]:
    """Return the figure that a goal names, and of how many it is."""
    if name in figures:
        return figures[name], figures[f"{name.removesuffix('_rate')}_of"]
    clock = figures["on_time"].get(name, {})
    return clock.get("rate"), clock.get("of", 0)
