"""Facts are corrected after intake; the level and the clocks follow, old and new stay on the timeline."""

from copy import copy
from typing import Any

from storage.engine import Db
from workbench.actions import cluster, judging, together
from workbench.actions.amended import wanted
from workbench.actions.asked import Asked
from workbench.actions.base import Action, Desk, Field
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.effects import take_facts
from workbench.domain.effects.handling import everybody_reached
from workbench.domain.errors import RefusedError
from workbench.words import N_, Said

JUDGED_BY = (*judging.CLUSTERED_BY, "people", "claim", "impact", "flags", "fault")


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
        data |= judging.again(asked, after)
    return judging.with_dues(asked, "amend", data)


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
    together.recounted(desk, db, before, after)
    if event.data.keys() & set(judging.CLUSTERED_BY):
        cluster.join(desk, db, [after])


ACTION = Action(
    acts.AMEND,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("kind", N_("Kind"), "choice", choices="kinds", help=N_("complaint, repair, inquiry, ...")),
        Field("category", N_("Category"), "choice", choices="categories",
              help=N_("What it is about; see: policy show.")),
        Field("impact", N_("Impact"), "choice", choices="impacts",
              help=N_("none, looks, partly, severe; - for unset.")),
        Field("people", N_("People"), "line",
              help=N_("How many people complain together; - for unset."), metavar="N"),
        Field("claim", N_("Claim, yuan"), "line",
              help=N_("What is claimed, in yuan; 0 for none."), metavar="YUAN"),
        Field("flag", N_("Flags to set"), "flags", choices="flags",
              help=N_("Set a flag; may stand several times.")),
        Field("no_flag", N_("Flags to take away"), "flags", choices="flags",
              help=N_("Take a flag away; may stand several times.")),
        Field("fault", N_("Fault"), "choice", choices="faults",
              help=N_("ours, customer, third-party; default as it is.")),
        Field("site", N_("Site"), "line", help=N_("The estate or shop; - for none.")),
        Field("unit", N_("Unit"), "line", help=N_("Building and flat; - for none.")),
        Field("customer", N_("Customer"), "line", help=N_("The customer's name; - for none.")),
        Field("phone", N_("Phone"), "line", help=N_("The customer's phone number; - for none.")),
        Field("about", N_("Complained about"), "person",
              help=N_("The member of staff complained about; - for nobody.")),
        Field("remedy_sought", N_("Remedy sought"), "line",
              help=N_("What the customer wants; - for nothing.")),
        Field("mood", N_("Mood, 1 to 5"), "line",
              help=N_("The customer's mood at intake; - for unset."), metavar="1-5"),
        Field("warranty_until", N_("Warranty until"), "line",
              help=N_("The last day of the warranty; - for unset."), metavar="DATE"),
        Field("reason", N_("Why"), "line"),
    ),
)  # fmt: skip
