"""A row that was imported before: only what its source has changed becomes new entries.

Compared is with what earlier imports brought, not with the case as it stands: what handlers have
changed since stays, unless the source changes it too; once they have acted on a case, the source only
adds its words to it: see ``source_words``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.domain import facts
from workbench.domain.acts import ASSIGN, BY_ID, CLOSE, CORRECT, HEARD, RECORD, REOPEN, REQUEST_APPROVAL
from workbench.domain.cases import Case, Event
from workbench.domain.erasing import ERASED
from workbench.domain.fact import Mapped, Origin
from workbench.domain.history import apply
from workbench.domain.policies import Policy
from workbench.domain.times import stamp
from workbench.exchange.closings import Decide
from workbench.exchange.convert import Act, Incoming
from workbench.exchange.timeline import GRADING, HAPPENED, IMPORTED, Writer
from workbench.rules import binding, customer_words, source_words
from workbench.rules.levels import judged
from workbench.rules.source_words import SOURCE
from workbench.words import N_, _

FACTS = facts.where(lambda fact: fact.mapped is Mapped.ANYTHING and fact.origin is Origin.SAID)
CLOSING = ("outcome", "resolution", "accepted")
REOPENED = N_("open again at its source")


@dataclass(slots=True)
class Seen:
    """What earlier imports said of a case. Times are stamps."""

    facts: dict[str, Any] = field(default_factory=dict)
    received_at: str = ""
    handler: str = ""
    due_at: str | None = None
    said: set[tuple[str, str, str]] = field(default_factory=set)  # act, time, text
    closed: dict[str, Any] | None = None  # closed_at and the words of the closing
    asked: set[str] = field(default_factory=set)  # times of closings that became requests

    def take(self, event: Event, clock: str) -> None:
        """Take over what one imported event said."""
        data = event.data
        if SOURCE in data:
            self.hear(data[SOURCE])
        elif event.act in (RECORD.id, CORRECT.id):
            self.facts |= {name: data[name] for name in FACTS if name in data}
            self.received_at = data.get("received_at", self.received_at)
            self.due_at = data.get("clocks", {}).get(clock, self.due_at)
            self.handler = data.get("handler", self.handler)
            if self.closed is not None:
                self.closed |= {name: data[name] for name in ("closed_at", *CLOSING) if name in data}
        elif event.act == ASSIGN.id:
            self.handler = data["to"]
        elif event.act == REOPEN.id:
            self.closed = None
        elif event.act == REQUEST_APPROVAL.id:
            self.asked.add(data[HAPPENED])
        else:
            at = data.get(HAPPENED) or stamp(event.at)
            if event.act == CLOSE.id:
                self.closed = {"closed_at": at} | {name: data.get(name) for name in CLOSING}
            else:
                self.said.add((event.act, at, data.get("text", "")))

    def hear(self, said: dict[str, Any]) -> None:
        """Take over what a source has said of a case on which people had acted."""
        self.facts |= said.get("facts", {})
        self.received_at = said.get("received_at", self.received_at)
        self.due_at = said.get("due_at", self.due_at)
        self.handler = said.get("handler", self.handler)
        self.closed = said.get("closed", self.closed)
        self.said |= {(act, at, text) for act, at, text in said.get("said", ())}


def seen(timeline: Iterable[Event], clock: str) -> Seen:
    """Return what earlier imports said; ``clock`` is the one that the target column becomes."""
    found = Seen()
    for event in timeline:
        if IMPORTED in event.data:
            found.take(event, clock)
    return found


class Updater:
    """Finds what has changed at the source and turns it into entries."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def changes(
        self, case: Case, timeline: list[Event], row: Incoming, decide: Decide
    ) -> tuple[Case, list[Event]]:
        """Return the entries that the row adds, and the case with them; none if nothing has changed.

        ``decide`` makes the entry of a closing.

        Raises:
            RefusedError: something stands before the closing.
        """
        before = seen(timeline, self.writer.clock)
        if source_words.acted(timeline):
            return self.heard(case, before, row)
        new: list[Event] = []
        if case.text == ERASED:  # the source still has what was erased here by law
            return case, new
        acts: list[tuple[str, dict[str, Any]]] = []
        if data := self.corrections(case, before, row, timeline):
            acts.append(("correct", data))
        if row.handler and row.handler != before.handler:
            acts.append(("assign", {"to": row.handler}))
        if before.closed and not _closing(row) and case.closed_at and _ours(case, before):
            acts.append(("reopen", self.reopened(case)))
        for act, data in acts:
            event = self.entry(case, act, data)
            new.append(event)
            case = apply(case, event, self.writer.rules)
        for happened in self.unsaid(case, before, row):
            event = decide(case, self.writer.event(case, self.arrived(case, happened)))
            new.append(event)
            case = apply(case, event, self.writer.rules)
        return case, new

    def heard(self, case: Case, before: Seen, row: Incoming) -> tuple[Case, list[Event]]:
        """Return what the row adds to a case on which people have acted: its words, and a look."""
        new: list[Event] = []
        for happened in self.unsaid(case, before, row):
            if BY_ID[happened.act].adding:
                new.append(self.writer.event(case, self.arrived(case, happened)))
                case = apply(case, new[-1], self.writer.rules)
        if said := self.elsewhere(before, row):
            at = max(self.writer.now, case.last_at or self.writer.now)
            data = source_words.heard(case, self.writer.rules, said, at, self.writer.by)
            new.append(self.entry(case, CORRECT.id, data))
            case = apply(case, new[-1], self.writer.rules)
        return case, new

    def elsewhere(self, before: Seen, row: Incoming) -> dict[str, Any]:
        """Return what the source says otherwise than before, and may not change here any more."""
        due_at = stamp(row.due_at) if row.due_at else None
        closing = _closing(row)
        closed = closed_as(closing) if closing else None
        found = {
            "facts": _changed_facts(before.facts, row.facts),
            "received_at": stamp(row.received_at), "due_at": due_at, "closed": closed,
            "handler": row.handler or before.handler,
        }  # fmt: skip
        said = {name: value for name, value in found.items() if value != getattr(before, name)}
        if not found["facts"]:
            said.pop("facts", None)
        if closing and stamp(closing.at) in before.asked:
            said.pop("closed", None)
        told = ((act.act, stamp(act.at), act.data.get("text", "")) for act in row.acts)
        decided = [
            list(each) for each in told
            if each[0] != CLOSE.id and not BY_ID[each[0]].adding and each not in before.said
        ]  # fmt: skip
        return said | ({"said": decided} if decided else {})

    def arrived(self, case: Case, act: Act) -> Act:
        """Return ``act``; a word on a case that is closed or merged here opens nothing."""
        if act.act != HEARD.id or (case.unsolved and not case.merged_into):
            return act
        at = max(self.writer.now, case.last_at or act.at)
        return replace(
            act, data=act.data | customer_words.arrived(case, self.writer.rules, at, self.writer.by)
        )

    def entry(self, case: Case, act: str, data: dict[str, Any]) -> Event:
        """Return an entry of now: a source does not say when it changed its mind."""
        at = max(self.writer.now, case.last_at or self.writer.now)
        marked = {**data, IMPORTED: self.writer.imported_at}
        return Event(case.version + 1, at, self.writer.by, act, marked)

    def corrections(self, case: Case, before: Seen, row: Incoming, timeline: list[Event]) -> dict[str, Any]:
        """Return the facts and times that differ from what was said; authority does not fall with them."""
        data = _changed_facts(before.facts, row.facts)
        if before.received_at != stamp(row.received_at):
            data["received_at"] = stamp(row.received_at)
        due_at = stamp(row.due_at) if row.due_at else None
        if before.due_at != due_at:
            data["clocks"] = {self.writer.clock: due_at}
        if any(name in data for name in GRADING):
            rules, at = self.writer.rules, max(self.writer.now, case.last_at or self.writer.now)
            data |= judged(apply(case, self.entry(case, "correct", data), rules), self.policy)
            data |= binding.kept(case, timeline, data, self.writer.by, at, rules)
        return data | self.closing_corrections(case, before, row, due_at, "clocks" in data)

    @property
    def policy(self) -> Policy:
        """The policy in force for new cases."""
        return self.writer.rules.policy

    def closing_corrections(
        self, case: Case, before: Seen, row: Incoming, due_at: str | None, moved: bool
    ) -> dict[str, Any]:
        """Return what is different about a closing that stands, and the verdict that follows."""
        act = _closing(row)
        if act is None or before.closed is None or not _ours(case, before):
            return {}
        closed_at = stamp(act.at)
        now = closed_as(act)
        data = {name: value for name, value in now.items() if value != before.closed.get(name)}
        if due_at and (moved or "closed_at" in data):
            word = "met" if closed_at <= due_at else "missed"
            data["stopped"] = {f"{self.writer.clock}#1": [due_at, word]}
        return data

    def reopened(self, case: Case) -> dict[str, Any]:
        """Return the data of a reopening at the source."""
        kind = self.policy.kinds.get(case.kind)
        return {"reason": _(REOPENED), "callback_owed": bool(kind and kind.callback)}

    def unsaid(self, case: Case, before: Seen, row: Incoming) -> list[Act]:
        """Return what was said or closed at the source since."""
        may_close = case.unsolved and before.closed is None
        return [
            act
            for act in row.acts
            if (
                may_close and stamp(act.at) not in before.asked
                if act.act == CLOSE.id
                else (act.act, stamp(act.at), act.data["text"]) not in before.said
            )
        ]


def _closing(row: Incoming) -> Act | None:
    """Return the closing of a row."""
    return next((act for act in row.acts if act.act == CLOSE.id), None)


def closed_as(act: Act) -> dict[str, Any]:
    """Return what a closing says, to be compared with what was said before."""
    return {"closed_at": stamp(act.at)} | {name: act.data.get(name) for name in CLOSING}


def _ours(case: Case, before: Seen) -> bool:
    """Tell whether the closing that stands is the one that an import brought."""
    return bool(case.closed_at and before.closed and stamp(case.closed_at) == before.closed["closed_at"])


def _changed_facts(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Return the facts that differ; one that the source has emptied is empty, unless it never can be."""
    changed = {name: value for name, value in now.items() if before.get(name) != value}
    gone = (facts.BY_NAME[name] for name in before if name not in now and before[name] not in (None, "", []))
    return changed | {fact.name: fact.nothing for fact in gone if not fact.always}
