"""A second complaint: the same customer comes with the same category again, soon after it was closed.

The same customer is the same phone; where one of the two cases has none, the same name and home. Both cases
are of graded kinds, the category says something, the first was neither unfounded nor merged.
Source: S3 (a second complaint after it was handled); the span is ours, in the policy.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from storage import second_complaints
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.domain.severity import is_graded
from workbench.domain.times import stamp
from workbench.rules import levels, other_cases

UNTOLD = "other"  # the category that says nothing
SAME, BACK = "same", "again"  # the link as the second complaint has it, and as the first has it


def earlier(desk: Desk, db: Db, case: Case, rules: Rules) -> Case | None:
    """Return the case of which ``case`` is the second complaint, or None."""
    if not _can_be(case, rules):
        return None
    since = case.received_at - timedelta(seconds=rules.policy.repeat_within_seconds)
    keys = second_complaints.closed(db, case, _graded(rules), stamp(since), stamp(case.received_at))
    found = (desk.case_in(db, key) for key in keys)
    return next((each for each in found if each.merged_into is None), None)


def still_open(desk: Desk, db: Db, case: Case, rules: Rules) -> Case | None:
    """Return the newest open case of the same customer and category, which ``case`` could join, or None."""
    if not _can_be(case, rules):
        return None
    found = (desk.case_in(db, key) for key in second_complaints.unsolved(db, case, _graded(rules)))
    return next((each for each in found if each.merged_into is None), None)


def _can_be(case: Case, rules: Rules) -> bool:
    return case.category != UNTOLD and case.repeat_of is None and is_graded(case, rules.policy)


def _graded(rules: Rules) -> list[str]:
    return [kind.id for kind in rules.policy.kinds.values() if kind.graded]


def said(first: Case) -> dict[str, Any]:
    """Return what an entry says of the first complaint; ``times``: how often it has come back by now."""
    return {
        "case_id": first.case_id,
        "repeat_of": first.number,
        "times": first.times + first.returns + 1,
    }


def back_link(desk: Desk, db: Db, first: int, second: Case) -> None:
    """Let the first complaint know of the second."""
    other_cases.joined(desk, db, desk.case_in(db, first), second, BACK)


def join(desk: Desk, db: Db, arrived: Sequence[Case]) -> None:
    """Mark those of the cases stored together that are second complaints, and let the first ones know."""
    if not arrived:
        return
    likely = second_complaints.with_one_before(db, [case.case_id for case in arrived])
    for case in arrived:
        if case.case_id not in likely:
            continue
        rules = desk.rules_in(db, case.policy)
        if (first := earlier(desk, db, case, rules)) is None:
            continue
        data = said(first) | {"to": first.number, "kind": SAME}
        data |= levels.of_facts(db, case, as_second(case, first), rules, desk.now())
        other_cases.write(desk, db, case.case_id, acts.LINK.id, data)
        back_link(desk, db, first.case_id, case)


def as_second(case: Case, first: Case) -> Case:
    """Return ``case`` as it is as a second complaint, to be judged."""
    return replace(case, repeat=True, repeat_of=first.number)
