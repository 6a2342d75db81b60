"""Somebody of the staff is named as complained about, or no longer: why, by whom, and what they held goes on.

Source: S4, fair to the customer and to the staff complained about.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from workbench.domain import duties
from workbench.domain.case_parts import Link
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.domain.recipients import standing_in, told
from workbench.rules import duty_rules, place
from workbench.rules.request import Asked
from workbench.words import N_, _


def changed(asked: Asked, about: str | None) -> dict[str, Any]:
    """Return what the entry says besides the names ``about``: who held the case, and whom that goes to.

    Raises:
        UsageError: no reason is given.
        RefusedError: a name is taken back by somebody who is no supervisor, or who stands in for that person.
    """
    asked.text("reason", required=True)
    after = replace(asked.case, about=about)
    ensure_may_take_back(asked, after)
    return released(asked.rules, asked.case, after, asked.desk.person, asked.at)


def ensure_may_take_back(asked: Asked, after: Case) -> None:
    """Refuse that the case complains of fewer people ``after``, whoever has named them.

    Raises:
        RefusedError: a name is taken back by somebody who is no supervisor.
    """
    taken = [name for name in asked.case.accused if name not in after.accused]
    if taken and not duty_rules.is_senior(asked.rules, asked.desk.person):
        raise RefusedError(
            N_("Only a supervisor takes back that a case is about {names}; add a name, or ask one."),
            names=_(", ").join(taken),
        )
    absent = place.stood_in_for(asked.rules.organisation, asked.desk.person, asked.at)
    if mine := [name for name in taken if name in absent]:
        raise RefusedError(
            N_("{name} stands in for {other}; somebody else takes back that a case is about them."),
            name=asked.desk.person, other=mine[0],
        )  # fmt: skip


def released(rules: Rules, before: Case, after: Case, person: str, at: datetime) -> dict[str, Any]:
    """Return that whoever ``after`` newly complains about holds nothing; empty where they held nothing.

    What was owed goes to a supervisor, who is told, or to ``person``, who acts at ``at`` (UTC).
    """
    held = holders(before)
    names = [name for name in after.accused if name not in before.accused and name in held]
    if not names:
        return {}
    people = told(rules, after, duty_rules.SENIOR, at)
    others = standing_in(rules, after.accused, people, at)
    return {
        "released": names, "receiver": people[0] if people else person,
        "informed": [name for name in others if name != person],
    }  # fmt: skip


def taken_over(rules: Rules, head: Case, part: Case, person: str, at: datetime) -> dict[str, Any]:
    """Return what an entry of ``head`` says of whom ``part`` complains about, which is merged into it."""
    others = [link for link in head.links if link.case_id != part.case_id]
    after = replace(head, links=(*others, Link(part.case_id, part.number, "merged", part.accused)))
    return {"accused": list(part.accused)} | released(rules, head, after, person, at)


def holders(case: Case) -> set[str]:
    """Return everybody who holds something of ``case``: it, a tier, a part of the work, an open duty."""
    return set(_holding(case))


def _holding(case: Case) -> Iterator[str]:
    yield from filter(None, (case.handler, case.repair.engineer))
    yield from case.tiers.values()
    yield from (case.force.head, *case.force.members) if case.force else ()
    for duty in case.owed():
        if duty.kind != duties.ACCOUNTING.id:
            yield duty.owner
            yield duty.by if duty.kind == duties.APPROVAL.id else duty.owner
