"""The desk of decisions in place of the list: what waits for this person, and what others leave waiting."""

from typing import TYPE_CHECKING, ClassVar

from screens.deciding import Deciding
from screens.list_pane import ListPane
from screens.picking import PickList
from screens.present import desk_text
from screens.present.ink import SOFT, TITLE, line
from screens.work import Presses, background
from workbench.domain import acts
from workbench.reports import desk as reports
from workbench.reports.desk import Row
from workbench.wording.countdown import is_late
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen

OWN = (reports.DECIDE, reports.MINE, reports.NEWS)  # the sections that the top line counts


class DeskPane(ListPane):
    """One list; Enter answers what is under the cursor, and what is answered leaves the list."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, screen: "QueueScreen", cursor: int = 0) -> None:
        super().__init__(screen, "desk")
        self.rows: list[Row] = []
        self.cursor = cursor
        self.deciding = Deciding(self)
        self.commands |= {
            "open": self.deciding.answer,
            "refuse": self.deciding.refuse,
            "read": self.deciding.read,
            "seen_all": self.deciding.see_all,
            "hand_over": lambda: self.host.commands.run(acts.HANDOVER.id),
            "refresh": self.refresh_rows,
            "cancel": self.host.showing.back,
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the desk."""
        wanted = {
            "open": N_("answer"),
            "refuse": N_("refuse"),
            "read": N_("read the case"),
            "seen_all": N_("all seen"),
            "hand_over": N_("hand over"),
            "cancel": N_("back"),
        }
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def row(self) -> Row | None:
        """The line under the cursor."""
        return self.rows[self.list.cursor] if 0 <= self.list.cursor < len(self.rows) else None

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows()

    def refresh_rows(self) -> None:
        """Read again in the background; the cursor stays at its place, where the next line has come."""
        background(
            self,
            lambda: reports.rows(self.host.desk),
            self._show,
            self.host.trouble,
            group="desk",
            latest=True,
            keys=Presses.WAIT,
        )

    def _show(self, rows: list[Row]) -> None:
        cursor = self.list.cursor if self.rows else self.cursor
        self.rows = rows
        words, now = self.host.words, self.host.desk.now()
        firsts = desk_text.firsts(rows)
        shown = [desk_text.row(row, words, now, first=first) for row, first in zip(rows, firsts, strict=True)]
        late = {at for at, row in enumerate(rows) if is_late(row.due_at, now)}
        self.list.show(
            desk_text.headings(),
            shown,
            desk_text.WORDY,
            cursor=cursor,
            empty=_("Nothing waits for you."),
            late=late,
        )
        mine = sum(row.section in OWN for row in rows)
        said = _("{mine} for me, {others} watched; {late} late")
        counted = said.format(mine=mine, others=len(rows) - mine, late=len(late)) if rows else ""
        self.head.update(line((_("Desk of decisions"), TITLE), ("  " + counted, SOFT)))
        self._about()

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        """Say in full what the cursor stands on."""
        event.stop()
        self._about()

    def _about(self) -> None:
        said = desk_text.detail(self.row, self.host.words) if self.row else ""
        self.detail.update(line((said, SOFT)))
        self.host.around.draw_keys()
