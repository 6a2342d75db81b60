"""Shows somebody round: one line says what to try next, and what they do moves it on. It presses no key."""

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from screens.ask.act_form import ActForm
from screens.background import background
from screens.case_pane import CasePane
from screens.opening import Opening
from screens.pane import FormPane, Pane
from screens.present.ink import KEY, SOFT, STRONG, line
from screens.queue.bars import Line
from screens.queue.columns import cells
from screens.tour import kept
from screens.tour.steps import ASIDE, BESIDE, BY_COMMAND, OVER, STEPS, Step
from storage import own_entries, queue_change
from storage.queues import QUEUES
from workbench import actions
from workbench.domain import acts
from workbench.rules.permissions import refusal
from workbench.words import _

if TYPE_CHECKING:
    from textual.content import Content
    from textual.widget import Widget

    from screens.ask.panel import AskPanel
    from screens.finding import Finding
    from screens.host import Host
    from workbench.domain.cases import Case

ECHO_SECONDS = 1.0  # a second press of a key is meant for what the first one met


class Tour:
    """The line of the tour on a screen. What is done in another order counts, and is not asked again."""

    def __init__(
        self,
        host: "Host",
        opening: Opening,
        *,
        finding: "Finding",
        panel: "AskPanel",
        top: "Callable[[], Widget | None]",
        case: "Callable[[], Case | None]",
    ) -> None:
        self.host, self.opening, self.finding, self.panel = host, opening, finding, panel
        self.top, self.case = top, case  # what stands over the list, and the case that is looked at
        self.line = Line("tour")
        self.done = set(opening.toured)
        self.on = False
        self._seen: int | None = None  # the number of the newest entry that was looked at
        self._looking = False
        self._away_at = -inf  # monotonic seconds: when something else than the list was seen last

    @property
    def step(self) -> Step | None:
        """What is to be tried next; None once everything was."""
        return next((step for step in STEPS if step.command not in self.done), None)

    def open(self) -> None:
        """Show the line in the first picture, where that is how one begins."""
        if self.opening.shows_tour and not self.host.desk.read_only:
            self.begin()

    def begin(self) -> None:
        """Show the line; from the first step on where all were taken."""
        if self.step is None:
            self.done.clear()
        self.on, self._seen = True, None
        self.line.display = True
        self._keep()
        self.look()
        self.draw()

    def leave(self) -> None:
        """Take the line away; what was reached is kept.

        Escape pressed twice is meant for the form that the first one closed.
        """
        if not self.on or monotonic() - self._away_at < ECHO_SECONDS:
            return
        self.on = False
        self.line.display = False
        self._keep()
        if self.step is not None:
            key = self.host.keys.way("tour")
            self.host.say(_("The tour is put aside; {key} goes on with it.").format(key=key))

    def call(self) -> None:
        """Begin or go on; while it runs, leave a step out."""
        if not self.opening.may_tour or self.host.desk.read_only:
            self.host.say(_("The tour runs on fictional cases: workbench demo --tour"))
        elif not self.on:
            self.begin()
        elif self.step is not None:
            self._mark(self.step.command)

    def ran(self, command: str) -> None:
        """Take note of a command; one that leaves no entry is done by it."""
        if self.on and command in BY_COMMAND and not BY_COMMAND[command].done_by and command != "find":
            self._mark(command)

    def look(self) -> None:
        """See what this person has done since the last look, in the background; called twice a second."""
        if not self.on:
            return
        self.draw()
        if not self._looking:
            self._looking = True
            background(self.line, self._read, self._came, lambda _why: self._came((self._seen, [])),
                       group="tour")  # fmt: skip

    def _read(self) -> tuple[int | None, list[str]]:
        desk = self.host.desk
        with desk.store.reading() as db:
            if self._seen is None:
                return queue_change.newest_entry(db), []
            return own_entries.since(db, desk.person, self._seen)

    def _came(self, found: tuple[int | None, list[str]]) -> None:
        self._looking = False
        self._seen, done = found
        self._mark(*(step.command for step in STEPS if not set(step.done_by).isdisjoint(done)))

    def _mark(self, *commands: str) -> None:
        if new := set(commands) - self.done:
            self.done |= new
            self._keep()
            self.draw()

    def _keep(self) -> None:
        done = frozenset(self.done)
        background(self.host.app, lambda: kept.keep(done), lambda _none: None, self.host.trouble,
                   group="tour")  # fmt: skip

    # ------------------------------------------------------------ what it says

    def draw(self) -> None:
        """Say what is next, as it can be done from where somebody stands."""
        if not self.on:
            return
        if self.finding.before is not None and "find" not in self.done:
            self._mark("find")
        else:
            self.line.say(self._line())

    def _line(self) -> "Content":
        if self.host.asking or self.top() is not None:
            self._away_at = monotonic()
        at = next((no for no, step in enumerate(STEPS, 1) if step is self.step), len(STEPS))
        head = _("Tour {n}/{of}").format(n=at, of=len(STEPS))
        said = self._sentence()
        leave = "" if self.host.asking or self.top() is not None else _("Esc ends the tour")
        width = self.host.app.size.width
        if cells(f" {head}  {said}  {leave}") > width:
            leave = ""
        return line((f" {head} ", KEY), " ", (said, STRONG), "  ", (leave, SOFT))

    def _sentence(self) -> str:
        keys, step = self.host.keys, self.step
        if filled := next(filter(self._is_filling, STEPS), None):
            return _(filled.filling).format(save=keys.first("form", "submit"))
        if self.host.asking or (self.top() is not None and not isinstance(self.top(), CasePane)):
            stores = self.host.question is not None and self.host.question.stored
            said = BESIDE if stores else ASIDE
            return _(said).format(aside=self._way_back(), save=keys.first("form", "submit"))
        if step is None:
            return _(OVER).format(help=keys.first("queue", "help"), more=keys.first("queue", "palette"))
        if step.elsewhere and self._is_refused(step.command):
            place = QUEUES.index(step.queue) + 1
            return _(step.elsewhere).format(queue=keys.first("queue", f"queue.{place}"))
        return _(step.say).format(key=keys.first("queue", step.command))

    def _way_back(self) -> str:
        """Return the key that takes away what stands over the list."""
        top = self.top()
        context = top.CONTEXT if isinstance(top, Pane) and not self.host.asking else "form"
        return self.host.keys.first(context, "cancel")

    def _is_filling(self, step: Step) -> bool:
        """Say whether the form of a step stands there."""
        question = self.host.question
        if not step.filling:
            return False
        if step.command == acts.RECORD.id:
            return isinstance(self.top(), FormPane) and question is None
        if step.command == "find":
            return self.panel.kind == "find"
        return isinstance(question, ActForm) and question.attempt.action.id == step.command

    def _is_refused(self, act: str) -> bool:
        case = self.case()
        return case is None or refusal(self.host.desk, case, actions.of(act)) is not None
