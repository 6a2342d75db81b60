"""What the house adds to a new case: its tiers by the staff list, and the open incidents of its place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage import groups
from storage.engine import Db
from workbench.domain import duties
from workbench.domain.cases import BETWEEN
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.rules import dues


def tiers(rules: Rules, data: Mapping[str, Any], at: datetime, by: str) -> dict[str, Any]:
    """Return who plans, answers and carries out for the site, as the staff list has them (S0).

    Nobody of whom the case complains is named. Where the policy says so, each owes a confirmation.
    """
    site, accused = data.get("site", ""), (data.get("about") or "").split(BETWEEN)
    organisation = rules.organisation.without(accused)
    named = {str(step): organisation.of_step(step, site, at) for step in (1, 2, 3)}
    found = {step: name for step, name in named.items() if name}
    rule = rules.policy.regime.duties.get(duties.TIER.id)
    owing = [step for step, name in found.items() if name != by] if rule and rule.at_record else []
    if not owing:
        return {"tiers": found} if found else {}
    due_at = stamp(dues.due_of(duties.TIER.id, at, rules))
    return {"tiers": found, "duties": {step: no for no, step in enumerate(owing, 1)}, "due_at": due_at,
            "informed": list(dict.fromkeys(found[step] for step in owing))}  # fmt: skip


def _is_in(unit: str, building: str) -> bool:
    """Say whether a unit begins as those of the building do: 30-1 is not in building 3."""
    after = unit[len(building) :]
    return unit.startswith(building) and not (building[-1:].isdigit() and after[:1].isdigit())


def incidents(db: Db, site_id: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the links to the open incidents of the building, or of the whole site."""
    if not data.get("site"):
        return {}
    found = groups.incidents(db, site_id, data["site"])
    unit = str(data.get("unit", ""))
    links = [[each.case_id, each.number, "incident"] for each in found if _is_in(unit, each.building)]
    return {"links": links} if links else {}
