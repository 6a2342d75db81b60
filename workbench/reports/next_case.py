"""What somebody does next: the most urgent case about which they may do something now."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from storage import inbox as owed
from storage.engine import Db
from storage.queues import View
from workbench import actions
from workbench.actions.doing import Candidate
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case
from workbench.reports import inbox, queue_now
from workbench.rules import in_sight
from workbench.rules.permissions import refusal

OWN, FREE = "mine", "unassigned"
PAGES = (12, 400, 4_000)  # cases looked at of each list: the first that serves is nearly always at the top
LAST = datetime.max.replace(tzinfo=UTC)


def candidates(desk: Desk, queue: str | None = None, skipped: Collection[int] = ()) -> Iterator[Candidate]:
    """Yield what the person at the desk may do something about, the most urgent first, each once.

    Args:
        queue: Only cases of this queue.
        skipped: Keys of cases to pass over.

    Raises:
        StoreError: the store cannot serve.
    """
    seen = set(skipped)
    for most in PAGES:
        with desk.store.reading() as db:
            keys = [key for key in _keys(desk, db, queue, most) if key not in seen]
            found = _that_serve(desk, db, keys)
        seen.update(keys)
        yield from found


def _keys(desk: Desk, db: Db, queue: str | None, most: int) -> list[int]:
    """Return the keys of the first ``most`` cases of each list that may hold something to do."""
    now, reach = desk.now(), in_sight.reach(desk, db)
    keys: list[int] = []
    for name in (queue,) if queue else (OWN, FREE):
        view = View(name, desk.person, now, reach=reach)
        keys += queue_now.top(desk, db, view, most, counted=False).keys
    if queue is None:
        keys += owed.owed(db, desk.store.site_id, inbox.owners(desk.rules_in(db), desk.person, now))[:most]
    return list(dict.fromkeys(keys))


def _that_serve(desk: Desk, db: Db, keys: list[int]) -> list[Candidate]:
    """Return those of ``keys`` on which there is something to do, in the order of the queue."""
    now = desk.now()
    names = inbox.owners(desk.rules_in(db), desk.person, now)
    found = []
    for case in queue_now.of(desk, db, keys, now):
        takes = _is_free(desk, db, case)
        due = (upcoming.next_due(case, desk.rules_in(db, case.policy)) or (LAST, ""))[0]
        if takes or inbox.owes(desk, db, case, names, now) or _goes_on(case, desk.person, due, now):
            found.append(((due, case.severity, case.received_at, case.case_id), Candidate(case, takes)))
    return [each for _rank, each in sorted(found, key=lambda pair: pair[0])]


def _is_free(desk: Desk, db: Db, case: Case) -> bool:
    if case.handler is not None or case.status != "open":
        return False
    return refusal(desk, case, actions.of(acts.TAKE.id), desk.rules_in(db, case.policy)) is None


def _goes_on(case: Case, person: str, due_at: datetime, now: datetime) -> bool:
    """Say whether ``person`` handles the case, and need not wait for anything before they go on.

    A pause is waited for unless something falls due in it; a customer who asked to be rung later, until then.
    """
    if case.handler != person or not case.live or case.restricted or case.merged_into:
        return False
    if case.pause is not None and not case.pause.ended_at:
        return due_at < (case.pause.until or LAST)
    return not (case.status == "closed" and case.callback_again_at and case.callback_again_at > now)
