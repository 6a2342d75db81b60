"""Facts are corrected after intake, read as strictly as then; old and new stay on the timeline."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from storage.engine import Db
from workbench.actions import record
from workbench.desk import Desk
from workbench.domain import acts, facts
from workbench.domain.cases import Case, Event
from workbench.domain.effects import take_facts
from workbench.domain.effects.handling import everybody_reached
from workbench.domain.errors import RefusedError
from workbench.domain.fact import Judges, Kind
from workbench.rules import (
    accusation,
    cluster,
    levels,
    one_voice,
    other_cases,
    second_complaints,
    typed_facts,
    warranty,
)
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, text
from workbench.words import N_, Said

JUDGED_BY = facts.where(lambda fact: fact.judges is not Judges.NOTHING)
NOTHING = "-"  # typed alone, it takes a fact away
CORRECTED = facts.where(lambda fact: fact.amended and fact.kind is not Kind.CHOICES)
CLEARED = {name: facts.BY_NAME[name].nothing for name in CORRECTED if not facts.BY_NAME[name].always}
NO_WARRANTY = {"warranty_until": None, "within_warranty": None}
PLAIN = facts.where(lambda fact: fact.amended and fact not in (facts.CLAIM, facts.FLAGS))


def why_not(desk: Desk, case: Case) -> Said | None:
    """Facts may be corrected at any time."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the facts that change, what they were, and what the level makes of it.

    Raises:
        UsageError: a value is malformed or unknown.
        RefusedError: everything is as it was asked for already, or only a supervisor takes a name away.
    """
    typed, known = wanted(asked), current(asked.case)
    changed = {name: value for name, value in typed.items() if value != known[name]}
    if not changed:
        raise RefusedError(N_("Nothing would change on {number}."), number=asked.case.number)
    data = changed | {"was": {name: known[name] for name in changed}} | asked.data("reason")
    if "about" in changed:
        data |= accusation.changed(asked, changed["about"])
    after = copy(asked.case)
    take_facts(after, changed)
    if "kind" in changed:
        kind = asked.rules.policy.kinds[after.kind]
        data["callback_owed"] = kind.callback and not everybody_reached(after)
    if changed.keys() & set(JUDGED_BY):
        data |= _judged(asked, after, changed)
    return levels.with_dues(asked, acts.AMEND.id, data)


def _judged(asked: Asked, after: Case, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the level is by what was corrected, and of which case it shows this one to be a repeat."""
    if not changed.keys() & set(levels.CLUSTERED_BY):
        return levels.corrected(asked, after)
    first = second_complaints.earlier(asked.desk, asked.db, after, asked.rules)
    if first is None:
        return levels.corrected(asked, after)
    return second_complaints.said(first) | levels.corrected(asked, second_complaints.as_second(after, first))


def wanted(asked: Asked) -> dict[str, Any]:
    """Return every fact that was typed, as an event keeps it; what was left out is not in it.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
    """
    cleared = {name: value for name, value in CLEARED.items() if text(asked.given, name).strip() == NOTHING}
    given = {name: value for name, value in asked.given.items() if name not in cleared}
    found = cleared | typed_facts.read(given, CORRECTED, asked.rules) | _flags(given, asked)
    if site := found.get("site"):
        record.ensure_place(asked.rules, site)
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


def current(case: Case) -> dict[str, Any]:
    """Return the facts that can be corrected, as an event keeps them."""
    until = case.repair.warranty_until
    return {name: getattr(case, name) for name in PLAIN} | {
        "claim": None if case.claim is None else str(case.claim),
        "flags": list(case.flags),
        "warranty_until": until.isoformat() if until else None,
        "within_warranty": case.repair.within_warranty,
    }


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let others rise where the case joins their cluster by what was corrected, or where it is counted."""
    other_cases.recounted(desk, db, before, after)
    above = other_cases.head_of(desk, db, before)
    other_cases.accused_there(desk, db, before, after)
    one_voice.follow(desk, db, before, *above)
    if event.data.keys() & set(levels.CLUSTERED_BY):
        cluster.join(desk, db, [after])
    if "repeat_of" in event.data:
        second_complaints.back_link(desk, db, event.data["case_id"], after)


ACTION = Action(
    acts.AMEND,
    plan,
    why_not,
    spread=spread,
    fields=(
        typed_facts.correction(facts.KIND, N_("complaint, repair, inquiry, ...")),
        typed_facts.correction(facts.CATEGORY, N_("What it is about; see: policy show.")),
        typed_facts.correction(facts.IMPACT, N_("none, looks, partly, severe; - for unset.")),
        typed_facts.correction(facts.PEOPLE, N_("How many people complain together; - for unset.")),
        typed_facts.correction(facts.CLAIM, N_("What is claimed, in yuan; 0 for none.")),
        Field("flag", N_("Flags to set"), "flags", choices="flags",
              help=N_("Set a flag; may stand several times.")),
        Field("no_flag", N_("Flags to take away"), "flags", choices="flags",
              help=N_("Take a flag away; may stand several times.")),
        typed_facts.correction(facts.FAULT, N_("ours, customer, third-party; default as it is.")),
        typed_facts.correction(facts.SITE, N_("The estate or shop; - for none.")),
        typed_facts.correction(facts.UNIT, N_("Building and flat; - for none.")),
        typed_facts.correction(facts.CUSTOMER, N_("The customer's name; - for none.")),
        typed_facts.correction(facts.PHONE, N_("The customer's phone number; - for none.")),
        typed_facts.correction(
            facts.ABOUT, N_("Who of the staff is complained about, all names; - for nobody. Needs --reason.")
        ),
        typed_facts.correction(facts.REMEDY_SOUGHT, N_("What the customer wants; - for nothing.")),
        typed_facts.correction(facts.MOOD, N_("The customer's mood at intake; - for unset.")),
        Field("warranty_until", N_("Warranty until"), "line",
              help=N_("The last day of the warranty; - for unset."), metavar="DATE"),
        Field("reason", N_("Why"), "line"),
    ),
)  # fmt: skip
