"""The level that the rules give, as an event keeps it: first, after facts changed, and after coming back."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from storage.engine import Db
from workbench.domain import facts, severity, upcoming
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.fact import Judges
from workbench.domain.history import apply
from workbench.domain.policies import Policy, Rules
from workbench.rules import binding, cluster
from workbench.rules.request import Asked

CLUSTERED_BY = facts.where(lambda fact: fact.judges is Judges.CLUSTER)


def judged(
    case: Case, policy: Policy, extra: tuple[Reason, ...] = (), hot: tuple[Reason, ...] = ()
) -> dict[str, Any]:
    """Return level, hot mark and their reasons by the facts on ``case`` and what else is known."""
    return _said((*extra, *severity.levels(case, policy)), (*severity.hot(case, policy), *hot))


def again(asked: Asked, after: Case) -> dict[str, Any]:
    """Return what the facts on ``after``, the case as it will be, make of the level; see ``of_facts``."""
    return of_facts(asked.db, asked.case, after, asked.rules, asked.at)


def corrected(asked: Asked, after: Case) -> dict[str, Any]:
    """Return what a correction of facts makes of the level, and what of a graver one binds: ``again``."""
    said = again(asked, after)
    return said | binding.kept(asked.case, asked.timeline, said, asked.desk.person, asked.at, asked.rules)


def of_facts(db: Db, before: Case, after: Case, rules: Rules, at: datetime) -> dict[str, Any]:
    """Return level and hot mark judged again at ``at`` (UTC), where ``before`` becomes ``after``.

    What age has brought stays while the fault is ours, what others like it have brought while it is like
    them. A level set by hand stays beside the rules; whoever set it knew the facts, so that only a rule
    which has become graver since can raise it, and none lowers it. ``rose`` marks a case graver or hot now.
    """
    policy = rules.policy
    by_hand = tuple(reason for reason in before.severity_reasons if reason.rule == "manual")
    facts = _graver_since(before, after, policy) if by_hand else severity.levels(after, policy)
    graver, hotter = _by_age(before, after, rules, at)
    found = _by_others(db, before, after, rules)
    hot = (*severity.hot(after, policy), *hotter, *found.hot)
    said = _said((*by_hand, *facts, *graver, *found.reasons), hot)
    rose = said["severity"] < before.severity or (said["hot"] and not before.hot)
    return said | ({"rose": True} if rose else {})


def alone(db: Db, case: Case, rules: Rules, at: datetime) -> dict[str, Any]:
    """Return the level judged again where ``case`` is no second complaint any more; see ``of_facts``."""
    return of_facts(db, case, replace(case, repeat=bool(case.returns), repeat_of=None), rules, at)


def reopened(asked: Asked) -> dict[str, Any]:
    """Return what a reopening sets: judged again as a repeat; a level set by hand is not lowered."""
    case, policy = asked.case, asked.rules.policy
    by_hand = tuple(r for r in case.severity_reasons if r.rule == "manual")
    found = cluster.find(asked.db, case, asked.rules)
    kind = policy.kinds.get(case.kind)
    back = replace(case, repeat=True)
    return judged(back, policy, (*by_hand, *found.reasons), found.hot) | {
        "callback_owed": bool(kind and kind.callback)
    }


def with_dues(asked: Asked, act: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` of ``act`` with the old and new due times of the clocks that it moves."""
    event = Event(asked.case.version + 1, asked.at, asked.desk.person, act, data)
    moved = upcoming.moved_dues(asked.case, apply(asked.case, event, asked.rules), asked.rules)
    return data | ({"dues": moved} if moved else {})


def _said(reasons: tuple[Reason, ...], hot: tuple[Reason, ...]) -> dict[str, Any]:
    ordered = sorted(reasons, key=lambda reason: reason.level or severity.LOWEST)
    return {
        "severity": severity.gravest(reasons),
        "severity_reasons": [[r.rule, r.level, r.fact] for r in ordered],
        "hot": bool(hot),
        "hot_reasons": [[r.rule, r.level, r.fact] for r in hot],
    }


def _graver_since(before: Case, after: Case, policy: Policy) -> tuple[Reason, ...]:
    """Return the reasons by facts that are graver on ``after``, or have counted beside the hand's already."""
    known = {
        severity.same(reason): reason.level or severity.LOWEST for reason in severity.levels(before, policy)
    }
    counted = {severity.same(reason) for reason in before.severity_reasons}
    return tuple(
        reason
        for reason in severity.levels(after, policy)
        if severity.same(reason) in counted
        or (reason.level or severity.LOWEST) < known.get(severity.same(reason), severity.LOWEST)
    )


def _by_age(
    before: Case, after: Case, rules: Rules, at: datetime
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the reasons by age for the level and for the hot mark."""
    if after.fault != "ours" or not severity.is_graded(after, rules.policy):
        return (), ()
    reached = {
        Reason("age", age.level, severity.age_key(age.months, age.days)): None
        for age, moment in upcoming.age_moments(after, rules)
        if moment <= at
    }
    graver = [reason for reason in before.severity_reasons if reason.rule == "age"]
    hotter = [reason for reason in before.hot_reasons if reason.rule == "age"]
    graver += [reason for reason in reached if reason.level and reason not in graver]
    hotter += [reason for reason in reached if not reason.level and reason not in hotter]
    return tuple(graver), tuple(hotter)


def _by_others(db: Db, before: Case, after: Case, rules: Rules) -> cluster.Found:
    if any(getattr(before, name) != getattr(after, name) for name in CLUSTERED_BY):
        return cluster.find(db, after, rules)
    return cluster.Found(
        tuple(reason for reason in before.severity_reasons if reason.rule == "cluster"),
        tuple(reason for reason in before.hot_reasons if reason.rule == "cluster"),
    )
