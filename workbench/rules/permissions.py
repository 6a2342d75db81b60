"""Who may do what, when: roles, the flow and the one line of command.

Roles bind once anybody is on the staff list. Source: S2 (gates and nodes), S0 (task force), S3 (one line of
command).
"""

from datetime import datetime

from storage import organisation
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, flow, upcoming
from workbench.domain.acts import Authority, Merged, Voice
from workbench.domain.cases import Case
from workbench.domain.duties import APPROVAL, CONFIRMATION
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.policies import Rules
from workbench.domain.regime import Role
from workbench.domain.text import door
from workbench.rules import identity, impartial, place, restriction, verifiers
from workbench.rules.action import Action
from workbench.rules.role_rights import role_of
from workbench.words import N_, Said, _

READER = "reader"
ASKING = ("head-office", "quality")  # who asks a customer for an opinion, whoever else speaks (S0)


def why_not(rules: Rules, person: str, case: Case, act: str, at: datetime) -> Said | None:
    """Say what stands before ``act`` by ``person`` at ``at`` (UTC), or None; the act's own rule besides."""
    others = instead_of(rules, case, act)
    steps_in = others is not None and person in others.people
    reason = None
    if not steps_in and not _decides_time(rules, person, case, act):
        reason = by_role(rules, person, act) or place.why_not(rules, person, case, act, at)
    if reason := reason or by_case(rules, person, case, act, at):
        return reason
    role = None if steps_in else role_of(rules, person)
    return flow.why_not(case, act, role.id if role else None, rules.policy)


def decides(role: Role, act: str) -> bool:
    """Say whether ``role`` decides on ``act`` of somebody else at all, whatever its limits.

    A supervisor does on how long a case may rest, where a policy leaves sums to others, too.
    """
    return role.allows(acts.APPROVE.id) or (acts.BY_ID[act].authority is Authority.TIME and role.leads)


def may_decide(rules: Rules, person: str, act: str) -> bool:
    """Say whether the role of ``person`` decides on ``act`` of somebody else; see ``decides``."""
    role = role_of(rules, person)
    return role is None or decides(role, act)


def _decides_time(rules: Rules, person: str, case: Case, act: str) -> bool:
    asked = (duty.data["act"] for duty in case.owed(APPROVAL.id)) if act == acts.APPROVE.id else ()
    return any(
        acts.BY_ID[each].authority is Authority.TIME and may_decide(rules, person, each) for each in asked
    )


def instead_of(rules: Rules, case: Case, act: str) -> impartial.Instead | None:
    """Return who does ``act`` where everybody whose role allows it is complained about on ``case``, or None.

    Whoever asked for something does not decide on it either, unless nobody else is left; who verifies has
    rules of its own.
    """
    verifies = act == acts.VERIFY.id
    if not rules.organisation.listed or not rules.policy.regime.roles or not (verifies or case.accused):
        return None

    def may(name: str) -> bool:
        return by_role(rules, name, act) is None and _by_node(rules, name, case, act) is None

    if verifies:
        return verifiers.instead(rules, case, may)
    asked_for_it = {duty.by for duty in case.owed(APPROVAL.id)} if act == acts.APPROVE.id else set()
    barred, last = asked_for_it.union(case.accused), tuple(asked_for_it.difference(case.accused))
    return impartial.instead(rules, may, barred.__contains__, last=last)


def _by_node(rules: Rules, person: str, case: Case, act: str) -> Said | None:
    """Say whose node ``act`` completes if that is what alone stands before it."""
    role = role_of(rules, person)
    if role is None or flow.why_not(case, act, None, rules.policy):
        return None
    return flow.why_not(case, act, role.id, rules.policy)


def by_role(rules: Rules, person: str, act: str) -> Said | None:
    """Say whose it is to do ``act`` if the role of ``person`` does not allow it, or None."""
    role = role_of(rules, person)
    if role is None or role.allows(act):
        return None
    able = [str(each.name) for each in rules.policy.regime.roles.values() if each.allows(act)]
    return Said(N_("{name} may not do this; it is for: {roles}."), name=person, roles=_(", ").join(able))


