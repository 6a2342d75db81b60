"""A request above somebody's authority is granted, whole or less; what was asked for happens by it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from workbench.actions import close, compensate, pause
from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.times import unstamp
from workbench.rules import (
    approvals,
    authority,
    duty_rules,
    impartial,
    levels,
    other_cases,
    permissions,
    slices,
)
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why there is nothing to approve, or None."""
    waiting = case.owed(duties.APPROVAL.id)
    if not waiting:
        return Said(N_("{number} has no request to decide."), number=case.number)
    rules = desk.rules(case.policy)
    if all(duty.by == desk.person for duty in waiting):
        return approvals.may_decide(rules, desk.person, case, waiting[0], at=desk.now())
    return None


def needless(case: Case, given: Mapping[str, Any]) -> dict[str, Said]:
    """Return that no sum is granted where none was asked for."""
    named = str(given.get("id") or "").strip()
    meant = [duty for duty in case.owed(duties.APPROVAL.id) if named in ("", str(duty.id))]
    if meant and all(duty.data["act"] != acts.COMPENSATE.id for duty in meant):
        return {"amount": Said(N_("No sum was asked for here."))}
    return {}


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the request, and what was asked for as it is granted.

    Raises:
        UsageError: no such request, or a sum that was not asked for.
        RefusedError: whoever asked, or somebody without the authority, decides; or the act that was asked
            for cannot be done any more.
    """
    duty = _request(asked)
    wanted = dict(duty.data["asked"])
    if (sum_ := _granted(asked, duty)) is not None:
        wanted["amount"] = str(sum_)
    if duty.data["act"] == acts.CLOSE.id:
        wanted = {name: value for name, value in wanted.items() if name not in close.STANDING}
        wanted |= close.standing(asked)
    if duty.data["act"] == acts.COMPENSATE.id:
        wanted = {name: value for name, value in wanted.items() if name not in compensate.STANDING}
        wanted |= authority.binding(asked.rules, asked.case) | slices.counted(asked, deciding=True)
    if duty.data["act"] == acts.PAUSE.id:
        pause.ensure_ahead(asked, unstamp(wanted["until"]))
    if reason := approvals.may_decide(asked.rules, asked.desk.person, asked.case, duty, wanted, asked.at):
        raise RefusedError.because(reason)
    if reason := _too_late(asked, duty):
        raise RefusedError.because(reason)
    if duty.data["act"] == acts.COMPENSATE.id:
        wanted["payment"] = compensate.granted(asked, wanted)
        wanted |= levels.again(asked, compensate.promised(asked, Decimal(wanted["amount"])))
    found = {"duty": duty.id, "act": duty.data["act"], "asked": wanted, "asked_by": duty.by}
    found |= impartial.marked(approvals.stepping_in(asked.rules, asked.case, duty, wanted), asked.desk.person)
    people = (duty.by, *(close.seniors(asked, wanted) if duty.data["act"] == acts.CLOSE.id else ()))
    found |= {"informed": duty_rules.informed(asked, *people)} | asked.data("text")
    return levels.with_dues(asked, acts.APPROVE.id, found)


def _request(asked: Asked) -> Duty:
    """Return the open request that was named; the only one need not be."""
    waiting = asked.case.owed(duties.APPROVAL.id)
    number = asked.whole("id", 1, duty_rules.MOST_DUTIES)
    if number is None and len(waiting) > 1:
        raise UsageError(N_("Several requests are open; say which."), option=option("id"))
    found = next((duty for duty in waiting if number in (None, duty.id)), None)
    if found is None:
        raise UsageError(N_("There is no open request {id} on this case."), option=option("id"), id=number)
    return found


def _granted(asked: Asked, duty: Duty) -> Decimal | None:
    """Return the sum that is granted instead of the one asked for; None if nothing was typed."""
    sum_ = compensate.amount(asked)
    if sum_ is None:
        return None
    if sum_ > Decimal(duty.data["asked"]["amount"]):
        raise UsageError(
            N_("Only {asked} yuan were asked for; grant that or less."),
            option=option("amount"),
            asked=duty.data["asked"]["amount"],
        )
    return sum_


def _too_late(asked: Asked, duty: Duty) -> Said | None:
    """Say what has come in the way of the act since somebody asked for it, or None."""
    from workbench import actions

    action = actions.of(duty.data["act"])
    return action.why_not(asked.desk, asked.case) or permissions.why_not(
        asked.rules, duty.by, asked.case, action.id, asked.at
    )


ACTION = Action(
    acts.APPROVE,
    plan,
    why_not,
    spread=other_cases.close_parts,
    needless=needless,
    fields=(
        replace(duty_rules.which("approval"), label=N_("Request"), positional=True),
        Field("amount", N_("Sum granted, yuan"), "money",
              help=N_("Grant this sum, at most what was asked for.")),
        Field("text", N_("Note"), "text"),
    ),
)  # fmt: skip
