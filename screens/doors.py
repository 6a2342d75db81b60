"""Opens what stands by itself: lines to search by, lists, menus; each is imported when it is first opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widget import Widget

from screens.finding import Finding
from screens.host import Host
from screens.viewing import Viewing
from workbench.words import _

if TYPE_CHECKING:
    from screens.board_pane import Kept


class Doors:
    """What the commands open that ask nothing of the case under the cursor."""

    def __init__(
        self, host: Host, finding: Finding, viewing: Viewing, top: Callable[[], Widget | None]
    ) -> None:
        self.host, self.finding, self.viewing = host, finding, viewing
        self.top = top  # tells what stands over the list
        self.kept: Kept | None = None  # of the board

    def filter(self) -> None:
        """Ask what to narrow the queue by."""
        from screens.ask.filter import FilterBar

        self.host.back()
        self.host.ask("filter", FilterBar(self.host, self.finding, self.viewing))

    def find(self) -> None:
        """Ask what to look for over all cases."""
        from screens.ask.find import FindBar

        self.host.back()
        self.host.ask("find", FindBar(self.host, self.finding))

    def palette(self) -> None:
        """List every command, to be found by typing."""
        from screens.ask.palette import Palette

        self.host.ask("palette", Palette(self.host, self.viewing))

    def decide(self) -> None:
        """Show what waits for this person, as it stands by now."""
        from screens.desk_pane import DeskPane

        top = self.top()
        if isinstance(top, DeskPane):
            top.refresh_rows()
        else:
            self.host.show(DeskPane(self.host))

    def board(self) -> None:
        """Show the board, with its cursor where it was."""
        from screens.board_pane import BoardPane, Kept

        top = self.top()
        if isinstance(top, BoardPane):
            top.count_anew()
        else:
            self.kept = self.kept or Kept()
            self.host.show(BoardPane(self.host, self.finding, self.kept, self.board))

    def hand_over(self) -> None:
        """Show what is handed over, by this person and to them."""
        from screens.handover_pane import HandoverPane

        self.host.show(HandoverPane(self.host))

    def campaigns(self) -> None:
        """Show the campaigns."""
        from screens.campaign_pane import CampaignPane

        self.host.show(CampaignPane(self.host))

    def settings(self, name: str = "") -> None:
        """List what can be set, or what one setting may be."""
        from screens.setting_menus import SettingMenus
        from workbench.configuration.settings import BY_NAME

        menus = SettingMenus(self.host)
        if name:
            menus.of(BY_NAME[name])
        else:
            menus.every()

    def dial(self) -> None:
        """Show whom to ring, one after another."""
        from screens.dial_pane import DialPane

        if isinstance(top := self.top(), DialPane):
            top.refresh_rows()
        else:
            self.host.show(DialPane(self.host))

    def views(self) -> None:
        """List the saved views."""
        from screens.ask.views_menu import ViewsMenu

        self.host.ask("views", ViewsMenu(self.host, self.viewing))

    def save_view(self) -> None:
        """Ask under which name this view is saved."""
        from screens.ask.save_view import SaveView, has_words

        if not has_words(self.host):
            said = _("No filter says which cases these are: they cannot be saved as a view.")
            self.host.say(said, "warning")
            return
        self.host.ask("save_view", SaveView(self.host, self.viewing))

    def export(self) -> None:
        """Ask for a file, and write this view into it."""
        from screens.ask.exporting import ExportForm

        self.host.ask("export", ExportForm(self.host))
