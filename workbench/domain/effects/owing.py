"""How a duty begins, ends and goes on with the case, and who is told; whatever the act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from workbench.domain import acts, duties
from workbench.domain.case_parts import NO_OFFER, Duty, Notice
from workbench.domain.cases import Case, Event
from workbench.domain.effects.base import pass_on
from workbench.domain.times import unstamp

PROMISE = "promise"
LEFT_BEHIND = "left_behind"  # the mark of a duty whose owner has left: it goes to whoever takes the case


def owe(case: Case, event: Event, at: datetime, kind: str, **more: Any) -> None:
    """Add the duty that ``event`` brings about, as it is written there."""
    data = event.data
    duty = Duty(
        id=data["duty"] if "duty" in data else data["id"],
        kind=kind,
        text=data.get("text", ""),
        owner=data.get("owner", data.get("to", "")),
        by=event.by,
        started_at=at,
        due_at=unstamp(data["due_at"]),
        **more,
    )
    case.duties = (*case.duties, duty)


def end(case: Case, numbers: Iterable[int], state: str, at: datetime, answer: str = "") -> None:
    """End the open duties of these numbers; promises have other numbers and stay."""
    wanted = set(numbers)
    if not wanted:
        return
    case.duties = tuple(
        replace(duty, state=state, ended_at=at, answer=answer)
        if duty.kind != PROMISE and duty.id in wanted and duty.state == "open"
        else duty
        for duty in case.duties
    )


def give(case: Case, to: str, at: datetime, *, counted: bool = True, instead_of: str | None = None) -> None:
    """Make ``to`` the handler, who owes what the last one had promised and was pressed for.

    A handover that nobody has confirmed is over by that. See ``pass_on``.
    """
    last = case.handler
    pass_on(case, to, counted=counted, instead_of=instead_of)
    case.duties = tuple(
        replace(duty, owner=to)
        if duties.BY_ID[duty.kind].goes_with_the_case and duty.state == "open" and _goes_on(duty, last)
        else duty
        for duty in case.duties
    )
    end(case, [duty.id for duty in case.owed(duties.HANDOVER.id)], "withdrawn", at)


def _goes_on(duty: Duty, last: str | None) -> bool:
    """Say whether ``duty`` is that of the ``last`` handler, or of one who left nobody in charge."""
    return duty.owner == last or (last is None and LEFT_BEHIND in duty.data)


def to_confirm(case: Case, event: Event, at: datetime) -> None:
    """Owe what ``event`` leaves to be confirmed: that the level which the case had binds no more."""
    owed = event.data.get("level_check")
    if owed:
        end(case, [duty.id for duty in case.owed(duties.LEVEL.id)], "withdrawn", at)
        about = {"level": owed["level"], "role": owed["role"]}
        due_at = unstamp(owed["due_at"])
        number, text = owed["duty"], event.data.get("reason", "")
        duty = Duty(number, duties.LEVEL.id, text, owed["owner"], event.by, at, due_at, data=about)
        case.duties = (*case.duties, duty)


def confirmed(case: Case, at: datetime, state: str) -> None:
    """The level as it stands binds from now on, whatever was graver before in this cycle."""
    case.binds, case.lowered = (), ()
    end(case, [duty.id for duty in case.owed(duties.LEVEL.id)], state, at)


def notify(case: Case, event: Event, at: datetime) -> None:
    """Write down who is told by ``event``: its ``informed``, and of a sum that is no offer those it names."""
    said = event.data["asked"] if event.act == acts.REQUEST_APPROVAL.id else event.data
    informed, no_offer = event.data.get("informed"), said.get("no_offer_told")
    if not (informed or no_offer):
        return
    told_of = [(person, event.act) for person in informed or ()]
    told_of += [(person, NO_OFFER) for person in no_offer or ()]
    start = len(case.notices)
    case.notices += tuple(
        Notice(start + n, person, what, event.seq, at) for n, (person, what) in enumerate(told_of, 1)
    )
