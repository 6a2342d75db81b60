"""The level that the rules give, as an event keeps it; and what one case brings to others."""

from dataclasses import replace
from typing import Any

from workbench.actions import cluster
from workbench.actions.asked import Asked
from workbench.domain import severity
from workbench.domain.cases import Case, Reason
from workbench.domain.policies import Policy


def judged(
    case: Case, policy: Policy, extra: tuple[Reason, ...] = (), hot: tuple[Reason, ...] = ()
) -> dict[str, Any]:
    """Return level, hot mark and their reasons by the facts on ``case`` and what else is known."""
    reasons = tuple(
        sorted((*extra, *severity.levels(case, policy)), key=lambda r: r.level or severity.LOWEST)
    )
    hot_reasons = (*severity.hot(case, policy), *hot)
    return {
        "severity": severity.gravest(reasons),
        "severity_reasons": [[r.rule, r.level, r.fact] for r in reasons],
        "hot": bool(hot_reasons),
        "hot_reasons": [[r.rule, r.level, r.fact] for r in hot_reasons],
    }


def reopened(asked: Asked) -> dict[str, Any]:
    """Return what a reopening sets: judged again as a repeat; a level set by hand is not lowered."""
    case, policy = asked.case, asked.rules.policy
    by_hand = tuple(r for r in case.severity_reasons if r.rule == "manual")
    found = cluster.find(asked.db, case, asked.rules)
    kind = policy.kinds.get(case.kind)
    again = replace(case, repeat=True)
    return judged(again, policy, (*by_hand, *found.reasons), found.hot) | {
        "callback_owed": bool(kind and kind.callback)
    }
