"""What a further word of the customer asks of us: an answer, a decision whether it is the matter again.

A word is never left to sleep: on an open case the customer waits for an answer, on a closed one it opens the
case again or reaches whoever handled it and a supervisor, on a merged one it goes to the case that goes on.
Source: domain.md, what must hold (a case that comes back is the same case reopened); who is told is ours.
"""

from datetime import datetime
from typing import Any

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, clocks, duties
from workbench.domain.case_parts import Link
from workbench.domain.cases import Case, Event
from workbench.domain.clocks import Clock
from workbench.domain.errors import UsageError
from workbench.domain.policies import Rules
from workbench.domain.recipients import roles_of, standing_in, told
from workbench.domain.severity import is_graded
from workbench.domain.times import stamp
from workbench.rules import levels, other_cases
from workbench.rules.dues import due_of, next_duty
from workbench.rules.duty_rules import SENIOR, own
from workbench.rules.request import Asked, option
from workbench.words import N_

YES, NO, UNDECIDED = "yes", "no", "undecided"
AGAIN = ((YES, N_("Again: the case opens as a repeat")), (NO, N_("Only a word: thanks, a question")))
RESPONSE = "response"  # every policy has this clock
BY_ITSELF = "imported_at"  # marks what no person of ours has heard
SPOKEN = ("text", "channel", "again", "no_answer")


def heard(asked: Asked) -> dict[str, Any]:
    """Return what a word is on the case itself; on a closed one it may be the matter again.

    Raises:
        UsageError: it opens the case again and wants no answer.
    """
    data = asked.spoken() | ({"no_answer": True} if asked.yes("no_answer") else {})
    again = asked.choice("again", [value for value, _label in AGAIN])
    if asked.case.unsolved:
        return data | ({"no_answer": True} if again == NO else {})
    if asked.given.get(BY_ITSELF):
        return data | arrived(asked.case, asked.rules, asked.at, asked.desk.person)
    if (again or _usually(asked)) == NO:
        people = concerned(asked.case, asked.rules, asked.at, asked.desk.person)
        return data | {"again": NO, "informed": people} | (_decided(asked) if again else {})
    if "no_answer" in data:
        raise UsageError(
            N_("A case that opens again wants an answer; leave this out."), option=option("no_answer")
        )
    people = concerned(asked.case, asked.rules, asked.at, asked.desk.person)
    told_of_it = {"informed": people} if people else {}
    return data | {"again": YES, "reopened": True} | levels.reopened(asked) | told_of_it


def _decided(asked: Asked) -> dict[str, Any]:
    """Return which undecided words the person at the desk, who owes it, decides to be no more than words."""
    listed = asked.rules.organisation.listed
    kind = duties.WORD.id
    found = (
        own(asked.rules, asked.case, asked.desk.person, asked.at, kind) if listed else asked.case.owed(kind)
    )
    return {"decided": [duty.id for duty in found]} if found else {}


def _usually(asked: Asked) -> str:
    return YES if is_graded(asked.case, asked.rules.policy) else NO


def arrived(case: Case, rules: Rules, at: datetime, person: str) -> dict[str, Any]:
    """Return what a word says besides that came by itself to a closed or merged case at ``at`` (UTC)."""
    if case.merged_into:
        return _pointing(case.merged_into)
    owners = (*last_handler(case, rules, at), *seniors(case, rules, at), case.handler or case.first_asked)
    return {
        "again": UNDECIDED,
        "duty": next_duty(case),
        "owner": owners[0],
        "due_at": stamp(_due(case, at, rules)),
        "informed": concerned(case, rules, at, person),
    }


def _due(case: Case, at: datetime, rules: Rules) -> datetime:
    """Return by when it is decided (UTC): as fast as a first response, unless the policy says otherwise."""
    rule = rules.policy.clocks.get(RESPONSE)
    own = rules.policy.regime.duties.get(duties.WORD.id)
    if rule is None or (own and not own.as_response):
        return due_of(duties.WORD.id, at, rules)
    clock = Clock(RESPONSE, 1, rule.calendar, at, target_seconds=rule.target(case.severity, case.category))
    return clocks.due_at(clock, rules.calendars[rule.calendar]) or due_of(duties.WORD.id, at, rules)


def concerned(case: Case, rules: Rules, at: datetime, person: str) -> list[str]:
    """Return whoever handled the case last, and a supervisor, without ``person``, who acts."""
    found = dict.fromkeys((*last_handler(case, rules, at), *seniors(case, rules, at)))
    return [name for name in found if name != person]


def last_handler(case: Case, rules: Rules, at: datetime) -> tuple[str, ...]:
    """Return whoever handled the case last, or is there instead; else who was asked first."""
    return standing_in(rules, case.accused, (case.handler or case.first_asked,), at)


def seniors(case: Case, rules: Rules, at: datetime) -> tuple[str, ...]:
    """Return the nearest supervisors of the case; where there is none, those above."""
    roles = roles_of(rules.policy)
    found = (told(rules, case, role, at) for role in roles[roles.index(SENIOR) :])
    return next(filter(None, found), ())


def _pointing(into: Link) -> dict[str, Any]:
    return {"case_id": into.case_id, "to": into.number}


def passed_on(asked: Asked) -> dict[str, Any]:
    """Return what a word on a merged case is: a pointer to the case that goes on, where it stands as well."""
    into = asked.case.merged_into
    assert into is not None
    said = asked.spoken() | ({"no_answer": True} if asked.yes("no_answer") else {})
    again = asked.choice("again", [value for value, _label in AGAIN])
    return said | ({"again": again} if again else {}) | _pointing(into)


def spread(desk: Desk, db: Db, before: Case, after: Case, event: Event) -> None:
    """Write on the case that goes on what was said on the number of one that is merged into it."""
    if "to" not in event.data:
        return
    key = event.data["case_id"]
    head = desk.case_in(db, key)
    rules = desk.rules_in(db, head.policy)
    said = {name: event.data[name] for name in (*SPOKEN, BY_ITSELF) if name in event.data}
    asked = Asked(desk, db, head, said, max(desk.now(), head.last_at or desk.now()), rules, [])
    data = heard(asked)
    others = (name for name in last_handler(head, rules, asked.at) if name != desk.person)
    informed = list(dict.fromkeys((*data.get("informed", ()), *others)))
    about = {"case_id": after.case_id, "from": after.number, "informed": informed}
    other_cases.write(desk, db, key, acts.HEARD.id, data | about)
