"""Handing over a shift: what was handed to this person, what this person hands over, and who has confirmed.

Source: S3, the tale of the shift change: the next clerk knew nothing and asked what the matter was.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.events import Resize

from screens.handing import Handing
from screens.list_pane import ListPane
from screens.picking import PickList
from screens.present import handover_text
from screens.present.ink import LATE, SOFT, TITLE, line
from screens.work import Presses, background
from workbench.reports import shift
from workbench.reports.shift import Held
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen


MARGIN = 2  # cells beside the list


class HandoverPane(ListPane):
    """One list, walked by Enter: confirms what was handed to me, or edits the next step of what is mine."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, screen: "QueueScreen", cursor: int = 0) -> None:
        super().__init__(screen, "handover")
        self.rows: list[Held] = []
        self.handing = Handing(self)
        self.cursor = cursor
        self.commands |= {
            "open": self.handing.walk,
            "refuse": self.handing.refuse,
            "read": self.handing.read,
            "hand_over": self.handing.give,
            "refresh": self.refresh_rows,
            "cancel": self.host.showing.back,
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

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows()

    def refresh_rows(self) -> None:
        """Read again in the background; the cursor stays at its place, where the next line has come."""
        background(
            self,
            lambda: shift.held(self.host.desk),
            self.show_rows,
            self.host.trouble,
            group="handover",
            latest=True,
            keys=Presses.WAIT,
        )

    def show_rows(self, rows: list[Held]) -> None:
        """Show what was read."""
        cursor = self.list.cursor if self.rows else self.cursor
        self.rows = rows
        shown = handover_text.rows(rows, self.handing.step_of, self.host.size.width - MARGIN)
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

    def on_resize(self, event: Resize) -> None:
        """Share the new width among the texts."""
        if self.rows:
            self.show_rows(self.rows)

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        """Say in full what the cursor stands on."""
        event.stop()
        self._about()

    def _about(self) -> None:
        self.detail.update(handover_text.detail(self.row, self.handing.step_of) if self.row else line(""))
        self.host.around.draw_keys()
