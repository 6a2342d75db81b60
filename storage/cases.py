"""The case rows: what folding a timeline gives, kept for queues, filters and figures."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from storage import clocks, duties, events, search, warnings
from storage.engine import Db
from storage.ids import Op
from storage.meaning import IS_DAMAGED
from workbench.domain import facts, upcoming
from workbench.domain.cases import BETWEEN, Case, Event
from workbench.domain.duties import LOOK, WORD
from workbench.domain.effects.money import total
from workbench.domain.errors import StoreDamagedError
from workbench.domain.fact import Kind, Origin
from workbench.domain.flow import stage
from workbench.domain.passing import passed
from workbench.domain.policies import Rules
from workbench.domain.text import phone_key
from workbench.domain.times import stamp

NO_DUE = "9999"  # sorts behind every due time; a column without NULL sorts anywhere

FACTS = facts.where(lambda fact: fact.stored)
OWN = (  # what queues, figures and the search for cases ask for besides
    "case_id", "site_id", "ending", "policy", "phone_key", "standard", "cause", "verified_at", "compensation",
    "engineer", "person", "part_of", "pause_until", "due_key", "promise_due_at", "waits_since",
    "watch_at", "hot_at", "head", "passes",
    "restricted_at",
)  # fmt: skip
COLUMNS = (*OWN, *FACTS)
STORED = f"SELECT {', '.join(COLUMNS)} FROM cases WHERE case_id = ?"  # noqa: S608 (our column names)
INSERT = f"INSERT INTO cases ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + name for name in COLUMNS)})"  # noqa: S608


_TIMES = tuple(name for name in facts.kept(Kind.TIME) if name in FACTS)
_PLAIN = tuple(
    name
    for name in facts.where(lambda fact: fact.stored and fact.origin is not Origin.RECKONED)
    if name not in _TIMES
)
# one call for all of them: an import makes a million rows
_plain, _times = attrgetter(*_PLAIN), attrgetter(*_TIMES)


def moment(at: datetime | None) -> str | None:
    """Return a time as the tables keep it."""
    return stamp(at) if at else None


def row(case: Case, rules: Rules, head: bytes) -> dict[str, Any]:
    """Return the columns of ``case``; ``head`` is the hash of its newest event."""
    due = upcoming.next_due(case, rules)
    next_due_at, next_clock = due if due else (None, "")
    coming = upcoming.next_moment(case, rules)
    due_text = moment(next_due_at)
    found = dict(zip(_PLAIN, _plain(case), strict=True))
    found |= zip(_TIMES, map(moment, _times(case)), strict=True)
    found |= {
        "case_id": case.case_id, "site_id": case.site_id, "ending": case.number[::-1], "policy": case.policy,
        "phone_key": phone_key(case.phone), "flags": json.dumps(case.flags) if case.flags else "[]",
        "claim": None if case.claim is None else str(case.claim), "stage": stage(case, rules.policy),
        "standard": case.check.standard, "cause": case.check.cause,
        "verified_at": moment(case.check.verified_at),
        "compensation": str(total(case)) if case.money else None, "engineer": case.repair.engineer,
        "person": case.person, "part_of": case.part_of, "incident": case.incident if case.live else None,
        "pause_until": moment(case.pause.until) if case.pause else None,
        "next_due_at": due_text, "next_clock": next_clock, "due_key": due_text or NO_DUE,
        "promise_due_at": moment(min((p.due_at for p in case.promises if p.state == "open"), default=None)),
        "waits_since": moment(waits_since(case)),
        "watch_at": stamp(coming.at) if coming else None,
        "hot_at": moment(upcoming.hot_at(case, rules)), "head": head,
        "passes": passed(case).total or None,
        "restricted_at": moment(case.restricted.at) if case.restricted else None,
    }  # fmt: skip
    if case.links:  # and of whom what is merged into it complains
        found["about"] = BETWEEN.join(case.accused) or None
    return found


def waits_since(case: Case) -> datetime | None:
    """Return since when somebody waits for us: for an answer, a decision on a word, a look at the source."""
    undecided = (duty.started_at for duty in case.owed(WORD.id, LOOK.id))
    found = (case.unanswered_since, *undecided)
    return min((at for at in found if at), default=None)


def add(db: Db, case: Case, new: list[Event], rules: Rules, op_id: Op | None = None) -> str | None:
    """Store a new case with its first events, its clocks and its search tokens; see ``save``."""
    op = (new[0].seq, op_id) if op_id else None
    head, numbers = events.append(db, case.site_id, case.case_id, new, events.NO_HASH, op)
    now = row(case, rules, head)
    db.run(INSERT, now)
    clocks.add(db, case, rules)
    duties.add(db, case)
    search.add(db, case, new, numbers)
    soon: str | None = now["watch_at"]
    return soon


def save(
    db: Db, before: Case, after: Case, new: list[Event], rules: Rules, op_id: Op | None = None,
    was: dict[str, Any] | None = None,
) -> str | None:  # fmt: skip
    """Append ``new`` to a case and store what it has become; runs inside a write transaction.

    Return when time brings the next thing to it, as stored; None for never. The caller has checked the
    version inside the same transaction. ``op_id`` is the id under which the act was asked for, whose entry is
    the last of ``new``; ``was`` the row as it is ``stored``, where the caller has read it.
    """
    was = was or stored(db, before.case_id)
    op = (new[-1].seq, op_id) if op_id else None
    head, numbers = events.append(db, after.site_id, after.case_id, new, was["head"], op)
    now = row(after, rules, head)
    _update(db, (name for name in COLUMNS if was[name] != now[name]), now)
    clocks.replace(db, after, before.clocks, rules)
    duties.replace(db, after, before)
    warnings.follow(db, before, after, new)
    search.add(db, after, new, numbers)
    soon: str | None = now["watch_at"]
    return soon


def rewrite(db: Db, case: Case, new: list[Event], rules: Rules) -> None:
    """Append ``new`` and store row and clocks anew: a calendar was edited, so that dues have moved."""
    head, _ = events.append(db, case.site_id, case.case_id, new, _head(db, case.case_id))
    _update(db, COLUMNS, row(case, rules, head))
    clocks.rewrite(db, case, rules)


def retell(db: Db, case: Case, rules: Rules) -> None:
    """Store the row of ``case`` anew, as what is left of its timeline tells it."""
    _update(db, COLUMNS, row(case, rules, _head(db, case.case_id)))


def is_due(row: Mapping[str, Any], now: datetime) -> bool:
    """Say whether time has brought anything to a case by ``now``, by its ``stored`` row."""
    return row["watch_at"] is not None and row["watch_at"] <= stamp(now)


def stored(db: Db, case_id: int) -> dict[str, Any]:
    """Return the row of a case as it stands.

    Raises:
        StoreDamagedError: there is none, though a timeline tells of the case.
    """
    found = db.one(STORED, (case_id,))
    if found is None:
        raise StoreDamagedError(IS_DAMAGED)
    return dict(zip(COLUMNS, found, strict=True))


def _head(db: Db, case_id: int) -> bytes:
    """Return the hash of the newest entry of a case."""
    found = db.value("SELECT head FROM cases WHERE case_id = ?", (case_id,))
    return events.NO_HASH if found is None else bytes(found)


def _update(db: Db, names: Iterable[str], now: dict[str, Any]) -> None:
    settings = ", ".join(f"{name} = :{name}" for name in names)
    db.run(f"UPDATE cases SET {settings} WHERE case_id = :case_id", now)  # noqa: S608 (our column names)
