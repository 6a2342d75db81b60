"""Replaying every timeline, and comparing what it tells with the tables."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import DecodeError
from msgspec.json import decode

from storage import cases as case_rows
from storage import clocks, duties, ids, search
from storage.check_chain import chain
from storage.check_erased import Lawful
from storage.check_report import Ordered, Problem, Tally, by_name, note
from storage.engine import Db, Row
from storage.house import HOUSE
from workbench.domain import acts
from workbench.domain.cases import Event
from workbench.domain.history import fold
from workbench.domain.policies import Rules
from workbench.domain.times import unstamp
from workbench.domain.undone import undone
from workbench.words import N_, Said

SPAN = "BETWEEN :low AND :high"  # keys of cases
CASES = f"SELECT {', '.join(case_rows.COLUMNS)} FROM cases WHERE case_id {SPAN} ORDER BY case_id"  # noqa: S608
EVENTS = f"""
    SELECT case_id, seq, op_id, at, actor, act, data, salt, digest, hash, event_no, typed_by, read_at, timed
      FROM event
     WHERE site_id = :site_id AND case_id {SPAN} ORDER BY case_id, seq
"""  # noqa: S608
CLOCKS = f"""
    SELECT case_id, clock, cycle, state, calendar, due_at, stopped_at, holder FROM clock
     WHERE site_id = :site_id AND case_id {SPAN} ORDER BY case_id, clock, cycle
"""  # noqa: S608
DUTIES = f"""
    SELECT case_id, kind, duty, owner, actor, text, started_at, due_at, state, ended_at, answer FROM duty
     WHERE site_id = :site_id AND case_id {SPAN} ORDER BY case_id, kind, duty
"""  # noqa: S608
NOTICES = f"""
    SELECT case_id, notice, person, what, seq, at, seen_at FROM notice
     WHERE site_id = :site_id AND case_id {SPAN} ORDER BY case_id, notice
"""  # noqa: S608
DOCS = f"""
    SELECT e.case_id, e.seq FROM event e JOIN search_doc d ON d.doc_id = e.event_no
     WHERE e.site_id = :site_id AND e.case_id {SPAN} ORDER BY e.case_id, e.seq
"""  # noqa: S608
ENDS_OTHERWISE = N_("The case does not end with the newest entry of its timeline.")
COUNTS = N_("The case counts {version} entries, its timeline has {n}.")
SIZE = 500  # cases of a span
ENDS = """
    SELECT case_id FROM (SELECT case_id, row_number() OVER (ORDER BY case_id) AS place FROM cases)
     WHERE place % :size = 0 AND case_id < :end ORDER BY case_id
