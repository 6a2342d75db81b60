"""Who may look at a closed case again, and by which questions: nobody audits what they did themselves.

Source: S4, fair to customer and staff; ISO 10002:2018, 8.5: what is audited is not the auditor's own work.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.domain.policies import Policy, Rules
from workbench.domain.regime import Question
from workbench.words import N_, Said


def questions(desk: Desk) -> Mapping[str, Question]:
    """Return the questions of an audit: those in force, whenever the case came."""
    return desk.rules().policy.regime.questions


def with_questions(desk: Desk, policy: Policy) -> Policy:
    """Return ``policy``, of a case, with the questions that an audit asks of it now."""
    return replace(policy, regime=replace(policy.regime, questions=questions(desk)))


def why_not(rules: Rules, case: Case, person: str) -> Said | None:
    """Say what makes ``person`` no impartial auditor of ``case``, or None.

    Somebody who has handled it, headed its task force, gave the verdict, is complained about on it, or stands
    in for one of these; and who was first asked, but where nobody is on the staff list: whoever keeps the
    register there was asked first on every case.
    """
    head = case.force.head if case.force else None
    near = {case.handler, *case.handed_on, head, case.check.verified_by, *case.accused}
    near |= {case.first_asked} if rules.organisation.listed else set()
    away = {each.name for each in rules.organisation.active() if each.substitute == person and each.away_from}
    if person in near:
        template = N_("{name} had a part in {number}; somebody else audits it.")
    elif near & away:
        template = N_("{name} stands in for somebody who had a part in {number}; somebody else audits it.")
    else:
        return None
    return Said(template, name=person, number=case.number)
