"""What this person could take back now, in place of the list: Enter shows what it does, saving does it."""

from typing import ClassVar

from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_columns import Rows
from screens.list_pane import ListPane
from screens.present import undo_text
from screens.present.ink import SOFT, TITLE, line
from workbench.domain import acts
from workbench.reports import undoable
from workbench.reports.undoable import Undoable
from workbench.words import N_, _


class UndoPane(ListPane):
    """One's own last acts of a day that the rule of undo would let go; what is taken back leaves the list."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, host: Host) -> None:
        super().__init__(host, "undoable")
        self.rows: list[Undoable] = []
        self.commands |= {
            "open": self.take_back,
            "read": self.read,
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }
        self.instead = {acts.UNDO.id: self.take_back}  # that of the line, not what was done here last

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        wanted = {"open": N_("take back"), "read": N_("read the case"), "cancel": N_("back")}
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def row(self) -> Undoable | None:
        """The line under the cursor."""
        return self.rows[self.list.cursor] if 0 <= self.list.cursor < len(self.rows) else None

    @property
    def case_id(self) -> int | None:
        """The case of the line under the cursor."""
        return self.row.case.case_id if self.row else None

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows(so_far())

    def refresh_rows(self, keys: Presses = Presses.WAIT) -> None:
        """Read again in the background; the cursor stays on its case."""
        desk = self.host.desk
        background(
            self,
            lambda: undoable.of_person(desk),
            self._show,
            self.host.trouble,
            group="undoable",
            latest=True,
            keys=keys,
        )

    def _show(self, rows: list[Undoable]) -> None:
        cursor = self.stay(self.case_id, [each.case.case_id for each in rows])
        self.rows, words = rows, self.host.words
        self.list.show(
            undo_text.columns(),
            Rows(len(rows), lambda at: undo_text.row(rows[at], words)),
            cursor=cursor,
            empty=_("You have done nothing within a day that could be taken back now."),
        )
        said = _("{n} of mine within 24 hours").format(n=len(rows))
        self.head.update(line((_("What can be undone"), TITLE), ("  " + said, SOFT)))
        self.about()

    def about(self) -> None:
        """Say what taking the line back would do."""
        said = undo_text.detail(self.row, self.host.words) if self.row else ""
        self.detail.update(line((said, SOFT)))
        self.host.draw_case()

    def take_back(self) -> None:
        """Show what taking the line back does, and ask; saving does it."""
        if self.row is not None:
            self.host.begin_on(acts.UNDO.id, self.row.case.case_id)
        else:
            self.host.say(self.no_case, "warning")

    def read(self) -> None:
        """Show the case of the line whole."""
        if self.case_id is not None:
            self.host.read(self.case_id)
        else:
            self.host.say(self.no_case, "warning")
