"""Rows into the store: which are new, which have changed, and a transaction for each batch."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from storage import bulk, cases, events, ids, lookup, setting
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.acts import Origin, Weight
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError
from workbench.domain.history import fold
from workbench.domain.policies import Rules
from workbench.domain.times import local
from workbench.exchange import closings
from workbench.exchange.convert import Incoming
from workbench.exchange.mapping import Mapping
from workbench.exchange.own import SOURCE
from workbench.exchange.timeline import Writer
from workbench.exchange.update import Updater, _closing
from workbench.rules import (
    cluster,
    customer_words,
    impartial,
    permissions,
    place,
    restriction,
    second_complaints,
    writing,
)
from workbench.words import Said

Changed = tuple[Case, Case, list[Event], Rules]  # before, after, the new entries, the case's rules
AT_ONCE = 500  # new cases that are held with their timelines; several such make a transaction
BINDING = (acts.TASKFORCE.id, acts.MERGE.id)  # after these a case may say no: see permissions.by_case


class Keeper:
    """Puts batches into the store, or finds out what would become of them."""

    def __init__(self, desk: Desk, mapping: Mapping, rules: Rules, now: datetime, *, dry_run: bool) -> None:
        self.desk = desk
        self.store = desk.store
        self.site_id = desk.store.site_id
        self.source = mapping.source
        self.rules = rules
        self.now_ms = int(now.timestamp() * 1000)
        self.dry_run = dry_run
        self.writer = Writer(mapping, rules, desk.person, now)
        self.updater = Updater(self.writer)

    def put(self, rows: list[Incoming]) -> tuple[int, int]:
        """Return how many rows were added, and how many changed a case; on disk when this returns.

        No id stands in two of the rows.
        """
        with self.store.reading() as db:
            rows = self.strange(db, rows)
            if self.dry_run:
                return self.compared(db, rows)
        return writing.write(self.desk, lambda db: self.written(db, rows)) if rows else (0, 0)

    def strange(self, db: Db, rows: list[Incoming]) -> list[Incoming]:
        """Return the rows but for those that ``export`` has written of cases of this store."""
        if self.source != SOURCE:
            return rows
        here = lookup.with_numbers(db, self.site_id, [row.external_id for row in rows])
        return [row for row in rows if row.external_id not in here]

    def refused(self, rows: list[Incoming]) -> dict[int, Said]:
        """Return, by line, why somebody else decides on a case that stands here what its row decides.

        What a row adds has happened, whoever writes it down; what it decides (a closing, a proposal) is
        asked like any act: see ``closings``.
        """
        with self.store.reading() as db:
            rows = self.strange(db, rows)
            known = self.known(db, rows) if rows else {}
            asked = self.asked(db, rows, known)
            bound = [row for row in rows if known.get(row.external_id) in asked]
            found = ((row.line, self.why_not(db, row, known[row.external_id])) for row in bound)
            return {line: reason for line, reason in found if reason}

    def asked(self, db: Db, rows: list[Incoming], known: dict[str, int]) -> set[int]:
        """Return the cases that may say no.

        A task force or a merger stands, they are about one of the staff or only kept, or a row closes
        them now; all where whoever imports acts at a unit only.
        """
        if not known:
            return set()
        if place.bound(self.rules, self.desk.person):
            return set(known.values())
        closed = [known[row.external_id] for row in rows if row.external_id in known and _closing(row)]
        met = bulk.met(db, self.site_id, list(known.values()), BINDING)
        accusing = bulk.accusing(db, self.site_id, list(known.values()))
        kept = set(lookup.restricted(db, self.site_id)).intersection(known.values())
        return {*met, *accusing, *kept, *bulk.unsolved(db, self.site_id, closed)}

    def why_not(self, db: Db, row: Incoming, case_id: int) -> Said | None:
        """Say what stands before what ``row`` decides on the case that it changes, or None."""
        person, now = self.desk.person, self.desk.now()
        try:
            for case, _after, entries, rules in self.changed(db, [row], {row.external_id: case_id}):
                for event in filter(_decides, entries):
                    reason = place.why_not(rules, person, case, event.act, now)
                    reason = reason or permissions.by_case(rules, person, case, event.act, now)
                    if reason := reason or impartial.receiver(case, event.data.get("to", "")):
                        return reason
        except RefusedError as why:
            return why.said
        return None

    def known(self, db: Db, rows: list[Incoming]) -> dict[str, int]:
        """Return the cases that came from the same source under the same ids."""
        return bulk.cases_by_id(db, self.site_id, self.source, [row.external_id for row in rows])

    def compared(self, db: Db, rows: list[Incoming]) -> tuple[int, int]:
        """Count without writing."""
        known = self.known(db, rows)
        new = sum(self.rows_of(row) for row in rows if row.external_id not in known)
        return new, sum(self.rows_in(entries) for _, _, entries, _ in self.changed(db, rows, known))

    def rows_of(self, new: Incoming) -> int:
        """Return how many rows of the file a new case is."""
        return 1

    def rows_in(self, entries: Iterable[Event]) -> int:
        """Return how many rows of the file have brought some entries to a known case."""
        return 1

    def written(self, db: Db, rows: list[Incoming]) -> tuple[int, int]:
        """Write rows inside a transaction."""
        known = self.known(db, rows)
        new = [row for row in rows if row.external_id not in known]
        added = sum(map(self.rows_of, new))
        if new:
            arrived = self.added(db, new)
            if self.writer.by_policy:
                cluster.join(self.desk, db, arrived)
            second_complaints.join(self.desk, db, arrived)
        updated = 0
        for before, after, entries, rules in list(self.changed(db, rows, known)):
            cases.save(db, before, after, entries, rules)
            for event in entries:
                if event.act == acts.HEARD.id:
                    customer_words.spread(self.desk, db, before, after, event)
            updated += self.rows_in(entries)
        return added, updated

    def added(self, db: Db, rows: list[Incoming]) -> list[Case]:
        """Store new cases; return those that may stand beside others: open here, or with our clocks."""
        bulk.widen(db)
        arrived: list[Case] = []
        begun = self.begun(db, rows)
        while some := list(islice(begun, AT_ONCE)):
            bulk.add(db, some, self.rules, self.now_ms)
            arrived += [case for case, _ in some if case.unsolved or self.writer.by_policy]
        return arrived

    def begun(self, db: Db, rows: list[Incoming]) -> Iterator[tuple[Case, list[Event]]]:
        """Yield new cases with their timelines: keys in order, numbers by the day of receipt."""
        first = ids.next_case_id(db, self.site_id, self.now_ms)
        zone, code = self.rules.zone, setting.get(db, self.site_id, "code")
        days = [local(row.received_at, zone)[:10] for row in rows]
        last = bulk.last_numbers(db, self.site_id, Counter(days))
        for nth, (row, day) in enumerate(zip(rows, days, strict=True)):
            last[day] += 1
            number = ids.number(code, day, last[day])
            yield self.writer.begun(self.site_id, first + nth, number, row)

    def changed(self, db: Db, rows: list[Incoming], known: dict[str, int]) -> Iterator[Changed]:
        """Yield the cases that the rows change.

        Raises:
            RefusedError: one of them is only kept.
        """
        timelines = events.of_cases(db, self.site_id, list(known.values())) if known else {}
        for row in rows:
            if row.external_id not in known:
                continue
            timeline = timelines[known[row.external_id]]
            rules = self.desk.rules_in(db, events.policy_of(timeline))
            case = fold(self.site_id, known[row.external_id], timeline, rules)
            decide = closings.deciding(self.desk, db, rules, timeline)
            after, entries = self.updater.changes(case, timeline, row, decide)
            if entries and (reason := restriction.why_not(rules, case)):
                raise RefusedError.because(reason)
            if entries:
                yield case, after, entries, rules


def _decides(event: Event) -> bool:
    act = acts.BY_ID[event.act]
    return act.origin is Origin.PERSON and act.weight is Weight.DECIDING
