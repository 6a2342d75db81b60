"""The one screen: the queue, the case beside it, and whatever is being asked."""

from collections.abc import Mapping
from time import monotonic

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen

from screens.acting import Acting
from screens.ask.panel import AskPanel
from screens.commands import Commands
from screens.drafts import RECORD, Drafts
from screens.gate import KeyGate
from screens.keys import Keys, is_wide_text
from screens.present import case_text
from screens.present.case_text import Dossier
from screens.queue.around import Around
from screens.queue.columns import Cells
from screens.queue.feed import Feed
from screens.queue.looking import Looking
from screens.queue.source import QueueSource
from screens.queue.table import QueueTable
from screens.reading import Reading
from screens.sheet import Sheet
from screens.showing import Showing
from screens.work import Presses, background
from workbench.desk import Desk
from workbench.domain.errors import WorkbenchError
from workbench.wording.names import Names, in_chinese
from workbench.words import _

TOAST_SECONDS = 10


class QueueScreen(Screen[None], inherit_bindings=False):
    """Puts the parts together; what they do is theirs."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (150, "-wide")]  # noqa: RUF012 (declared so by Textual)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, desk: Desk, keys: Keys, drafts: Drafts, gate: KeyGate) -> None:
        super().__init__()
        self.desk, self.keys, self.drafts, self.gate = desk, keys, drafts, gate
        self.leaving = False
        self.words = Names(desk.rules().policy)
        self.table = QueueTable(QueueSource(desk.store), Cells(self.words), desk.now, id="table")
        self.preview = Sheet("preview")
        self.panel = AskPanel(id="ask")
        self.around = Around(self)
        self.reading = Reading(self)
        self.feed = Feed(desk, self.table, self.reading.changed, self.trouble)
        self.looking = Looking(desk, self, self._seen, self.trouble)
        self.acting = Acting(desk, self)
        self.showing = Showing(self)
        self.commands = Commands(self)

    def compose(self) -> ComposeResult:
        """Lay out the lines, the list beside its preview, and room for questions."""
        yield self.around.top
        yield self.around.tabs
        with Container(id="body"), Container(id="list"):
            with Container(id="queue-side"):
                yield self.around.head
                yield self.table
            yield self.preview
        yield self.panel
        yield self.around.keys
        yield self.around.status

    def on_mount(self) -> None:
        """Show the queue in the first picture."""
        self.set_class(in_chinese(), "-zh")
        self.table.focus()
        self.feed.first()
        if self.drafts.load(RECORD):
            key = self.keys.first("queue", "record")
            self.say(
                _("A case that was not saved is waiting; {key} brings it back.").format(key=key), "warning"
            )

    @property
    def context(self) -> str:
        """Whose keys hold now: those of the queue, or those of the question."""
        return "form" if self.showing.asking else "queue"

    def on_resize(self, event: events.Resize) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.around.draw()
        self._seen(self.looking.dossier)

    def on_queue_table_moved(self, event: QueueTable.Moved) -> None:
        """Follow the cursor, and keep the titles above their columns; the preview comes when it rests."""
        self.around.draw_head()
        self.looking.follow(self.reading.case_id)

    def on_key(self, event: events.Key) -> None:
        """Do what the keymap says; a key that says nothing here is left alone."""
        self.feed.last_key = monotonic()
        command = "cancel" if event.key == "escape" else self.keys.command(self.context, event)
        if command is not None:
            event.stop()
            event.prevent_default()
            self.commands.run(command)
        elif self.context == "queue" and is_wide_text(event):
            self.say(_("The input method is on; press Shift to switch it off."), "warning")

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is text, never keys."""
        if self.context == "queue":
            event.stop()
            self.say(_("Pasted text does nothing here; open a form first."), "warning")

    def say(self, text: str, severity: str = "information", *, toast: bool = False) -> None:
        """Say what happened, in the last line and, for what was stored and where there is room, larger."""
        self.around.news(text, severity)
        self.app.clear_notifications()
        if toast and self.has_class("-wide"):
            self.notify(text, timeout=TOAST_SECONDS, markup=False)

    def tick(self, *, new_minute: bool) -> None:
        """Let the clocks be seen to run."""
        self.table.tick()
        self.feed.freshen()
        if new_minute:
            self.reading.changed()
            self.looking.look(self.reading.case_id)

    def trouble(self, why: WorkbenchError) -> None:
        """Say what could not be done."""
        self.say(str(why), "error")

    def _seen(self, dossier: Dossier | None) -> None:
        """Show what is known of the case under the cursor."""
        if self.preview.display:
            size = self.preview.size
            self.preview.show(case_text.preview(dossier, size.width, size.height) if dossier else Content())
        self.showing.refresh_case()
        self.around.draw_top()
        self.around.draw_keys()

    def keep_draft(self, key: str, draft: Mapping[str, str]) -> None:
        """Keep what somebody has typed: in the background, or at once where nothing comes after it.

        Raises:
            StoreError: it cannot be kept, and the program is being left.
        """
        keep = self.drafts.keeping(key, draft)
        if self.leaving:
            keep()
            return
        background(self, keep, lambda _none: None, self.trouble, group="draft")

    def changed(self, case_id: int, *, go_to: bool = False) -> None:
        """Show what an act has made of a case: its line at once, the order and the counts after it."""
        self.feed.forget_rows()
        self.looking.look(self.reading.case_id, keys=Presses.WAIT)
        self.reading.changed()
        self.feed.load(go_to=case_id if go_to else None, keys=Presses.WAIT)
