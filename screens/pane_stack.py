"""What stands in place of the list, one pane over another; what is asked; and the way back from both."""

from typing import TYPE_CHECKING

from textual.widget import Widget

from screens.ask.form import Form
from screens.ask.panel import Question
from screens.case_pane import CasePane
from screens.drafts import RECORD
from screens.list_pane import ListPane
from screens.pane import FormPane, Pane
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen


class PaneStack:
    """Panes over the list, of which the topmost is seen, and one question at a time under it.

    A pane that another one covers stays as it was, out of sight.
    """

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self.panes: list[Widget] = []

    # ------------------------------------------------------------ panes

    @property
    def top(self) -> Widget | None:
        """The pane that is seen; None if that is the list."""
        return self.panes[-1] if self.panes else None

    @property
    def helping(self) -> bool:
        """Whether the help stands there: no key acts on a case that nobody sees."""
        return self.top is not None and self.top.id == "help"

    def push(self, pane: Widget) -> None:
        """Show ``pane`` over what stands there."""
        self.panes.append(pane)
        self._exchange()

    def pop(self) -> None:
        """Take away what is seen; what it covered is seen again, as it stands by now."""
        _put_away(self.panes.pop())
        self._exchange()
        self.refresh_case()
        if isinstance(self.top, Pane):
            self.top.changed()

    def replace(self, pane: Widget) -> None:
        """Show ``pane`` in place of the list, whatever stood there."""
        _put_away(*self.panes)
        self.panes = [pane]
        self._exchange()

    def clear(self) -> None:
        """Show the list again."""
        if self.panes:
            _put_away(*self.panes)
            self.panes = []
            self._exchange()

    def focus(self) -> None:
        """Let the keys go to what is seen."""
        (self.top or self.screen.table).focus()

    def _exchange(self) -> None:
        page = self.screen.page  # it never goes: what is laid out anew takes four times as long to be seen
        page.display = page in self.panes
        self.screen.room.share(self.panes)
        self.screen.call_next(self._settle)
        self.screen.frame.draw_keys()

    async def _settle(self) -> None:
        """Take away what has gone, wholly, before anything comes: its like may come."""
        kept = [*self.panes, *filter(None, (self.screen.spare.pane,))]
        wanted = [part for pane in kept for part, _place in _parts(pane)]
        for widget in self.screen.query(".-pane").results():
            if widget not in wanted:
                await widget.remove()
        for pane in self.panes:
            await _place(self.screen, pane)
        for pane in self.panes:
            pane.display = self.screen.room.has_place(pane, self.top)
        if not self.screen.panel.kind:
            self.focus()

    # ------------------------------------------------------------ cases

    def read(self, case_id: int, *, at_reckoning: bool = False) -> None:
        """Show one case whole, over the pane that stands there."""
        page = self.screen.page
        if self.top is not page:
            self.panes = [each for each in self.panes if each is not page]
            page.begin()
            self.push(page)
        self.screen.reader.show(page, case_id)
        if at_reckoning:
            page.go_to_reckoning()

    def refresh_case(self) -> None:
        """Show the open case as it is known by now."""
        dossier = self.screen.reader.dossier
        if isinstance(self.top, CasePane) and dossier and dossier.case.case_id == self.top.case_id:
            self.top.show_case(dossier)

    # ------------------------------------------------------------ questions

    @property
    def form(self) -> Form | None:
        """The form that is being filled, wherever it stands."""
        question = self.screen.panel.question
        if isinstance(question, Form):
            return question
        return self.top.form if isinstance(self.top, FormPane) else None

    @property
    def asking(self) -> bool:
        """Whether the keys belong to something that is being filled in."""
        return bool(self.screen.panel.kind) or self.form is not None

    def ask(self, kind: str, question: Question) -> None:
        """Ask something under what is shown."""
        self.screen.frame.hush()
        self.screen.panel.open(kind, question)
        self.screen.room.share(self.panes)
        self.screen.frame.draw_keys()

    def answered(self) -> None:
        """Put the question away; the keys belong to the cases again."""
        if isinstance(question := self.screen.panel.question, Form):
            question.put_away = True
        self.screen.panel.close()
        self.screen.room.share(self.panes)
        self.screen.gate.done()
        self.screen.reader.follow()
        self.focus()
        self.screen.frame.draw_keys()

    def submit(self) -> None:
        """Do what is being asked for, as far as it is filled in."""
        asked = self.form or self.screen.panel.question
        if asked is not None:
            asked.submit()

    def cancel(self) -> None:
        """Go back one step: put aside what is asked, close what is read, take marks and filter away."""
        if self.screen.bulk.stop():
            return
        self.keep_draft()
        kept = self.form.draft_key if self.form is not None and self.form.draft else ""
        if (question := self.screen.panel.question) is not None:
            self.answered()
            question.declined()
        elif self.panes:
            self.pop()
        elif self.screen.marking.clear() or self.screen.finding.leave() or self.screen.viewing.close():
            pass
        elif self.screen.feed.typed:
            self.screen.feed.narrow("", (), "")
        else:
            self.screen.tour.leave()
        if kept and not self.asking:
            self.screen.say(_put_aside(self.screen, kept))

    def keep_draft(self) -> None:
        """Keep what is being typed."""
        asked = self.screen.panel.question or (self.top if isinstance(self.top, FormPane) else None)
        if asked is not None:
            asked.keep_draft()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of what is being filled in."""
        question, form = self.screen.panel.question or self.form, self.form
        hints = question.hints() if question else []
        if form is not None and form.draft_key:
            hints.append((self.screen.keys.first("form", "throw_away"), _("throw away")))
        return hints


def _put_aside(screen: "QueueScreen", draft_key: str) -> str:
    """Return where a form is found again that was put aside with something in it."""
    if draft_key != RECORD:
        return _("Put aside; it is kept, and the key of its form leads back to it.")
    keys = f"{screen.keys.first('queue', 'record')} {screen.keys.first('form', 'fetch')}"
    return _("Put aside; it is kept: {keys} bring it back.").format(keys=keys)


def cover(stack: PaneStack, pane: Widget) -> None:
    """Show ``pane`` over what stands there; one of its kind that is seen there gives way to it."""
    if type(stack.top) is type(pane):
        _put_away(stack.panes.pop())
    stack.push(pane)


def lay_out(screen: "QueueScreen", pane: FormPane) -> None:
    """Lay a form out that is shown later."""
    for part, _where in _parts(pane):
        part.display = False
    screen.call_next(_place, screen, pane)


async def _place(screen: "QueueScreen", pane: Widget) -> None:
    for part, where in _parts(pane):
        places = screen.query(where)  # none, where the program is being left
        if places and not part.is_attached:
            await places.first().mount(part.add_class("-pane"))


def _parts(pane: Widget) -> list[tuple[Widget, str]]:
    """Return what a pane consists of, each with the place on the frame where it stands."""
    if isinstance(pane, FormPane):
        return [(pane.in_list, "#list"), (pane.on_card, "#work"), (pane, "#strip")]
    return [(pane, "#list" if isinstance(pane, ListPane) else "#body")]


def _put_away(*gone: Widget) -> None:
    """Let nothing more of the forms that have gone be kept as a draft."""
    for pane in gone:
        if isinstance(pane, FormPane):
            pane.form.put_away = True
