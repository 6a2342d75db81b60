"""A closed case is looked at again by the questions of the policy; what was found is owed by somebody.

Source: ISO 10002:2018, 8.5 (auditing of the complaints-handling process); S4, drawing closed cases is ours.
"""

from typing import Any

from workbench.actions.record import flags
from workbench.desk import Desk
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.times import stamp
from workbench.rules import auditors, dues, duty_rules
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

NOTHING_FOUND = N_("Nobody owes anything where no question was answered with no.")


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say why the person at the desk cannot audit ``case``, or None."""
    if case.unsolved:
        return Said(N_("{number} is open; closed cases are audited."), number=case.number)
    rules = desk.rules(case.policy)
    if not auditors.questions(desk):
        return Said(N_("The policy in force has no questions to audit by; see: workbench policy show"))
    return auditors.why_not(rules, case, desk.person)


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data: the answers, and where one is no, who sees to it by when.

    Questions that were not answered do not apply to the case.

    Raises:
        UsageError: no question was answered, one twice, or who sees to it is missing or needless.
    """
    questions = auditors.questions(asked.desk)
    met, failed = (flags(asked.given.get(name) or (), questions, name) for name in ("met", "failed"))
    if both := [each for each in met if each in failed]:
        raise UsageError(
            N_("{question} is answered with yes and with no."), option=option("failed"), question=both[0]
        )
    if not met and not failed:
        raise UsageError(N_("Answer one question at least with yes or no."), option=option("met"))
    found = {"met": met, "failed": failed} | asked.data("text")
    if failed:
        asked.text("text", required=True)
        return found | _owed(asked)
    for name in ("owner", "due"):
        if asked.text(name):
            raise UsageError(NOTHING_FOUND, option=option(name))
    return found


def _owed(asked: Asked) -> dict[str, Any]:
    owner = duty_rules.able(asked, asked.person("owner"), "answer")
    due_at = dues.due(asked, duties.FINDING.id)
    return {
        "duty": dues.next_duty(asked.case), "owner": owner, "due_at": stamp(due_at),
        "informed": duty_rules.informed(asked, owner),
    }  # fmt: skip


ACTION = Action(
    acts.AUDIT,
    plan,
    why_not,
    fields=(
        Field("met", N_("Yes"), "flags", choices="questions", metavar="QUESTION",
              help=N_("A question answered with yes; may stand several times; see: policy show.")),
        Field("failed", N_("No"), "flags", choices="questions", metavar="QUESTION",
              help=N_("A question answered with no; may stand several times; the others do not apply.")),
        Field("text", N_("What was found"), "text"),
        Field("owner", N_("Who sees to it"), "person",
              help=N_("Who sees to what was found; needed where a question was answered with no.")),
        duty_rules.BY_WHEN,
    ),
)  # fmt: skip
