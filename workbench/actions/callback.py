"""We call the customer afterwards: reached or not, satisfied or not, still a problem or not."""

from collections.abc import Mapping
from typing import Any

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.calling import in_hours, next_try
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.recipients import told
from workbench.domain.times import echo, stamp
from workbench.rules import duty_rules, levels, other_cases, typed_facts
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

REACHED = (("yes", N_("Reached")), ("no", N_("Not reached")))
NO_ONE = N_("There is no complainant {id} on this case.")
SAY_WHETHER = N_("Say whether the customer was reached: yes or no.")
MOST_COMPLAINANTS = 10_000
ACCEPTED = (("yes", N_("Yes")), ("no", N_("No")))
ANSWERS = (*(fact.name for fact in typed_facts.ANSWERS), "accepted", "still_a_problem")


def why_not(desk: Desk, case: Case) -> Said | None:
    """A callback may be made at any time, while open too (S0: a call about progress)."""
    return None


def needless(case: Case, given: Mapping[str, Any]) -> dict[str, Said]:
    """Return that nobody is to be chosen where one customer complains."""
    return {} if case.complainants else {"of": Said(NO_ONE, id=str(given.get("of") or ""))}


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; still a problem on a closed case reopens it as a repeat."""
    reached = asked.choice("reached", [value for value, _ in REACHED])
    if not reached:
        raise UsageError(SAY_WHETHER, option=option("reached"))
    if reached == "no":
        return _not_reached(asked)
    data: dict[str, Any] = {"reached": True} | _progress(asked) | asked.worded("text") | _of(asked)
    data |= typed_facts.read(asked.given, [fact.name for fact in typed_facts.ANSWERS], asked.rules)
    data |= _consent(asked)
    if asked.yes("still_a_problem"):
        data["still_a_problem"] = True
        if not asked.case.unsolved:
            data |= {"reopened": True} | other_cases.came_back(asked.case) | levels.reopened(asked)
    return data | _next_try(asked)


def _consent(asked: Asked) -> dict[str, Any]:
    """Return whether the customer accepts what was done; the supervisor is told of a no."""
    accepted = asked.choice("accepted", [value for value, _ in ACCEPTED])
    if not accepted:
        return {}
    seniors = told(asked.rules, asked.case, duty_rules.SENIOR, asked.at) if accepted == "no" else ()
    people = duty_rules.informed(asked, *seniors)
    return {"accepted": accepted} | ({"informed": people} if people else {})


def _of(asked: Asked) -> dict[str, Any]:
    """Return which further complainant was called; nothing stands for the customer of the case."""
    number = asked.whole("of", 1, MOST_COMPLAINANTS)
    if number is None:
        return {}
    if number not in [each.id for each in asked.case.complainants]:
        raise UsageError(NO_ONE, option=option("of"), id=number)
    return {"of": number}


def _not_reached(asked: Asked) -> dict[str, Any]:
    for name in ANSWERS:
        value = asked.given.get(name)
        if value not in (None, "", False):
            raise UsageError(
                N_("A customer who was not reached gave no answers; leave this out."), option=option(name)
            )
    retry_at = stamp(next_try(asked.rules.policy, asked.at))
    tried = {"reached": False, "again_at": retry_at} | _progress(asked)
    return tried | asked.worded("text") | _next_try(asked)


def _progress(asked: Asked) -> dict[str, bool]:
    """Return that the call came before the outcome, and so is not the opinion on it (S0)."""
    return {"progress": True} if asked.case.unsolved else {}


def _next_try(asked: Asked) -> dict[str, Any]:
    """Return when to try again as it was typed, moved into the hours in which one may ring.

    Raises:
        RefusedError: that has passed.
    """
    again_at = asked.time("again")
    if again_at is None:
        return {}
    if again_at <= asked.at:
        raise RefusedError(
            N_("The next try lies in the future; {again} has passed."), again=echo(again_at, asked.rules.zone)
        )
    moved = in_hours(asked.rules.policy, again_at)
    return {"again_at": stamp(moved)} | ({"again_asked": stamp(again_at)} if moved != again_at else {})


ACTION = Action(
    acts.CALLBACK,
    plan,
    why_not,
    spread=other_cases.forget,
    needless=needless,
    fields=(
        Field("of", N_("Which complainant"), "number", low=1, high=MOST_COMPLAINANTS,
              help=N_("Which further complainant was called."), metavar="ID"),
        Field("reached", N_("Reached?"), "choice", required=True, choices=REACHED, needed=SAY_WHETHER,
              help=N_("Whether the customer was reached."), metavar="YES|NO"),
        *map(typed_facts.field, typed_facts.ANSWERS),
        Field("accepted", N_("Customer accepts"), "choice", choices=ACCEPTED,
              help=N_("Whether the customer accepts what was done: yes, no."), metavar="YES|NO"),
        Field("still_a_problem", N_("Still a problem"), "yesno",
              help=N_("Still a problem: a closed case opens again as a repeat.")),
        Field("text", N_("What was said"), "text", spoken=True),
        Field("again", N_("Next try"), "time",
              help=N_("When to try again; moved into the hours in which one may ring.")),
    ),
)  # fmt: skip
