"""Every command, found by typing a part of its name in either language."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.fuzzy import Matcher
from textual.widgets import Static

from keymaps import QUEUE
from screens.ask.controls import Changed, LineControl, Step
from screens.ask.panel import Question
from screens.host import Host
from screens.present import topics
from screens.present.ink import KEY, SOFT, STRONG, TITLE, line
from screens.queue.columns import cells
from screens.viewing import VIEW, Viewing
from workbench import actions
from workbench.domain.text import clip
from workbench.words import _

ROWS = 8
KEY_CELLS = 8
TITLE_CELLS = 20


@dataclass(frozen=True)
class Entry:
    """One command as the list shows it."""

    id: str
    title: str
    help: str
    key: str

    def matches(self, sought: str) -> float:
        """Return how well the words fit, 0 if they do not."""
        matcher = Matcher(sought)
        return max(matcher.match(text) for text in (self.title, self.id, self.help))


class Palette(Question):
    """A line to type in, and the commands that fit."""

    stored = False

    def __init__(self, host: Host, viewing: Viewing) -> None:
        super().__init__(classes="form")
        self.host = host
        self.entries = entries(host, viewing)
        self.found = self.entries
        self.here = 0
        self.control = LineControl("")
        self.list = Static("", markup=False, id="palette-list")

    def compose(self) -> ComposeResult:
        """Lay out the line and the list."""
        yield Static(
            line((_("All commands"), TITLE), ("  " + _("type a part of the name, Enter runs it"), SOFT))
        )
        yield self.control
        yield self.list

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.control.focus()
        self._draw()

    def on_changed(self, event: Changed) -> None:
        """Show what fits, the best first."""
        event.stop()
        sought = self.control.typed.strip()
        scored = (
            [(entry.matches(sought), -at, entry) for at, entry in enumerate(self.entries)] if sought else []
        )
        self.found = [e for score, _at, e in sorted(scored, key=lambda s: s[:2], reverse=True) if score > 0]
        if not sought:
            self.found = self.entries
        self.here = 0
        self._draw()

    def on_step(self, event: Step) -> None:
        """Move in the list; Enter runs."""
        event.stop()
        if event.may_submit:
            self.submit()
        elif self.found:
            self.here = (self.here + event.by) % len(self.found)
            self._draw()

    def submit(self) -> None:
        """Run the command under the cursor."""
        chosen = self.found[self.here].id if self.found else None
        self.host.answered()
        if chosen is not None:
            self.host.run(chosen)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("Enter", _("run")), (_("Up/Down"), _("choose"))]

    def on_resize(self, event: Resize) -> None:
        """Fit the list to the new width."""
        self._draw()

    def _draw(self) -> None:
        first = max(0, min(self.here - ROWS // 2, len(self.found) - ROWS))
        shown = list(enumerate(self.found))[first : first + ROWS]
        width = self.screen.size.width - 2  # what the panel leaves on both sides
        rows = [_row(entry, width, here=at == self.here) for at, entry in shown]
        self.list.update(Content("\n").join(rows) if rows else line((_("Nothing is called that."), SOFT)))


def entries(host: Host, viewing: Viewing) -> list[Entry]:
    """Return every command but the moving ones: acts first."""
    found = [Entry(a.id, _(a.title), _(a.help), host.keys.way(a.id)) for a in actions.every()]
    known = {entry.id for entry in found}
    for command, title in QUEUE.items():
        if command not in known and not command.startswith("queue."):
            found.append(Entry(command, _(title), "", host.keys.first("queue", command)))
    known = {entry.id for entry in found}
    doors = ((door, words) for door, words in topics.DOORS.items() if door not in known)
    found += [Entry(door, _(title), _(help), host.keys.way(door)) for door, (title, help) in doors]
    found += [Entry(VIEW + view.name, view.name, said, key) for view, said, key in viewing.lines()]
    return found


def _row(entry: Entry, width: int, *, here: bool) -> Content:
    padding = " " * max(TITLE_CELLS - cells(entry.title), 1)
    return line(
        ("> " if here else "  ", STRONG),
        (f"{entry.key:<{KEY_CELLS}}", KEY),
        (entry.title + padding, STRONG if here else ""),
        (clip(entry.help, max(width - 2 - KEY_CELLS - max(TITLE_CELLS, cells(entry.title) + 1), 0)), SOFT),
    )
