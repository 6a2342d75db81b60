"""What somebody looks at in the line mode: a list or a case, said line by line."""

from collections.abc import Callable

from msgspec.structs import replace

from keymaps import Keymap
from storage.queues import QUEUES
from workbench.cli import case_lines
from workbench.desk import Desk
from workbench.domain import acts, masks
from workbench.domain.cases import Case
from workbench.domain.errors import NotFoundError
from workbench.plain import board, case_text, helping, inbox, queue
from workbench.plain.dialogue import Back, Dialogue, number
from workbench.reports import explain
from workbench.rules import in_sight
from workbench.words import N_, _

SHORTEST_ENDING = 100  # what has fewer digits can only be a line


class Looking:
    """Where somebody looks: at a list, or at the one ``case`` as it was said last."""

    def __init__(self, desk: Desk, dialogue: Dialogue, keymap: Keymap) -> None:
        self.desk, self.dialogue, self.keymap = desk, dialogue, keymap
        self.place = queue.Place()
        self.numbers: list[str] = []  # of the cases in the list that was said last
        self.first = 0  # the number of its first line, less one
        self.case: Case | None = None
        self.by_command: dict[str, Callable[[str], None]] = {
            "again": self.again, "line": self.open, "queue": self.choose_queue, "filter": self.narrow,
            "queue+": lambda _rest: self.sideways(1), "queue-": lambda _rest: self.sideways(-1),
            "page_down": lambda _rest: self.turn(queue.PAGE), "page_up": lambda _rest: self.turn(-queue.PAGE),
            "open": self.whole, "why": self.why, "decide": self.inbox,
            "board": lambda _rest: board.show(self.desk, self.dialogue),
            "more": self.more, "help": self.help,
        }  # fmt: skip

    def number_of(self, typed: str) -> str:
        """Return the number of the case on a line of the list, or else what was typed.

        Raises:
            NotFoundError: it can only be the number of a line, and there is no such line.
        """
        line = 0 if typed.strip().startswith(("0", "０")) else number(typed)
        if 1 <= line - self.first <= len(self.numbers):
            return self.numbers[line - self.first - 1]
        if 0 < line < SHORTEST_ENDING:
            raise NotFoundError(N_("There is no line {n} here."), n=line)
        return typed.strip()

    def again(self, _rest: str) -> None:
        """Say what is looked at once more."""
        if self.case is not None:
            self.look_at(self.case.case_id)
            return
        key = helping.way(self.keymap, acts.RECORD.id) or acts.RECORD.id
        self.place, self.numbers = queue.show(self.desk, self.dialogue, self.place, key)
        self.first = self.place.first

    def open(self, typed: str) -> None:
        """Say a case, by its line or its number."""
        self.look_at(self.desk.find(self.number_of(typed)))

    def look_at(self, case_id: int) -> None:
        """Say a case in short, and what is likely next."""
        case = in_sight.ensure(self.desk, self.desk.case(case_id))
        timeline = self.desk.timeline(case_id)
        self.case = case
        for line in case_text.lines(case, timeline, self.desk.now(), self.desk.rules(case.policy)):
            self.dialogue.say(line, 2)

    def follow(self, case_id: int) -> None:
        """Take note that the person at the desk has acted on the case that is looked at."""
        if self.case and self.case.case_id == case_id:
            self.case = self.desk.case(case_id)

    def whole(self, _rest: str) -> None:
        """Say the whole case with its timeline."""
        if case := self.looked_at():
            timeline, rules = self.desk.timeline(case.case_id), self.desk.rules(case.policy)
            phone = masks.of(case, "phone")
            for line in case_lines.lines(case, timeline, self.desk.now(), rules, phone):
                self.dialogue.say(line, 2)

    def why(self, _rest: str) -> None:
        """Say how the clocks and the level come about."""
        if case := self.looked_at():
            rules = self.desk.rules(case.policy)
            for line in explain.lines(explain.explain(case, self.desk.now(), rules), rules):
                self.dialogue.say(line, 2)

    def looked_at(self) -> Case | None:
        """Return the case that is looked at as it stands now; without one, say how to open one."""
        if self.case is None:
            self.dialogue.say(_("Open a case first: the number of its line."))
            return None
        self.case = in_sight.ensure(self.desk, self.desk.case(self.case.case_id))
        return self.case

    def choose_queue(self, typed: str) -> None:
        """Go to a queue by its number, which is asked for where none was typed."""
        at = number(typed)
        if 1 <= at <= len(QUEUES):
            self.go(queue.Place(QUEUES[at - 1]))
            return
        try:
            self.go(queue.Place(self.dialogue.choose(queue.choices())))
        except Back as back:
            if back.ended:
                raise
            self.again("")

    def sideways(self, by: int) -> None:
        """Go to the neighbouring queue."""
        self.go(queue.Place(QUEUES[(QUEUES.index(self.place.queue) + by) % len(QUEUES)]))

    def narrow(self, typed: str) -> None:
        """Show only what holds these words; nothing shows all."""
        self.go(replace(self.place, typed=typed, first=0))

    def turn(self, by: int) -> None:
        """Go on or back by a page."""
        self.go(replace(self.place, first=max(self.place.first + by, 0)))

    def go(self, place: queue.Place) -> None:
        """Show another list; where that cannot be, the one from before stays."""
        place.view(self.desk)
        self.place, self.case = place, None
        self.again("")

    def inbox(self, _rest: str) -> None:
        """Say what this person owes and was told, as a list whose lines can be opened."""
        self.case, self.first = None, 0
        self.numbers = inbox.show(self.desk, self.dialogue)

    def more(self, _rest: str) -> None:
        """Say the further acts on what is looked at."""
        case = self.desk.case(self.case.case_id) if self.case else None
        for line in helping.menu(self.desk, case, self.keymap):
            self.dialogue.say(line, 4)

    def help(self, _rest: str) -> None:
        """Say what can be typed."""
        for line in helping.lines(self.keymap):
            self.dialogue.say(line, 4)
