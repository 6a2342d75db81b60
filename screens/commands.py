"""What every command of the keymap does; acts on cases are handed on by their id."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from screens import theme
from screens.case_pane import CasePane
from screens.doors import Doors
from screens.sheet import Sheet
from screens.showing import helping
from storage.queues import QUEUES
from workbench.domain.cases import Case
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue.table import QueueTable
    from screens.queue_screen import QueueScreen


class Commands:
    """The commands of a screen, by id."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self.doors = doors = Doors(screen)
        self.by_id: dict[str, Callable[[], None]] = {
            "open": self.open,
            "why": partial(self.open, at_reckoning=True),
            "filter": doors.filter,
            "help": doors.help,
            "campaigns": doors.campaigns,
            "palette": doors.palette,
            "more": doors.more,
            "decide": doors.decide,
            "handover": doors.hand_over,
            "next_queue": partial(self.sideways, 1),
            "previous_queue": partial(self.sideways, -1),
            "down": lambda: self.mover.move(1),
            "up": lambda: self.mover.move(-1),
            "page_down": lambda: self.mover.page(1),
            "page_up": lambda: self.mover.page(-1),
            "top": lambda: self.mover.go(0),
            "bottom": lambda: self.mover.go(1 << 40),
            "pane": self.other_pane,
            "reveal": self.reveal,
            "copy_number": self.copy_number,
            "export": doors.export,
            "refresh": self.refresh,
            "quit": self.quit,
            "theme": self.theme,
            "record": doors.record,
            "submit": self.screen.showing.submit,
            "cancel": self.screen.showing.cancel,
            **{f"queue.{key}": partial(self.queue, name) for key, name in enumerate(QUEUES, 1)},
        }

    def run(self, command: str) -> None:
        """Do what ``command`` names."""
        if self.screen.around.warned:
            self.screen.around.news("", "information")  # it was about the key before this one
        if command in self.by_id:
            self.by_id[command]()
        elif helping(self.screen.showing):
            key = self.screen.keys.first("queue", "quit")
            said = _("That key acts on a case; {key} leaves the help first.")
            self.screen.say(said.format(key=key), "warning")
        elif command == "undo" and self.screen.acting.last is not None:
            self.screen.acting.take_back()
        elif case := self.case():
            self.screen.acting.begin(command, case)

    def case(self, *, quietly: bool = False) -> Case | None:
        """Return the case that an act is about, as it is on the screen; ``quietly`` where none is needed."""
        screen = self.screen
        dossier, case_id = screen.looking.dossier, screen.table.case_id
        if dossier is not None and (
            dossier.case.case_id == case_id or isinstance(screen.showing.pane, CasePane)
        ):
            return dossier.case
        if case_id is None:
            if not quietly:
                screen.say(_("There is no case under the cursor."), "warning")
            return None
        try:
            return screen.desk.case(case_id)
        except WorkbenchError as why:
            screen.trouble(why)
            return None

    @property
    def mover(self) -> "QueueTable | Sheet":
        """What the moving keys move: the page that is read, the preview, or the cursor."""
        screen = self.screen
        if isinstance(screen.showing.pane, Sheet):
            return screen.showing.pane
        return screen.preview if screen.preview.has_focus else screen.table

    def open(self, *, at_reckoning: bool = False) -> None:
        """Show the case under the cursor whole; a second time, close it again."""
        showing = self.screen.showing
        if isinstance(showing.pane, CasePane) and not at_reckoning:
            showing.back()
        elif case := self.case():
            showing.open_case(case.case_id, at_reckoning=at_reckoning)

    def sideways(self, by: int) -> None:
        """Go to the neighbouring queue, or to the neighbouring case where one is read whole."""
        screen = self.screen
        if isinstance(screen.showing.pane, CasePane):
            screen.table.move(by)
            if screen.table.case_id is not None:
                screen.showing.open_case(screen.table.case_id)
        else:
            at = QUEUES.index(screen.feed.queue) + by
            self.queue(QUEUES[at % len(QUEUES)])

    def queue(self, name: str) -> None:
        """Show a queue."""
        self.screen.showing.back()
        self.screen.feed.open(name)
        self.screen.around.draw()

    def other_pane(self) -> None:
        """Go to the preview to scroll it, and back."""
        screen = self.screen
        if screen.showing.pane is None and screen.preview.display:
            (screen.table if screen.preview.has_focus else screen.preview).focus()

    def reveal(self) -> None:
        """Show the phone for ten seconds; that it was shown goes on record."""
        if case := self.case():
            self.screen.acting.reveal(case)

    def copy_number(self) -> None:
        """Give the case number to the terminal's clipboard."""
        if case := self.case():
            self.screen.app.copy_to_clipboard(case.number)
            self.screen.say(_("{number} is in the clipboard.").format(number=safe_text(case.number)))

    def theme(self) -> None:
        """Change between dark and light colours."""
        app = self.screen.app
        app.theme = theme.LIGHT.name if app.theme == theme.DARK.name else theme.DARK.name

    def refresh(self) -> None:
        """Read the view again."""
        self.screen.feed.load()
        self.screen.looking.look(self.screen.reading.case_id)
        self.screen.say(_("Read again."))

    def quit(self) -> None:
        """Go back one step; from the list, leave."""
        if self.screen.showing.pane is not None:
            self.screen.showing.leave()
        else:
            self.screen.app.exit(return_code=0)
