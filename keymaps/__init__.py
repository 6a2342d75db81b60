"""Which key does what: data, and the loader that checks it. Knows ids and key names, no screen."""

from keymaps.commands import (
    BOARD,
    CAMPAIGN,
    CONTEXTS,
    DESK,
    DIAL,
    DOORS,
    FORM,
    HELP,
    LISTS,
    MORE,
    MOVING,
    QUEUE,
    known,
)
from keymaps.faults import Fault, KeymapFaultsError
from keymaps.loading import SHIPPED, Keymap, load, path_of, source_text
from keymaps.names import fold_key, label, passes_input_method

__all__ = [
    "BOARD",
    "CAMPAIGN",
    "CONTEXTS",
    "DESK",
    "DIAL",
    "DOORS",
    "FORM",
    "HELP",
    "LISTS",
    "MORE",
    "MOVING",
    "QUEUE",
    "SHIPPED",
    "Fault",
    "Keymap",
    "KeymapFaultsError",
    "fold_key",
    "known",
    "label",
    "load",
    "passes_input_method",
    "path_of",
    "source_text",
]
