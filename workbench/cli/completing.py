"""What may come next on a command line, from the same records as the verbs; loads typer for options only.

A shell asks ``workbench completion words -- WORD ...``: what stands behind the program's name, the last word
being the one that is typed, empty before its first letter. Each answer is a line ``VALUE<tab>what it is``;
the value ``<files>`` stands for the names of files, which a shell knows better.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.cli.completion_values import Candidate, Sources, fitting
from workbench.cli.options import GLOBALS, SHORT
from workbench.cli.registry import HEADINGS, NAMES, NOUNS, load, names
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text
from workbench.words import N_, _

if TYPE_CHECKING:
    from workbench.rules.action import Field

WORDS = ("completion", "words")
OPTIONS_END = "--"
HELP = ("--help", N_("Print this help."))
NAMED_BY = {  # what a NAME is, by the first word of the verb, or by the option that takes it
    "campaign": "CAMPAIGN", "dial": "CAMPAIGN", "views": "VIEW", "keys": "KEYMAP", "policy": "POLICY",
    "init": "POLICY", "staff": "STAFF", "units": "UNIT", "--view": "VIEW",
}  # fmt: skip
BROUGHT = ("campaign new", "staff add", "units add", "sites add")  # a name that nobody has yet
OF_GLOBALS = {"--db": "FILE", "--as": "STAFF", "--lang": "LANGUAGE", "--keys": "KEYMAP"}


class Slot(NamedTuple):
    """A place or an option of a verb.

    Attributes:
        name: ``--to``; empty for a place.
        source: What stands for its value in the help: STAFF, QUEUE, ...; empty: it takes none.
        field: What it was made from, if it was.
        repeated: Whether it may stand several times.
    """

    name: str
    help: str
    source: str
    field: "Field | None" = None
    repeated: bool = False


def run(words: Sequence[str]) -> int:
    """Print what may come next; whatever goes wrong, nothing may."""
    try:
        found = candidates(words[1:] if words[:1] == [OPTIONS_END] else words)
    except WorkbenchError:
        found = []
    for value, said in found:
        sys.stdout.write(f"{safe_text(value)}\t{safe_text(said)}\n")
    return 0


def candidates(words: Sequence[str]) -> list[Candidate]:
    """Return what the last of ``words`` may become; see the module.

    Raises:
        WorkbenchError: the store cannot be read, or what was typed makes no sense.
    """
    *before, typed = words or ("",)
    before_verb, rest, waits_for = _globals(before)
    sources = Sources(before_verb)
    if waits_for:
        return sources.of(OF_GLOBALS.get(waits_for, ""), typed)
    if not rest:
        shown = ((name, _(said)) for name, (_value, said) in GLOBALS.items())
        return fitting(shown if typed.startswith("-") else _verbs(), typed)
    if rest[0] in NOUNS and len(rest) == 1 and not typed.startswith("-"):
        return fitting(_below(rest[0]), typed)
    name = next((name for name in (" ".join(rest[:2]), rest[0]) if name in NAMES), "")
    return _of_verb(slots(name), rest[len(name.split()) :], typed, sources) if name else []


def _globals(before: Sequence[str]) -> tuple[dict[str, str], list[str], str]:
    """Return the options before the verb, the verb and what follows, the option that waits for a value."""
    found: dict[str, str] = {}
    rest = list(before)
    while rest and rest[0].startswith("-"):
        name, mark, value = rest.pop(0).partition("=")
        name = SHORT.get(name, name)
        if mark or name not in GLOBALS or not GLOBALS[name][0]:
            found[name] = value or "yes"
        elif rest:
            found[name] = rest.pop(0)
        else:
            return found, [], name
    return {name: value for name, value in found.items() if name in GLOBALS}, rest, ""


def _verbs() -> Iterator[Candidate]:
    """Yield every verb, and the first word of those that have two, under what its heading says."""
    for heading in HEADINGS:
        for name in dict.fromkeys(each.split()[0] for each in names(heading)):
            yield name, _(heading.title)


def _below(noun: str) -> Iterator[Candidate]:
    for name in NAMES:
        if name.startswith(f"{noun} "):
            yield name.split()[1], _(load(name).help)


def _of_verb(known: list[Slot], said: list[str], typed: str, sources: Sources) -> list[Candidate]:
    by_name = {slot.name: slot for slot in known if slot.name}
    places = [slot for slot in known if not slot.name]
    used: set[str] = set()
    open_option: Slot | None = None
    for word in said:
        if open_option is not None:
            open_option = None
        elif word in by_name:
            used.add(word)
            open_option = by_name[word] if by_name[word].source else None
        elif not word.startswith("-") and places:
            places.pop(0)
    if open_option is not None:
        return sources.of(open_option.source, typed, open_option.field)
    if places and not typed.startswith("-"):
        return sources.of(places[0].source, typed, places[0].field)
    free = (slot for slot in known if slot.name and (slot.repeated or slot.name not in used))
    return fitting([*((slot.name, slot.help) for slot in free), (HELP[0], _(HELP[1]))], typed)


def slots(name: str) -> list[Slot]:
    """Return the places and options of a verb, in its order."""
    from workbench.cli import app, helping

    verb = load(name)
    fields = {field.name: field for field in verb.fields}
    parameters: list[Any] = app.build(verb).params
    return [_slot(name, each, fields, helping.translated(each.help)) for each in parameters]


def _slot(verb: str, parameter: Any, fields: "dict[str, Field]", said: str) -> Slot:
    field = fields.get(parameter.name)
    is_place = parameter.param_type_name == "argument"
    name = "" if is_place else parameter.opts[0]
    source = parameter.metavar or (parameter.name.upper() if is_place else "TEXT")
    if not is_place and parameter.is_flag:
        source = ""
    if source.startswith("NAME"):
        source = "TEXT" if is_place and verb in BROUGHT else _named(verb, name)
    if source == "WHAT" and verb == "analyze":
        source = "ANALYSIS"
    return Slot(name, said, source, field, repeated=not is_place and bool(parameter.multiple))


def _named(verb: str, option: str) -> str:
    """Return whose name it is that stands behind a verb, or behind an option of it."""
    return NAMED_BY.get(option or verb.split()[0], NAMED_BY.get(verb.split()[0], "TEXT"))
