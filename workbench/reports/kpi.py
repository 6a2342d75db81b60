"""The indicators of a site or a unit by month: one month, and those before it.

Source: S2, figures by site serve as indicators of its property office; S4, performance is reviewed.
A share stands with its number and how far chance reaches: one bad month of few cases proves nothing.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from storage.analyses import groups, on_time
from storage.analyses.groups import Group
from workbench.desk import Desk
from workbench.domain.policies import Rules
from workbench.domain.regime import Goal
from workbench.domain.times import stamp
from workbench.reports import audits, by_time, spread
from workbench.reports.analyses.asked import Asked
from workbench.reports.analyses.shares import share
from workbench.reports.scope import Scope
from workbench.words import N_

MONTHS = 6  # with the one that is asked for
CLOCK = "clock."  # before the id of a clock: the share met of it
NUMBERS = (
    ("received", N_("Received")), ("closed", N_("Closed")), ("unsolved", N_("Not solved yet")),
    ("grave", N_("Level 1 or 2")),
)  # fmt: skip
SHARES = (
    ("on_time", N_("On time")), ("resolution", N_("Resolution rate")), ("founded", N_("Share founded")),
    ("repeat", N_("Repeat rate")), ("audits", N_("Audits, mean score")),
)  # fmt: skip
MEANS = (("csi", N_("Satisfaction, mean of 1 to 5")),)
SECONDS = (("median", N_("To closing, median")), ("p90", N_("To closing, 90 % within")))
LABELS = dict((*NUMBERS, *SHARES, *MEANS, *SECONDS))
GOALS = {"resolution": "resolution_rate", "repeat": "repeat_rate", "csi": "csi_mean"}


class Value(NamedTuple):
    """One indicator of one month; ``n`` is of how many, None of a plain number."""

    value: float | None
    n: int | None = None
    low: float | None = None
    high: float | None = None


def kpi(desk: Desk, scope: Scope) -> dict[str, Any]:
    """Return the indicators of the month of ``scope`` and of those before it, the oldest first.

    Each has a ``kind`` (number, share, mean, seconds) and a value a month, with its ``n`` where it is of
    some; ``goal`` is what the policy wants of it, ``at_most`` where less is better.

    Raises:
        StoreError: the store cannot serve.
    """
    now, months = desk.now(), months_up_to(scope)
    with desk.store.reading() as db:
        rules = desk.rules_in(db)
        changed = by_time.changes(desk, db, now, now)
        levels = {key: case.severity for key, case in changed.cases.items()}
        asked = [Asked(desk, db, each, each.span(rules.zone), now, levels, "", 0) for each in months]
        found = [_month(each, rules) for each in asked]
    head = {"month": f"{scope.first:%Y-%m}", "part": scope.as_json(), "as_of": stamp(now)}
    listed = [
        {"key": key, "kind": _kind(key)}
        | _goal(key, rules)
        | {"values": [each[key]._asdict() for each in found]}
        for key in found[-1]
    ]
    return head | {"months": [each.first.isoformat() for each in months], "indicators": listed}


def months_up_to(scope: Scope) -> list[Scope]:
    """Return the month of ``scope`` and those before it, the oldest first."""
    found = [scope]
    while len(found) < MONTHS:
        last = found[0].first - timedelta(days=1)
        found.insert(0, scope._replace(first=last.replace(day=1), last=last))
    return found


def _month(asked: Asked, rules: Rules) -> dict[str, Value]:
    where = asked.db, asked.site_id, asked.span, asked.scope.part
    found = groups.groups(asked.db, asked.site_id, "nothing", asked.span, asked.scope.part, asked.standing)
    group = found.get("", Group())
    took, *_none = spread.by_column(groups.to_close(*where), 0)
    stopped = on_time.by_clock(*where)
    audited = audits.measures_of(asked.desk, asked.db, asked.scope)
    n, csi = group.csi
    return (
        {key: Value(getattr(group, key)) for key, _label in NUMBERS}
        | {"on_time": _share(*group.on_time)}
        | {CLOCK + clock: _share(*stopped.get(clock, (0, 0))) for clock in rules.policy.clocks}
        | {"resolution": _share(*group.resolution), "founded": _share(*group.founded)}
        | {"repeat": _share(group.repeats, group.received)}
        | {"audits": Value(audited["mean"], audited["n"])}
        | {"csi": Value(round(csi / n, 2) if n else None, n)}
        | {key: Value(took[f"{key}_seconds"], took["n"]) for key, _label in SECONDS}
    )


def _share(met: int, of: int) -> Value:
    found = share("of", met, of)
    return Value(found["of_rate"], of, found["of_low"], found["of_high"])


def _kind(key: str) -> str:
    if key.startswith(CLOCK) or key in dict(SHARES):
        return "share"
    return "number" if key in dict(NUMBERS) else "mean" if key in dict(MEANS) else "seconds"


def _goal(key: str, rules: Rules) -> dict[str, Any]:
    goal: Goal | None = rules.policy.regime.goals.get(GOALS.get(key, key.removeprefix(CLOCK)))
    return {"goal": goal.value if goal else None, "at_most": bool(goal and goal.at_most)}
