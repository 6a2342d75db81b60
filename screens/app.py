"""The program on the screen: puts desk, keymap and screen together, keeps time, and leaves cleanly."""

import asyncio
import os
import signal
from functools import partial
from typing import ClassVar

from textual.binding import Binding
from textual.drivers import linux_driver
from textual.events import Event, Key, Paste
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.widgets import Input, TextArea

from screens import memory, theme
from screens.ask import veil
from screens.background import background
from screens.drafts import Drafts
from screens.escaping import KeyParser, be_quick
from screens.gate import KeyGate
from screens.keys import Keys
from screens.live_settings import LiveSettings
from screens.opening import PLAIN, Opening, opening
from screens.pasting import forgiving, with_line_feeds
from screens.preferences import Preferences
from screens.queue_screen import QueueScreen
from screens.wire.app import SparingApp
from workbench.configuration.keymap import in_force
from workbench.configuration.settings import THEME
from workbench.configuration.sources import Sources
from workbench.crash import report
from workbench.desk import Desk
from workbench.domain.errors import WorkbenchError
from workbench.words import _

POLL_SECONDS = 0.5
SETTINGS_BEATS = 4  # between two looks at the file of settings
SWEEP_SECONDS = 60.0
SWEEP_AFTER_SECONDS = 1.0  # after the first picture


