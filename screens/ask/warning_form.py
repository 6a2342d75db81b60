"""Deciding on a warning about a place and a category: it belongs to no case."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from screens.ask.form import Form
from screens.present.ink import SOFT, TITLE, line
from storage.warning_rows import Warned
from workbench.actions.warning import ACTION
from workbench.domain import acts
from workbench.domain.text import safe_text
from workbench.reports.desk_row import Row
from workbench.rules.action import Field
from workbench.watch import warnings
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.desk_pane import DeskPane

FIELDS = tuple(field for field in ACTION.fields if field.name != "warning")


ANSWER = (Field("text", N_("What was done"), "text", required=True),)


def _by_whom(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed[name] for name in ("owner", "due") if typed.get(name)}


class AnswerForm(Form):
    """Asks what was done about a warning of a place that was accepted."""

    def __init__(self, pane: "DeskPane", row: Row) -> None:
        host = pane.host
        title = line((_(acts.ANSWER.title), TITLE), ("  " + safe_text(row.text), SOFT))
        super().__init__(title, ANSWER, host.words.policy, host.desk.now, {})
        self.pane, self.row = pane, row

    def store(self, typed: Mapping[str, str]) -> None:
        """Store the answer in the background."""
        desk, number = self.pane.host.desk, self.row.warning or 0

        def write() -> Warned:
            return warnings.answer(desk, number, typed["text"])

        self.pane.host.save(write, self._done, self.refused, form=self)

    def _done(self, warned: Warned) -> None:
        host = self.pane.host
        if host.question is self:
            host.answered()
        host.say(_("Warning {n}: seen to.").format(n=warned.number))
        self.pane.refresh_rows()


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
            return warnings.decide(desk, number, typed["decision"], typed.get("reason", ""), _by_whom(typed))

        self.pane.host.save(write, self._done, self.refused, form=self)

    def _done(self, warned: Warned) -> None:
        host = self.pane.host
        if host.question is self:
            host.answered()
        host.say(_("Warning {n}: decided.").format(n=warned.number))
        self.pane.refresh_rows()
