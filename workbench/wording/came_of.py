"""What came of an act, told from what was stored: done, or asked of somebody else, and what is owed now."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from workbench.domain import acts, clocks
from workbench.domain.cases import Case, Event
from workbench.domain.policies import OPINION, Rules
from workbench.domain.recipients import told
from workbench.domain.text import safe_text
from workbench.domain.times import unstamp
from workbench.wording import belongings, entries, names
from workbench.wording.names import Names
from workbench.words import _

MOST_NAMED = 3  # of those who may decide


class CameOf(NamedTuple):
    """What an act has brought to its case.

    Attributes:
        entry: The entry that decides what happened; None where the act has left none.
        done: What happened, in order, as the timeline calls it.
        follows: Who decides on it by when, or who owes the customer a call; empty where nothing follows.
        recorded: Whether the case itself is new.
    """

    entry: Event | None
    done: tuple[str, ...]
    follows: str
    recorded: bool

    @property
    def asked(self) -> bool:
        """Whether somebody else was asked to decide."""
        return self.entry is not None and self.entry.act == entries.REQUEST

    def __str__(self) -> str:
        return _("; ").join(part for part in (self._in_short(), self.follows) if part)

    def _in_short(self) -> str:
        """Return what happened; of a new case, whether it is closed already."""
        if not self.recorded:
            return _(", ").join(self.done)
        closed = self.entry is not None and self.entry.act == acts.CLOSE.id
        return _("recorded and closed") if closed else _("recorded")


def came_of(act: str, timeline: Sequence[Event], case: Case, rules: Rules) -> CameOf:
    """Return what ``act``, the newest of a person on ``case``, has brought, by the entries that it left.

    ``case`` is as the act left it; what came after that on ``timeline`` does not count.
    """
    found = _entries(act, timeline[: case.version])
    done = tuple(entries.title_of(entry) for entry in found) or (names.act(act),)
    entry = found[-1] if found else None
    follows = _follows(entry, case, rules) if entry else ""
    return CameOf(entry, done, follows, recorded=act == acts.RECORD.id)


def _entries(act: str, timeline: Sequence[Event]) -> list[Event]:
    """Return the entries of an act: one, or the record of a case and its closing on the spot."""
    if act == acts.RECORD.id:
        return [each for each in timeline if each.act in (act, acts.CLOSE.id, entries.REQUEST)]
    found = entries.brought(act, timeline, len(timeline))
    return [found] if found else []


def _follows(entry: Event, case: Case, rules: Rules) -> str:
    words = Names(rules.policy)
    if entry.act == entries.REQUEST:
        return _request(entry.data, words)
    if acts.CLOSE.id not in (entry.act, entry.data.get("act")) or case.status != "closed":
        return ""
    people = _(", ").join(map(safe_text, told(rules, case, "handler", entry.at)))
    opinion = next((clock for clock in case.clocks if clock.id == OPINION and not clock.stopped_at), None)
    due = clocks.due_at(opinion, rules.calendars[opinion.calendar]) if opinion else None
    return _("callback owed by {people}, until {due}").format(people=people or "-", due=words.until(due))


def _request(data: Mapping[str, Any], words: Names) -> str:
    """Return what somebody else is asked to decide, who that is, and by when."""
    what = _(acts.BY_ID[data["act"]].doing)
    if "amount" in data["asked"]:
        what = f"{what} {belongings.yuan(data['asked']['amount'])}"
    people = [safe_text(str(name)) for name in data["informed"]]
    asked = _(", ").join(people[:MOST_NAMED]) + (" ..." if len(people) > MOST_NAMED else "")
    due = words.until(unstamp(data["due_at"]))
    return _("{what}: request sent to {people}, decision by {due}").format(what=what, people=asked, due=due)
