"""Cases of several rows into the store: a new one whole, a known one by the rows that it does not have yet.

A row is known by its time and its words, and as often as it stands in a file: two rows that are the same
are two entries, and the same file again adds none.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import replace
from datetime import datetime
from typing import Any

from workbench.desk import Desk
from workbench.domain.acts import CLOSE, CORRECT, NOTE, RECORD, REOPEN
from workbench.domain.cases import Case, Event
from workbench.domain.erasing import ERASED
from workbench.domain.history import apply
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.exchange.closings import Decide
from workbench.exchange.convert import Act, Incoming
from workbench.exchange.keeper import Keeper
from workbench.exchange.mapping import Mapping
from workbench.exchange.timeline import HAPPENED, IMPORTED, Writer
from workbench.exchange.update import Updater, closed_as
from workbench.rules import source_words

Row = tuple[str, str]  # time and words
OF_THE_CASE = (REOPEN.id, CORRECT.id)  # entries that follow from rows and are none


class HistoryWriter(Writer):
    """Makes timelines of which each entry is a row; the first is the record, unless the case has a text."""

    def begun(self, site_id: int, case_id: int, number: str, row: Incoming) -> tuple[Case, list[Event]]:
        """Return a new case and its timeline."""
        if "text" not in row.facts:
            first, *others = row.acts
            acts = row.acts if first.act == CLOSE.id else others
            row = replace(row, facts=row.facts | {"text": _words(first.data)}, acts=acts)
        return super().begun(site_id, case_id, number, row)


class HistoryUpdater(Updater):
    """Finds the rows that a case does not have yet."""

    def changes(
        self, case: Case, timeline: list[Event], row: Incoming, decide: Decide
    ) -> tuple[Case, list[Event]]:
        """Return the entries that the rows of a file add, and the case with them; none if all are known.

        A row that closes is a note where people have acted on the case, where it is closed, or has gone on
        since; in the first of these somebody owes a look at it.
        """
        new: list[Event] = []
        if case.text == ERASED:  # the source still has what was erased here by law
            return case, new
        acted = source_words.acted(timeline)
        newest = max((at for at, _words in _known(timeline)), default="")
        closed = _closed_by_import(case, timeline)
        says: dict[str, Any] = {}
        for act in _unknown(timeline, row.acts):
            over = acted or not case.unsolved or _is_asked(timeline) or stamp(act.at) < newest
            if act.act == CLOSE.id and over:
                says = closed_as(act) if acted and case.unsolved else {}
                act = Act(act.at, NOTE.id, {"text": _words(act.data)})
            event = self.writer.event(case, self.arrived(case, act))
            new.append(decide(case, event))
            case = apply(case, new[-1], self.writer.rules)
        if says:
            at = max(self.writer.now, case.last_at or self.writer.now)
            said = source_words.heard(case, self.writer.rules, {"closed": says}, at, self.writer.by)
            new.append(self.entry(case, CORRECT.id, said))
            case = apply(case, new[-1], self.writer.rules)
        if new and closed and not acted and _goes_on(row.acts[-1], closed):
            new.append(self.entry(case, REOPEN.id, self.reopened(case)))
            case = apply(case, new[-1], self.writer.rules)
        return case, new


class HistoryKeeper(Keeper):
    """Puts cases of several rows into the store; what it counts are rows."""

    def __init__(self, desk: Desk, mapping: Mapping, rules: Rules, now: datetime, *, dry_run: bool) -> None:
        super().__init__(desk, mapping, rules, now, dry_run=dry_run)
        self.writer = HistoryWriter(mapping, rules, desk.person, now)
        self.updater = HistoryUpdater(self.writer)

    def rows_of(self, new: Incoming) -> int:
        """Return how many rows a new case has."""
        return len(new.acts)

    def rows_in(self, entries: Iterable[Event]) -> int:
        """Return how many rows the entries are that a known case gets."""
        return sum(event.act not in OF_THE_CASE for event in entries)


def _unknown(timeline: Iterable[Event], acts: list[Act]) -> list[Act]:
    """Return the rows that do not stand on a timeline, or not as often as in the file."""
    known = Counter(_known(timeline))
    found = []
    for act in acts:
        row = (stamp(act.at), _words(act.data))
        if known[row]:
            known[row] -= 1
        else:
            found.append(act)
    return found


def _known(timeline: Iterable[Event]) -> Iterable[Row]:
    """Yield the rows that a timeline has."""
    for event in timeline:
        if IMPORTED in event.data:
            yield from _rows(event)


def _rows(event: Event) -> Iterable[Row]:
    """Return the time and the words of the row that an imported entry is; nothing where it is none."""
    data = event.data
    if event.act == RECORD.id:
        yield data["received_at"], data.get("text", "")
    elif event.act not in OF_THE_CASE:
        yield data.get(HAPPENED) or stamp(event.at), _words(data)


def _words(data: Table[str, Any]) -> str:
    return str(data.get("text") or data.get("outcome") or "")


def _is_asked(timeline: Iterable[Event]) -> bool:
    """Tell whether an import has asked for the closing already: somebody decides on it."""
    return any(IMPORTED in event.data and "asked" in event.data for event in timeline)


def _closed_by_import(case: Case, timeline: Iterable[Event]) -> datetime | None:
    """Return when the case was closed, if it is, and a file has closed it."""
    brought = any(event.act == CLOSE.id and IMPORTED in event.data for event in timeline)
    return case.closed_at if brought and not case.unsolved else None


def _goes_on(last: Act, closed: datetime) -> bool:
    """Tell whether the source has gone on after the closing: it is open again there."""
    return last.at > closed and last.act != CLOSE.id
