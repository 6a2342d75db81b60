"""What this window goes by: what was chosen in it, else an option, the environment, the file, the default."""

from pathlib import Path
from typing import Protocol

from workbench.configuration.settings import (
    KEYMAP,
    PREVIEW,
    PREVIEW_OF_CASE,
    SETTINGS,
    SHIPPED_KEYMAPS,
    Found,
    Setting,
)
from workbench.configuration.sources import Source, Sources
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text
from workbench.words import _

LIVE = tuple(setting for setting in SETTINGS if setting.live)


class Preferences:
    """The settings of one window. What is chosen in it holds at once, whatever it was started with."""

    def __init__(self, sources: Sources) -> None:
        """Read what holds.

        Raises:
            UsageError: an option or a variable has a value that it cannot have.
        """
        self.sources = sources
        self._chosen: dict[str, str] = {}
        self._told = sources.file.faults  # the faults of which was told
        self.trouble: WorkbenchError | None = None  # why the keymap of the file is not the one in use
        for setting in LIVE:
            sources.value(setting)

    @property
    def path(self) -> Path:
        """The file of settings."""
        return self.sources.path

    def value(self, setting: Setting) -> str:
        """Return what holds now."""
        return self._chosen.get(setting.name) or self.sources.value(setting)

    @property
    def shows_case(self) -> bool:
        """Whether the case stands beside or under the list."""
        return self.value(PREVIEW_OF_CASE) != "off"

    @property
    def share(self) -> int:
        """How many parts of a hundred of the width the case takes beside the list."""
        value = self.value(PREVIEW_OF_CASE)
        return int(value) if value.isdigit() else PREVIEW

    def choose(self, setting: Setting, value: str) -> None:
        """Let ``value`` hold in this window."""
        self._chosen[setting.name] = value

    def take_over(self, found: Found) -> tuple[Setting, ...]:
        """Go by another reading of the file; return the live settings that have changed by it.

        A file with faults changes nothing: what held before still holds. What the file says anew comes
        before what was chosen here: it was written later.
        """
        if found.faults:
            return ()
        before = {setting: self.value(setting) for setting in LIVE}
        old, self.sources = self.sources.file, self.sources.again(found)
        for setting in LIVE:
            if found.values.get(setting.name) != old.values.get(setting.name):
                self._chosen.pop(setting.name, None)
        self._told = ()
        return tuple(setting for setting in LIVE if self.value(setting) != before[setting])

    def at_start(self) -> str:
        """Return what of the settings does not hold, in a sentence; empty where all does."""
        if self.trouble is not None:
            said = _("The keymap of the settings cannot be used, the default one holds: {verb} {file}")
            return said.format(verb="workbench keys check", file=safe_text(self.sources.value(KEYMAP)))
        return str(self.sources.complaint() or "")

    def complaint(self, found: Found) -> str:
        """Return a sentence on new faults of the file, once; empty where there is nothing new."""
        told, self._told = self._told, found.faults
        said = self.sources.again(found).complaint()
        return str(said) if said is not None and [*map(str, told)] != [*map(str, found.faults)] else ""

    def comes_first(self, setting: Setting) -> str:
        """Return the option or variable that comes before the file at the next start; empty for none."""
        source = self.sources.found(setting)[1]
        named = {Source.OPTION: setting.option, Source.ENVIRONMENT: setting.variable}
        return named.get(source, "")

    def keymaps(self) -> list[str]:
        """Return the keymaps to choose from: those shipped, then one's own, by their files.

        One's own lie beside the file of settings, in ``keymaps``; the one in use is among them.
        """
        try:
            own = sorted(str(path) for path in (self.path.parent / "keymaps").glob("*.toml"))
        except OSError:
            own = []
        return list(dict.fromkeys((*SHIPPED_KEYMAPS, *own, self.value(KEYMAP))))


class ChoosesSettings(Protocol):
    """Lets what is chosen in a window hold there."""

    @property
    def preferences(self) -> Preferences:
        """What the window goes by."""

    def choose(self, setting: Setting, value: str) -> None:
        """Let ``value`` hold now, and keep it."""


def kept(preferences: Preferences, setting: Setting, value: str) -> WorkbenchError | None:
    """Keep a choice in the file; return why that failed. For a thread: it waits for the disk."""
    from workbench.configuration.writing import keep

    try:
        keep(preferences.path, setting, value)
    except WorkbenchError as why:
        return why
    return None
