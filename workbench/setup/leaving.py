"""Somebody leaves the house: every open case and duty goes to a receiver, or stands where it is found."""

from dataclasses import dataclass
from datetime import datetime

from storage import cases, inbox, timing
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.history import apply, decided
from workbench.domain.organisation import Member
from workbench.rules import leaving, one_voice
from workbench.setup.lists import written


@dataclass(frozen=True)
class Left:
    """What somebody left behind: the numbers of the cases held, and (number, kind, owner now) of duties.

    ``unassigned`` are those of the cases that nobody holds now: all where there is no ``receiver``, else
    those that complain about the receiver.
    """

    member: Member
    receiver: str = ""
    cases: tuple[str, ...] = ()
    unassigned: tuple[str, ...] = ()
    duties: tuple[tuple[str, str, str], ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """Return the numbers of the cases that ``receiver`` holds now."""
        return tuple(number for number in self.cases if number not in self.unassigned)

    def as_json(self) -> dict[str, object]:
        """Return the entry of the list, and what was left behind."""
        owed = [{"number": number, "kind": kind, "owner": owner} for number, kind, owner in self.duties]
        behind = {
            "receiver": self.receiver or None,
            "cases": list(self.cases),
            "unassigned": list(self.unassigned),
        }
        return self.member.as_json() | {"left": behind | {"duties": owed}}


def count(desk: Desk, name: str) -> tuple[int, int]:
    """Return how many open cases somebody holds, and on how many cases something is owed."""
    name = written(name)
    with desk.store.reading() as db:
        site_id = desk.store.site_id
        return len(inbox.held(db, site_id, name)), len(inbox.owed(db, site_id, [name]))


def leave(desk: Desk, db: Db, member: Member, receiver: str) -> Left:
    """Write on every case of ``member`` who has left, and return what that was; in a write transaction."""
    site_id, now = desk.store.site_id, desk.now()
    held = inbox.held(db, site_id, member.name)
    keys = dict.fromkeys((*held, *inbox.owed(db, site_id, [member.name])))
    numbers: list[str] = []
    unassigned: list[str] = []
    owed: list[tuple[str, str, str]] = []
    before = [desk.case_in(db, key) for key in keys]
    for key in keys:
        case, data = _write(desk, db, key, member.name, receiver, now)
        numbers += [case.number] if key in held else []
        unassigned += [case.number] if key in held and case.handler is None else []
        owed += [(case.number, kind, owner) for kind, _number, owner in data["owed"]]
    one_voice.follow(desk, db, *before)
    return Left(member, receiver, tuple(numbers), tuple(unassigned), tuple(owed))


def _write(
    desk: Desk, db: Db, key: int, name: str, receiver: str, now: datetime
) -> tuple[Case, dict[str, list[tuple[str, int, str]]]]:
    before, _timeline = desk.stored_in(db, key)
    rules = desk.rules_in(db, before.policy)
    new = upcoming.pending(before, now, rules, upcoming.STATE_ONLY)
    case = before
    for event in new:
        case = apply(case, event, rules)
    at = max(now, case.last_at or now)
    data = leaving.entry(case, name, receiver, rules, at)
    entry = Event(case.version + 1, at, desk.person, acts.LEAVE.id, data)
    event, after = decided(case, timing.timed(db, desk.store.site_id, entry), rules)
    cases.save(db, before, after, [*new, event], rules)
    return after, data
