"""What stands in place of the list, what is being asked, and the way back from both."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from screens.ask.form import Form
from screens.ask.panel import Question
from screens.case_pane import CasePane
from screens.pane import Pane

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen
    from screens.record_pane import RecordPane


class Showing:
    """One pane at a time instead of the list, and one question at a time under either."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self.pane: Widget | None = None
        self.record: RecordPane | None = None  # the pane, while it is one to be filled in
        self.then: Callable[[], None] | None = None  # opens what stood there before the pane
        self.beneath: Widget | None = None  # the pane that a page covers for a while

    @property
    def form(self) -> Form | None:
        """The form that is being filled, wherever it stands."""
        question = self.screen.panel.question
        return question if isinstance(question, Form) else self.record.form if self.record else None

    @property
    def asking(self) -> bool:
        """Whether the keys belong to something that is being filled in."""
        return bool(self.screen.panel.kind) or self.form is not None

    def ask(self, kind: str, question: Question) -> None:
        """Ask something under what is shown."""
        self.screen.around.hush()
        self.screen.panel.open(kind, question)
        self.screen.around.draw_keys()

    def answered(self) -> None:
        """Put the question away; the keys belong to the cases again."""
        self.screen.panel.close()
        self.screen.gate.done()
        focus(self)
        self.screen.around.draw_keys()

    def open_record(self, pane: "RecordPane") -> None:
        """Show the form for a new case in place of the list."""
        self.screen.around.hush()
        self.open(pane)
        self.record = pane
        self.screen.around.draw_keys()

    def open(self, pane: Widget) -> None:
        """Show ``pane`` in place of the list."""
        self.back()
        self.pane = pane
        exchange(self)

    def back(self) -> None:
        """Show the list again."""
        if self.pane is not None:
            self.pane = self.record = self.then = self.beneath = None
            exchange(self)

    def leave(self) -> None:
        """Show what stood there before the pane: the list, or the pane from which it was opened."""
        then = self.then
        if self.beneath is None:
            self.back()
        if then is not None:
            then()

    def open_case(self, case_id: int, *, at_reckoning: bool = False) -> None:
        """Show one case whole."""
        pane = self.pane if isinstance(self.pane, CasePane) else None
        if pane is None:
            pane = CasePane()
            self.open(pane)
        self.screen.reading.show(pane, case_id)
        if at_reckoning:
            pane.go_to_reckoning()

    def refresh_case(self) -> None:
        """Show the open case as it is known by now."""
        dossier = self.screen.looking.dossier
        if isinstance(self.pane, CasePane) and dossier is not None:
            self.pane.show_case(dossier)

    def submit(self) -> None:
        """Do what is being asked for, as far as it is filled in."""
        if self.form is not None:
            self.form.submit()
        elif self.screen.panel.question is not None:
            self.screen.panel.question.submit()

    def cancel(self) -> None:
        """Go back one step: put aside what is asked, close what is read, take the filter away."""
        self.keep_draft()
        if self.screen.panel.question is not None:
            self.answered()
        elif self.pane is not None:
            self.leave()
        elif self.screen.feed.typed:
            self.screen.feed.narrow("", (), "")
            self.screen.around.draw()

    def keep_draft(self) -> None:
        """Keep what is being typed."""
        question = self.screen.panel.question
        if question is not None:
            question.keep_draft()
        elif self.record is not None:
            self.record.keep_draft()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of what is being filled in."""
        question = self.screen.panel.question or self.form
        return question.hints() if question else []


def exchange(showing: Showing) -> None:
    """Have the screen show what stands there by now."""
    screen = showing.screen
    screen.query_one("#list").display = showing.pane is None
    screen.call_next(_exchange, showing)
    screen.around.draw_keys()


async def _exchange(showing: Showing) -> None:
    """Take away what has gone, wholly, before anything comes: its like may come."""
    body = showing.screen.query_one("#body")
    wanted = [widget for widget in (showing.beneath, showing.pane) if widget is not None]
    for widget in body.query_children(".-pane").results():
        if widget not in wanted:
            await widget.remove()
    for widget in wanted:
        if not widget.is_attached:
            await body.mount(widget.add_class("-pane"))
        widget.display = widget is showing.pane
    if not showing.screen.panel.kind:
        focus(showing)


def focus(showing: Showing) -> None:
    """Let the keys go to what stands there."""
    (showing.pane or showing.screen.table).focus()


def helping(showing: Showing) -> bool:
    """Say whether the help stands there: no key acts on a case that nobody sees."""
    return showing.pane is not None and showing.pane.id == "help"


def cover(showing: Showing, page: Widget) -> None:
    """Show ``page`` over the pane that stands there; leaving it shows that one again, as it was."""
    covered, then = showing.pane, showing.then
    if covered is None:
        showing.open(page)
        return
    showing.pane, showing.beneath = page, covered
    showing.then = partial(_uncover, showing, covered, then)
    exchange(showing)


def _uncover(showing: Showing, covered: Widget, then: Callable[[], None] | None) -> None:
    """Show again what a page had covered."""
    showing.pane, showing.then, showing.beneath = covered, then, None
    exchange(showing)
    showing.refresh_case()
    if isinstance(covered, Pane):
        covered.changed()
