"""What changes among the people of a case: task force, tiers, engineer, passing up, customer, evidence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from workbench.domain import acts, duties
from workbench.domain.case_clocks import (
    change_kind,
    drop_clocks,
    owe_callback_again,
    reopen_clocks,
    retarget,
    start_clocks,
)
from workbench.domain.case_parts import OPEN, Complainant, Duty, Evidence, Force, Link, Profile
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import ends_with_work
from workbench.domain.effects.base import Effect, second, waiting
from workbench.domain.effects.fairness import take_warranty
from workbench.domain.effects.handling import end_pause, finish, take_facts, take_level
from workbench.domain.effects.impartial import release
from workbench.domain.effects.owing import end, owe
from workbench.domain.policies import Rules
from workbench.domain.times import unstamp


def _formed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    end(case, [duty.id for duty in case.owed(duties.CONFIRMATION.id)], "withdrawn", at)
    if case.force:  # who has led the work is no independent judge of it
        case.handed_on = case.handed_on | {case.force.head}
    if data.get("dissolved"):
        case.force = None
        return
    if "with" in data:  # set up on the case that leads the group
        case.force = Force(data["head"], (), at, data["with"])
        return
    case.force = Force(data["head"], tuple(data["members"]), at)
    due_at = unstamp(data["due_at"])
    case.duties += tuple(
        Duty(number, "confirmation", data.get("text", ""), member, event.by, at, due_at)
        for member, number in data["duties"].items()
    )


def _tiered(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    step = event.data["step"]
    case.tiers = {**case.tiers, step: event.data["to"]}
    before = (duty for duty in case.owed(duties.TIER.id) if duty.data["step"] == step)
    end(case, [duty.id for duty in before], "withdrawn", at)
    if "duty" in event.data:
        owe(case, event, at, duties.TIER.id, data={"step": step})


def _engineered(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    to, was = event.data["to"], case.repair.engineer
    changes = case.repair.changes + (was is not None and was != to)
    case.repair = replace(case.repair, engineer=to, changes=changes)
    case.duties = tuple(
        replace(duty, owner=to)
        if duty.kind == duties.VISIT.id and duty.state == OPEN and duty.owner == was
        else duty
        for duty in case.duties
    )


def _amended(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    take_facts(case, data)
    if "accused" in data:  # of what is merged into it
        named = tuple(data["accused"])
        case.links = tuple(
            replace(link, accused=named) if link.case_id == data["case_id"] else link for link in case.links
        )
    release(case, data.get("released", ()), data.get("receiver", ""), at)
    take_warranty(case, data)
    second(case, data)
    take_level(case, data)
    if "kind" in data:
        _follow_kind(case, data, at, rules)
    retarget(case, at, rules)


def _follow_kind(case: Case, data: Mapping[str, Any], at: datetime, rules: Rules) -> None:
    """Owe what the corrected kind owes: its clocks, counted from receipt, and its callback."""
    if not case.live:
        return
    case.callback_owed = data.get("callback_owed", case.callback_owed)
    if case.status == "closed" and not case.callback_owed:
        finish(case, at)
    if case.policy_clocks:
        change_kind(case, rules)


def _joined(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    one = Complainant(
        len(case.complainants) + 1, data.get("customer", ""), data.get("phone", ""), data.get("unit", "")
    )
    case.complainants = (*case.complainants, one)
    if data.get("callback_owed"):
        case.callback_owed = True
        owe_callback_again(case, at, rules)
    _count(case, data, at, rules)


def _count(case: Case, data: Mapping[str, Any], at: datetime, rules: Rules) -> None:
    """Set how many people complain together, and what that makes of the level."""
    case.people = data.get("people", case.people)
    take_level(case, data)
    retarget(case, at, rules)


def _linked(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    others = [link for link in case.links if link.case_id != data["case_id"]]
    case.links = tuple(others)
    if data["kind"] == "same":
        second(case, data)
    else:
        accused = tuple(data.get("accused", ()))
        case.links = (*others, Link(data["case_id"], data["to"], data["kind"], accused))
    release(case, data.get("released", ()), data.get("receiver", ""), at)
    if "unanswered_since" in data:  # a customer waits who was waiting on the other case
        waiting(case, unstamp(data["unanswered_since"]))
        if case.policy_clocks:
            start_clocks(case, acts.HEARD.id, unstamp(data["unanswered_since"]), rules)
    if "force" in data:
        case.force = Force(data["force"]["head"], (), at, data["to"])
    _count(case, data, at, rules)


def _unlinked(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    if any(link.kind == "same" and link.case_id == event.data["case_id"] for link in case.links):
        case.repeat, case.repeat_of, case.times = bool(case.returns), None, 0
    case.links = tuple(link for link in case.links if link.case_id != event.data["case_id"])
    if case.force and case.force.of == event.data["to"]:
        case.force = None
    _count(case, event.data, at, rules)


def _merged(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    case.merged_into = Link(data["case_id"], data["to"], "merged")
    case.unanswered_since = None  # whoever waits, waits there
    end_pause(case, at)
    case.status = "waiting"
    case.clocks = tuple(c for c in case.clocks if c.stopped_at or not ends_with_work(c, rules))


def _unmerged(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.merged_into = None
    if case.status == "waiting" and not case.pause:
        case.status = "open"
        drop_clocks(case)
        reopen_clocks(case, at, rules)


def _identified(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.person = event.data["person"]


def _profiled(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    known = {name: event.data[name] for name in Profile.__struct_fields__ if name in event.data}
    case.profile = replace(case.profile, **known)


def _attached(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    data = event.data
    one = Evidence(
        len(case.evidence) + 1,
        data["name"],
        data["kind"],
        data["sha256"],
        data["size"],
        data.get("text", ""),
        data.get("kept", False),
    )
    case.evidence = (*case.evidence, one)


def _headed(case: Case, event: Event, at: datetime, rules: Rules) -> None:
    case.incident = event.data["building"]


APPLIED: dict[str, Effect] = {
    acts.TASKFORCE.id: _formed,
    acts.TIER.id: _tiered,
    acts.ENGINEER.id: _engineered,
    acts.AMEND.id: _amended,
    acts.COMPLAINANT.id: _joined,
    acts.LINK.id: _linked,
    acts.UNLINK.id: _unlinked,
    acts.MERGE.id: _merged,
    acts.UNMERGE.id: _unmerged,
    acts.INCIDENT.id: _headed,
    acts.IDENTIFY.id: _identified,
    acts.PROFILE.id: _profiled,
    acts.ATTACH.id: _attached,
}
