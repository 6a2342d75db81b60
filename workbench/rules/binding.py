"""A fact may always be corrected; what was decided by it for closing and money does not fall with it.

Level, lists and figures follow the corrected fact at once. For closing and money the gravest level of the
cycle binds on until somebody who may close at that level confirms the new one, or corrects it. What its
author takes back before anybody has built on it never bound; nor does a level that came from a link, once
it is gone. Source: S3 (authority: what is above a limit is passed up, not sat on); the reading is ours.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.domain import acts, duties
from workbench.domain.acts import Origin, Voice, Weight
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case, Event, Reason
from workbench.domain.errors import RefusedError
from workbench.domain.history import fold
from workbench.domain.policies import Rules
from workbench.domain.regime import Role
from workbench.domain.severity import LOWEST, same
from workbench.domain.times import stamp
from workbench.domain.upcoming import SYSTEM
from workbench.rules import approvals, authority, impartial
from workbench.rules.dues import due_of, next_duty
from workbench.rules.role_rights import role_of
from workbench.words import N_, Said, _

IMPORTED = "imported_at"  # marks what a file said: no person here has typed it
BY_TIME = "age"  # nobody typed it


def kept(
    case: Case, timeline: list[Event], said: Mapping[str, Any], person: str, at: datetime, rules: Rules
) -> dict[str, Any]:
    """Return what an entry of ``person`` that judges the level anew leaves binding, and who confirms it.

    Args:
        case: As it was, with what time has brought.
        timeline: Its entries.
        said: The level as it is judged now, with its reasons.
        at: The time of the entry, UTC.
    """
    role = role_of(rules, person)
    if role is None:
        return {}
    now = [Reason(*each) for each in said["severity_reasons"]]
    lost = [reason for reason in _standing(case, timeline, person, rules) if _is_lost(reason, now)]
    graver = [each for each in lost if (each.level or LOWEST) < said["severity"] and each not in case.binds]
    if not graver or authority.closes(role, gravest := min(each.level or LOWEST for each in graver)):
        return {}
    binds = [[each.rule, each.level, each.fact] for each in (*case.binds, *graver)]
    return {"binds": binds} | to_confirm(case, gravest, person, at, rules)


def by_hand(case: Case, person: str, at: datetime, rules: Rules) -> dict[str, Any]:
    """Return who confirms that ``person`` may make the level milder by hand; nothing where they may."""
    role = role_of(rules, person)
    if role is None or authority.closes(role, case.severity):
        return {}
    return to_confirm(case, case.severity, person, at, rules)


def to_confirm(case: Case, level: int, person: str, at: datetime, rules: Rules) -> dict[str, Any]:
    """Return the duty to confirm that ``level`` binds no more; nothing if nobody is there who may."""
    level = min(level, authority.bound(rules, case))
    roles = confirming(rules, level)
    try:
        role, people = approvals.asked_of(case, acts.CLOSE.id, person, roles, at, rules)
    except RefusedError:
        return {}  # it binds all the same: closing asks for a decision
    owed = {"duty": next_duty(case), "owner": people[0], "role": role.id, "level": level}
    due_at = stamp(due_of(duties.LEVEL.id, at, rules))
    return {"level_check": owed | {"due_at": due_at}}


def why_not(rules: Rules, person: str, case: Case, at: datetime) -> Said | None:
    """Say why ``person`` may not confirm at ``at`` (UTC) that the level of ``case`` binds, or None."""
    level = authority.bound(rules, case)
    if level == case.severity:
        return Said(N_("On {number} there is nothing to confirm."), number=case.number)
    if reason := impartial.why_not(case, person, acts.CONFIRM.id):
        return reason
    own = role_of(rules, person)
    if own is None or any(_confirms(role, level) for role in approvals.roles_held(rules, person, own, at)):
        return None
    return Said(
        N_("{number}: level {level} binds closing and money until it is confirmed by: {roles}. Close it or "
           "compensate all the same: that asks them."),
        number=case.number, level=level, roles=_names(rules, level),
    )  # fmt: skip


def confirming(rules: Rules, level: int) -> list[Role]:
    """Return the roles that may confirm where ``level`` binds, the least powerful first."""
    return [role for role in rules.policy.regime.roles.values() if _confirms(role, level)]


def _names(rules: Rules, level: int) -> str:
    return _(", ").join(str(role.name) for role in confirming(rules, level))


def said(rules: Rules, case: Case) -> Said | None:
    """Say that a graver level than that of ``case`` binds, and who confirms; None where none does."""
    level = authority.bound(rules, case)
    if level == case.severity or not rules.organisation.listed:
        return None
    return Said(
        N_("level {level} binds closing and money until it is confirmed by: {roles}"),
        level=level, roles=_names(rules, level),
    )  # fmt: skip


def owed(case: Case) -> tuple[Duty, ...]:
    """Return the open duty to confirm the level, if there is one."""
    return case.owed(duties.LEVEL.id)


def _confirms(role: Role, level: int) -> bool:
    return role.allows(acts.CONFIRM.id) and authority.closes(role, level)


def _standing(case: Case, timeline: list[Event], person: str, rules: Rules) -> list[Reason]:
    """Return the reasons for the level on which somebody else may have built."""
    before = _before_own(case, timeline, person, rules)
    found = list(before.severity_reasons) if before else []
    found += [reason for reason in case.severity_reasons if reason.rule == BY_TIME]
    return list(dict.fromkeys(found))


def _before_own(case: Case, timeline: list[Event], person: str, rules: Rules) -> Case | None:
    """Return the case before what ``person`` has typed since others acted, or anything was told or paid.

    None where all of it is theirs.
    """
    start = len(timeline)
    while start and _is_own(timeline[start - 1], person):
        start -= 1
    if not start:
        return None
    taken_back = (e for e in timeline[start:] if e.act == acts.UNDO.id and e.data["seq"] <= start)
    return fold(case.site_id, case.case_id, [*timeline[:start], *taken_back], rules)


def _is_own(event: Event, person: str) -> bool:
    act = acts.BY_ID[event.act]
    if event.by == SYSTEM or act.weight is Weight.QUIET:
        return True  # nobody has acted by that
    if event.by != person or IMPORTED in event.data or act.origin is Origin.CAMPAIGN:
        return False
    return act.voice is not Voice.TELLS and act not in (acts.APPROVE, acts.PAY)


def _is_lost(reason: Reason, now: list[Reason]) -> bool:
    """Say whether a ``reason`` for a level holds no more, or not as gravely."""
    level = reason.level or LOWEST
    return level < LOWEST and not any(
        same(each) == same(reason) and (each.level or LOWEST) <= level for each in now
    )
