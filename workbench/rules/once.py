"""An act is stored once: its id is made before it begins, and stays the same when it is asked for again.

Whoever asks again under the same id (a script that never saw the answer, a form that is saved twice) gets the
first result, and nothing is stored. An id is one person's, for one act on one case.
"""

from storage import events, ids
from storage.engine import Db
from storage.ids import Op
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.errors import UsageError
from workbench.domain.history import fold
from workbench.domain.text import gist
from workbench.rules import permissions
from workbench.words import N_

OPTION = "--op-id"
LONGEST = 100


def op_id(desk: Desk) -> bytes:
    """Return an id for an act that is about to begin."""
    return ids.new_op_id(int(desk.now().timestamp() * 1000))


def read(text: str) -> str:
    """Return the id that a script gave to an act.

    Raises:
        UsageError: it is empty or too long, or has blanks or signs that cannot be seen.
    """
    if not 0 < len(text) <= LONGEST or not text.isprintable() or " " in text or "|" in text:
        raise UsageError(
            N_('"{value}" is no id of an act; write up to {most} letters, digits and signs without blanks.'),
            option=OPTION,
            value=gist(text, 40),
            most=LONGEST,
        )
    return text


def done(desk: Desk, db: Db, act: str, case_id: int, op: Op) -> Case | None:
    """Return what ``act`` made of a case when it was asked for under ``op`` before; None if it never was.

    Raises:
        UsageError: the id is that of another act, or of somebody else.
    """
    seq = events.of_op(db, desk.store.site_id, case_id, op)
    return None if seq is None else _first_result(desk, db, act, case_id, seq)


def recorded(desk: Desk, db: Db, op: Op) -> Case | None:
    """Return the case that was recorded under ``op`` before; see ``done``."""
    case_id = events.recorded_as(db, desk.store.site_id, op)
    return None if case_id is None else _first_result(desk, db, acts.RECORD.id, case_id, 1)


def _first_result(desk: Desk, db: Db, act: str, case_id: int, seq: int) -> Case:
    permissions.ensure_may_act(desk, db)
    before, timeline = desk.stored_in(db, case_id)
    entry = timeline[seq - 1]
    if (_asked_for(entry), entry.by) != (act, desk.person):
        raise UsageError(
            N_("{number} has this id already, on another act or by somebody else; give each act its own."),
            option=OPTION, number=before.number,
        )  # fmt: skip
    rules = desk.rules_in(db, before.policy)
    last = _last_of(timeline, seq)
    case = fold(desk.store.site_id, case_id, timeline[:last], rules)
    return upcoming.effective(case, desk.now(), rules)


def _asked_for(entry: Event) -> str:
    """Return the act that was asked for: what is above somebody's authority became a request."""
    return str(entry.data["act"]) if entry.act == acts.REQUEST_APPROVAL.id else entry.act


def _last_of(timeline: list[Event], seq: int) -> int:
    """Return the last entry of an act: a case that was closed on the spot has its closing behind it."""
    entry, behind = timeline[seq - 1], timeline[seq : seq + 1]
    on_the_spot = entry.act == acts.RECORD.id and behind and behind[0].at == entry.at
    closes = on_the_spot and _asked_for(behind[0]) == acts.CLOSE.id and behind[0].by == entry.by
    return seq + 1 if closes else seq
