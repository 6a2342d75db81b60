"""Settings while the program runs: the file is looked at now and then, and what was chosen holds at once."""

import os
from typing import TYPE_CHECKING, NamedTuple

from screens import theme
from screens.background import background
from screens.preferences import Preferences, kept
from screens.present.setting_words import TITLES
from workbench.configuration.keymap import loaded
from workbench.configuration.settings import KEYMAP, PREVIEW_OF_CASE, THEME, Found, Setting
from workbench.configuration.sources import read
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text
from workbench.words import _

if TYPE_CHECKING:
    from keymaps import Keymap
    from screens.app import WorkbenchApp
    from screens.queue_screen import QueueScreen

Mark = tuple[int, ...]  # of a file: it differs once that has been written


class Chosen(NamedTuple):
    """What came of a choice: the keymap, why it was not kept, the file as it is after it."""

    keymap: "Keymap | None"
    why: WorkbenchError | None
    file: Found


class LiveSettings:
    """Keeps a window true to its settings."""

    def __init__(self, app: "WorkbenchApp", preferences: Preferences) -> None:
        self.app, self.preferences = app, preferences
        self._seen = _mark(preferences)
        self._looking = False
        self._waiting: Found | None = None  # read while something was being asked

    def look(self) -> None:
        """Take over what somebody has written into the file since the last look."""
        screen = self.app.queue
        if screen is None or self._looking:
            return
        if self._waiting is not None and not screen.asking:
            found, self._waiting = self._waiting, None
            self._take_over(found, screen)
            return
        self._looking = True

        def failed(why: WorkbenchError) -> None:
            self._looking = False
            screen.trouble(why)

        background(self.app, self._read, self._found, failed, group="settings")

    def _read(self) -> Found | None:
        """Return the file anew; None where it is as it was."""
        mark = _mark(self.preferences)
        if mark == self._seen:
            return None
        self._seen = mark
        return read(self.preferences.path)

    def _found(self, found: Found | None) -> None:
        self._looking = False
        screen = self.app.queue
        if found is None or screen is None:
            return
        if screen.asking:  # what the keys mean does not change while they are being used
            self._waiting = found
        else:
            self._take_over(found, screen)

    def _take_over(self, found: Found, screen: "QueueScreen") -> None:
        changed = self.preferences.take_over(found)
        if said := self.preferences.complaint(found):
            screen.say(said, "warning")
        elif changed:
            said = _("The settings were changed: {names}")
            screen.say(said.format(names=_(", ").join(_(TITLES[setting]) for setting in changed)))
        for setting in changed:
            self.apply(setting)

    def apply(self, setting: Setting) -> None:
        """Let a setting be seen that has changed; most are asked for when they are needed."""
        if setting is THEME:
            self.app.theme = theme.called(self.preferences.value(THEME), os.environ)
        elif setting is KEYMAP:
            self._change_keys(self.preferences.value(KEYMAP))
        elif setting is PREVIEW_OF_CASE and (screen := self.app.queue):
            self.app.refresh_css(animate=False)
            screen.room.preview(beside=self.preferences.shows_case)

    def _change_keys(self, name: str) -> None:
        """Read another keymap in the background, and take it where it has no faults."""
        if screen := self.app.queue:
            background(self.app, lambda: loaded(name), self.use_keys, screen.trouble, group="keymap")

    def use_keys(self, keymap: "Keymap") -> None:
        """Let every key mean what ``keymap`` says from now on, and everything on the screen say so."""
        self.app.keys.keymap = keymap
        if screen := self.app.queue:
            _tell_keys(screen)

    def choose(self, setting: Setting, value: str) -> None:
        """Let ``value`` hold now, and keep it; a keymap with faults is refused."""
        screen = self.app.queue
        if screen is None:
            return

        def work() -> Chosen:
            keymap = loaded(value) if setting is KEYMAP else None
            why = kept(self.preferences, setting, value)
            return Chosen(keymap, why, read(self.preferences.path))

        def done(found: Chosen) -> None:
            others = self.preferences.take_over(found.file)  # so that its own writing is no news
            self.preferences.choose(setting, value)
            if found.keymap is not None:
                self.use_keys(found.keymap)
            for each in (*others, setting):
                if each is not KEYMAP or found.keymap is None:
                    self.apply(each)
            self._say(setting, value, found.why)

        screen.save(work, done, screen.trouble)

    def _say(self, setting: Setting, value: str, why: WorkbenchError | None) -> None:
        """Say what holds, and for how long."""
        screen = self.app.queue
        if screen is None:
            return
        shown = f"{_(TITLES[setting])}: {safe_text(value)}"
        if why is not None:
            said = _("{setting}, until you leave: it cannot be kept. {why}")
            screen.say(said.format(setting=shown, why=why), "warning")
        elif not setting.live:
            screen.say(_("{setting} from the next start on.").format(setting=shown))
        elif first := self.preferences.comes_first(setting):
            said = _("{setting}; it is kept, but at the next start {first} comes first.")
            screen.say(said.format(setting=shown, first=first))
        else:
            screen.say(_("{setting}; it is kept.").format(setting=shown))


def _tell_keys(screen: "QueueScreen") -> None:
    """Say the keys as they are by now, wherever they are told."""
    from screens.help_page import HelpPage  # nobody needs it for the first picture

    if isinstance(screen.panes.top, HelpPage):
        screen.panes.top.write()
    screen.frame.draw()
    screen.draw_case()


def _mark(preferences: Preferences) -> Mark:
    try:
        found = preferences.path.stat()
    except (OSError, ValueError):
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
