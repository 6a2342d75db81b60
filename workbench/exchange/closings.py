"""A closing that a file brings to a case that stands here: it is decided like any closing.

What a source closed before the case came here is history and is taken as it is. A closing of now waits for
the gates of the flow (S2), speaks with the one voice of a task force (S0), and above the authority of whoever
imports it becomes a request to whoever may decide (S3).
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from storage.engine import Db
from workbench.actions import close
from workbench.desk import Desk
from workbench.domain import flow
from workbench.domain.acts import CLOSE, REQUEST_APPROVAL
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.exchange.timeline import HAPPENED, IMPORTED
from workbench.rules import approvals, authority, impartial, permissions, place
from workbench.rules.request import Asked
from workbench.rules.role_rights import role_of
from workbench.words import Said

Decide = Callable[[Case, Event], Event]
OF_THE_ENTRY = (IMPORTED, HAPPENED, "stopped")  # not of what is asked for


def deciding(desk: Desk, db: Db, rules: Rules, timeline: list[Event]) -> Decide:
    """Return what makes the entry of a closing: as it is, or as a request; other acts stay as they are."""
    return partial(_entry, desk, db, rules, timeline)


def _entry(desk: Desk, db: Db, rules: Rules, timeline: list[Event], case: Case, event: Event) -> Event:
    """Return the entry that a closing becomes.

    Raises:
        RefusedError: a task force, a merger or a gate stands before it; somebody has asked to close the case
            already; or nobody on the staff list may decide.
    """
    if event.act != CLOSE.id:
        return event
    now, person = desk.now(), desk.person
    if reason := _before(rules, person, case, now):
        raise RefusedError.because(reason)
    data = {**event.data, **close.weight(Asked(desk, db, case, {}, now, rules, timeline))}
    roles = authority.deciders(rules, person, case, CLOSE.id, data)
    others = approvals.alone(rules, person, case, roles)
    if others or not roles:
        return replace(event, data={**data, **impartial.marked(others, person)})
    wanted = {name: value for name, value in data.items() if name not in OF_THE_ENTRY}
    at = max(now, case.last_at or now)
    asked = approvals.request(case, CLOSE.id, wanted, person, roles, at, rules)
    closed_at = data.get(HAPPENED) or stamp(event.at)
    return Event(event.seq, at, person, REQUEST_APPROVAL.id,
                 {**asked, IMPORTED: data[IMPORTED], HAPPENED: closed_at})  # fmt: skip


def _before(rules: Rules, person: str, case: Case, at: datetime) -> Said | None:
    role = role_of(rules, person)
    return (
        place.why_not(rules, person, case, CLOSE.id, at)
        or permissions.by_case(rules, person, case, CLOSE.id, at)
        or flow.why_not(case, CLOSE.id, role.id if role else None, rules.policy)
    )
