"""The verdict of somebody who neither handled it nor is complained about.

Source: S0 (independent verification), S3 (founded or unfounded), S4 (the account comes first).
"""

from typing import Any

from msgspec.structs import replace

from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.flow import FACTS
from workbench.domain.recipients import told
from workbench.rules import duty_rules, levels, permissions, verifiers
from workbench.rules.action import Action, Field
from workbench.rules.request import Asked, option
from workbench.words import N_, Said

VERDICTS = (("founded", N_("Founded")), ("partly", N_("Partly founded")), ("unfounded", N_("Unfounded")))
FOUNDED = ("founded", "partly")


def why_not(desk: Desk, case: Case) -> Said | None:
    """Say who may not give the verdict, or whose account is missing, or None."""
    rules = desk.rules(case.policy)
    others = permissions.instead_of(rules, case, acts.VERIFY.id)
    if reason := verifiers.why_not(rules, case, desk.person, others):
        return reason
    account = FACTS["account"]
    if "account" in rules.policy.regime.verification.needs and not account.holds(case):
        return Said(N_("{number}: {missing}. First: {act}."), number=case.number,
                    missing=Said(account.missing), act=account.act.id)  # fmt: skip
    return None


def plan(asked: Asked) -> dict[str, Any]:
    """Return the event's data; a verdict given before stands in it as ``from``, and on the timeline."""
    verdict = asked.choice("verdict", [value for value, _ in VERDICTS])
    if not verdict:
        raise UsageError(N_("Give a verdict: founded, partly or unfounded."), option=option("verdict"))
    found: dict[str, Any] = {"verdict": verdict} | _named(asked, verdict)
    if fault := asked.choice("fault", asked.rules.policy.faults):
        found["fault"] = fault
    found["text"] = asked.text("text", required=True)
    found["informed"] = _told(asked)
    if asked.case.verdict:
        found["from"] = asked.case.verdict
    after = replace(asked.case, fault=found.get("fault", asked.case.fault))
    # an independent verdict establishes a fact and corrects none: nobody confirms what it makes of the level
    return levels.with_dues(asked, acts.VERIFY.id, found | levels.again(asked, after))


def _told(asked: Asked) -> list[str]:
    """Return who learns of the verdict: whom it is about, the handler, who was first asked, supervisors."""
    case, members = asked.case, asked.rules.organisation.members
    here = [name for name in case.accused if name not in members or members[name].active]
    supervisors = told(asked.rules, case, duty_rules.SENIOR, asked.at)
    others = duty_rules.informed(asked, case.handler or "", case.first_asked, *supervisors)
    return [name for name in dict.fromkeys((*here, *others)) if name != asked.desk.person]


def _named(asked: Asked, verdict: str) -> dict[str, Any]:
    """Return standard and cause as they were named.

    Raises:
        RefusedError: the policy wants one of them for a founded case.
        UsageError: an unfounded case breaks no standard.
    """
    regime = asked.rules.policy.regime
    standard, cause = asked.choice("standard", regime.standards), asked.choice("cause", regime.causes)
    if verdict in FOUNDED:
        needs = regime.verification.needs
        if "standard" in needs and not standard:
            raise RefusedError(N_("A founded case names the standard that was broken: --standard."))
        if "cause" in needs and not (cause or asked.case.check.cause):
            raise RefusedError(N_("A founded case names its root cause: --cause."))
    elif standard:
        raise UsageError(N_("An unfounded case breaks no standard."), option=option("standard"))
    return {name: value for name, value in (("standard", standard), ("cause", cause)) if value}


ACTION = Action(
    acts.VERIFY,
    plan,
    why_not,
    fields=(
        Field("verdict", N_("Verdict"), "choice", required=True, choices=VERDICTS,
              help=N_("founded, partly, unfounded.")),
        Field("standard", N_("Standard broken"), "choice", choices="standards",
              help=N_("The standard broken; see: policy show.")),
        Field("cause", N_("Root cause"), "choice", choices="causes",
              help=N_("The root cause; see: policy show.")),
        Field("fault", N_("Fault"), "choice", choices="faults",
              help=N_("ours, customer, third-party; default as it is.")),
        Field("text", N_("What was established"), "text", required=True),
    ),
)  # fmt: skip
