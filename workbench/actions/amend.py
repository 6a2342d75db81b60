"""Facts are corrected after intake; the level and the clocks follow, old and new stay on the timeline."""

from copy import copy
from typing import Any

from storage.engine import Db
from workbench.actions.amended import wanted
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.effects import take_facts
from workbench.domain.effects.handling import everybody_reached
from workbench.domain.errors import RefusedError
from workbench.rules import cluster, levels, other_cases
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked
from workbench.words import N_, Said

JUDGED_BY = (*levels.CLUSTERED_BY, "people", "claim", "impact", "flags", "fault")


def why_not(desk: Desk, case: Case) -> Said | None:
    """Facts may be corrected at any time."""
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the facts that change, what they were, and what the level makes of it.

    Raises:
        UsageError: a value is malformed or unknown.
        RefusedError: everything is as it was asked for already, or the person complained about takes
            the own name away.
    """
    typed, known = wanted(asked), current(asked.case)
    changed = {name: value for name, value in typed.items() if value != known[name]}
    if not changed:
        raise RefusedError(N_("Nothing would change on {number}."), number=asked.case.number)
    if "about" in changed and asked.desk.person == asked.case.about:
        raise RefusedError(
            N_("{name} is complained about; somebody else corrects that."), name=asked.case.about
        )
    data = changed | {"was": {name: known[name] for name in changed}} | asked.data("reason")
    after = copy(asked.case)
    take_facts(after, changed)
    if "kind" in changed:
        kind = asked.rules.policy.kinds[after.kind]
        data["callback_owed"] = kind.callback and not everybody_reached(after)
    if changed.keys() & set(JUDGED_BY):
        data |= levels.again(asked, after)
    return levels.with_dues(asked, acts.AMEND.id, data)


def current(case: Case) -> dict[str, Any]:
    """Return the facts that can be corrected, as an event keeps them."""
    plain = ("kind", "category", "impact", "people", "fault", "site", "unit", "customer", "phone", "about",
             "remedy_sought", "mood")  # fmt: skip
    until = case.repair.warranty_until
    return {name: getattr(case, name) for name in plain} | {
        "claim": None if case.claim is None else str(case.claim),
        "flags": list(case.flags),
        "warranty_until": until.isoformat() if until else None,
        "within_warranty": case.repair.within_warranty,
    }


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let others rise where the case joins their cluster by what was corrected, or where it is counted."""
    other_cases.recounted(desk, db, before, after)
    if event.data.keys() & set(levels.CLUSTERED_BY):
        cluster.join(desk, db, [after])


ACTION = Action(
    acts.AMEND,
    N_("Correct facts of the case; the level is judged again and the clocks follow."),
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("kind", N_("Kind"), "choice", choices="kinds"),
        Field("category", N_("Category"), "choice", choices="categories"),
        Field("impact", N_("Impact"), "choice", choices="impacts"),
        Field("people", N_("People"), "line"),
        Field("claim", N_("Claim, yuan"), "line"),
        Field("flag", N_("Flags to set"), "flags", choices="flags"),
        Field("no_flag", N_("Flags to take away"), "flags", choices="flags"),
        Field("fault", N_("Fault"), "choice", choices="faults"),
        Field("site", N_("Site"), "line"),
        Field("unit", N_("Unit"), "line"),
        Field("customer", N_("Customer"), "line"),
        Field("phone", N_("Phone"), "line"),
        Field("about", N_("Complained about"), "person"),
        Field("remedy_sought", N_("Remedy sought"), "line"),
        Field("mood", N_("Mood, 1 to 5"), "line"),
        Field("warranty_until", N_("Warranty until"), "line"),
        Field("reason", N_("Why"), "line"),
    ),
)
