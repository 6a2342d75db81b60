"""The menu of further acts: by letter, by number, or by the arrows; what cannot be done says why."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Static

from keymaps import fold_key
from screens.ask.panel import Question
from screens.host import Host
from screens.list_columns import Column
from screens.pick_list import PickList
from screens.present import topics
from screens.present.ink import SOFT, TITLE, line
from workbench.domain import masks
from workbench.domain.text import safe_text
from workbench.words import _

if TYPE_CHECKING:
    from workbench.domain.cases import Case

NUMBER_PAUSE_SECONDS = 1.0


class MoreMenu(Question):
    """Lists what else can be done to a case."""

    stored = False

    def __init__(self, host: Host, case: "Case | None", marked: int = 0) -> None:
        super().__init__(classes="form")
        self.host, self.case, self.marked = host, case, marked
        self.lines = topics.menu(host.desk, case, host.keys.in_menu)
        if marked:  # what cannot be done to which of them is said once it is chosen
            self.lines = [replace(each, why_not="") for each in self.lines]
        self.list, self.about = PickList("more-list"), Static("", markup=False, id="more-about")
        self._number, self._typed_at = "", 0.0

    def compose(self) -> ComposeResult:
        """Lay out what it is about, and the list."""
        case = self.case
        about = f"{safe_text(case.number)}  {safe_text(masks.of(case, 'customer'))}" if case else ""
        about = _("marked cases: {n}").format(n=self.marked) if self.marked else about
        yield Static(line((_("More acts"), TITLE), ("  " + about, SOFT)))
        yield self.list
        yield self.about

    def on_mount(self) -> None:
        """Show the list; the cursor stands on what is likely next."""
        self.list.show(
            [*map(Column, ("", _("No."), _("Key"), _("Act"))), Column(_("What it does, or why not now"), 1)],
            self._rows(),
            dim={at for at, each in enumerate(self.lines) if each.why_not},
        )
        self.list.focus()

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        """Say in full what the line under the cursor does, or why it cannot be done."""
        event.stop()
        here = self.lines[self.list.cursor]
        said = f"- {safe_text(here.why_not)}" if here.why_not else here.help
        self.about.update(line((said, SOFT)))

    def on_key(self, event: Key) -> None:
        """Go to a number, do what a letter stands for, or move."""
        typed = fold_key(event.character or "")
        if typed.isdecimal() and typed.isascii():
            self._go_to(typed, event.time)
        elif command := self.host.keys.command("more", event):
            self._do(command)
        else:
            return
        event.stop()
        event.prevent_default()

    def submit(self) -> None:
        """Do what is under the cursor."""
        if self.lines:
            self._run(self.list.cursor)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the menu."""
        return [("Enter", _("do it")), ("1-9", _("go to the number")), (_("Up/Down"), _("choose"))]

    def _rows(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        before = ""
        for at, each in enumerate(self.lines, 1):
            topic = _(each.topic) if each.topic != before else ""
            before = each.topic
            key = self.host.keys.first("more", each.id)
            said = f"- {safe_text(each.why_not)}" if each.why_not else each.help
            rows.append((topic, f"{at:>2}", key, each.title, said))
        return rows

    def _go_to(self, digit: str, at: float) -> None:
        joined = self._number + digit if at - self._typed_at < NUMBER_PAUSE_SECONDS else digit
        self._number = joined if int(joined) <= len(self.lines) else digit
        self._typed_at = at
        if 1 <= int(self._number) <= len(self.lines):
            self.list.go(int(self._number) - 1)

    def _do(self, command: str) -> None:
        moves = {"open": self.submit, **self.list.moves()}
        if command in moves:
            moves[command]()
            return
        at = next((at for at, each in enumerate(self.lines) if each.id == command), None)
        if at is not None:
            self.list.go(at)
            self._run(at)

    def _run(self, at: int) -> None:
        """Do it, or say why it cannot be done; the menu stays for another choice then."""
        chosen = self.lines[at]
        if chosen.why_not:
            self.host.say(chosen.why_not, "warning")
            return
        self.host.answered()
        self.host.run(chosen.id)
