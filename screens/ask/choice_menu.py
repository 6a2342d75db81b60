"""A menu of a few lines, one of which is chosen: by its number, or by the arrows."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Static

from keymaps import fold_key
from screens.ask.panel import Question
from screens.host import Host
from screens.list_columns import Column
from screens.pick_list import PickList
from screens.present.ink import SOFT, TITLE, line
from workbench.words import _


class Choice(NamedTuple):
    """One line: the id that is given back, what it is called, what it is now or does, and more on it."""

    id: str
    title: str
    about: str
    more: str = ""


class ChoiceMenu(Question):
    """Lists what there is to choose from; the cursor begins on what holds now."""

    stored = False

    def __init__(
        self,
        host: Host,
        title: str,
        choices: Sequence[Choice],
        now: str,
        chosen: Callable[[str], None],
        beside: str = "",
    ) -> None:
        super().__init__(classes="form")
        self.host, self.title, self.choices, self.chosen = host, title, choices, chosen
        self.beside = beside  # stands beside the title
        self.now = now  # the id of what holds; empty where that is told of each line
        self.list = PickList("more-list")
        self.about = Static("", markup=False, id="more-about")

    def compose(self) -> ComposeResult:
        """Lay out what is chosen, and the list."""
        yield Static(line((self.title, TITLE), ("  " + self.beside, SOFT)))
        yield self.list
        yield self.about

    def on_mount(self) -> None:
        """Show the list."""
        columns = [Column(""), Column(_("No.")), Column(self.title), Column("", 1)]
        at = next((at for at, each in enumerate(self.choices) if each.id == self.now), 0)
        self.list.show(columns, self._rows(), cursor=at)
        self.list.focus()

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        """Say in full what the line under the cursor is."""
        event.stop()
        here = self.choices[self.list.cursor]
        self.about.update(line((here.more or here.about, SOFT)))

    def on_key(self, event: Key) -> None:
        """Go to a number, or move."""
        typed = fold_key(event.character or "")
        command = self.host.keys.command("more", event)
        moves = {"open": self.submit, **self.list.moves()}
        if typed.isascii() and typed.isdecimal():
            if 1 <= int(typed) <= len(self.choices):
                self.list.go(int(typed) - 1)
        elif command in moves:
            moves[command]()
        else:
            return
        event.stop()
        event.prevent_default()

    def submit(self) -> None:
        """Take what is under the cursor."""
        chosen = self.choices[self.list.cursor].id
        self.host.answered()
        self.chosen(chosen)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the menu."""
        return [("Enter", _("choose it")), ("1-9", _("go to the number")), (_("Up/Down"), _("choose"))]

    def _rows(self) -> list[tuple[str, ...]]:
        return [
            ("*" if each.id == self.now else "", f"{at:>2}", each.title, each.about)
            for at, each in enumerate(self.choices, 1)
        ]
