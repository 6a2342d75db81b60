"""The facts that somebody wants to correct, read as strictly as at intake; a lone dash takes one away."""

from collections.abc import Mapping
from typing import Any

from workbench.actions import record
from workbench.domain import values
from workbench.rules import complained_about, warranty
from workbench.rules.request import Asked, choice, option, text, whole

NOTHING = "-"
CLEARED: Mapping[str, str | None] = {
    "impact": None, "people": None, "claim": None, "mood": None, "about": None, "remedy_sought": None,
    "customer": "", "phone": "", "site": "", "unit": "",
}  # fmt: skip
TEXTS = ("customer", "phone", "site", "unit", "remedy_sought")
NO_WARRANTY = {"warranty_until": None, "within_warranty": None}


def wanted(asked: Asked) -> dict[str, Any]:
    """Return every fact that was typed, as an event keeps it; what was left out is not in it.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
    """
    cleared = {name: value for name, value in CLEARED.items() if text(asked.given, name).strip() == NOTHING}
    given = {name: value for name, value in asked.given.items() if name not in cleared}
    found = cleared | _chosen(given, asked) | _counted(given) | _flags(given, asked)
    found |= {name: value.strip() for name in TEXTS if (value := text(given, name))}
    if site := found.get("site"):
        record.ensure_place(asked.db, asked.desk.store.site_id, site)
    if person := complained_about.given(given, "about", asked.rules):
        found["about"] = person
    if text(given, "warranty_until").strip() == NOTHING:
        return found | NO_WARRANTY
    return found | warranty.given(asked)


def _chosen(given: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    policy = asked.rules.policy
    terms: dict[str, Mapping[str, Any]] = {
        "kind": policy.kinds, "category": policy.categories, "impact": policy.impacts, "fault": policy.faults,
    }  # fmt: skip
    return {name: value for name, known in terms.items() if (value := choice(given, name, known))}


def _counted(given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, low, high in (("people", 1, record.MOST_PEOPLE), ("mood", 1, 5)):
        if (number := whole(given, name, low, high)) is not None:
            found[name] = number
    if claim := text(given, "claim").strip():
        amount = values.money(claim, option=option("claim"))
        found["claim"] = str(amount) if amount else None
    return found


def _flags(given: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    known = asked.rules.policy.flags
    more = record.flags(given.get("flag") or (), known, "flag")
    fewer = record.flags(given.get("no_flag") or (), known, "no_flag")
    if not more and not fewer:
        return {}
    left = {*asked.case.flags, *more} - set(fewer)
    return {"flags": [*(flag for flag in known if flag in left), *sorted(left - set(known))]}
