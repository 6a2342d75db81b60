"""Somebody looks at the customer's full phone number."""

from typing import Any

from storage import house
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.house import REVEAL
from workbench.rules.action import Action
from workbench.rules.request import Asked
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why there is nothing to show, or None."""
    return None if case.phone else Said(N_("{number} has no phone number."), number=case.number)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: that it was shown, never what."""
    return {"what": "phone"}


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Write into the house log that a phone was shown: there stands all that leaves the house."""
    house.log(db, after.site_id, REVEAL, at=event.at, by=event.by, data={"number": after.number})


ACTION = Action(
    acts.REVEAL,
    plan,
    why_not,
    spread=spread,
)
