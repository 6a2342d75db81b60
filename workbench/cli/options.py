"""The options that stand before the verb. They are read without typer: the terminal opens sooner."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from workbench import config, words
from workbench.configuration.settings import DB, KEYMAP, LANGUAGE, MOUSE, PLAIN, STAFF
from workbench.configuration.sources import Source, Sources
from workbench.domain.errors import UsageError
from workbench.domain.text import door, gist
from workbench.domain.values import nearest
from workbench.words import N_

# name: (what follows it, help)
GLOBALS: dict[str, tuple[str, str]] = {
    "--db": ("PATH", N_("The store; default $WORKBENCH_DB, else in your data folder.")),
    "--as": ("STAFF", N_("Who acts; default $WORKBENCH_STAFF, else the system user.")),
    "--now": ("TIME", N_("Let the clock stand still at this time; default $WORKBENCH_NOW.")),
    "--lang": ("zh|en", N_("The language; default $WORKBENCH_LANG, else by the locale.")),
    "--json": ("", N_("Print one JSON document; works before and after the verb.")),
    "--read-only": ("", N_("Change nothing.")),
    "--keys": ("NAME", N_("The keymap of the terminal: default, vim, cua, ime-safe or a file.")),
    "--mouse": ("", N_("Let the terminal take the mouse.")),
    "--plain": (
        "",
        N_("Talk in lines, without a screen: for screen readers, logs, bad lines; also TERM=dumb."),
    ),
    "--version": ("", N_("Print the version.")),
    "--help": ("", N_("Print this help.")),
}
SHORT = {"-h": "--help"}


class Globals(NamedTuple):
    """What was asked for before the verb; what is not an option comes from ``settings``.

    ``store`` is None where the file of settings names one that cannot be told.
    """

    store: Path | None
    person: str
    settings: Sources
    now: str = ""
    now_from: str = "--now"
    json: bool = False
    read_only: bool = False
    version: bool = False
    help: bool = False
    named: bool = False  # somebody said who acts

    @property
    def db(self) -> Path:
        """The store.

        Raises:
            UsageError: the file of settings names one that cannot be told: no other is taken for it.
        """
        if self.store is None:
            raise UsageError(
                N_("{file} names a store and has faults, so which one is not known. See: {verb}"),
                option=DB.option, file=str(self.settings.path), verb="workbench config check",
            )  # fmt: skip
        return self.store

    @property
    def keys(self) -> str:
        """The keymap: the name of a shipped one, or a file."""
        return self.settings.value(KEYMAP)

    @property
    def mouse(self) -> bool:
        """Whether the terminal takes the mouse."""
        return self.settings.yes(MOUSE)

    @property
    def plain(self) -> bool:
        """Whether to talk in lines."""
        return self.settings.yes(PLAIN)


def split(argv: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the options before the verb by name, and the rest, which begins with the verb.

    Raises:
        UsageError: an unknown option, one without its value, or one with a value that it does not take.
    """
    found: dict[str, str] = {}
    rest = list(argv)
    while rest and rest[0].startswith("-") and rest[0] != "-":
        word = rest.pop(0)
        name, mark, value = word.partition("=")
        name = SHORT.get(name, name)
        if name not in GLOBALS:
            raise _unknown(name)
        if GLOBALS[name][0]:
            if not mark and not rest:
                raise UsageError(N_("a value must follow."), option=name)
            found[name] = value if mark else rest.pop(0)
        elif mark:
            raise UsageError(N_("takes no value."), option=name)
        else:
            found[name] = "yes"
    return found, rest


def _unknown(name: str) -> UsageError:
    near = nearest(name, GLOBALS)
    if near:
        return UsageError(
            N_("there is no such option; did you mean {nearest}?"), option=gist(name, 40), nearest=near
        )
    return UsageError(
        N_("there is no such option before the verb; see: workbench --help"), option=gist(name, 40)
    )


def speak(settings: Sources) -> None:
    """Choose the language before the first word is said.

    Raises:
        UsageError: it is none that is spoken here.
    """
    words.use(words.from_locale(dict(settings.given)))
    asked = settings.value(LANGUAGE)
    if asked != LANGUAGE.default:
        words.use(asked)


def with_defaults(found: Mapping[str, str], settings: Sources) -> Globals:
    """Return the global options with what stands behind them.

    Raises:
        UsageError: an empty path or name.
    """
    for option in ("--db", "--as", "--now", "--keys"):
        if option in found and not found[option].strip():
            raise UsageError(N_("a value must follow."), option=option)
    store, source = settings.found(DB)
    hidden = source is Source.DEFAULT and settings.file.hides_store
    person, named_by = settings.found(STAFF)
    return Globals(
        store=None if hidden else Path(store) if store else config.data_folder() / config.STORE_FILE,
        person=door(person or config.person(settings.given)),
        settings=settings,
        now=found.get("--now") or settings.given.get("WORKBENCH_NOW", ""),
        now_from="--now" if "--now" in found else "WORKBENCH_NOW",
        json="--json" in found,
        read_only="--read-only" in found,
        version="--version" in found,
        help="--help" in found,
        named=named_by is not Source.DEFAULT,
    )
