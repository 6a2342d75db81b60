"""What is known of the case that somebody looks at: under the cursor, or read whole."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from screens.ask.act_form import ActForm
from screens.background import Presses, background
from screens.case_pane import CasePane
from screens.pane import FormPane, Pane
from screens.present.dossier import Dossier
from workbench import actions
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain import acts, life
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, WorkbenchError
from workbench.rules import restriction
from workbench.rules.permissions import refusal
from workbench.wording.names import Names

if TYPE_CHECKING:
    from screens.queue.table import QueueTable
    from screens.queue_screen import QueueScreen

PAUSE_SECONDS = 0.08  # after the last key: only the case that the cursor rests on is read


class CaseReader:
    """Reads cases for a screen, off its path; ``dossier`` is what was read last."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self.dossier: Dossier | None = None
        self._acted_on: int | None = None  # the case that was acted on here since it was read
        self._timer: Timer | None = None
        self._revealed: tuple[int, str] | None = None

    @property
    def listing(self) -> "Pane | QueueTable":
        """The list that is seen, or under what is read: the queue, or a pane in its place."""
        panes = reversed(self.screen.panes.panes)
        return next((pane for pane in panes if isinstance(pane, Pane)), self.screen.table)

    @property
    def case_id(self) -> int | None:
        """The case that is looked at: the one of the form, the one read whole, else that under the cursor."""
        question = self.screen.panel.question
        if isinstance(question, ActForm):
            return question.attempt.case.case_id
        pane = self.screen.panes.top
        read_now = pane.case_id if isinstance(pane, CasePane) else None
        return read_now if read_now is not None else self.listing.case_id

    @property
    def known(self) -> Case | None:
        """The case that is looked at, as it was read last; None where it has to be read first."""
        case = self.dossier.case if self.dossier is not None else None
        return case if case is not None and self._acted_on != case.case_id == self.case_id else None

    def acted_on(self, case_id: int) -> None:
        """Read a case again that was acted on here: whoever did that has seen what came of it."""
        self._acted_on = case_id
        self.look(keys=Presses.WAIT)
        self.changed()

    def follow(self) -> None:
        """Read the case under the cursor when that has rested on it."""
        if self._timer is not None:
            self._timer.stop()
        case_id = self.case_id
        self._timer = self.screen.set_timer(PAUSE_SECONDS, lambda: self._look(case_id))

    def look(self, *, keys: Presses = Presses.GO_ON) -> None:
        """Read what is looked at now, in the background; an act goes by the version that was read."""
        self._look(self.case_id, keys=keys)

    def _look(self, case_id: int | None, *, keys: Presses = Presses.GO_ON) -> None:
        if case_id is None:
            self._known(None)
            return
        background(
            self.screen,
            lambda: read(self.screen.desk, case_id),
            lambda dossier: self._known(dossier) if case_id == self.case_id else None,
            self.screen.trouble,
            group="look",
            latest=True,
            keys=keys,
        )

    def _known(self, dossier: Dossier | None) -> None:
        if dossier is not None and self._revealed is not None and self._revealed[0] == dossier.case.case_id:
            dossier = replace(dossier, phone=self._revealed[1])
        self._keep(dossier)
        if dossier is not None and not isinstance(self.screen.panes.top, FormPane):
            self.screen.alarm.seen(dossier.case.case_id)
        self.screen.draw_case()

    def _keep(self, dossier: Dossier | None) -> None:
        self.dossier, self._acted_on = self._with_writers(dossier), None

    def _with_writers(self, dossier: Dossier | None) -> Dossier | None:
        """Return ``dossier`` with who writes on its case by now."""
        return dossier and replace(dossier, writing=self.screen.writers.said(dossier.case.case_id))

    def written_on(self, case_ids: set[int]) -> None:
        """Show that others write on these cases by now, or do so no more."""
        self.screen.table.redraw(case_ids)
        if self.dossier is not None and self.dossier.case.case_id in case_ids:
            self.dossier = self._with_writers(self.dossier)
            self.screen.draw_case()

    def reveal(self, case_id: int, phone: str, seconds: float) -> None:
        """Show the phone of a case in full for a while."""
        self._revealed = (case_id, phone)
        self._look(case_id)
        self.screen.set_timer(seconds, self._hide)

    def _hide(self) -> None:
        revealed, self._revealed = self._revealed, None
        if revealed is not None and self.dossier is not None:
            self._look(self.dossier.case.case_id)

    def show(self, pane: CasePane, case_id: int) -> None:
        """Read a case whole and show it in ``pane``; that it was seen goes on record."""
        pane.case_id = case_id
        if self.dossier is not None and self.dossier.case.case_id == case_id:
            pane.show_case(self.dossier)  # as it was read last, until it has been read again

        def done(dossier: Dossier) -> None:
            if pane.case_id != case_id or pane is not self.screen.panes.top:
                return
            self._keep(dossier)
            self.screen.alarm.seen(case_id)
            pane.show_case(self.dossier or dossier)
            self.screen.frame.draw_keys()
            self._read_customer(pane, case_id)
            self._seen(dossier.case)

        def failed(why: WorkbenchError) -> None:
            shown = pane.dossier.case.case_id if pane.dossier else None
            if pane is self.screen.panes.top and pane.case_id == case_id != shown:
                self.screen.panes.pop()  # it shows another case, or none: no key acts on what nobody sees
            self.screen.trouble(why)

        background(
            self.screen,
            lambda: read(self.screen.desk, case_id),
            done,
            failed,
            group="read",
            latest=True,
            keys=Presses.WAIT,
        )

    def counted(self) -> None:
        """Draw the counts, and let a pane with rows of its own read them again."""
        self.screen.frame.draw_counts()
        self.screen.marking.follow()
        if isinstance(self.screen.panes.top, Pane):
            self.screen.panes.top.changed()

    def changed(self) -> None:
        """Draw what stands around, and let a pane with rows of its own read them again."""
        self.screen.frame.draw()
        if isinstance(self.screen.panes.top, Pane):
            self.screen.panes.top.changed()

    def _read_customer(self, pane: CasePane, case_id: int) -> None:
        from workbench.reports import customer  # not needed for the first picture

        desk = self.screen.desk
        background(
            pane,
            lambda: customer.of_case(desk, case_id),
            lambda known: pane.show_customer(case_id, known),
            self.screen.trouble,
            group="customer",
            latest=True,
        )

    def _seen(self, case: Case) -> None:
        """Put on record that this person has seen what they were told on the case."""
        screen = self.screen
        if screen.desk.read_only or refusal(screen.desk, case, actions.of(acts.SEEN.id)) is not None:
            return
        background(
            screen,
            lambda: doing.do(screen.desk, acts.SEEN.id, case.case_id, {}),
            lambda after: screen.changed(after.case_id),
            screen.trouble,
            group="write",
            keys=Presses.WAIT_TO_THE_END,
        )


def read(desk: Desk, case_id: int) -> Dossier:
    """Return everything that is known of a case.

    Raises:
        NotFoundError: it has gone.
        RefusedError: its customer's data are only kept.
        StoreError: the store cannot be read.
    """
    case = desk.case(case_id)
    if reason := restriction.unread(desk.rules(), desk.person, case):
        raise RefusedError.because(reason)
    rules = desk.rules(case.policy)
    timeline, now = desk.timeline(case_id), desk.now()
    told = life.of_case(case, timeline, rules, now)
    return Dossier(case, timeline, rules, Names(rules.policy), now, life=told)
