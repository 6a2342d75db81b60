"""Saved views on the screen: which there are, which one is shown, and the way back to the queue.

The file is looked at in the background; what others save in it is there within a second. One with faults
leaves the last good views in use, and the last line says so once.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from screens.background import background
from screens.finding import Finding
from screens.host import Host
from screens.queue.bars import ViewTabs
from workbench.config import kept_views
from workbench.domain.errors import UsageError
from workbench.domain.text import safe_text
from workbench.views.file import ViewFile
from workbench.wording import names
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.views.view import SavedView

ORDERS = {  # in words, where a view has one that is not its queue's
    "received_at": N_("oldest first"), "-received_at": N_("newest first"), "severity": N_("by level"),
}  # fmt: skip
VIEW = "view:"  # begins the id of the command that opens a saved view


class Viewing:
    """The saved views of a screen."""

    def __init__(self, host: Host, finding: Finding, path: Path) -> None:
        self.host, self.finding = host, finding
        self.file = ViewFile(path, kept_views(path))
        self.shown: SavedView | None = None
        self._looking = False

    def look(self) -> None:
        """Read the file in the background where it has changed."""
        table = self.host.feed.table
        if self._looking or not table.is_attached:
            return
        self._looking = True

        def done(changed: bool) -> None:
            self._looking = False
            if changed:
                self._tell()

        background(table.screen, self.file.look, done, self.host.trouble, group="views")

    def _tell(self) -> None:
        """Show on the tabs what stands on digits by now; say what is wrong with the file."""
        self.host.feed.counted()
        if self.file.faults is not None:
            said = _("The views stay as they were; their file has faults: {first}")
            self.host.say(said.format(first=str(self.file.faults.faults[0])), "warning")

    @property
    def views(self) -> "tuple[SavedView, ...]":
        """The views of the last good reading."""
        return self.file.views

    def on(self, digit: int) -> "SavedView | None":
        """Return the view that stands on a digit."""
        return next((view for view in self.views if view.digit == digit), None)

    def lines(self) -> "list[tuple[SavedView, str, str]]":
        """Return each view with what it holds in words, and its digit."""
        return [(view, described(view), "" if view.digit is None else str(view.digit)) for view in self.views]

    def title(self) -> str:
        """Return what is looked at: the view, marked where its filter is another by now, or the queue."""
        if self.shown is None or self.finding.before is not None:
            return names.queue(self.host.feed.queue)
        return self.shown.name + ("*" if self.host.feed.typed != self.shown.where else "")

    def tabs(self) -> ViewTabs:
        """Return what the tabs say of views."""
        shown = self.shown.name if self.shown is not None and self.finding.before is None else ""
        return ViewTabs({view.digit: view.name for view in self.views if view.digit is not None}, shown)

    def on_digit(self, digit: int, queue: Callable[[], None]) -> None:
        """Show the view that stands on a digit, or the queue."""
        if (view := self.on(digit)) is not None:
            self.open(view)
        else:
            queue()

    def open_named(self, name: str) -> None:
        """Show the view ``name``, where it is still there."""
        found = next((view for view in self.views if view.name == name), None)
        if found is None:
            said = _('The view "{name}" is gone.')
            self.host.say(said.format(name=safe_text(name)), "warning")
        else:
            self.open(found)

    def open(self, view: "SavedView") -> None:
        """Show a view, or say what it names that is not there."""
        from workbench.views.view import asked

        desk = self.host.desk
        try:
            found = asked(view, self.host.words.policy, desk.person, desk.now())
        except UsageError as why:
            self.host.say(str(why.said), "warning")
            return
        self.host.back()
        self.finding.before = None
        self.shown = view
        self._show_columns(view.columns)
        self.host.feed.show(found, view.where)

    def leave(self) -> None:
        """Forget the view that is shown, and what of it narrows the queue; that is not read yet."""
        if self.shown is None:
            return
        self.shown = self.finding.before = None
        self.host.feed.forget()
        self._show_columns(())

    def _show_columns(self, wanted: Sequence[str]) -> None:
        table = self.host.feed.table
        table.columns = wanted
        table.take([])  # which lays them out

    def close(self) -> bool:
        """Show the whole queue of the view; False if no view is shown."""
        if self.shown is None:
            return False
        self.leave()
        self.host.feed.open(self.host.feed.queue)
        self.host.feed.counted()
        return True


def described(view: "SavedView") -> str:
    """Return which cases a view holds, in words."""
    queue = names.queue(view.queue) if view.queue in names.QUEUES else view.queue
    order = _(ORDERS[view.order]) if view.order in ORDERS else view.order
    return safe_text("  ".join(part for part in (queue, view.where, order) if part))
