"""Help texts, in the user's language and measured in terminal cells. Knows nothing of click's own words."""

from typing import Any

from workbench.cli.options import GLOBALS
from workbench.cli.registry import HEADINGS, NAMES, load, names, sentence
from workbench.wording.cells import padded, width
from workbench.wording.wrapping import wrapped
from workbench.words import N_, _

NUMBER = N_("A case number, or a unique ending of it, 3 or more.")
LINE = 100
INDENT = 2
LEFT = 26  # cells of the left column


def usage(command: Any, path: str) -> str:
    """Return how a verb is written: ``workbench close NUMBER [options]``."""
    places = [
        name if parameter.required else f"[{name}]"
        for parameter in command.params
        if parameter.param_type_name == "argument"
        for name in [(parameter.metavar or parameter.name or "").upper()]
    ]
    return " ".join([path, *places, _("[options]")])


def translated(text: str | None) -> str:
    """Return a help text in the language in use, in which it may stand already.

    gettext answers an empty one with its own header.
    """
    return _(text) if text else ""


def of_command(command: Any, path: str) -> str:
    """Return the help of one verb."""
    parts = [usage(command, path), "", *_wrapped(translated(command.help), 0), ""]
    rows = []
    for parameter in command.params:
        if parameter.param_type_name == "option":
            rows.append((option_text(parameter), translated(parameter.help)))
        elif parameter.help:
            rows.append(((parameter.metavar or parameter.name).upper(), _(parameter.help)))
    rows.append(("--help", _("Print this help.")))
    return "\n".join([*parts, *_table(rows)])


def option_text(option: Any) -> str:
    """Return how an option is written: ``--flag FLAG ...``."""
    name = ", ".join(option.opts)
    if option.is_flag:
        return name
    metavar = option.metavar or "TEXT"
    return f"{name} {metavar}" + (" ..." if option.multiple else "")


def of_noun(noun: str) -> str:
    """Return the verbs of a noun."""
    rows = [(name, _(load(name).help)) for name in NAMES if name.startswith(f"{noun} ")]
    return "\n".join([f"workbench {noun} ...", "", *_table(rows)])


def overview() -> str:
    """Return every verb with its sentence, and the options that stand before it."""
    parts = ["workbench " + _("[options] [verb ...]"), ""]
    parts += [_("Without a verb the terminal opens."), ""]
    for heading in HEADINGS:
        parts += ([""] if parts[-1] else []) + [_(heading.title)]
        parts += _table([(name, _(sentence(name))) for name in names(heading)])
    parts += ["", _("Options before the verb")]
    parts += _table([(f"{name} {value}".strip(), _(text)) for name, (value, text) in GLOBALS.items()])
    parts += ["", _("Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 refused by a rule, 4 no such case,")]
    parts += [_("5 changed by somebody else, 6 faults in the input, 7 the store cannot serve, 130 Ctrl-C.")]
    return "\n".join(parts)


def _table(rows: list[tuple[str, str]]) -> list[str]:
    found = []
    for left, right in rows:
        lines = _wrapped(right, INDENT + LEFT + 1)
        if width(left) > LEFT:
            found.append(" " * INDENT + left)
        elif lines:
            found.append(" " * INDENT + padded(left, LEFT) + " " + lines.pop(0).lstrip())
        else:
            found.append(" " * INDENT + left)
        found += lines
    return found


def _wrapped(text: str, indent: int) -> list[str]:
    """Return ``text`` in lines that fit; Chinese may break anywhere, other words at blanks."""
    return [" " * indent + line for line in wrapped(text, LINE - indent)]
