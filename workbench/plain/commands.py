"""What somebody means by a line: a case, an act by its letter or name, or something to look at."""

from collections.abc import Mapping

from msgspec import Struct

from keymaps import Keymap, fold_key
from workbench.domain import acts
from workbench.domain.text import fold
from workbench.words import N_, _

MENU = ","  # before the letter of an act behind "more"
# what can be looked at: (a sign that does it in every keymap, its name, what it does)
LOOKING: Mapping[str, tuple[str, str, str]] = {
    "queue": ("#", N_("queue"), N_("the queues by number; # with a number goes there at once")),
    "filter": ("/", N_("find"), N_("cases with these words in the queue; for example / leak level<=2")),
    "page_down": ("+", N_("next"), N_("the next page")),
    "page_up": ("-", N_("previous"), N_("the page before")),
    "open": ("=", N_("all"), N_("the case with its whole timeline")),
    "next": ("", N_("most urgent"), N_("the most urgent case for you; it is taken")),
    "why": ("", N_("why"), N_("why this level and these times")),
    "reveal": ("", N_("reveal"), N_("show the phone number (is logged)")),
    "dial": ("", N_("dial"), N_("whom to ring, one after another, until nobody is left")),
    "decide": ("", N_("inbox"), N_("what you owe, and what you were told")),
    "board": ("", N_("board"), N_("how things stand, in figures")),
    "more": (
        MENU,
        N_("more"),
        N_("further acts, with what cannot be done and why; , with a letter does one"),
    ),
    "help": ("?", N_("help"), N_("this list")),
    "quit": ("", N_("quit"), N_("back to the list; from there: leave")),
}
ALIKE = {
    "down": "page_down",
    "up": "page_up",
    "refresh": "again",
    "next_queue": "queue+",
    "previous_queue": "queue-",
}
DIRECT = ("#", "/")  # signs with which their value may stand without a blank


class Meant(Struct, frozen=True):
    """A command by its id, and what was typed behind it; ``line`` is the id for a line of the list."""

    command: str
    rest: str = ""


def meant(keymap: Keymap, typed: str) -> Meant | None:
    """Return what ``typed`` means, None where it means nothing; full-width signs count as theirs.

    An empty line means ``again``: what is looked at is shown once more.
    """
    said = typed.strip()
    if not said:
        return Meant("again")
    sign = fold_key(said[0])
    if sign in DIRECT:
        return Meant(next(name for name, each in LOOKING.items() if each[0] == sign), said[1:].strip())
    if sign == MENU:
        return _in_menu(keymap, said[1:].strip())
    word, _blank, rest = said.partition(" ")
    if _is_number(word):
        return Meant("line", word)
    command = _by_key(keymap, word)
    return Meant(command, rest.strip()) if command else _by_name(said)


def _is_number(word: str) -> bool:
    """Say whether a word may be the number of a line, or of a case, or the ending of one."""
    return word[-3:].isdecimal() and all(sign.isalnum() or sign == "-" for sign in word)


def _in_menu(keymap: Keymap, said: str) -> Meant | None:
    letter, _blank, rest = said.partition(" ")
    if not letter:
        return Meant("more")
    if len(letter) != 1:
        return _by_name(said)
    command = keymap.action("more", letter)
    return Meant(command, rest.strip()) if command in acts.PERSONS else None


def _by_key(keymap: Keymap, word: str) -> str | None:
    if len(word) != 1:
        return None
    signs = {each[0]: name for name, each in LOOKING.items() if each[0]}
    if (sign := fold_key(word)) in signs:
        return signs[sign]
    command = keymap.action("queue", word) or ""
    return ALIKE.get(command, command) or None


def _by_name(said: str) -> Meant | None:
    """Return what is called by its name, which may have several words: the longest that fits is meant."""
    sought = fold(said)
    fit = [(len(name), at) for at, name in known_names() if f"{sought} ".startswith(f"{fold(name)} ")]
    if not fit:
        return None
    length, command = max(fit, key=lambda each: each[0])
    return Meant(command, said[length:].strip())


def known_names() -> list[tuple[str, str]]:
    """Return (id, name) of all that can be typed by name, acts by their ids and by their titles."""
    found = [(each, each) for each in acts.PERSONS]
    found += [(each, _(acts.BY_ID[each].title)) for each in acts.PERSONS]
    return found + [(name, _(each[1])) for name, each in LOOKING.items()]
