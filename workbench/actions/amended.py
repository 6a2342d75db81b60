"""The facts that somebody wants to correct, read as strictly as at intake; a lone dash takes one away."""

from collections.abc import Mapping
from typing import Any

from workbench.actions import record, typed, warranty
from workbench.actions.asked import Asked, text
from workbench.domain import facts
from workbench.domain.fact import Kind

NOTHING = "-"
CORRECTED = facts.where(lambda fact: fact.amended and fact.kind is not Kind.CHOICES)
CLEARED = {name: facts.BY_NAME[name].nothing for name in CORRECTED if not facts.BY_NAME[name].always}
NO_WARRANTY = {"warranty_until": None, "within_warranty": None}


def wanted(asked: Asked) -> dict[str, Any]:
    """Return every fact that was typed, as an event keeps it; what was left out is not in it.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
    """
    cleared = {name: value for name, value in CLEARED.items() if text(asked.given, name).strip() == NOTHING}
    given = {name: value for name, value in asked.given.items() if name not in cleared}
    found = cleared | typed.read(given, CORRECTED, asked.rules) | _flags(given, asked)
    if site := found.get("site"):
        record.ensure_place(asked.db, asked.desk.store.site_id, site)
    if text(given, "warranty_until").strip() == NOTHING:
        return found | NO_WARRANTY
    return found | warranty.given(asked)


def _flags(given: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    known = asked.rules.policy.flags
    more = record.flags(given.get("flag") or (), known, "flag")
    fewer = record.flags(given.get("no_flag") or (), known, "no_flag")
    if not more and not fewer:
        return {}
    left = {*asked.case.flags, *more} - set(fewer)
    return {"flags": [*(flag for flag in known if flag in left), *sorted(left - set(known))]}
