"""The options that stand before the verb. They are read without typer: the terminal opens sooner."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from workbench import config, words
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
    """What was asked for before the verb, the environment's defaults filled in."""

    db: Path
    person: str
    now: str = ""
    now_from: str = "--now"
    json: bool = False
    read_only: bool = False
    keys: str = "default"
    mouse: bool = False
    plain: bool = False
    version: bool = False
    help: bool = False
    named: bool = False  # somebody said who acts


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


def speak(found: Mapping[str, str], environment: Mapping[str, str]) -> None:
    """Choose the language before the first word is said.

    Raises:
        UsageError: neither zh nor en.
    """
    for option, asked in (
        ("--lang", found.get("--lang")),
        ("WORKBENCH_LANG", environment.get("WORKBENCH_LANG")),
    ):
        if asked is None or (asked == "" and option != "--lang"):
            continue
        if asked not in words.LANGUAGES:
            words.use(words.from_locale(dict(environment)))
            raise UsageError(N_('"{value}" is neither zh nor en.'), option=option, value=gist(asked, 40))
        words.use(asked)
        return
    words.use(words.from_locale(dict(environment)))


def with_defaults(found: Mapping[str, str], environment: Mapping[str, str] | None = None) -> Globals:
    """Return the global options with the environment's defaults.

    Raises:
        UsageError: an empty path or name.
    """
    environment = os.environ if environment is None else environment
    for option in ("--db", "--as", "--now", "--keys"):
        if option in found and not found[option].strip():
            raise UsageError(N_("a value must follow."), option=option)
    now = found.get("--now") or environment.get("WORKBENCH_NOW", "")
    return Globals(
        db=Path(found["--db"]) if "--db" in found else config.store_path(environment),
        person=door(found.get("--as") or config.person(environment)),
        now=now,
        now_from="--now" if "--now" in found else "WORKBENCH_NOW",
        json="--json" in found,
        read_only="--read-only" in found,
        keys=found.get("--keys", "default"),
        mouse="--mouse" in found,
        plain="--plain" in found,
        version="--version" in found,
        help="--help" in found,
        named="--as" in found or bool(environment.get("WORKBENCH_STAFF", "").strip()),
    )
