"""What a key opens: the form for a new case, the filter, the palette, the export, the help.

Each is imported when it is first opened, so that the first picture does not wait for it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from screens.pane import Pane
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen


QUEUE_KEYS = "queue"  # the context of the keymap in which cases are acted on


class Doors:
    """Opens things on a screen."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen

    def record(self) -> None:
        """Open the form for a new case."""
        if self.screen.desk.read_only:
            self.screen.say(_("The store is open for reading only."), "warning")
            return
        from screens.record_pane import RecordPane

        self.screen.showing.open_record(RecordPane(self.screen))

    def filter(self) -> None:
        """Ask what to narrow the queue by."""
        from screens.ask.filter import FilterBar

        self.screen.showing.back()
        self.screen.showing.ask("filter", FilterBar(self.screen))

    def palette(self) -> None:
        """List every command, to be found by typing."""
        from screens.ask.palette import Palette

        self.screen.showing.ask("palette", Palette(self.screen))

    def more(self) -> None:
        """List the further acts on the case under the cursor."""
        from screens.ask.more import MoreMenu

        case = self.screen.commands.case(quietly=True)
        self.screen.showing.ask("more", MoreMenu(self.screen, case))

    def decide(self, cursor: int = 0) -> None:
        """Show what waits for this person."""
        from screens.desk_pane import DeskPane

        self.screen.showing.open(DeskPane(self.screen, cursor))

    def hand_over(self, cursor: int = 0, steps: Mapping[int, str] = MappingProxyType({})) -> None:
        """Show what is handed over, by this person and to them; ``steps`` are next steps edited before."""
        from screens.handover_pane import HandoverPane

        pane = HandoverPane(self.screen, cursor)
        pane.handing.steps.update(steps)
        self.screen.showing.open(pane)

    def campaigns(self) -> None:
        """Show the campaigns."""
        from screens.campaign_pane import CampaignPane

        self.screen.showing.open(CampaignPane(self.screen))

    def export(self) -> None:
        """Ask for a file, and write this view into it."""
        from screens.ask.exporting import ExportForm

        self.screen.showing.ask("export", ExportForm(self.screen))

    def help(self) -> None:
        """Show the keys and what they do."""
        from screens.help_page import HelpPage
        from screens.showing import cover

        showing = self.screen.showing
        if isinstance(showing.pane, HelpPage):
            showing.leave()
        elif showing.form is None:
            here = showing.pane.CONTEXT if isinstance(showing.pane, Pane) else QUEUE_KEYS
            cover(showing, HelpPage(self.screen.keys, here))
        else:
            self.screen.say(
                _("Tab: next field. Arrows choose. Esc puts the form aside; what you typed is kept.")
            )
