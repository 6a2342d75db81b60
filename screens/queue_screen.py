"""The one screen: the queue, the case beside it, and whatever is being asked."""

from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.dom import DOMNode
from textual.screen import Screen

from screens.act_runner import ActRunner
from screens.alarm import Alarm
from screens.ask.form import Form
from screens.ask.panel import AskPanel, Question
from screens.background import Presses, background
from screens.bulk import BulkRunner
from screens.case_pane import CasePane
from screens.case_reader import CaseReader
from screens.commands import Commands
from screens.drafts import RECORD, Drafts
from screens.finding import Finding
from screens.frame import Frame
from screens.gate import KeyGate
from screens.keys import Keys, is_wide_text
from screens.mark_keys import MarkKeys
from screens.opening import PLAIN, Opening
from screens.pane_stack import PaneStack, lay_out
from screens.places import Places
from screens.preferences import ChoosesSettings
from screens.queue.columns import Cells
from screens.queue.feed import Feed
from screens.queue.source import QueueSource
from screens.queue.table import QueueTable
from screens.repeat import Repeat
from screens.room import Room
from screens.saving import save
from screens.sheet import Sheet
from screens.spare_form import SpareForm
from screens.tour.tour import Tour
from screens.viewing import Viewing
from screens.writers import Writers
from workbench.config import views_file
from workbench.desk import Desk
from workbench.domain.errors import WorkbenchError
from workbench.wording.names import Names, in_chinese
from workbench.words import _

TOAST_SECONDS = 10
LEAST = (40, 10)  # cells and lines, below which nothing can be read
Result = TypeVar("Result")