"""
BEGIN, END = -(1 << 63), (1 << 63) - 1  # of keys
Span = tuple[int, int]
# A timeline that was tampered with may hold anything; each of these says that it cannot be replayed.
BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, ArithmeticError, IndexError, RecursionError, DecodeError
)  # fmt: skip
_NUMBER = re.compile(r".*?(\d{6})-(\d{4,})(\d)")
ORPHANS = {
    "event": N_("An entry belongs to no case (key {key})."),
    "clock": N_("A clock belongs to no case (key {key})."),
    "duty": N_("A duty belongs to no case (key {key})."),
    "notice": N_("A notice belongs to no case (key {key})."),
    "doc": N_("A search entry belongs to no case (key {key})."),
}


def spans(db: Db) -> list[Span]:
    """Return spans of keys that hold all cases, each some hundred, and what may lie before and behind."""
    ends = [key for (key,) in db.all(ENDS, {"size": SIZE, "end": END})]
    return list(zip((BEGIN, *(key + 1 for key in ends)), (*ends, END), strict=True))


def cases(
    db: Db, site_id: int, rules: Mapping[int, Rules] | None, tally: Tally, lawful: Lawful, span: Span
) -> Iterator[Problem]:
    """Yield what is wrong with the cases of a span, one by one; without ``rules`` chains and numbers only."""
    given = {"site_id": site_id, "low": span[0], "high": span[1]}
    beside = {
        "event": Ordered(db.stream(EVENTS, given)),
        "clock": Ordered(db.stream(CLOCKS, given)),
        "duty": Ordered(db.stream(DUTIES, given)),
        "notice": Ordered(db.stream(NOTICES, given)),
        "doc": Ordered(db.stream(DOCS, given)),
    }
    if span[0] <= HOUSE:
        yield from _orphans(beside, HOUSE)
        yield from chain(site_id, None, beside["event"].before(HOUSE + 1), tally, lawful)
    for row in db.stream(CASES, given):
        yield from _orphans(beside, row[0])
        tally.cases += 1
        own = {name: rows.at(row[0]) for name, rows in beside.items()}
        yield from _case(site_id, by_name(case_rows.COLUMNS, row), own, rules, tally, lawful)
    yield from _orphans(beside, END + 1)


def _orphans(beside: Mapping[str, Ordered], key: int) -> Iterator[Problem]:
    for name, rows in beside.items():
        for row in rows.before(key):
            yield note(Said(ORPHANS[name], key=row[0]), None, row[1] if name == "event" else None)


def _case(
    site_id: int,
    row: Mapping[str, Any],
    own: Mapping[str, list[Row]],
    rules: Mapping[int, Rules] | None,
    tally: Tally,
    lawful: Lawful,
) -> Iterator[Problem]:
    number, written = row["number"], own["event"]
    if not _is_number(number):
        yield note(Said(N_("The check digit of the number is wrong.")), number)
    if row["version"] != len(written):
        yield note(
            Said(COUNTS, version=row["version"], n=len(written)),
            number,
        )
    if written and row["head"] != written[-1][9]:
        yield note(Said(ENDS_OTHERWISE), number)
    yield from chain(site_id, number, written, tally, lawful)
    if rules is not None and written and all(entry[6] is not None for entry in written):
        yield from _replay(site_id, row, own, rules)


def _is_number(number: str) -> bool:
    found = _NUMBER.fullmatch(number)
    return bool(found) and ids.check_digit(found[1] + found[2]) == found[3]  # type: ignore[index]


def _replay(
    site_id: int, row: Mapping[str, Any], own: Mapping[str, list[Row]], rules: Mapping[int, Rules]
) -> Iterator[Problem]:
    """Yield where the tables differ from what the timeline tells. Erased timelines cannot be replayed."""
    number, key = row["number"], row["case_id"]
    try:
        timeline = [_event(entry) for entry in own["event"]]
        version = timeline[0].data["policy"]
        if version not in rules:
            yield note(
                Said(N_("Its policy (version {version}) is not in the store."), version=version), number
            )
            return
        case = fold(site_id, key, timeline, rules[version])
        expected = case_rows.row(case, rules[version], row["head"])
        docs = documents(timeline)
        clock_rows = [clocks.row(case, clock, rules[version])[1:] for clock in case.clocks]
    except BROKEN as why:
        said = Said(N_("The timeline cannot be replayed: {why}"), why=f"{type(why).__name__}: {why}")
        yield note(said, number)
        return
    differ = [name for name in case_rows.COLUMNS if row[name] != expected[name]]
    if differ:
        yield note(
            Said(N_("The case row differs from its timeline: {names}"), names=", ".join(differ)), number
        )
    if sorted(clock_rows, key=lambda clock: clock[1:3]) != own["clock"]:
        yield note(Said(N_("The clock rows differ from the timeline.")), number)
    owed = [duties.row(case, duty)[1:] for duty in case.duties]
    if sorted(owed, key=lambda duty: duty[1:3]) != own["duty"]:
        yield note(Said(N_("The duty rows differ from the timeline.")), number)
    if [duties.notice_row(case, notice)[1:] for notice in case.notices] != own["notice"]:
        yield note(Said(N_("The notice rows differ from the timeline.")), number)
    yield from _compare_docs(number, docs, own)


def _event(e: Row) -> Event:
    read_at = unstamp(e[12]) if e[12] else None
    return Event(e[1], unstamp(e[3]), e[4], e[5], decode(e[6]), e[11], read_at, e[13])


def documents(timeline: list[Event]) -> set[int]:
    """Return the places of the entries whose words can be searched."""
    without = undone(timeline) | {event.seq for event in timeline if event.act == acts.UNDO.id}
    return {e.seq for e in timeline if e.seq not in without and search.has_document(e.act, e.data)}


def _compare_docs(number: str, docs: set[int], own: Mapping[str, list[Row]]) -> Iterator[Problem]:
    for seq in sorted(docs ^ {seq for _, seq in own["doc"]}):
        yield note(Said(N_("The words for the search differ from the entry.")), number, seq)
