"""The verb of an act on a case, made from its record and from the fields that it declares."""

from functools import partial
from typing import Any

from workbench import actions
from workbench.cli.doing import OP_ID, act
from workbench.cli.fielded import NUMBER
from workbench.cli.registry import Verb
from workbench.cli.session import Session
from workbench.rules.action import Field
from workbench.rules.offers import NO_OFFER
from workbench.words import N_

SEEN = Field(
    "seen",
    N_("The version you saw: an act that decides is refused if somebody acted since"),
    "line",
    metavar="VERSION",
)


def of(act_id: str) -> Verb:
    """Return the verb ``workbench ACT NUMBER``, with an option or a place for each field of the act."""
    action = actions.of(act_id)
    spoken = (NO_OFFER,) if any(field.spoken for field in action.fields) else ()
    more = (*spoken, OP_ID) if action.act.adding else spoken
    return Verb(act_id, action.help, partial(do, act_id), (NUMBER, *action.fields, *more, SEEN))


def do(act_id: str, session: Session, asked: dict[str, Any]) -> None:
    """Do the act on the case that was typed, with what was typed for its fields."""
    number, seen = asked.pop(NUMBER.name), asked.pop(SEEN.name, None)
    act(session, act_id, number, asked, seen=seen, op_id=asked.pop(OP_ID.name, None))
