"""Handing over a shift: what was handed to this person, what this person hands over, and who has confirmed.

Source: S3, the tale of the shift change: the next clerk knew nothing and asked what the matter was.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Self

from textual.app import ComposeResult
from textual.widgets import Static

from screens.ask.handing import GiveForm, StepForm
from screens.pane import Pane
from screens.picking import PickList
from screens.present import handover_text
from screens.present.ink import LATE, SOFT, TITLE, line
from screens.work import background
from workbench.reports import shift
from workbench.reports.shift import Held
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen


class HandoverPane(Pane):
    """One list, walked by Enter: confirms what was handed to me, or edits the next step of what is mine."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, screen: "QueueScreen", cursor: int = 0) -> None:
        super().__init__(screen, "handover")
        self.rows: list[Held] = []
        self.steps: dict[int, str] = {}  # next steps as they were edited, by case
        self.cursor = cursor
        self.head, self.detail = Static("", markup=False), Static("", markup=False, id="handover-detail")
        self.list = PickList("handover-list")
        self.commands: dict[str, Callable[[], None]] = {
            "open": self.walk,
            "refuse": self.refuse,
            "read": self.read,
            "hand_over": self.give,
            "refresh": self.refresh_rows,
            "cancel": self.host.showing.back,
            "help": lambda: self.host.commands.run("help"),
            **self.list.moves(),
        }

    def compose(self) -> ComposeResult:
        """Lay out how many are not confirmed, the list, and the case under the cursor."""
        yield self.head
        yield self.list
        yield self.detail

    def on_mount(self) -> None:
        """Read the cases."""
        self.focus()
        self.refresh_rows()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Let the keys go to the list."""
        self.list.focus(scroll_visible)
        return self

    def run(self, command: str) -> None:
        """Do what a key means here."""
        self.commands[command]()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that do something to the line under the cursor."""
        to_me = self.row is not None and self.row.to_me
        wanted = {"open": N_("confirm") if to_me else N_("next step")}
        wanted |= {"refuse": N_("refuse")} if to_me else {"hand_over": N_("hand over all")}
        wanted |= {"read": N_("read the case"), "cancel": N_("back")}
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def row(self) -> Held | None:
        """The line under the cursor."""
        return self.rows[self.list.cursor] if 0 <= self.list.cursor < len(self.rows) else None

    # ------------------------------------------------------------ doing

    def walk(self) -> None:
        """Confirm the case under the cursor, or edit its next step; either goes on to the next."""
        row = self.row
        if row is None or self._refused():
            return
        if row.to_me:
            self.host.acting.confirm(row.case_id, row.duty)
        elif row.duty is None:
            self.host.showing.ask("form", StepForm(self, row, self.step_of(row)))
        else:
            self.host.say(handover_text.state(row), "warning")

    def refuse(self) -> None:
        """Ask why a case that was handed to me is refused."""
        row = self.row
        if row is not None and row.to_me and not self._refused():
            self.host.acting.begin_on("refuse", row.case_id, {}, about={"id": str(row.duty)})

    def give(self) -> None:
        """Ask to whom every case that is not handed over yet goes."""
        waiting = [row for row in self.rows if row.duty is None]
        if self._refused():
            return
        if not waiting:
            self.host.say(_("There is nothing to hand over."), "warning")
        else:
            self.host.showing.ask("form", GiveForm(self, waiting))

    def read(self) -> None:
        """Show the case whole; the way back leads here."""
        row, host = self.row, self.host
        if row is not None:
            cursor, steps = self.list.cursor, self.steps
            host.showing.open_case(row.case_id)
            host.showing.then = lambda: host.commands.doors.hand_over(cursor, steps)

    def edited(self, row: Held, step: str) -> None:
        """Keep a next step until it is handed over, and go on to the next case."""
        self.steps[row.case_id] = step
        self._show(self.rows)
        self.list.move(1)

    def step_of(self, row: Held) -> str:
        """Return the next step of a case, as it was edited."""
        return self.steps.get(row.case_id, row.next_step)

    def _refused(self) -> bool:
        if self.host.desk.read_only:
            self.host.say(_("The store is open for reading only."), "warning")
        return self.host.desk.read_only

    # ------------------------------------------------------------ reading

    def refresh_rows(self) -> None:
        """Read again in the background; the cursor stays at its place, where the next line has come."""
        background(
            self,
            lambda: shift.held(self.host.desk),
            self._show,
            self.host.trouble,
            group="handover",
            latest=True,
        )

    def _show(self, rows: list[Held]) -> None:
        cursor = self.list.cursor if self.rows else self.cursor
        self.rows = rows
        shown = handover_text.rows(rows, self.step_of)
        late = {at for at, row in enumerate(rows) if row.duty is not None}
        self.list.show(
            handover_text.headings(),
            shown,
            handover_text.WORDY,
            cursor=cursor,
            empty=_("You hold no open case, and nothing was handed to you."),
            late=late,
        )
        waits = ("  " + _("NOT CONFIRMED: {n}").format(n=len(late)), LATE) if late else ""
        everything = ("  " + _("cases: {n}").format(n=len(rows)), SOFT)
        self.head.update(line((_("Handing over"), TITLE), everything, waits))
        self._about()

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        """Say in full what the cursor stands on."""
        event.stop()
        self._about()

    def _about(self) -> None:
        self.detail.update(handover_text.detail(self.row, self.step_of) if self.row else line(""))
        self.host.around.draw_keys()
