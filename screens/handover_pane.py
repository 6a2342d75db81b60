"""Handing over a shift: what was handed to this person, what this person hands over, and who has confirmed.

Source: S3, the tale of the shift change: the next clerk knew nothing and asked what the matter was.
"""

from dataclasses import replace
from typing import ClassVar

from textual.events import Resize

from screens.ask.handing import GiveForm, StepForm
from screens.ask.suggestions import suggestions
from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_pane import ListPane
from screens.pick_list import GUTTER
from screens.present import handover_text
from screens.present.ink import LATE, SOFT, TITLE, line
from screens.saving import prepare
from workbench.domain import acts
from workbench.reports import shift
from workbench.reports.shift import Held
from workbench.words import N_, _

DRAFT = "handover"  # the key of the next steps that were edited


class HandoverPane(ListPane):
    """One list, walked by Enter: confirms what was handed to me, or edits the next step of what is mine."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, host: Host) -> None:
        super().__init__(host, "handover")
        self.rows: list[Held] = []
        kept = host.drafts.load(DRAFT)
        # next steps as they were edited, by case
        self.steps: dict[int, str] = {int(key): step for key, step in kept.items() if key.isdecimal()}
        self.commands |= {
            "open": self.walk,
            "refuse": self.refuse,
            "read": self.read,
            "hand_over": self.give,
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that do something to the line under the cursor."""
        to_me = self.row is not None and self.row.to_me
        pending = self.row is not None and self.row.duty is not None and not to_me  # somebody else's turn
        wanted = {} if pending else {"open": N_("confirm") if to_me else N_("next step")}
        wanted |= {"refuse": N_("refuse")} if to_me else {"hand_over": N_("hand over all")}
        wanted |= {"read": N_("read the case"), "cancel": N_("back")}
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def row(self) -> Held | None:
        """The line under the cursor."""
        return self.rows[self.list.cursor] if 0 <= self.list.cursor < len(self.rows) else None

    @property
    def case_id(self) -> int | None:
        """The case of the line under the cursor."""
        return self.row.case_id if self.row else None

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows(so_far())

    def refresh_rows(self, keys: Presses = Presses.WAIT) -> None:
        """Read again in the background; the cursor stays on its line, or where the next has come."""
        background(
            self,
            lambda: shift.held(self.host.desk),
            self.show_rows,
            self.host.trouble,
            group="handover",
            latest=True,
            keys=keys,
        )

    def show_rows(self, rows: list[Held]) -> None:
        """Show what was read."""
        cursor = self.stay(self.row and _key(self.row), [_key(row) for row in rows])
        self.rows = rows
        shown = handover_text.rows(rows, self.step_of, self.list.size.width - GUTTER)
        late = {at for at, row in enumerate(rows) if row.duty is not None}
        self.list.show(
            handover_text.columns(),
            shown,
            cursor=cursor,
            empty=self.way_on(_("You hold no open case, and nothing was handed to you.")),
            late=late,
        )
        waits = ("  " + _("NOT CONFIRMED: {n}").format(n=len(late)), LATE) if late else ""
        everything = ("  " + _("cases: {n}").format(n=len(rows)), SOFT)
        self.head.update(line((_("Handing over"), TITLE), everything, waits))
        self.about()

    def on_resize(self, event: Resize) -> None:
        """Share the new width among the texts."""
        if self.rows:
            self.show_rows(self.rows)

    def about(self) -> None:
        """Say in full what the cursor stands on, and read what comes into sight."""
        self._fill()
        self.detail.update(handover_text.detail(self.row, self.step_of) if self.row else line(""))
        self.host.draw_case()

    def _fill(self) -> None:
        """Read in the background the lines around the cursor of which only the names are known."""
        here = max(self.list.cursor, 0)
        near = self.rows[max(here - shift.FIRST, 0) : here + shift.FIRST]
        keys = [row.case_id for row in near if not row.known]
        if not keys or all(self.rows[at].known for at in self.list.in_sight()):
            return

        def came(rows: list[Held]) -> None:
            read, asked = {row.case_id: row for row in rows}, set(keys)
            gone_on = [replace(row, known=row.known or row.case_id in asked) for row in self.rows]
            self.show_rows([read.get(row.case_id, row) for row in gone_on])

        background(
            self,
            lambda: shift.filled(self.host.desk, keys),
            came,
            self.host.trouble,
            group="handover-lines",
            latest=True,
            keys=so_far(),
        )

    # ------------------------------------------------------------ doing

    def walk(self) -> None:
        """Confirm the case under the cursor, or edit its next step; either goes on to the next."""
        row = self.row
        if row is None or not row.known or self._refused():
            return
        if row.to_me:
            self.host.confirm(row.case_id, row.duty)
        elif row.duty is None:
            self.host.ask("form", StepForm(self, row, self.step_of(row)))
        else:
            self.host.say(handover_text.state(row), "warning")

    def refuse(self) -> None:
        """Ask why a case that was handed to me is refused."""
        row = self.row
        if row is not None and row.to_me and not self._refused():
            self.host.begin_on(acts.REFUSE.id, row.case_id, about={"id": str(row.duty)})

    def give(self) -> None:
        """Ask to whom every case that is not handed over yet goes."""
        waiting = [row for row in self.rows if row.duty is None]
        if self._refused():
            return
        if not waiting:
            self.host.say(_("There is nothing to hand over."), "warning")
        else:
            prepare(
                self.host,
                lambda: suggestions(self.host.desk),
                lambda known: self.host.ask("form", GiveForm(self, waiting, known)),
            )

    def read(self) -> None:
        """Show the case whole."""
        if self.row is not None:
            self.host.read(self.row.case_id)

    def edited(self, row: Held, step: str) -> None:
        """Keep a next step until it is handed over, and go on to the next case."""
        self.steps[row.case_id] = step
        self.host.keep_draft(DRAFT, {str(key): each for key, each in self.steps.items()})
        self.show_rows(self.rows)
        self.list.move(1)

    def given(self) -> None:
        """Forget what was edited: it is stored."""
        self.steps.clear()
        self.host.drafts.forget(DRAFT)

    def step_of(self, row: Held) -> str:
        """Return the next step of a case, as it was edited."""
        return self.steps.get(row.case_id, row.next_step)

    def _refused(self) -> bool:
        if self.host.desk.read_only:
            self.host.say(_("The store is open for reading only."), "warning")
        return self.host.desk.read_only


def _key(row: Held) -> tuple[int, bool, int | None]:
    """Return what makes it the same line again: a case that was confirmed is another one."""
    return row.case_id, row.to_me, row.duty
