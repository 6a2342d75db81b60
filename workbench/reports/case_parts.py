"""Further keys of a case in JSON: flow, duties, verification, money, people; see docs/verbs.md."""

from datetime import datetime
from typing import Any

from workbench.domain import duties, flow
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.effects.money import total
from workbench.domain.passing import passed
from workbench.domain.policies import Rules
from workbench.domain.times import stamp


def as_json(case: Case, rules: Rules) -> dict[str, Any]:
    """Return the parts of ``case`` that it has no attribute for.

    Times as everywhere, sums as text with two decimals.
    """
    return {
        "flow": _flow(case, rules),
        "missing": list(flow.missing(case, rules.policy)) if case.live else [],
        "duties": [_duty(duty) for duty in case.duties if duty.kind != duties.PROMISE.id],
        "verification": _check(case),
        "compensation": [
            {"id": m.id, "amount": str(m.amount), "text": m.text, "by": m.by, "at": stamp(m.at),
             "approved_by": m.approved_by, "state": m.state, "paid_at": _moment(m.paid_at)}
            for m in case.money
        ],
        "passed": passed(case).as_json(),
        "compensation_total": str(total(case)) if case.money else None,
        "taskforce": _force(case),
        "repair": {
            "engineer": case.repair.engineer,
            "changes": case.repair.changes,
            "warranty_until": case.repair.warranty_until.isoformat() if case.repair.warranty_until else None,
            "within_warranty": case.repair.within_warranty,
        },
        "profile": {
            "temperament": case.profile.temperament, "style": case.profile.style,
            "motive": case.profile.motive, "consent": case.profile.consent,
        },
        "complainants": [
            {"id": c.id, "customer": c.customer, "phone": c.phone, "unit": c.unit,
             "reached_at": _moment(c.reached_at)}
            for c in case.complainants
        ],
        "links": [{"number": link.number, "kind": link.kind} for link in case.links],
        "merged_into": case.merged_into.number if case.merged_into else None,
        "evidence": [
            {"id": e.id, "name": e.name, "kind": e.kind, "sha256": e.sha256, "size": e.size, "text": e.text,
             "kept": e.kept}
            for e in case.evidence
        ],
    }  # fmt: skip


def _flow(case: Case, rules: Rules) -> list[dict[str, Any]]:
    """Return the nodes that the case passes, each passed, here or ahead."""
    policy = rules.policy
    path = flow.nodes(case, policy)
    here = flow.place(case, policy)
    at = path.index(here) if here in path else len(path)
    states = ("passed", "here", "ahead")
    return [
        {"node": node.id, "state": states[(place > at) - (place < at) + 1], "gate": node.gate}
        for place, node in enumerate(path)
    ]


def _duty(duty: Duty) -> dict[str, Any]:
    found = {
        "id": duty.id, "kind": duty.kind, "text": duty.text, "owner": duty.owner, "by": duty.by,
        "started_at": stamp(duty.started_at), "due_at": stamp(duty.due_at), "state": duty.state,
        "ended_at": _moment(duty.ended_at), "answer": duty.answer,
    }  # fmt: skip
    return found | ({"data": dict(duty.data)} if duty.data else {})


def _check(case: Case) -> dict[str, Any]:
    check = case.check
    return {
        "inspected_at": _moment(check.inspected_at),
        "accounts": [{"person": a.person, "text": a.text, "at": stamp(a.at)} for a in check.accounts],
        "verdict": case.verdict,
        "standard": check.standard,
        "cause": check.cause,
        "verified_by": check.verified_by,
        "verified_at": _moment(check.verified_at),
    }


def _force(case: Case) -> dict[str, Any] | None:
    if case.force is None:
        return None
    pending = {duty.owner for duty in case.owed(duties.CONFIRMATION.id)}
    return {
        "head": case.force.head,
        "members": [{"person": m, "confirmed": m not in pending} for m in case.force.members],
        "since": stamp(case.force.since),
    }


def _moment(at: datetime | None) -> str | None:
    return stamp(at) if at else None
