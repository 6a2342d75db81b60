"""The keymap that holds: one of the file that has faults does not keep anybody from working."""

from keymaps import Keymap, known, load
from workbench.configuration.settings import KEYMAP
from workbench.configuration.sources import Source, Sources
from workbench.domain import acts
from workbench.domain.errors import UsageError, WorkbenchError


def loaded(name: str) -> Keymap:
    """Return the keymap ``name``, checked against the acts.

    Raises:
        KeymapFaultsError: it has faults.
        UsageError: there is none of that name.
    """
    return load(name, known(acts.PERSONS))


def in_force(settings: Sources) -> tuple[Keymap, WorkbenchError | None]:
    """Return the keymap to begin with; the default one, and why, where that of the file cannot be used.

    Raises:
        UsageError: an option or a variable names one that cannot be used: that was asked for just now.
    """
    name, source = settings.found(KEYMAP)
    try:
        return loaded(name), None
    except UsageError as why:
        if source is not Source.FILE:
            raise
        return loaded(KEYMAP.default), why
