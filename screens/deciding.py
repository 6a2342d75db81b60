"""What is done with a line of the desk: the form that answers it, the one that refuses it, the case."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from screens.ask.warning_form import SurgeForm
from screens.saving import save
from workbench import actions
from workbench.actions import doing
from workbench.actions.warning import ACTION as WARNING
from workbench.domain import acts, duties
from workbench.reports import desk as reports
from workbench.reports.desk import Row
from workbench.words import _

if TYPE_CHECKING:
    from screens.desk_pane import DeskPane

OTHERS = (reports.PRESSED, reports.DISPATCHED, reports.UNCONFIRMED)


class Deciding:
    """Asks and stores for the desk."""

    def __init__(self, pane: "DeskPane") -> None:
        self.pane = pane

    def answer(self) -> None:
        """Ask for what answers the line under the cursor; remind those who leave something waiting."""
        row = self.pane.row
        if row is None:
            return
        if row.section == reports.NEWS:
            self.read()
        elif row.section == reports.WARNED:
            self._warned(row, "accepted")
        elif row.kind == reports.RETURNED:
            self._ask(acts.DISPATCH.id, row, {})
        elif row.section in OTHERS:
            self._ask(acts.TELL.id, row, {"to": row.who})
        else:
            about = {"of": row.who} if row.kind == duties.ACCOUNTING.id else {}
            self._ask(duties.BY_ID[row.kind].ended_by.id, row, about)

    def refuse(self) -> None:
        """Ask why it is refused, or a warning dismissed."""
        row = self.pane.row
        if row is None:
            return
        if row.section == reports.WARNED:
            self._warned(row, "dismissed")
        elif row.kind in duties.refused_by(acts.REFUSE) and row.section not in OTHERS:
            self._ask(acts.REFUSE.id, row, {})
        else:
            self.pane.host.say(_("This cannot be refused; Enter answers it."), "warning")

    def read(self) -> None:
        """Show the case whole; the way back leads here."""
        row, host = self.pane.row, self.pane.host
        if row is not None and row.case_id is not None:
            cursor = self.pane.list.cursor
            host.showing.open_case(row.case_id)
            host.showing.then = lambda: host.commands.doors.decide(cursor)

    def see_all(self) -> None:
        """Mark everything that was told to this person as seen, case by case."""
        host = self.pane.host
        keys = [
            row.case_id for row in self.pane.rows if row.section == reports.NEWS and row.case_id is not None
        ]
        if not keys:
            host.say(_("Everything told to you is seen."), "warning")
            return
        save(
            host,
            lambda: [doing.do(host.desk, acts.SEEN.id, key, {}) for key in keys],
            lambda _done: self.pane.refresh_rows(),
            host.trouble,
            node=self.pane,
        )

    def _warned(self, row: Row, decision: str) -> None:
        if row.case_id is None:
            self.pane.host.showing.ask("form", SurgeForm(self.pane, row, decision))
        else:
            self._ask(WARNING.id, row, {"warning": str(row.warning), "decision": decision})

    def _ask(self, act: str, row: Row, about: Mapping[str, str]) -> None:
        if row.case_id is None:
            return
        named = any(field.name == "id" for field in actions.of(act).fields) and row.duty is not None
        self.pane.host.acting.begin_on(
            act, row.case_id, {}, about={**about, **({"id": str(row.duty)} if named else {})}
        )
