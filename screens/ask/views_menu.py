"""The list of saved views: a digit opens one, or the arrows and Enter."""

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from keymaps import fold_key
from screens.ask.panel import Question
from screens.host import Host
from screens.list_columns import Column
from screens.pick_list import PickList
from screens.present.ink import LATE, SOFT, TITLE, line
from screens.viewing import Viewing, described
from workbench.domain.text import safe_text
from workbench.views.view import SavedView
from workbench.words import _

DIGITS = "1234567890"


class ViewsMenu(Question):
    """Lists what can be opened; each line has a digit: its own, else one that is free."""

    stored = False

    def __init__(self, host: Host, viewing: Viewing) -> None:
        super().__init__(classes="form")
        self.host, self.viewing = host, viewing
        self.views = viewing.views
        self.digits = digits_of(self.views)
        self.list, self.about = PickList("views-list"), Static("", markup=False, id="views-about")

    def compose(self) -> ComposeResult:
        """Lay out the list, and the line for what is wrong with the file."""
        yield Static(line((_("Saved views"), TITLE), ("  " + safe_text(str(self.viewing.file.path)), SOFT)))
        yield self.list
        yield self.about

    def on_mount(self) -> None:
        """Show the list, the cursor on the view that is shown."""
        shown = self.viewing.shown
        here = self.views.index(shown) if shown in self.views else 0
        key = self.host.keys.first("queue", "save_view")
        template = _("No view has been saved yet; {key} saves what the queue shows.")
        empty = "" if self.viewing.file.faults else template.format(key=key)
        columns = [Column(_("Key")), Column(_("Name of the view")), Column(_("What it shows"), 1)]
        self.list.show(columns, self._rows(), cursor=here, empty=empty)
        self.list.focus()
        self._say()

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        """Stay silent: a line says all there is."""
        event.stop()

    def on_key(self, event: Key) -> None:
        """Open what stands on a digit, or move."""
        typed = fold_key(event.character or "")
        moves = {"open": self.submit, **self.list.moves()}
        if typed and typed in DIGITS:
            self._open_on(typed)
        elif (command := self.host.keys.command("more", event)) in moves:
            moves[command]()
        else:
            return
        event.stop()
        event.prevent_default()

    def submit(self) -> None:
        """Open the view under the cursor."""
        if self.views:
            self._open(self.views[self.list.cursor])

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("Enter", _("open")), ("0-9", _("open at once")), (_("Up/Down"), _("choose"))]

    def _rows(self) -> list[tuple[str, ...]]:
        return [
            (digit, safe_text(view.name), described(view))
            for view, digit in zip(self.views, self.digits, strict=True)
        ]

    def _open_on(self, digit: str) -> None:
        if digit in self.digits:
            self._open(self.views[self.digits.index(digit)])

    def _open(self, view: SavedView) -> None:
        self.host.answered()
        self.viewing.open(view)

    def _say(self) -> None:
        faults = self.viewing.file.faults
        if faults is not None:
            said = [
                "! " + _("The file has faults; listed are the views of before them."),
                *map(str, faults.faults),
            ]
            self.about.update(Content("\n").join(line((safe_text(each), LATE)) for each in said))


def digits_of(views: tuple[SavedView, ...]) -> list[str]:
    """Return the digit of each view in the list; empty where there are no more."""
    own = {str(view.digit) for view in views if view.digit is not None}
    free = iter([digit for digit in DIGITS if digit not in own])
    return [next(free, "") if view.digit is None else str(view.digit) for view in views]
