"""Somebody of the staff is named as complained about, or no longer: why, by whom, and what they held goes on.

Source: S4, fair to the customer and to the staff complained about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from workbench.domain import duties
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.recipients import told
from workbench.rules import duty_rules
from workbench.rules.request import Asked, option
from workbench.words import N_, _


def changed(asked: Asked, about: str | None) -> dict[str, Any]:
    """Return what the entry says besides the names ``about``: who held the case, and whom that goes to.

    Raises:
        UsageError: no reason is given.
        RefusedError: a name is taken back by somebody who is no supervisor.
    """
    if not asked.text("reason"):
        raise UsageError(N_("Say why; it stays on record."), option=option("reason"))
    after = replace(asked.case, about=about)
    taken = [name for name in asked.case.accused if name not in after.accused]
    if taken and not duty_rules.is_senior(asked.rules, asked.desk.person):
        raise RefusedError(
            N_("Only a supervisor takes back that a case is about {names}; add a name, or ask one."),
            names=_(", ").join(taken),
        )
    new = [name for name in after.accused if name not in asked.case.accused and name in holders(asked.case)]
    return _released(asked, after, new) if new else {}


def _released(asked: Asked, after: Case, names: Sequence[str]) -> dict[str, Any]:
    """Return that ``names`` hold nothing any more; what was owed goes to a supervisor, who is told."""
    people = told(asked.rules, after, duty_rules.SENIOR, asked.at)
    receiver = people[0] if people else asked.desk.person
    return {
        "released": list(names), "receiver": receiver, "informed": duty_rules.informed(asked, *people),
    }  # fmt: skip


def holders(case: Case) -> set[str]:
    """Return everybody who holds something of ``case``: it, a tier, a part of the work, an open duty."""
    return set(_holding(case))


def _holding(case: Case) -> Iterator[str]:
    yield from filter(None, (case.handler, case.repair.engineer))
    yield from case.tiers.values()
    yield from case.force.members if case.force else ()
    for duty in case.owed():
        if duty.kind != duties.ACCOUNTING.id:
            yield duty.owner
            yield duty.by if duty.kind == duties.APPROVAL.id else duty.owner