def by_case(rules: Rules, person: str, case: Case, act: str, at: datetime) -> Said | None:
    """Say what on ``case`` itself stands before ``act`` by ``person`` at ``at`` (UTC), on whatever road.

    Its customer's data are only kept, it complains about the person, it goes on inside another case, somebody
    else speaks to its customer, or a task force is not complete.
    """
    return (
        restriction.why_not(rules, case)
        or impartial.why_not(case, person, act)
        or by_merger(case, act)
        or by_voice(rules, person, case, act, at)
        or by_confirmations(case, act)
    )


def by_merger(case: Case, act: str) -> Said | None:
    """Say where ``act`` is to be done if ``case`` goes on inside another one, or None."""
    if case.merged_into is None or acts.BY_ID[act].merged is Merged.HERE:
        return None
    return Said(
        N_("{number} is merged into {into}; act there."), number=case.number, into=case.merged_into.number
    )


def by_voice(rules: Rules, person: str, case: Case, act: str, at: datetime) -> Said | None:
    """Say who speaks for ``case`` at ``at`` (UTC) if ``act`` speaks to the customer and it is another.

    Head office and quality control call back all the same: they ask how it went (S0).
    """
    role = role_of(rules, person)
    if acts.BY_ID[act].voice is Voice.HOUSE or (act == acts.CALLBACK.id and role and role.id in ASKING):
        return None
    return by_force(rules, person, case, at)


def by_force(rules: Rules, person: str, case: Case, at: datetime) -> Said | None:
    """Say who tells the customer of ``case`` at ``at`` (UTC) if a task force stands and it is another."""
    if case.force is None or person in (case.force.head, rules.organisation.present(case.force.head, at)):
        return None
    return Said(
        N_("A task force stands: only its head, {head}, tells the customer. Note it for {head}, or have the "
           "task force dissolved on {number}."),
        head=case.force.head, number=case.force.of or case.number,
    )  # fmt: skip


def by_confirmations(case: Case, act: str) -> Said | None:
    """Say who of the task force has not confirmed yet if ``act`` would close ``case``, or None (S0)."""
    missing = [duty.owner for duty in case.owed(CONFIRMATION.id)]
    if act != acts.CLOSE.id or not missing:
        return None
    return Said(
        N_("{number}: not everybody of the task force has confirmed: {names}. They confirm first, or "
           "it is set up without them, or dissolved."),
        number=case.number, names=_(", ").join(missing),
    )  # fmt: skip


def refusal(desk: Desk, case: Case, action: Action, rules: Rules | None = None) -> Said | None:
    """Say why ``action`` cannot be done to ``case`` by the person at the desk, or None.

    The rule that greys a menu line is the rule that refuses the write.
    """
    rules = rules or desk.rules(case.policy)
    if reason := restriction.why_not(rules, case):
        return reason
    return action.why_not(desk, case) or why_not(rules, desk.person, case, action.id, desk.now())


def ensure_may_act(desk: Desk, db: Db) -> None:
    """Refuse a person that the store does not know, once it knows any.

    Raises:
        UsageError: a name that is not on the staff list.
        RefusedError: a reader tries to write.
    """
    desk.person = door(desk.person).strip()
    if desk.person in ("", upcoming.SYSTEM):
        raise UsageError(N_("Say who you are by a name of your own."), option="--as")
    role, anybody_listed = organisation.standing(db, desk.store.site_id, desk.person)
    if role is None and anybody_listed:
        raise UsageError(
            N_("{name} is not on the staff list; see: workbench staff list"),
            option="--as",
            name=desk.person,
        )
    if role == READER:
        raise RefusedError(N_("{name} may read only."), name=desk.person)
    identity.ensure(desk, db)
