"""The board in place of list and card: figures, each of which opens the list of its cases."""

from collections.abc import Callable
from typing import ClassVar, Self

from textual.app import ComposeResult

from keymaps import label
from screens.background import Presses, background, so_far
from screens.figure_grid import FigureGrid
from screens.finding import Finding
from screens.host import Host
from screens.list_pane import HeadedPane
from screens.present import board_text
from screens.present.ink import SOFT, TITLE, line, lines
from workbench.reports import board as report
from workbench.reports import board_page, board_state
from workbench.reports.board import Board
from workbench.reports.board_figures import Figure
from workbench.reports.board_state import Asked, Known
from workbench.words import N_, _


class Kept:
    """What the board leaves for the next time that it is shown: what it knew, and where its cursor stood."""

    def __init__(self) -> None:
        self.known: Known | None = None
        self.cursor = ""


class BoardPane(HeadedPane):
    """Reads in the background; a commit changes the lines that it concerns, and no others."""

    CONTEXT: ClassVar = "board"
    WHOLE: ClassVar = True

    def __init__(self, host: Host, finding: Finding, kept: Kept, again: Callable[[], None]) -> None:
        super().__init__(host, "board")
        self.finding, self.kept, self.again = finding, kept, again
        self.board: Board | None = None
        self.figures: dict[str, Figure] = {}
        self.grid = FigureGrid("board-grid", self._rows)
        self.commands: dict[str, Callable[[], None]] = {
            "help": lambda: self.host.run("help"),
            "open": self.open,
            "refresh": self.count_anew,
            "cancel": lambda: self.host.run("quit"),
            **self.grid.moves(),
        }

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield self.grid

    def on_mount(self) -> None:
        """Read what there is to show."""
        self.focus()
        self.head.update(line((_("Board"), TITLE)))
        self.refresh_figures(Presses.WAIT)

    def focus(self, scroll_visible: bool = True) -> Self:
        """Let the keys go to the figures."""
        self.grid.focus(scroll_visible)
        return self

    def knows(self, command: str) -> bool:
        """Say whether a key of the context means something here."""
        return command in self.commands

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the board."""
        wanted = {
            "open": N_("its cases"),
            "next_figure": N_("next figure"),
            "refresh": N_("count anew"),
            "cancel": N_("back"),
        }
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor."""
        return self.figures.get(self.grid.cursor)

    @property
    def no_case(self) -> str:
        """Why no case can be acted on here."""
        said = _("A figure stands here, not one case; {key} lists its cases.")
        return said.format(key=self.host.keys.first(self.CONTEXT, "open"))

    def move(self, by: int) -> None:
        """Move the cursor by lines."""
        self.grid.move(by)

    def run(self, command: str) -> None:
        """Do what a key means here."""
        self.commands[command]()

    # ------------------------------------------------------------ reading

    def changed(self) -> None:
        """Look at what has changed."""
        self.refresh_figures(so_far())

    def count_anew(self) -> None:
        """Count everything once more, whatever has changed."""
        self.kept.known = None
        self.refresh_figures(Presses.WAIT)

    def refresh_figures(self, keys: Presses) -> None:
        """Bring the figures up to date in the background: by what has changed, where that can tell."""
        background(self, self._read, self._show, self.host.trouble, group="board", latest=True, keys=keys)

    def _read(self) -> Board:
        desk = self.host.desk
        with desk.store.reading() as db:
            known = self.kept.known and board_state.since(desk, db, self.kept.known)
            if known is None:
                known = board_state.count(desk, db, Asked(), standing=desk.read_only)
            rules = desk.rules_in(db)
        return report.of(known, rules.organisation, rules.zone)

    def _show(self, board: Board) -> None:
        self.board, self.kept.known = board, board.known
        self.figures = board.figures()
        self.grid.show("" if self.grid.cursor else self.kept.cursor)
        said = [_("Board"), *([] if board.known.exact else [_("some of it is not swept")])]
        self.head.update(line((said[0], TITLE), *((f"  {each}", SOFT) for each in said[1:])))
        self.about()

    def _rows(self, width: int) -> list[board_text.Row]:
        if self.board is None:
            return []
        if self.board.empty:
            key = self.host.keys.first("queue", "record")
            return [
                board_text.Row(_("Nothing is open, and nobody waits. {key} records a case.").format(key=key))
            ]
        return board_text.rows(self.board, width)

    def on_figure_grid_moved(self, event: FigureGrid.Moved) -> None:
        """Say in full what the cursor stands on."""
        event.stop()
        self.kept.cursor = self.grid.cursor
        self.about()

    def about(self) -> None:
        """Say what the figure under the cursor counts, and with which line the shell lists its cases."""
        figure = self.figure
        if figure is not None and self.board is not None:
            said = f"{board_page.full_title(self.board, figure)}  {figure.count}"
            self.detail.update(lines(line(said), line((figure.command, SOFT))))
        self.host.draw_case()

    # ------------------------------------------------------------ doing

    def open(self) -> None:
        """List the cases of the figure under the cursor; what closes the list shows the board again."""
        figure = self.figure
        if figure is None or self.board is None:
            self.host.say(_("There is no figure under the cursor."), "warning")
            return
        self.kept.cursor = figure.id
        named = figure.typed or board_page.full_title(self.board, figure)
        self.host.back()
        self.finding.list(figure.queue, named if figure.where else "", figure.where, self.again)
        self.host.say(_("The cases of the figure; {key} goes back to the board.").format(key=label("escape")))
