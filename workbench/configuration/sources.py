"""What holds: an option before the environment, that before ``config.toml``, that before the default.

This is the one place that knows; whoever wants a value asks here.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from workbench import config
from workbench.configuration.settings import BY_NAME, NOTHING, YES, Found, Kind, Setting, allowed, meant
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.words import N_, Said


def read(path: Path) -> Found:
    """Return what the file at ``path`` says; nothing, and nothing is loaded for it, where there is none."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return NOTHING
    except (OSError, ValueError):  # it is told with the others
        pass
    from workbench.configuration import reading

    return reading.read(path)


class Source(StrEnum):
    """Where a value comes from."""

    OPTION = "option"
    ENVIRONMENT = "environment"
    FILE = "config.toml"
    DEFAULT = "default"


class Sources:
    """The four sources of one run. ``options`` are those before the verb, as they were typed."""

    def __init__(self, options: Mapping[str, str], environment: Mapping[str, str]) -> None:
        self.options, self.given = options, environment
        self.path: Path = config.config_file(environment)
        self.file: Found = read(self.path)

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment with what the file says behind it, for whoever reads a variable."""
        behind = {BY_NAME[name].variable: value for name, value in self.file.values.items() if value}
        return behind | {name: value for name, value in self.given.items() if value or name not in behind}

    def value(self, setting: Setting) -> str:
        """Return what holds.

        Raises:
            UsageError: a variable, or an option that is one of a few words, has a value that it cannot have.
        """
        return self.found(setting)[0]

    def yes(self, setting: Setting) -> bool:
        """Say whether a setting that is yes or no is yes; see ``value``."""
        return self.value(setting) == YES

    def found(self, setting: Setting) -> tuple[str, Source]:
        """Return what holds, and where that comes from; see ``value``."""
        if setting.option in self.options and setting.option:
            return _strictly(setting, self.options[setting.option], setting.option), Source.OPTION
        if self.given.get(setting.variable, "").strip():
            return _strictly(setting, self.given[setting.variable], setting.variable), Source.ENVIRONMENT
        if self.file.values.get(setting.name):
            return self.file.values[setting.name], Source.FILE
        return setting.default, Source.DEFAULT

    def again(self, file: Found) -> "Sources":
        """Return the same with another reading of the file."""
        other = Sources.__new__(Sources)
        other.options, other.given, other.path, other.file = self.options, self.given, self.path, file
        return other

    def complaint(self) -> Said | None:
        """Return one sentence on a file with faults; None for one without."""
        if not self.file.faults:
            return None
        return Said(
            N_("{file} has faults ({n}); what is wrong there does not hold. See: workbench config check"),
            file=str(self.path), n=len(self.file.faults),
        )  # fmt: skip


def _strictly(setting: Setting, typed: str, named: str) -> str:
    if setting.kind in (Kind.PATH, Kind.NAME):
        return typed  # whoever opens it says what is wrong with it
    value = meant(setting, typed)
    if value is None:
        raise UsageError(
            N_('"{value}" is not known; known are: {known}.'),
            option=named, value=gist(typed, 40), known=allowed(setting),
        )  # fmt: skip
    return value