class QueueScreen(Screen[None], inherit_bindings=False):
    """Puts the parts together; what they do is theirs."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (LEAST[0], "-slim"), (100, "-broad"), (150, "-wide")]  # noqa: RUF012 (declared so by Textual)
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"), (LEAST[1], "-tiny"), (16, "-low"), (24, "-short"), (30, "-tall"), (38, "-full"),
    ]  # fmt: skip

    def __init__(
        self,
        desk: Desk,
        keys: Keys,
        drafts: Drafts,
        gate: KeyGate,
        settings: ChoosesSettings,
        opening: Opening = PLAIN,
    ) -> None:
        super().__init__()
        self.desk, self.keys, self.drafts, self.gate = desk, keys, drafts, gate
        self.settings = settings
        self.leaving = False
        self.words = Names(desk.rules().policy)
        self.table = QueueTable(QueueSource(), Cells(self.words), desk.now, id="table")
        self.preview, self.history, self.page = Sheet("preview"), Sheet("history"), CasePane()
        self.panel = AskPanel(id="ask")
        self.frame = Frame(self)
        self.room, self.panes = Room(self, self.panel, self.fit), PaneStack(self)
        self.spare = SpareForm(self, partial(lay_out, self))
        self.places = Places(self.room, self.preview, self.history)
        self.reader: CaseReader = CaseReader(self)
        self.feed = Feed(desk, self.table, self.reader.counted, self.trouble)
        self.finding: Finding = Finding(self.feed)
        views = views_file(settings.preferences.sources.environment)
        self.viewing: Viewing = Viewing(self, self.finding, views)
        self.alarm = Alarm(self)
        self.acting: ActRunner = ActRunner(desk, self, self.reader.reveal)
        self.marking: MarkKeys = MarkKeys(self, self.table, lambda: self.panes.top, self.frame.draw_around)
        self.repeat = Repeat(self, self.acting.ask, self.acting.carry_out)
        self.acting.did = self.repeat.did
        self.bulk: BulkRunner = BulkRunner(self, self.acting, self.marking, self.repeat)
        self.tour: Tour = Tour(
            self, opening, finding=self.finding, panel=self.panel, top=lambda: self.panes.top,
            case=lambda: self.reader.dossier.case if self.reader.dossier else None,
        )  # fmt: skip
        self.writers = Writers(self, self.reader.written_on)
        self.table.cells.writing = self.writers.said
        self.commands = Commands(self)
        # what panes and forms may ask for: screens.host
        self.unwarn = self.frame.unwarn
        self.ask, self.answered = self.panes.ask, self.panes.answered
        self.show, self.back, self.read = self.panes.replace, self.panes.clear, self.panes.read
        self.begin_on, self.confirm = self.acting.begin_on, self.acting.confirm
        self.undoes, self.forget_last = self.bulk.undoes, self.bulk.forget_last
        self.recorded, self.run, self.follow = self.acting.recorded, self.commands.run, self.reader.follow

    def compose(self) -> ComposeResult:
        """Lay out the one frame: list, case card, strip; what stands in each changes, never where it is."""
        yield self.frame.top
        yield self.frame.tabs
        with Container(id="body"):
            with Container(id="work"):
                with Container(id="list"), Container(id="queue-side"):
                    yield self.frame.head
                    yield self.table
                yield self.preview
            yield self.page
        with Container(id="strip"):
            yield self.history
            yield self.panel
        yield self.tour.line
        yield self.frame.keys
        yield self.frame.status
        yield self.frame.small

    def on_mount(self) -> None:
        """Show the queue in the first picture."""
        self.set_class(in_chinese(), "-zh")
        self.table.focus()
        self.feed.first()
        if not self.settings.preferences.shows_case:
            self.room.preview(beside=False)
        self.tour.open()
        if first := self.tour.opening.first:
            self.call_after_refresh(self.run, first)
        self.viewing.look()
        if self.drafts.waiting(RECORD):
            keys = f"{self.keys.first('queue', 'record')} {self.keys.first('form', 'fetch')}"
            said = _("A case that was not saved is waiting; {keys} bring it back.")
            self.say(said.format(keys=keys), "warning")
        if wrong := self.settings.preferences.at_start():
            self.say(wrong, "warning")

    def on_unmount(self) -> None:
        """Write on nothing any more, as the other windows see it."""
        self.writers.note.release()

    @property
    def question(self) -> Question | None:
        """What is being asked; None if nothing is."""
        return self.panel.question

    @property
    def asking(self) -> bool:
        """Whether the keys belong to something that is being filled in."""
        return self.panes.asking

    @property
    def said(self) -> str:
        """What stands in the last line."""
        return self.frame.said

    @property
    def context(self) -> str:
        """Whose keys hold now: those of the queue, or those of the question."""
        return "form" if self.asking else "queue"

    def on_resize(self, event: events.Resize) -> None:
        """Fit everything to the new size; one that is no more is not drawn.

        Textual tells a screen anew of every size that it was drawn in: two that wait would follow each other
        for ever.
        """
        if event.size == self.app.size:
            self.call_after_refresh(self.fit)
            return
        event.stop()
        event.prevent_default()
        self.post_message(events.Resize(self.app.size, self.app.size))

    def fit(self) -> None:
        """Draw everything as it fits the room that there is by now."""
        self.frame.draw()
        self.draw_case()

    def on_queue_table_moved(self, event: QueueTable.Moved) -> None:
        """Follow the cursor, and keep the titles above their columns; the preview comes when it rests."""
        self.frame.draw_head()
        self.feed.want_rows()
        self.reader.follow()

    def on_key(self, event: events.Key) -> None:
        """Do what the keymap says; a key that says nothing here is left alone."""
        self.feed.last_key = monotonic()
        command = "cancel" if event.key == "escape" else self.keys.command(self.context, event)
        if command is not None:
            event.stop()
            event.prevent_default()
            self.run(command)
        elif self.context == "queue" and is_wide_text(event):
            self.say(_("The input method is on; press Shift to switch it off."), "warning")

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is text, never keys."""
        if self.context == "queue":
            event.stop()
            self.say(_("Pasted text does nothing here; open a form first."), "warning")

    def say(self, text: str, severity: str = "information", *, toast: bool = False) -> None:
        """Say what happened, in the last line and, for what was stored and where there is room, larger."""
        self.frame.news(text, severity)
        self.app.clear_notifications()
        if toast and self.has_class("-wide"):
            self.notify(text, timeout=TOAST_SECONDS, markup=False)

    def tick(self, *, new_minute: bool) -> None:
        """Let the clocks be seen to run."""
        self.table.tick()
        self.feed.freshen()
        if new_minute:
            self.alarm.minute()
            self.feed.stale = True  # time has brought something to the counts
            self.reader.changed()
            self.reader.look()

    def trouble(self, why: WorkbenchError) -> None:
        """Say what could not be done."""
        self.say(str(why), "error")

    def draw_case(self) -> None:
        """Show what is known of the case under the cursor: its card, and what came last in the strip."""
        self.places.draw(self.reader.dossier)
        dossier = self.reader.dossier
        self.commands.after.drawn(dossier.case.case_id if dossier else None)
        self.panes.refresh_case()
        self.frame.draw_top()
        self.frame.draw_keys()

    def save(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[WorkbenchError], None],
        *,
        form: Form | None = None,
        node: DOMNode | None = None,
        keys: Presses = Presses.WAIT_TO_THE_END,
    ) -> None:
        """Store in the background; see ``screens.saving``."""
        save(self, node or self, work, done, failed, form, keys)

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
        self.reader.acted_on(case_id)
        self.feed.load(go_to=case_id if go_to else None, keys=Presses.WAIT)
