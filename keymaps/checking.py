"""What the terminal, the input method and a tired hand demand of a keymap.

Textual itself ignores unknown ids and impossible keys, and lets one action silently take the key of
another, so a keymap is checked here before it gets there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import digits

from keymaps import commands
from keymaps.faults import Faults
from keymaps.names import NAMES, PRINTABLE, SIGNS, canonical, passes_input_method
from workbench.domain.text import gist
from workbench.words import N_, Said


@dataclass(frozen=True, slots=True)
class Entry:
    """The keys of one action as written (``keys``), and where."""

    context: str
    action: str
    keys: tuple[str, ...]
    file: str
    line: int

    @property
    def where(self) -> str:
        """Return ``context.action``."""
        return f"{self.context}.{self.action}"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the keys in Textual's names."""
        return tuple(name for key in self.keys for name in canonical(key))


# A terminal sends the same byte for both.
SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+j": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
# Interrupt, suspend, flow control.
# Shift+F3 (F15) comes as what xterm also sends to say where the cursor is, and is taken for that.
TERMINALS = frozenset({"ctrl+c", "ctrl+z", "ctrl+s", "shift+f3", "f15"})
# Keys with one meaning everywhere.
KEPT = {"ctrl+q": "quit", "escape": "cancel", "enter": "open", "tab": "pane", "shift+tab": "pane"}
SAVING = "form.submit"
# Scrolling in pagers and editing in shells; also the prefix keys of screen and tmux.
REFLEXES = frozenset({"ctrl+a", "ctrl+b", "ctrl+d", "ctrl+k", "ctrl+u", "ctrl+w"})


def check(entries: Iterable[Entry], known: Mapping[str, frozenset[str]], file: str, faults: Faults) -> None:
    """Note what is wrong with ``entries``; those of an extended keymap come first, with their own file."""
    entries = list(entries)
    saving = {name for entry in entries if entry.where == SAVING for name in entry.names}
    owners: dict[tuple[str, str], str] = {}
    given: set[tuple[str, str]] = set()
    for entry in entries:
        given.add((entry.context, entry.action))
        _check_keys(entry, owners, faults)
        _check_saving(entry, saving, faults)
        _check_twin(entry, faults)
    acts = commands.acts_of(known)
    for context, actions in known.items():
        for action in sorted(commands.MORE if context == "more" else actions):
            in_menu = action in acts and ("more", action) in given
            if (context, action) not in given and not in_menu:
                faults.add(file, 1, f"{context}.{action}", Said(N_("The action has no key.")))


def _check_keys(entry: Entry, owners: dict[tuple[str, str], str], faults: Faults) -> None:
    for key in entry.keys:
        shown = gist(key, 20)
        names = canonical(key)
        if not names:
            said = Said(N_('"{key}" is not a key that terminals send.'), key=shown)
            faults.add(entry.file, entry.line, entry.where, said, key.lower(), [*NAMES, *SIGNS])
            continue
        if why := _why_not(entry, names[0], shown):
            faults.add(entry.file, entry.line, entry.where, why)
        for name in names:
            owner = owners.setdefault((entry.context, name), entry.action)
            if owner != entry.action:
                said = Said(N_('"{key}" already belongs to {owner}.'), key=shown, owner=owner)
                faults.add(entry.file, entry.line, entry.where, said)
                break


def _why_not(entry: Entry, name: str, shown: str) -> Said | None:
    if name in SAME:
        return Said(N_('A terminal cannot tell "{key}" from {other}.'), key=shown, other=SAME[name])
    if name in TERMINALS:
        return Said(N_('"{key}" belongs to the terminal.'), key=shown)
    if KEPT.get(name, entry.action) != entry.action:
        return Said(N_('"{key}" is kept for {owner}.'), key=shown, owner=KEPT[name])
    if name in REFLEXES and entry.action not in commands.QUEUE:
        return Said(
            N_('"{key}" is pressed by reflex to scroll or to edit, so no act may lie on it.'), key=shown
        )
    if entry.context == "form" and name in PRINTABLE:
        return Said(N_('"{key}" is text in a form.'), key=shown)
    if entry.context == "more" and name in digits:
        return Said(N_('"{key}" begins the number of a line in the menu.'), key=shown)
    return None


def _check_saving(entry: Entry, saving: set[str], faults: Faults) -> None:
    """A key that is pressed twice to save must not do something to the list when the form has gone."""
    for key in entry.keys:
        if entry.where != SAVING and saving.intersection(canonical(key)):
            said = Said(N_('"{key}" saves a form, so nothing else may lie on it.'), key=gist(key, 20))
            faults.add(entry.file, entry.line, entry.where, said)


def _check_twin(entry: Entry, faults: Faults) -> None:
    if entry.context == "more" and entry.action not in commands.MOVING:
        return  # every line of the menu has a number, which an input method lets through
    if not entry.keys:
        faults.add(entry.file, entry.line, entry.where, Said(N_("The action has no key.")))
    elif not any(passes_input_method(name) for name in entry.names):
        said = Said(N_("No key of this action passes a Chinese input method; add a function key."))
        faults.add(entry.file, entry.line, entry.where, said)
