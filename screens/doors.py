"""Opens forms, menus and panes; each is imported when it is first opened."""

from typing import TYPE_CHECKING

from screens.pane import Pane
from workbench.domain.cases import Case
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen

QUEUE_KEYS = "queue"  # the context of the keymap in which cases are acted on


class Doors:
    """What the commands that ask or show something open."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen

    def record(self) -> None:
        """Open the form for a new case."""
        if self.screen.desk.read_only:
            self.screen.say(_("The store is open for reading only."), "warning")
            return
        self.screen.frame.hush()
        self.screen.spare.show()

    def filter(self) -> None:
        """Ask what to narrow the queue by."""
        from screens.ask.filter import FilterBar

        self.screen.panes.clear()
        self.screen.panes.ask("filter", FilterBar(self.screen, self.screen.finding))

    def find(self) -> None:
        """Ask what to look for over all cases."""
        from screens.ask.find import FindBar

        self.screen.panes.clear()
        self.screen.panes.ask("find", FindBar(self.screen, self.screen.finding))

    def palette(self) -> None:
        """List every command, to be found by typing."""
        from screens.ask.palette import Palette

        self.screen.panes.ask("palette", Palette(self.screen))

    def more(self) -> None:
        """List the further acts on the case under the cursor."""
        from screens.ask.more import MoreMenu

        def ask(case: Case | None) -> None:
            self.screen.panes.ask("more", MoreMenu(self.screen, case))

        self.screen.commands.with_case(ask, lambda: ask(None))

    def decide(self) -> None:
        """Show what waits for this person."""
        from screens.desk_pane import DeskPane

        top = self.screen.panes.top
        if isinstance(top, DeskPane):
            top.refresh_rows()
        else:
            self.screen.panes.replace(DeskPane(self.screen))

    def hand_over(self) -> None:
        """Show what is handed over, by this person and to them."""
        from screens.handover_pane import HandoverPane

        self.screen.panes.replace(HandoverPane(self.screen))

    def campaigns(self) -> None:
        """Show the campaigns."""
        from screens.campaign_pane import CampaignPane

        self.screen.panes.replace(CampaignPane(self.screen))

    def export(self) -> None:
        """Ask for a file, and write this view into it."""
        from screens.ask.exporting import ExportForm

        self.screen.panes.ask("export", ExportForm(self.screen))

    def help(self) -> None:
        """Show the keys and what they do."""
        from screens.help_page import HelpPage

        panes = self.screen.panes
        if panes.helping:
            panes.pop()
        elif panes.form is None:
            here = panes.top.CONTEXT if isinstance(panes.top, Pane) else QUEUE_KEYS
            panes.push(HelpPage(self.screen.keys, here))
        else:
            self.screen.say(
                _("Tab: next field. Arrows choose. Esc puts the form aside; what you typed is kept.")
            )
