"""Says who else writes on a case right now, and lets others know of the form that is open here."""

from collections.abc import Callable, Mapping, Sequence

from screens.ask.act_form import ActForm
from screens.background import background
from screens.host import Host
from storage.writing_now import Note, Watch, Writing
from workbench import clock
from workbench.desk import Desk
from workbench.domain.text import gist
from workbench.words import _

EVERY = 2  # beats: the folder is looked at once a second
LONGEST = 20  # signs of a name
MOST_NAMES = 3


def _wall() -> float:
    """Return the seconds since 1970 by the machine, whatever time the desk is given."""
    return clock.now().timestamp()


class Writers:
    """What is known of the others; ``changed`` is told of the cases on which that is another by now."""

    def __init__(self, host: Host, changed: Callable[[set[int]], None]) -> None:
        self.host, self.changed = host, changed
        store = host.desk.store.path
        self.note = Note(store, host.desk.person, _wall)
        self.watch = Watch(store, self.note.name, _wall)
        self.on: Mapping[int, Sequence[str]] = {}  # the names by case
        self._beats, self._looking = 0, False

    def said(self, case_id: int) -> str:
        """Return who writes on a case, in a sentence; empty for nobody."""
        names = self.on.get(case_id, ())
        if not names:
            return ""
        shown = _(", ").join(names[:MOST_NAMES]) + ("..." if len(names) > MOST_NAMES else "")
        return (_("{names} is writing") if len(names) == 1 else _("{names} are writing")).format(names=shown)

    def beat(self) -> None:
        """Look, and write what is due; called twice a second, and never waits for the disk."""
        self._beats += 1
        if self._beats % EVERY or self._looking:
            return
        self.look()

    def look(self) -> None:
        """Look now, in the background."""
        self._looking = True
        write = None if self.host.desk.read_only else self.note.due(self._own_case)

        def work() -> list[Writing]:
            if write is not None:
                write()
            return self.watch.look()

        background(self.host.app, work, self._show, self.host.trouble, group="writers")

    @property
    def _own_case(self) -> int | None:
        """The case of the form that is open here."""
        question = self.host.question
        return question.attempt.case.case_id if isinstance(question, ActForm) else None

    def _show(self, found: list[Writing]) -> None:
        self._looking = False
        on = by_case(self.host.desk, found)
        if on != self.on:
            others = {key for key in {*on, *self.on} if on.get(key) != self.on.get(key)}
            self.on = on
            self.changed(others)


def by_case(desk: Desk, found: Sequence[Writing]) -> dict[int, tuple[str, ...]]:
    """Return who writes, by case, as it may be drawn; whom the staff list does not know is nobody."""
    house = desk.rules().organisation
    names: dict[int, dict[str, None]] = {}
    for each in found:
        member = house.members.get(each.person)
        if not house.listed or (member is not None and member.active):
            names.setdefault(each.case_id, {})[gist(each.person, LONGEST)] = None
    return {case_id: tuple(each) for case_id, each in names.items()}
