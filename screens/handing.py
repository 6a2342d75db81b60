"""What is done while a shift is handed over: confirming, editing the next step, handing all over."""

from typing import TYPE_CHECKING

from screens.ask.handing import GiveForm, StepForm
from screens.present import handover_text
from workbench.domain import acts
from workbench.reports.shift import Held
from workbench.words import _

if TYPE_CHECKING:
    from screens.handover_pane import HandoverPane


DRAFT = "handover"  # the key of the next steps that were edited


class Handing:
    """Asks and stores for a pane of handing over."""

    def __init__(self, pane: "HandoverPane") -> None:
        self.pane = pane
        kept = pane.host.drafts.load(DRAFT)
        # next steps as they were edited, by case
        self.steps: dict[int, str] = {int(key): step for key, step in kept.items() if key.isdecimal()}

    def walk(self) -> None:
        """Confirm the case under the cursor, or edit its next step; either goes on to the next."""
        row = self.pane.row
        if row is None or self._refused():
            return
        if row.to_me:
            self.pane.host.acting.confirm(row.case_id, row.duty)
        elif row.duty is None:
            self.pane.host.showing.ask("form", StepForm(self.pane, row, self.step_of(row)))
        else:
            self.pane.host.say(handover_text.state(row), "warning")

    def refuse(self) -> None:
        """Ask why a case that was handed to me is refused."""
        row = self.pane.row
        if row is not None and row.to_me and not self._refused():
            self.pane.host.acting.begin_on(acts.REFUSE.id, row.case_id, {}, about={"id": str(row.duty)})

    def give(self) -> None:
        """Ask to whom every case that is not handed over yet goes."""
        waiting = [row for row in self.pane.rows if row.duty is None]
        if self._refused():
            return
        if not waiting:
            self.pane.host.say(_("There is nothing to hand over."), "warning")
        else:
            self.pane.host.showing.ask("form", GiveForm(self.pane, waiting))

    def read(self) -> None:
        """Show the case whole; the way back leads here."""
        row, host = self.pane.row, self.pane.host
        if row is not None:
            cursor, steps = self.pane.list.cursor, self.steps
            host.showing.open_case(row.case_id)
            host.showing.then = lambda: host.commands.doors.hand_over(cursor, steps)

    def edited(self, row: Held, step: str) -> None:
        """Keep a next step until it is handed over, and go on to the next case."""
        self.steps[row.case_id] = step
        self.pane.host.keep_draft(DRAFT, {str(key): each for key, each in self.steps.items()})
        self.pane.show_rows(self.pane.rows)
        self.pane.list.move(1)

    def given(self) -> None:
        """Forget what was edited: it is stored."""
        self.steps.clear()
        self.pane.host.drafts.forget(DRAFT)

    def step_of(self, row: Held) -> str:
        """Return the next step of a case, as it was edited."""
        return self.steps.get(row.case_id, row.next_step)

    def _refused(self) -> bool:
        if self.pane.host.desk.read_only:
            self.pane.host.say(_("The store is open for reading only."), "warning")
        return self.pane.host.desk.read_only
