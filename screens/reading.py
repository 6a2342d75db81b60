"""Reading a case whole: what is shown at once, what comes after it, and that somebody has seen it."""

from typing import TYPE_CHECKING

from screens.case_pane import CasePane
from screens.pane import Pane
from screens.queue.looking import read
from screens.work import Presses, background
from workbench import actions
from workbench.actions import doing
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import WorkbenchError
from workbench.rules.permissions import refusal

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen


class Reading:
    """Reads cases for a screen."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen

    @property
    def case_id(self) -> int | None:
        """The case that is looked at: the one that is read whole, else the one under the cursor."""
        pane = self.screen.showing.pane
        read_now = pane.dossier if isinstance(pane, CasePane) else None
        return read_now.case.case_id if read_now else self.screen.table.case_id

    def show(self, pane: CasePane, case_id: int) -> None:
        """Read a case and show it in ``pane``."""
        try:
            dossier = read(self.screen.desk, case_id)
        except WorkbenchError as why:
            self.screen.trouble(why)
            return
        self.screen.looking.dossier = dossier
        pane.show_case(dossier)
        self.screen.around.draw_keys()
        self._read_customer(pane, case_id)
        self._seen(dossier.case)

    def changed(self) -> None:
        """Draw what stands around, and let a pane with rows of its own read them again."""
        self.screen.around.draw()
        pane = self.screen.showing.pane
        if isinstance(pane, Pane):
            pane.changed()

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
