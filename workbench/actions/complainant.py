"""A further customer complains on the same case; a callback is owed to each."""

from typing import Any

from msgspec.structs import replace

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.errors import UsageError
from workbench.rules import levels, other_cases
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why nobody can join, or None."""
    return None if case.live else Said(N_("{number} is done; reopen it first."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: who, how many complain together by now, and the level judged again."""
    who: dict[str, Any] = {
        name: value.strip() for name, value in asked.data("customer", "phone", "unit").items()
    }
    if not who.get("customer") and not who.get("phone"):
        raise UsageError(N_("Give a name or a phone."), option=option("customer"))
    people = max((asked.case.people or 1) + 1, len(asked.case.complainants) + 2)
    kind = asked.rules.policy.kinds.get(asked.case.kind)
    if kind and kind.callback and asked.case.policy_clocks and not asked.case.callback_owed:
        who |= {"callback_owed": True}  # all the others were reached before
    found = who | {"people": people} | levels.again(asked, replace(asked.case, people=people))
    return levels.with_dues(asked, acts.COMPLAINANT.id, found)


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Let the case of which this one is a part count one more."""
    other_cases.recounted(desk, db, before, after)


ACTION = Action(
    acts.COMPLAINANT,
    plan,
    why_not,
    spread=spread,
    fields=(
        Field("customer", N_("Customer"), "line", required=True, help=N_("Name of the customer.")),
        Field("phone", N_("Phone"), "line", help=N_("Phone of the customer.")),
        Field("unit", N_("Unit"), "line", help=N_("Unit of the customer.")),
    ),
)
