"""Who is who under a policy, in words: tiers, roles with their limits, and what is owed."""

from collections.abc import Iterator

from workbench.domain.policies import Policy
from workbench.domain.regime import EVERY, DutyRule, Role
from workbench.domain.rights import RIGHTS, gives
from workbench.domain.severity import LOWEST
from workbench.policy.page.clocks import hours, ladder
from workbench.policy.page.words import in_one_line, limit, origin, rights
from workbench.words import _


def tiers(policy: Policy) -> Iterator[str]:
    """Yield the tiers on one line, from the lowest up."""
    if policy.regime.tiers:
        yield " -> ".join(f"{tier.name} ({tier.id})" for tier in policy.regime.tiers.values())


def roles(policy: Policy) -> Iterator[str]:
    """Yield the roles from the least powerful up."""
    return (_role(policy, role) for role in policy.regime.roles.values())


def beside_acts(policy: Policy) -> Iterator[str]:
    """Yield who may do what beside the acts, a line a right."""
    known = policy.regime.roles
    *_others, head = known or ("",)
    for right in RIGHTS if known else ():
        able = [str(role.name) for role in known.values() if gives(role, right, head=role.id == head)]
        yield f"{right.id}: {_(right.title)} - {_(', ').join(able) or _('nobody')}"


def _role(policy: Policy, role: Role) -> str:
    tier = policy.regime.tiers.get(role.tier)
    where = f" ({tier.name})" if tier else ""
    return f"{role.id}: {role.name}{where} - {in_one_line(_limits(role))}"


def _limits(role: Role) -> Iterator[str]:
    if role.may == ():
        yield _("Reads only.")
    elif EVERY in role.may:
        barred = rights(role.may_not)
        yield _("May do everything but: {acts}.").format(acts=barred) if barred else _("May do everything.")
    else:
        yield _("May do: {acts}.").format(acts=rights(role.may))
    if role.allows("compensate"):
        yield _money(role)
    if role.allows("close"):
        yield _closing(role)
    if not role.reads_all:
        yield _("Reads the cases of the own unit and below, and what has come to it.")


def _closing(role: Role) -> str:
    if role.closes == 1:
        return _("Closes every level alone.")
    if role.closes == LOWEST:
        return _("Closes level {level} alone.").format(level=role.closes)
    return _("Closes level {level} and what is less grave alone.").format(level=role.closes)


def _money(role: Role) -> str:
    if role.compensates is None:
        return _("Compensates any sum alone.")
    if not role.compensates:
        return _("Compensates nothing alone.")
    return _("Compensates up to {yuan} yuan alone.").format(yuan=role.compensates)


def duties(policy: Policy) -> Iterator[str]:
    """Yield how long each kind of duty may be owed."""
    return (_duty(policy, duty) for duty in policy.regime.duties.values())


def _duty(policy: Policy, duty: DutyRule) -> str:
    first = _("{name}: due {time} later, {hours}, unless another time is given.").format(
        name=duty.name,
        time=limit(policy, duty.target_seconds, duty.calendar),
        hours=hours(policy, duty.calendar, duty.target_seconds),
    )
    named = _("Whoever the staff list names when a case is recorded owes it too.")
    at_record = [named] if duty.at_record else []
    as_response = [_("It is due when a first response would be.")] if duty.as_response else []
    last = _("Source: {source}").format(source=origin(duty.source))
    return in_one_line([first, *at_record, *as_response, *ladder(policy, duty.escalate, duty.calendar), last])
