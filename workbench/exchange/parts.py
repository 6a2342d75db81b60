"""What belongs to cases, as tables: a row an entry, a clock, a duty, a callback, a promise, a sum."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from workbench.domain.acts import CALLBACK
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case, Event
from workbench.domain.duties import PROMISE
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.domain.undone import undone
from workbench.reports.case_json import clock_json, in_order, moment
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import N_

CASES = "cases"
SAID = ("text", "outcome", "reason")  # where an entry keeps what was said
HOUR = 3600  # seconds

Word = Callable[[str], str]


class Told(NamedTuple):
    """A case as it stands at ``now`` (UTC), with its timeline and its rules."""

    case: Case
    timeline: Sequence[Event]
    rules: Rules
    now: datetime


class Column(NamedTuple):
    """A column of such a table; ``word`` gives, for a policy, what puts its ids into words."""

    name: str
    label: str
    kind: Kind
    word: Callable[[Names], Word] | None = None


class Part(NamedTuple):
    """A table: its columns behind those of the case, and the rows of one case by the names of the columns."""

    columns: tuple[Column, ...]
    rows: Callable[[Told], Iterator[dict[str, Any]]]


def _entries(told: Told) -> Iterator[dict[str, Any]]:
    for event in told.timeline:
        said = next((str(event.data[name]) for name in SAID if event.data.get(name)), "")
        yield {
            "seq": event.seq, "at": stamp(event.at), "by": event.typed_by or event.by,
            "as": event.by if event.typed_by else None, "act": event.act, "text": said,
            "data": dict(event.data),
        }  # fmt: skip


def _clocks(told: Told) -> Iterator[dict[str, Any]]:
    for clock in in_order(told.case.clocks, told.rules):
        shown = clock_json(clock, told.now, told.rules)
        yield shown | {
            "clock": shown["id"],
            "held_by": clock.held_by,
            "target_hours": round(shown["target_seconds"] / HOUR, 2),
            "left_hours": round(shown["remaining_seconds"] / HOUR, 2),
        }


def _duties(told: Told) -> Iterator[dict[str, Any]]:
    return (_duty(duty) for duty in told.case.duties if duty.kind != PROMISE.id)


def _promises(told: Told) -> Iterator[dict[str, Any]]:
    return (_duty(duty) for duty in told.case.duties if duty.kind == PROMISE.id)


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "id": duty.id, "kind": duty.kind, "text": duty.text, "owner": duty.owner, "by": duty.by,
        "started_at": stamp(duty.started_at), "due_at": stamp(duty.due_at), "state": duty.state,
        "ended_at": moment(duty.ended_at), "answer": duty.answer,
    }  # fmt: skip


def _callbacks(told: Told) -> Iterator[dict[str, Any]]:
    """Yield the calls that count: one that was taken back was none."""
    gone = undone(told.timeline)
    for event in told.timeline:
        if event.act == CALLBACK.id and event.seq not in gone:
            yield dict(event.data) | {
                "seq": event.seq, "at": stamp(event.at), "by": event.typed_by or event.by,
                "still_a_problem": bool(event.data.get("still_a_problem")),
                "again_at": event.data.get("again_at"),
            }  # fmt: skip


def _money(told: Told) -> Iterator[dict[str, Any]]:
    for each in told.case.money:
        yield {
            "id": each.id, "amount": str(each.amount), "text": each.text, "by": each.by, "at": stamp(each.at),
            "approved_by": each.approved_by, "state": each.state, "paid_at": moment(each.paid_at),
        }  # fmt: skip


OF_CASE = (
    Column("number", N_("Number"), Kind.CASE_NUMBER),
    Column("site", N_("Site"), Kind.LINE),
    Column("category", N_("Category"), Kind.CHOICE, lambda of: lambda each: of.named("category", each)),
    Column("handler", N_("Handler"), Kind.PERSON),
)
NO = Column("id", N_("No."), Kind.WHOLE)
SEQ = Column("seq", N_("Entry no."), Kind.WHOLE)
AT = Column("at", N_("When"), Kind.TIME)
BY = Column("by", N_("By"), Kind.PERSON, lambda of: names.person)
TEXT = Column("text", N_("Text"), Kind.TEXT)
OWNER = Column("owner", N_("Owed by"), Kind.PERSON, lambda of: of.owner)
STARTED = Column("started_at", N_("Since"), Kind.TIME)
DUE = Column("due_at", N_("Due"), Kind.TIME)
ENDED = Column("ended_at", N_("Ended"), Kind.TIME)
STATE = Column("state", N_("State"), Kind.CHOICE, lambda of: names.word)
OF_DUTY = (TEXT, OWNER, BY, STARTED, DUE, STATE, ENDED, Column("answer", N_("Answer"), Kind.TEXT))

PARTS: Mapping[str, Part] = {
    "events": Part(
        (SEQ, AT, BY, Column("as", N_("In whose name"), Kind.PERSON),
         Column("act", N_("Act"), Kind.CHOICE, lambda of: names.act), TEXT,
         Column("data", N_("Details"), Kind.PARTS)), _entries),
    "clocks": Part(
        (Column("clock", N_("Clock"), Kind.CHOICE, lambda of: of.clock),
         Column("cycle", N_("Cycle"), Kind.WHOLE),
         Column("state", N_("State"), Kind.CHOICE, lambda of: names.clock_state),
         Column("overdue", N_("Overdue"), Kind.YES_NO), STARTED, DUE,
         Column("stopped_at", N_("Stopped"), Kind.TIME),
         Column("target_hours", N_("Allowed, hours"), Kind.WHOLE),
         Column("left_hours", N_("Left, hours"), Kind.WHOLE), Column("calendar", N_("Calendar"), Kind.ID),
         Column("held_by", N_("Held by"), Kind.PERSON)), _clocks),
    "duties": Part((NO, Column("kind", N_("Kind"), Kind.CHOICE, lambda of: of.duty), *OF_DUTY), _duties),
    "callbacks": Part(
        (SEQ, AT, BY, Column("reached", N_("Reached"), Kind.YES_NO),
         Column("csi", N_("Satisfaction"), Kind.WHOLE),
         Column("nps", N_("Recommendation"), Kind.WHOLE), Column("mood", N_("Mood afterwards"), Kind.WHOLE),
         Column("accepted", N_("Accepted by the customer"), Kind.CHOICE, lambda of: names.word),
         Column("still_a_problem", N_("Still a problem"), Kind.YES_NO), TEXT,
         Column("again_at", N_("Next try"), Kind.TIME)), _callbacks),
    "promises": Part((NO, *OF_DUTY), _promises),
    "money": Part(
        (NO, Column("amount", N_("Yuan"), Kind.MONEY), TEXT, BY, AT,
         Column("approved_by", N_("Approved by"), Kind.PERSON), STATE,
         Column("paid_at", N_("Paid at"), Kind.TIME)), _money),
}  # fmt: skip
"""The tables by the word that ``--what`` takes for each."""
WHAT = (CASES, *PARTS)
