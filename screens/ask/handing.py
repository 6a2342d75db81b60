"""What is asked while a shift is handed over: the next step of a case, and who takes all of them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from screens.ask.controls import TextControl
from screens.ask.form import Form, title
from screens.present.ink import SOFT, TITLE, line
from workbench.actions import handover
from workbench.domain.cases import Case
from workbench.reports.shift import Held
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.handover_pane import HandoverPane

BY_NAME = {field.name: field for field in handover.ACTION.fields}


class StepForm(Form):
    """Asks for the next step of one case; it is stored when all are handed over."""

    def __init__(self, pane: "HandoverPane", row: Held, step: str) -> None:
        desk = pane.host.desk
        super().__init__(
            title(N_("Next step"), row.number, row.customer),
            (BY_NAME["text"],),
            desk.rules().policy,
            desk.now,
            {"text": step},
        )
        self.pane, self.row = pane, row

    def on_mount(self) -> None:
        """Go on writing where the step ends."""
        super().on_mount()
        control = self.rows[0].control
        if isinstance(control, TextControl):
            control.move_cursor(control.document.end)

    def store(self, typed: Mapping[str, str]) -> None:
        """Keep it, and go on to the next case."""
        self.pane.host.answered()
        self.pane.edited(self.row, typed.get("text", ""))


class GiveForm(Form):
    """Asks who takes every case over, and by when each is to be confirmed."""

    def __init__(
        self, pane: "HandoverPane", waiting: Sequence[Held], known: Mapping[str, Sequence[str]]
    ) -> None:
        desk = pane.host.desk
        count = _("cases: {n}").format(n=len(waiting))
        super().__init__(
            line((_("Hand over all"), TITLE), ("  " + count, SOFT)),
            (BY_NAME["to"], BY_NAME["due"]),
            desk.rules().policy,
            desk.now,
            {},
            known=known,
        )
        self.pane, self.waiting = pane, waiting

    def store(self, typed: Mapping[str, str]) -> None:
        """Hand all of them over, or none."""
        pane = self.pane
        numbers = [row.number for row in self.waiting]
        edited = pane.steps
        steps = {row.case_id: edited[row.case_id] for row in self.waiting if row.case_id in edited}

        def write() -> list[Case]:
            return handover.give(pane.host.desk, typed, numbers, steps)

        pane.host.save(write, self._done, self.refused, form=self)

    def _done(self, cases: list[Case]) -> None:
        host = self.pane.host
        if host.question is self:
            host.answered()
        self.pane.given()
        host.say(_("{n} cases handed over; the receiver confirms each.").format(n=len(cases)), toast=True)
        host.changed(cases[0].case_id)