class BlankScrollBar(ScrollBarRender):
    """A scroll bar of plain cells: block characters are two cells wide in Chinese terminals."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8


class WorkbenchApp(SparingApp, inherit_bindings=False):
    """One desk on one terminal."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "styles/workbench.tcss"
    BINDINGS: ClassVar = [Binding("ctrl+q", "leave", show=False, priority=True)]

    def __init__(
        self,
        desk: Desk,
        keys: Keys,
        drafts: Drafts,
        preferences: Preferences | None = None,
        opening: Opening = PLAIN,
    ) -> None:
        self.preferences = preferences or Preferences(Sources({}, os.environ))
        super().__init__()
        ScrollBar.renderer = BlankScrollBar
        linux_driver.XTermParser = KeyParser  # type: ignore[attr-defined]  # it has no setting for this
        linux_driver.getincrementaldecoder = forgiving  # type: ignore[attr-defined,assignment]  # nor for this
        be_quick()
        self.desk, self.keys, self.drafts = desk.keeping_rules(), keys, drafts
        self.opening = opening
        self.gate = KeyGate(self, self._saves)
        for each in theme.BY_NAME.values():
            self.register_theme(each)
        self.theme = theme.called(self.preferences.value(THEME), os.environ)
        self.settings = LiveSettings(self, self.preferences)
        self._minute = desk.now().minute
        self._beats = 0
        self._told_of_waiting = False
        self._progress: tuple[int, int] | None = None  # of a sweep: looked at, of how many

    def get_default_screen(self) -> QueueScreen:
        """Open with the queue."""
        return QueueScreen(self.desk, self.keys, self.drafts, self.gate, self.settings, self.opening)

    def get_css_variables(self) -> dict[str, str]:
        """Give the styles the widths that the person wants, beside the colours."""
        share = self.preferences.share
        widths = {"preview-width": f"{share}%", "beside-preview": f"{100 - share}%"}
        return super().get_css_variables() | widths

    def on_mount(self) -> None:
        """Start the one clock, and make sure that a signal leaves the terminal whole."""
        self.set_interval(POLL_SECONDS, self.beat)
        if not self.is_headless:
            for name in ("SIGTERM", "SIGHUP"):
                number = getattr(signal, name)
                leave = partial(self.leave, 128 + number)
                asyncio.get_running_loop().add_signal_handler(number, leave)
        if not self.desk.read_only:
            self.set_timer(SWEEP_AFTER_SECONDS, self.sweep)
            self.set_interval(SWEEP_SECONDS, self.sweep)

    def on_unmount(self) -> None:
        """Leave the drafts to the next window."""
        self.drafts.release()

    def beat(self) -> None:
        """Look for other people's changes; every second time, let the clocks tick."""
        screen = self.queue
        if screen is None:
            return
        screen.feed.poll()
        screen.spare.beat()
        screen.writers.beat()
        screen.tour.look()
        screen.viewing.look()
        self._say_progress(screen)
        self._beats += 1
        if self._beats % SETTINGS_BEATS == 0:
            self.settings.look()
        minute = self.desk.now().minute
        new_minute, self._minute = minute != self._minute, minute
        # A repaint while an input method composes moves its window about: then only once a minute.
        typing = isinstance(self.focused, Input | TextArea)
        if new_minute or (self._beats % 2 == 0 and not typing):
            screen.tick(new_minute=new_minute)

    @property
    def queue(self) -> QueueScreen | None:
        """The queue screen, also while a question stands over it."""
        return next((s for s in self.screen_stack if isinstance(s, QueueScreen)), None)

    def sweep(self) -> None:
        """Write down what time alone has brought; others see it too."""
        from workbench.watch.sweep import sweep
        from workbench.watch.waiting import waits

        def work() -> bool:
            return not sweep(self.desk, self._note_progress) and waits(self.desk) is not None

        if screen := self.queue:
            background(self, work, self._swept, screen.trouble, group="sweep")

    def _note_progress(self, done: int, of: int) -> None:
        """Keep how far a sweep has come, in its thread; the next beat says it."""
        self._progress = (done, of)

    def _say_progress(self, screen: QueueScreen) -> None:
        if self._progress:
            done, of = self._progress
            self._progress = None
            text = _("What time has brought is being written down: {done} of {of} cases.")
            screen.say(text.format(done=done, of=of))

    def _swept(self, waits: bool) -> None:
        """Say once that what time brought waits: the next act of anybody lets it come."""
        if waits and not self._told_of_waiting and (screen := self.queue):
            self._told_of_waiting = True
            screen.say(
                _(
                    "Nobody has written anything for long: what time brought waits for an act, or for: {verb}"
                ).format(verb="workbench sweep --yes"),
                toast=True,
            )

    async def on_event(self, event: Event) -> None:
        """Let what is typed come one at a time, and a paste with one kind of line ends."""
        if isinstance(event, Key | Paste) and not event.is_forwarded and self.gate.takes(event):
            return
        if isinstance(event, Paste):
            event.text = with_line_feeds(event.text)
        await super().on_event(event)

    def _saves(self, key: Key) -> bool:
        """Say whether ``key`` saves what is being filled in now."""
        screen = self.queue
        return screen is not None and screen.context == "form" and self.keys.command("form", key) == "submit"

    @property
    def clipboard(self) -> str:
        """What was copied here, as a field takes it."""
        return veil.over(super().clipboard)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what stands in a field, as it was typed."""
        super().copy_to_clipboard(veil.off(text))

    def action_leave(self) -> None:
        """Leave from anywhere; what was being typed is kept as a draft."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """Leave with an exit code, and the terminal whole."""
        said = None
        if screen := self.queue:
            screen.leaving = True
            try:
                screen.panes.keep_draft()
            except WorkbenchError as why:
                said = str(why)
        self.exit(return_code=code, message=said)

    def _fatal_error(self) -> None:
        """Report a bug without what customers said: Textual would print the values of variables."""
        error = self._exception
        path = report(error, self.desk.now()) if error else None
        self.panic(
            _("The program has met a fault of its own and stopped. Nothing that was stored is lost.")
            + (" " + _("The report is in {path}").format(path=path) if path else "")
        )


def run(desk: Desk, settings: Sources, *, mouse: bool = False, first: str = "", tour: str = "") -> int:
    """Open the screens until the person leaves; return the exit code.

    Without ``mouse`` the terminal keeps it, for selecting text. For ``first`` and ``tour`` see
    ``screens.opening``.

    Raises:
        KeymapFaultsError: the keymap cannot be used that an option or a variable names.
        UsageError: a variable has a value that it cannot have.
        StoreError: the store cannot be read.
    """
    memory.share_one_arena()
    preferences = Preferences(settings)
    keymap, preferences.trouble = in_force(settings)
    desk.rules()  # a store that cannot serve says so on a whole terminal
    drafts = Drafts(desk.store.path, desk.person)
    app = WorkbenchApp(desk, Keys(keymap), drafts, preferences, opening(first, tour))
    app.run(mouse=mouse)
    return app.return_code or 0
