"""A row as a timeline: what was recorded, said and closed at its source, in the order of time.

The time of an event never goes back within a case. Where a source says otherwise (closed before it was
created), the entry keeps the source's own time as ``happened_at``.
"""

from datetime import datetime
from typing import Any

from workbench.domain import acts, facts
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import stopped_by
from workbench.domain.fact import Judges
from workbench.domain.history import apply, fold
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.exchange.convert import Act, Incoming
from workbench.exchange.mapping import Mapping
from workbench.rules.levels import judged

IMPORTED = "imported_at"  # marks the events that a file brought
HAPPENED = "happened_at"  # the time of its source, where an entry cannot stand at it
GRADING = facts.where(lambda fact: fact.judges is Judges.LEVEL)


class Writer:
    """Makes timelines for the rows of one import.

    Args:
        mapping: Says which clock a target becomes, and whether the policy's clocks run.
        rules: In force for new cases.
        by: Who imports.
        now: The time of the import, UTC.
    """

    def __init__(self, mapping: Mapping, rules: Rules, by: str, now: datetime) -> None:
        self.rules = rules
        self.by = by
        self.now = now
        self.imported_at = stamp(now)
        self.clock = mapping.target.clock if mapping.target else ""
        self.by_policy = mapping.clocks == "policy"
        self.only_target = not self.by_policy and self.clock not in rules.policy.clocks

    def begun(self, site_id: int, case_id: int, number: str, row: Incoming) -> tuple[Case, list[Event]]:
        """Return a new case and its timeline."""
        data = self.recorded(number, row)
        timeline = [Event(1, row.received_at, self.by, acts.RECORD.id, data)]
        if any(name in data for name in GRADING):
            data |= judged(fold(site_id, case_id, timeline, self.rules), self.rules.policy)
        if self.only_target:
            for act in row.acts:
                timeline.append(self.plain_event(timeline[-1], act, row))
            return fold(site_id, case_id, timeline, self.rules), timeline
        case = fold(site_id, case_id, timeline, self.rules)
        for act in row.acts:
            timeline.append(self.event(case, act))
            case = apply(case, timeline[-1], self.rules)
        return case, timeline

    def plain_event(self, last: Event, act: Act, row: Incoming) -> Event:
        """Return what ``event`` would, for a new case whose only clock is the target.

        Then only the closing stops it, and its verdict needs no calendar: this is most of every import.
        """
        data = act.data
        data[IMPORTED] = self.imported_at
        at = act.at
        if at < last.at:
            at, data[HAPPENED] = last.at, stamp(at)
        if act.act == acts.CLOSE.id:
            data["callback_owed"] = False
            if row.due_at:
                word = "met" if act.at <= row.due_at else "missed"
                data["stopped"] = {f"{self.clock}#1": [stamp(row.due_at), word]}
        return Event(last.seq + 1, at, self.by, act.act, data)

    def recorded(self, number: str, row: Incoming) -> dict[str, Any]:
        """Return the data of the first event."""
        data: dict[str, Any] = {
            **row.facts,
            "source": row.source,
            "external_id": row.external_id,
            "number": number,
            "policy": self.rules.version,
            "received_at": stamp(row.received_at),
            IMPORTED: self.imported_at,
        }
        kind = self.rules.policy.kinds.get(data.get("kind", "complaint"))
        if kind and kind.callback:
            data["callback_owed"] = True
        if row.handler:
            data["handler"] = row.handler
        if row.due_at or not self.by_policy:
            data["clocks"] = {self.clock: stamp(row.due_at)} if row.due_at else {}
        if row.due_at and self.by_policy:
            data["policy_clocks"] = True
        return data

    def event(self, case: Case, act: Act) -> Event:
        """Return ``act`` as the next event of ``case``, with the verdicts that it freezes."""
        data: dict[str, Any] = {**act.data, IMPORTED: self.imported_at}
        at = act.at
        if case.last_at and at < case.last_at:
            at, data[HAPPENED] = case.last_at, stamp(act.at)
        if act.act == acts.CLOSE.id:
            closed = self.rules.policy.opinion_of(case.kind) if self.by_policy else {"callback_owed": False}
            data |= closed
        if case.clocks and (stopped := stopped_by(case, act.act, data, act.at, self.rules)):
            data["stopped"] = stopped
        return Event(case.version + 1, at, self.by, act.act, data)
