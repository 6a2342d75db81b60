"""The manual page of the program in roff, made from the records of its verbs, options and keys."""

import re
from collections.abc import Iterator
from typing import Any

from keymaps import CONTEXTS, known, label, load
from workbench.cli import app, helping
from workbench.cli import registry as verbs
from workbench.cli.options import GLOBALS
from workbench.domain import acts
from workbench.words import N_, _

NAME = "workbench"
GIST = N_("a terminal workbench for customer complaints in property and real estate")
DESCRIPTION = (
    N_("Without a verb the terminal opens: a queue that is sorted by what is due next, and single keys."),
    N_("Every key has a verb with the same rule behind it."),
    N_("A case NUMBER is the one that a customer can quote; a unique ending of it, 3 or more, is enough."),
    N_("To look around: workbench demo. To begin: workbench init."),
)
STATUS: dict[str, str] = {
    "0": N_("done"),
    "1": N_("a bug; a report lies where workbench where says"),
    "2": N_("wrong usage; one sentence names the option"),
    "3": N_("valid, but refused by a rule, with the reason"),
    "4": N_("no such case, or an ending that means several"),
    "5": N_("somebody else changed it first"),
    "6": N_("faults in the input file"),
    "7": N_("the store cannot serve; see: workbench doctor"),
    "130": "Ctrl-C",
}
ENVIRONMENT: dict[str, str] = {
    "WORKBENCH_DB": N_("The store, where --db names none."),
    "WORKBENCH_STAFF": N_("Who acts, where --as names nobody."),
    "WORKBENCH_NOW": N_("At what time the clock stands still, where --now names none."),
    "WORKBENCH_LANG": N_("zh or en, where --lang names neither."),
    "WORKBENCH_MAIL": N_("The file that says how a page is mailed."),
    "NO_COLOR": N_("Where it is set, nothing is printed in colour."),
    "TERM": N_("Where it is dumb, the program talks in lines."),
}
_SIGNS = str.maketrans({
    "\\": "\\e", "-": "\\-", "'": "\\(aq", '"': "\\(dq", "`": "\\(ga", "~": "\\(ti", "^": "\\(ha",
})  # fmt: skip
_WIDE = "\u2e80-\u303f\u30a0-\u9fff\uf900-\ufaff\uff00-\uff60"
_CLOSES, _OPENS = "，。；：、！？）》」”’", "（《「“‘"
_BREAK = re.compile(
    rf"(?<=[{_WIDE}])(?<![{_OPENS}])(?=[^\s{_CLOSES}])|(?<=[^\s{_OPENS}])(?=[{_WIDE}])(?![{_CLOSES}])"
)


def page() -> str:
    """Return the page in the language in use."""
    return "\n".join([*_head(), *_before_the_verb(), *_verbs(), *_keys(), *_foot()]) + "\n"


def plain(text: str) -> str:
    """Return ``text`` as roff prints it: no sign is a command, and Chinese may break between its signs."""
    said = _BREAK.sub("\0", text).translate(_SIGNS).replace("\0", "\\:")
    return f"\\&{said}" if said.startswith(".") else said


def bold(text: str) -> str:
    """Return ``text`` in bold."""
    return f"\\fB{plain(text)}\\fR"


def _term(tag: str, said: str) -> Iterator[str]:
    yield ".TP"
    yield tag
    yield plain(said) or "\\&"


def _section(title: str) -> str:
    return f".SH {plain(title).upper() if title.isascii() else plain(title)}"


def _head() -> Iterator[str]:
    from workbench.cli.front import installed_version

    yield f'.TH WORKBENCH 1 "" "{NAME} {installed_version()}"'
    yield ".nh"  # a word that is cut cannot be searched for
    yield ".ad l"  # and Chinese has no blanks to widen
    yield _section(_("NAME"))
    yield f"{NAME} \\- {plain(_(GIST))}"
    yield _section(_("SYNOPSIS"))
    yield f"{bold(NAME)} {plain(_('[options] [verb ...]'))}"
    yield _section(_("DESCRIPTION"))
    yield from (plain(_(each)) for each in DESCRIPTION)


def _before_the_verb() -> Iterator[str]:
    yield _section(_("Options before the verb"))
    for name, (value, said) in GLOBALS.items():
        yield from _term(f"{bold(name)} \\fI{plain(value)}\\fR" if value else bold(name), _(said))


def _verbs() -> Iterator[str]:
    for heading in verbs.HEADINGS:
        yield _section(_(heading.title))
        for name in verbs.names(heading):
            command: Any = app.build(verbs.load(name))
            yield ".SS " + plain(helping.usage(command, name))
            yield plain(helping.translated(command.help))
            yield from _options(command)


def _options(command: Any) -> Iterator[str]:
    for parameter in command.params:
        said = helping.translated(parameter.help)
        if parameter.param_type_name == "option":
            name, _blank, value = helping.option_text(parameter).partition(" ")
            yield from _term(f"{bold(name)} \\fI{plain(value)}\\fR" if value else bold(name), said)
        elif said:
            yield from _term(f"\\fI{plain((parameter.metavar or parameter.name).upper())}\\fR", said)


def _keys() -> Iterator[str]:
    """Yield the keys of the list in the keymap that ships; the others, and one's own, says ``keys list``."""
    yield _section(_("KEYS"))
    yield plain(_("In the list, by the keymap default. All of them: workbench keys list"))
    titles = {**CONTEXTS["queue"], **{act: acts.BY_ID[act].title for act in acts.PERSONS}}
    keymap = load("default", known(acts.PERSONS))
    for command, keys in keymap.contexts["queue"].items():
        if keys and not command.startswith("queue."):
            yield from _term(bold("  ".join(label(key) for key in keys)), _(titles[command]))


def _foot() -> Iterator[str]:
    yield _section(_("EXIT STATUS"))
    for code, said in STATUS.items():
        yield from _term(bold(code), _(said))
    yield _section(_("ENVIRONMENT"))
    for name, said in ENVIRONMENT.items():
        yield from _term(bold(name), _(said))
    yield _section(_("FILES"))
    yield plain(_("Where store, drafts and crash reports lie says: workbench where"))
    yield _section(_("SEE ALSO"))
    yield plain("workbench help tour, workbench help keys, workbench policy show")
