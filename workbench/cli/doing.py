"""From the options of a verb to an act, and from the act to what is printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from workbench import actions
from workbench.actions import doing
from workbench.cli import one_case
from workbench.cli.fielded import option
from workbench.cli.session import Session
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.rules import in_sight, once
from workbench.rules.action import Field
from workbench.words import N_, _

MOST_VERSIONS = 10**9
OP_ID = Field(
    "op_id",
    N_("An id of your own for this act: the same id twice, and it is stored once"),
    "line",
    metavar="ID",
)
MAY_BE_EMPTY = ("line", "text")  # an empty name is no name; an empty time is a mistake in a script


def only_typed(**typed: Any) -> dict[str, Any]:
    """Return the options that were given; a switch that is off was not."""
    return {name: value for name, value in typed.items() if value is not None and value is not False}


def act(
    session: Session, action_id: str, number: str, asked: Mapping[str, Any], *, seen: str | None = None,
    op_id: str | None = None,
) -> None:  # fmt: skip
    """Do ``action_id`` to the case with ``number`` and print what it has become.

    Raises:
        WorkbenchError: malformed, refused, not found, in conflict, or the store cannot serve.
    """
    fields = actions.of(action_id).fields
    refuse_blanks(fields, asked)
    version = None if seen is None else values.whole(seen, 0, MOST_VERSIONS, option="--seen")
    desk, op = session.desk, None if op_id is None else once.read(op_id)
    case = doing.do(desk, action_id, desk.find(number), asked, seen=version, op_id=op)
    if in_sight.only_written(desk, action_id, case):
        said = _("Written down on {number}.").format(number=case.number)
        session.answer({"number": case.number, "version": case.version}, [said])
        return
    one_case.print_act(session, case, action_id)
    if any(field.spoken for field in fields):
        from workbench.cli import speech

        speech.advise(session, case, action_id)
        speech.remind(session, case, action_id)


def refuse_blanks(fields: Sequence[Field], asked: Mapping[str, Any]) -> None:
    """Refuse an option with an empty value where nothing could be meant by it.

    Raises:
        UsageError: names the option.
    """
    for field in fields:
        value = asked.get(field.name)
        if isinstance(value, str) and not value.strip() and field.kind not in MAY_BE_EMPTY:
            raise UsageError(N_("the value is empty."), option=option(field))
