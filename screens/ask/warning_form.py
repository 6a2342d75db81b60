"""Deciding on a warning about a place and a category: it belongs to no case."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from screens.ask.form import Form
from screens.present.ink import SOFT, TITLE, line
from storage.warnings import Warned
from workbench.actions.warning import ACTION
from workbench.domain.text import safe_text
from workbench.reports.desk import Row
from workbench.watch import warnings
from workbench.words import _

if TYPE_CHECKING:
    from screens.desk_pane import DeskPane

FIELDS = tuple(field for field in ACTION.fields if field.name != "warning")


class SurgeForm(Form):
    """Asks whether a warning is accepted, or why it is dismissed."""

    def __init__(self, pane: "DeskPane", row: Row, decision: str) -> None:
        host = pane.host
        super().__init__(
            line((_(ACTION.title), TITLE), ("  " + safe_text(row.text), SOFT)),
            FIELDS,
            host.words.policy,
            host.desk.now,
            {"decision": decision},
        )
        self.pane, self.row = pane, row

    def store(self, typed: Mapping[str, str]) -> None:
        """Store the decision in the background."""
        desk, number = self.pane.host.desk, self.row.warning or 0

        def write() -> Warned:
            return warnings.decide(desk, number, typed["decision"], typed.get("reason", ""))

        self.pane.host.save(write, self._done, self.refused, form=self)

    def _done(self, warned: Warned) -> None:
        host = self.pane.host
        if host.question is self:
            host.answered()
        host.say(_("Warning {n}: decided.").format(n=warned.number))
        self.pane.refresh_rows()
