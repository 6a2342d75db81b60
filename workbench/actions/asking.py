"""What is asked before an act, in a form or in lines: whether anything, with what, and what becomes of it."""

from collections.abc import Mapping

from msgspec.structs import replace

from workbench import actions
from workbench.actions import amend
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.rules.action import Action
from workbench.words import N_

AT_ONCE = (acts.ACKNOWLEDGE.id, acts.UNDO.id)  # their words are few, and those who want more reply

_CLOSING = {field.name: field for field in actions.of(acts.CLOSE.id).fields}
ON_THE_SPOT = (  # a new case that is answered at once: the first closes it, the others belong to that
    replace(_CLOSING["outcome"], label=N_("If closed at once: told"), required=False),
    _CLOSING["resolution"],
    _CLOSING["accepted"],
    _CLOSING["next"],
)
NOT_REPEAT = "not_repeat"  # is no field to fill in: the screens have a key for it
RECORDING = tuple(field for field in actions.of(acts.RECORD.id).fields if field.name != NOT_REPEAT)


def asks(action: Action) -> bool:
    """Say whether anything is asked before the act."""
    return bool(action.fields) and action.id not in AT_ONCE


def beginning(action: Action, case: Case) -> dict[str, str]:
    """Return what a form about facts starts with: those that the case has, but for the phone."""
    if action.id != acts.AMEND.id:
        return {}
    known = {name: value for name, value in amend.current(case).items() if name != "phone"}
    return {name: str(value) for name, value in known.items() if isinstance(value, str | int) and value}


def handed_over(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what a record is made from: an outcome closes it at once, and without one nothing does."""
    if typed.get("outcome", "").strip():
        return {**typed, "close": "yes"}
    return {name: value for name, value in typed.items() if name not in _CLOSING}
