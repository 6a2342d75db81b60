"""What a person could take back now: their own last act on each case, by the rule of ``undo`` itself."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from storage import own_acts
from storage.engine import Db
from workbench.actions import undo
from workbench.desk import Desk
from workbench.domain import acts, masks
from workbench.domain.acts import Undo
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.history import fold
from workbench.domain.policies import Rules
from workbench.domain.text import mask_numbers
from workbench.domain.times import stamp
from workbench.domain.undone import TIME_TO_THINK
from workbench.rules import in_sight
from workbench.rules.permissions import refusal
from workbench.rules.request import Asked
from workbench.wording import details

MOST = 200  # cases that are looked at, the newest acts first: nobody takes back more in a day
STAYS = (acts.RECORD.id, *(act.id for act in acts.BY_ID.values() if act.undo is Undo.NEVER))
COMPARED = ("status", "handler", "severity", "hot")  # what of a case is told when it changes


class Undoable(NamedTuple):
    """An entry that can be taken back; words and customer are empty where the case is out of sight.

    Attributes:
        needs_reason: Whether the summary of its day was kept, so that the undo asks why.
        becomes: What of the case would be another: by its name, how it is and how it would be.
    """

    case: Case
    event: Event
    in_sight: bool
    needs_reason: bool
    becomes: dict[str, tuple[Any, Any]]

    def as_json(self) -> dict[str, Any]:
        """Return it in the shape of ``--json``."""
        return {
            "number": self.case.number,
            "customer": masks.of(self.case, "customer") if self.in_sight else "",
            "seq": self.event.seq,
            "act": self.event.act,
            "at": stamp(self.event.at),
            "until": stamp(self.until),
            "needs_reason": self.needs_reason,
            "becomes": {name: {"is": is_, "would_be": then} for name, (is_, then) in self.becomes.items()},
        }

    @property
    def until(self) -> datetime:
        """Until when (UTC) it can be taken back."""
        return self.event.at + TIME_TO_THINK


def of_person(desk: Desk) -> list[Undoable]:
    """Return what the person at the desk could take back now, the newest first, one entry a case.

    Raises:
        StoreError: the store cannot be read.
    """
    if desk.read_only:
        return []
    since = stamp(desk.now() - TIME_TO_THINK)
    with desk.store.reading() as db:
        keys = own_acts.touched(db, desk.store.site_id, desk.person, since, STAYS, MOST)
        found = [each for key in keys if (each := _of_case(desk, db, key)) is not None]
    return sorted(found, key=lambda each: (each.event.at, each.case.case_id), reverse=True)


def of_case(desk: Desk, case_id: int) -> Undoable | None:
    """Return what the person at the desk could take back on a case now, or None."""
    with desk.store.reading() as db:
        return _of_case(desk, db, case_id)


def _of_case(desk: Desk, db: Db, case_id: int) -> Undoable | None:
    case, timeline = desk.stored_in(db, case_id)
    rules = desk.rules_in(db, case.policy)
    if refusal(desk, case, undo.ACTION, rules) is not None:
        return None
    at = max(desk.now(), case.last_at or desk.now())
    needs_reason = False
    try:
        undo.plan(Asked(desk, db, case, {}, at, rules, timeline))
    except UsageError:
        needs_reason = True
    except RefusedError:
        return None
    target = undo.last_act(timeline)
    if target is None:
        return None
    seen = in_sight.why_not(desk, case) is None
    return Undoable(case, target, seen, needs_reason, dict(_becomes(desk, case, timeline, target, rules)))


def _becomes(
    desk: Desk, case: Case, timeline: list[Event], target: Event, rules: Rules
) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield what would be another on the case, were ``target`` taken back."""
    data = {"seq": target.seq, "act": target.act}
    written = Event(case.version + 1, desk.now(), desk.person, acts.UNDO.id, data)
    after = fold(case.site_id, case.case_id, [*timeline, written], rules)
    for name in COMPARED:
        is_, then = getattr(case, name), getattr(after, name)
        if is_ != then:
            yield name, (is_, then)


def words_of(found: Undoable) -> str:
    """Return what was said by the entry, numbers masked; empty where the case is out of sight."""
    return mask_numbers(details.words_of(found.event.data)) if found.in_sight else ""
