"""A queue in lines, a page at a time: each case a numbered sentence, what is due first before the others."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from storage.queues import QUEUES, View
from workbench.desk import Desk
from workbench.domain import masks, upcoming
from workbench.domain.cases import Case
from workbench.domain.text import gist
from workbench.plain.dialogue import Dialogue
from workbench.reports import queue_now
from workbench.rules import in_sight
from workbench.wording import filters, names, spans
from workbench.words import _

PAGE = 10
SHOWN = 60  # signs of what a case is about


class Place(Struct, frozen=True):
    """What somebody looks at: a queue, narrowed by what was typed, from a line on."""

    queue: str = QUEUES[0]
    typed: str = ""
    first: int = 0

    def view(self, desk: Desk) -> View:
        """Return what is asked of the store.

        Raises:
            UsageError: what was typed cannot be understood.
        """
        now = desk.now()
        found = filters.parse(self.typed, desk.rules().policy, now)
        return View(self.queue, desk.person, now, found.where, found.words)


def show(desk: Desk, dialogue: Dialogue, place: Place, key: str) -> tuple[Place, list[str]]:
    """Say a page; return where it begins, and the numbers of its cases. ``key`` records a case."""
    view = place.view(desk)
    with desk.store.reading() as db:
        view = replace(view, reach=in_sight.reach(desk, db))
        found = queue_now.top(desk, db, view, place.first + PAGE)
        if place.first and place.first >= len(found.keys):
            place = replace(place, first=max((len(found.keys) - 1) // PAGE * PAGE, 0))
        cases = list(queue_now.of(desk, db, found.keys[place.first : place.first + PAGE], view.now))
    dialogue.say(_title(place, found.total, len(cases)))
    for at, case in enumerate(cases, place.first + 1):
        dialogue.say(f"{at}. {'; '.join(_parts(desk, case, place.queue))}", 3)
    if not cases:
        empty = _("Nothing is found; / alone shows all.") if place.typed else _(names.EMPTY[place.queue])
        dialogue.say(empty.format(key=key))
    return place, [case.number for case in cases]


def _title(place: Place, total: int, shown: int) -> str:
    said = _("Queue {n}, {name}: {total} cases").format(
        n=QUEUES.index(place.queue) + 1, name=names.queue(place.queue), total=total
    )
    if place.typed:
        said += f" / {place.typed}"
    if total > shown:
        said += "; " + _("here {first} to {last}, + shows more").format(
            first=place.first + 1, last=place.first + shown
        )
    return said


def _parts(desk: Desk, case: Case, queue: str) -> Iterator[str]:
    """Yield what is said of a case, the weightiest first."""
    rules = desk.rules(case.policy)
    words = names.Names(rules.policy)
    yield case.number
    yield _due(desk, case, queue, words)
    yield " ".join([names.level(case.severity), *[_("hot")] * case.hot])
    if case.status != "open":
        yield names.status(case.status)
    home = f"{masks.of(case, 'customer')} {masks.of(case, 'site')} {masks.of(case, 'unit')}"
    if home.strip():
        yield " ".join(home.split())
    yield gist(masks.of(case, "text"), SHOWN)
    yield _("with {name}").format(name=case.handler) if case.handler else _("with nobody")


def _due(desk: Desk, case: Case, queue: str, words: names.Names) -> str:
    now, rules = desk.now(), desk.rules(case.policy)
    if case.pause:
        whom = names.word(case.pause.waits_for)
        return _("paused for {whom}, {left}").format(whom=whom, left=spans.until(case.pause.until, now))
    promised = [each.due_at for each in case.promises if each.state == "open"]
    due = (min(promised), "promise") if queue == "promises" and promised else upcoming.next_due(case, rules)
    return f"{words.clock(due[1])} {spans.until(due[0], now)}" if due else _("nothing due")


def choices() -> list[tuple[str, str]]:
    """Return the queues with their names, in the order of their numbers."""
    return [(queue, names.queue(queue)) for queue in QUEUES]
