"""Every setting, a record each: its name in ``config.toml``, its variable, its option, what it may be.

A value is text wherever it comes from, as an option would bring it; only the file has types of its own.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workbench.words import N_

if TYPE_CHECKING:
    from workbench.toml.faults import Fault

YES, NO = "yes", "no"
NARROWEST, WIDEST = 25, 60  # parts of a hundred of the screen that the case may take beside the list
PREVIEW = 38
LONGEST = 1000  # characters of a path or a name


class Kind(StrEnum):
    """What a value is."""

    WORD = "word"  # one of ``values``
    PATH = "path"  # a file, from the folder of the file that names it; empty: the default
    NAME = "name"  # any text on one line; empty: the default
    YES_NO = "yes or no"  # true or false in the file
    SHARE = "share"  # one of ``values``, or a whole number of parts of a hundred


class Setting(NamedTuple):
    """One setting. ``live`` says that a running window takes it over; ``help`` is one sentence."""

    name: str
    variable: str
    default: str
    kind: Kind
    help: str
    option: str = ""
    values: tuple[str, ...] = ()
    live: bool = False


class Found(NamedTuple):
    """What a file of settings says.

    Attributes:
        values: The settings that it gives, as text; one with a fault is not among them.
        faults: What is wrong with it, by line.
        hides_store: Whether it names a store that cannot be told.
    """

    values: Mapping[str, str]
    faults: "tuple[Fault, ...]" = ()
    hides_store: bool = False


NOTHING = Found({})

LANGUAGE = Setting(
    "language", "WORKBENCH_LANG", "auto", Kind.WORD,
    N_("The language; auto: by the locale."), "--lang", ("auto", "zh", "en"),
)  # fmt: skip
KEYMAP = Setting(
    "keymap", "WORKBENCH_KEYS", "default", Kind.PATH,
    N_("Which key does what: default, vim, cua, ime-safe, or a file."), "--keys", live=True,
)  # fmt: skip
THEME = Setting(
    "theme", "WORKBENCH_THEME", "auto", Kind.WORD,
    N_("The colours; auto: by the terminal; tritan: for those who do not tell blue from green."), "",
    ("auto", "dark", "light", "dark-tritan", "light-tritan"), live=True,
)  # fmt: skip
AFTER_ACT = Setting(
    "after_act", "WORKBENCH_AFTER_ACT", "stay", Kind.WORD,
    N_("After an act by key: stay, next (to the most urgent case for you), back (to the list)."), "",
    ("stay", "next", "back"), live=True,
)  # fmt: skip
PREVIEW_OF_CASE = Setting(
    "preview", "WORKBENCH_PREVIEW", "on", Kind.SHARE,
    N_("The case beside the list: on, off, or how wide, from 25 to 60 of a hundred."), "",
    ("on", "off"), live=True,
)  # fmt: skip
BELL = Setting(
    "bell", "WORKBENCH_BELL", "off", Kind.WORD,
    N_("When to ring: off, new (a case that cannot wait has come), due (one of yours is overdue, too)."), "",
    ("off", "new", "due"), live=True,
)  # fmt: skip
DB = Setting(
    "db", "WORKBENCH_DB", "", Kind.PATH,
    N_("The store; empty: in your data folder."), "--db",
)  # fmt: skip
STAFF = Setting(
    "staff", "WORKBENCH_STAFF", "", Kind.NAME,
    N_("Who acts; empty: the system user."), "--as",
)  # fmt: skip
VIEWS = Setting(
    "views", "WORKBENCH_VIEWS", "", Kind.PATH,
    N_("The file of views, which people may share; empty: views.toml in the folder of your settings."),
)  # fmt: skip
MAIL = Setting(
    "mail", "WORKBENCH_MAIL", "", Kind.PATH,
    N_("How mail goes out; empty: mail.toml in the folder of your settings."),
)  # fmt: skip
MOUSE = Setting(
    "mouse", "WORKBENCH_MOUSE", NO, Kind.YES_NO,
    N_("Whether the terminal takes the mouse."), "--mouse",
)  # fmt: skip
PLAIN = Setting(
    "plain", "WORKBENCH_PLAIN", NO, Kind.YES_NO,
    N_("Whether to talk in lines, without a screen."), "--plain",
)  # fmt: skip

SETTINGS = (
    LANGUAGE, KEYMAP, THEME, AFTER_ACT, PREVIEW_OF_CASE, BELL, DB, STAFF, VIEWS, MAIL, MOUSE, PLAIN,
)  # fmt: skip
BY_NAME = {setting.name: setting for setting in SETTINGS}
SHIPPED_KEYMAPS = ("default", "vim", "cua", "ime-safe")  # names, no files

_AFFIRMED = frozenset({"1", "yes", "on", "true"})
_DENIED = frozenset({"0", "no", "off", "false"})


def meant(setting: Setting, typed: str) -> str | None:
    """Return the value that ``typed`` stands for, None where it stands for none.

    The bell takes yes and no too, which was all that its variable said once.
    """
    if setting.kind in (Kind.PATH, Kind.NAME):
        return typed if len(typed) <= LONGEST and typed.isprintable() else None
    if typed in setting.values:
        return typed
    word = typed.strip().lower()
    if setting.kind is Kind.YES_NO or setting is BELL:
        yes, no = ("new", "off") if setting is BELL else (YES, NO)
        return yes if word in _AFFIRMED else no if word in _DENIED else None
    if setting.kind is Kind.SHARE and word.isascii() and word.isdigit() and len(word) <= len(str(WIDEST)):
        return word if NARROWEST <= int(word) <= WIDEST else None
    return None


def allowed(setting: Setting) -> str:
    """Return what the value may be, for a sentence."""
    if setting.kind is Kind.YES_NO:
        return "true, false"
    if setting.kind is Kind.SHARE:
        return ", ".join((*setting.values, f"{NARROWEST}-{WIDEST}"))
    return ", ".join(setting.values)
