"""Early warnings are written down: one row each, to be accepted or dismissed.

A warning about a case is brought by an entry of its timeline and decided by another: its row follows from
these. A warning about a place and a category (a surge) belongs to no case: its row is the record.
A warning has outlived its cause (``over``) when its case is done, or the customer heard from us since; one of
silence also when the silence went on and there is a newer one.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from storage import house
from storage.engine import Db
from storage.surges import Pair
from storage.warning_rows import SURGE
from workbench.domain import acts
from workbench.domain import house as house_acts
from workbench.domain.cases import Case, Event
from workbench.domain.times import stamp, unstamp
from workbench.domain.upcoming import SYSTEM

ADD = """
    INSERT INTO warning (site_id, warning, kind, subject, case_id, seq, site, category, fact, at, state,
                         over)
    SELECT :site_id, coalesce(max(warning), 0) + 1, :kind, :subject, :case_id, :seq, :site, :category,
           :fact, :at, 'open', 0
      FROM warning WHERE site_id = :site_id
    ON CONFLICT (site_id, kind, subject) DO NOTHING
"""
DECIDE = """
    UPDATE warning
       SET state = :state, decided_at = :at, decided_by = :by, reason = :reason, decided_seq = :seq,
           owner = :owner, due_at = :due_at
     WHERE site_id = :site_id AND warning = :warning
"""
REOPEN = """
    UPDATE warning
       SET state = 'open', decided_at = NULL, decided_by = NULL, reason = NULL, decided_seq = NULL,
           owner = NULL, due_at = NULL
     WHERE site_id = ? AND case_id = ? AND seq > 0 AND decided_seq = ?
"""
# else the planner would look through all warnings of the store
TAKE_BACK = """
    DELETE FROM warning INDEXED BY warning_of_case
     WHERE site_id = ? AND case_id = ? AND seq = ? AND state = 'open'
"""
ANSWER = """
    UPDATE warning SET answered_at = :at, answered_by = :by, answer = :text
     WHERE site_id = :site_id AND warning = :warning
"""
OUTLIVED = """
    UPDATE warning SET over = CASE WHEN :done OR (kind = 'silence' AND (:told > at OR EXISTS (
               SELECT 1 FROM warning n WHERE n.site_id = warning.site_id AND n.case_id = warning.case_id
                  AND n.kind = 'silence' AND n.seq > warning.seq))) THEN 1 ELSE 0 END
     WHERE site_id = :site_id AND case_id = :case_id AND seq > 0
"""
NEAR = """
    SELECT EXISTS (SELECT 1 FROM warning
                    WHERE site_id = ? AND kind = 'surge' AND subject >= ? AND subject <= ?)
"""


def follow(db: Db, before: Case | None, case: Case, new: Iterable[Event]) -> None:
    """Keep the rows of ``case`` as its new entries tell; runs inside a write transaction."""
    new = list(new)
    for event in new:
        if event.act == acts.WARN.id:
            about = {"case_id": case.case_id, "seq": event.seq, "site": case.site, "category": case.category}
            at = event.data.get("happened_at") or stamp(event.at)
            _add(db, case.site_id, event.data["kind"], f"{case.case_id}/{event.seq}",
                 about | {"fact": str(event.data["fact"]), "at": at})  # fmt: skip
        elif event.act == acts.WARNING.id:
            decide(db, case.site_id, event.data["warning"], event.data["decision"], event.at, event.by,
                   event.data.get("reason", ""), event.seq, event.data.get("owner"),
                   event.data.get("due_at"))  # fmt: skip
        elif event.act == acts.UNDO.id:
            db.run(REOPEN, (case.site_id, case.case_id, event.data["seq"]))
        elif event.act == acts.JUDGE.id:
            gone = [(case.site_id, case.case_id, seq) for seq in event.data.get("undone", ())]
            db.run_many(TAKE_BACK, gone)
    again = any(event.act == acts.WARN.id for event in new)
    if case.warned and (again or before is None or _cause(before) != _cause(case)):
        done, told = _cause(case)
        given = {"site_id": case.site_id, "case_id": case.case_id, "done": done, "told": told}
        db.run(OUTLIVED, given)


def _cause(case: Case) -> tuple[bool, str]:
    """Return what may end the cause of a warning: that the case is done, and when the customer last heard."""
    return case.status == "done", stamp(case.last_told_at) if case.last_told_at else ""


def add_surge(db: Db, site_id: int, pair: Pair, day: date, apart: int, fact: str, at: str) -> bool:
    """Store a surge of the days up to ``day``, unless the pair has one less than ``apart`` days away."""
    name = json.dumps(pair, ensure_ascii=False)
    near = (day - timedelta(days=apart - 1), day + timedelta(days=apart - 1))
    if db.value(NEAR, (site_id, *(f"{name} {each.isoformat()}" for each in near))):
        return False
    about = {"site": pair.site, "category": pair.category, "fact": fact, "at": at}
    subject = f"{name} {day.isoformat()}"
    if not _add(db, site_id, SURGE, subject, about | {"case_id": None, "seq": None}):
        return False
    number = db.value("SELECT max(warning) FROM warning WHERE site_id = ?", (site_id,))
    told = {"warning": number, "subject": subject} | about
    house.log(db, site_id, house_acts.SURGE, at=unstamp(at), by=SYSTEM, data=told)
    return True


def _add(db: Db, site_id: int, kind: str, subject: str, about: dict[str, Any]) -> bool:
    return db.run(ADD, about | {"site_id": site_id, "kind": kind, "subject": subject}) > 0


def decide(
    db: Db,
    site_id: int,
    number: int,
    state: str,
    at: datetime,
    by: str,
    reason: str,
    seq: int | None = None,
    owner: str | None = None,
    due_at: str | None = None,
) -> None:
    """Write down what was decided about a warning; ``seq`` is the entry of its case that says so.

    ``owner`` sees to it by ``due_at`` (stored text, UTC), if it is accepted.
    """
    given = {"state": state, "at": stamp(at), "by": by, "reason": reason, "seq": seq}
    given |= {"owner": owner, "due_at": due_at}
    db.run(DECIDE, given | {"site_id": site_id, "warning": number})
    if seq is None:  # about no case, whose timeline would tell
        told = {"warning": number, "state": state, "reason": reason, "owner": owner, "due_at": due_at}
        house.log(db, site_id, house_acts.SURGE_DECIDED, at=at, by=by, data=told)


def answer(db: Db, site_id: int, number: int, at: datetime, by: str, text: str) -> None:
    """Write down what was done about a warning of a place."""
    db.run(ANSWER, {"site_id": site_id, "warning": number, "at": stamp(at), "by": by, "text": text})
    told = {"warning": number, "text": text}
    house.log(db, site_id, house_acts.SURGE_ANSWERED, at=at, by=by, data=told)
