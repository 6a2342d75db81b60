"""From words on the command line to one typer command; only the verb that was asked for is built."""

import gc
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperOption

from workbench.cli import helping
from workbench.cli.command import SETTINGS, VerbCommand
from workbench.cli.options import GLOBALS
from workbench.cli.registry import ASKS, NAMES, NOUNS, OF_THEIR_OWN, Verb, load
from workbench.cli.session import Session
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.domain.values import nearest
from workbench.words import N_


def run(words: Sequence[str], session: Session) -> int:
    """Carry out the verb at the head of ``words``; return the exit code.

    Raises:
        WorkbenchError: what a person can act on.
    """
    name, rest = _resolve(words)
    if name in NOUNS:
        print(helping.of_noun(name))  # noqa: T201 (help is the data that was asked for)
        return 0
    command = build(load(name))
    try:
        with command.make_context(f"workbench {name}", rest, obj=session) as context:
            if context.args:
                raise UsageError(
                    N_('"{value}" is too much here; see: workbench {verb} --help'),
                    value=gist(context.args[0], 40),
                    verb=name,
                )
            gc.freeze()  # what was loaded stays: there is no garbage among it
            gc.enable()
            if (right := ASKS.get(name)) and name not in OF_THEIR_OWN:
                session.ensure(right)
            command.invoke(context)
    except typer.Exit as exit_:
        return exit_.exit_code
    except typer.TyperException as why:  # click's own errors, in our words
        raise _in_our_words(why, name, command) from None
    return 0


def _resolve(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the verb (or the noun whose help is wanted) and what follows it.

    Raises:
        UsageError: there is no such verb; names the nearest.
    """
    first, *rest = words
    if first in NAMES:
        return first, rest
    if first in NOUNS:
        if rest and rest[0] in ("--help", "-h"):
            return first, []
        subs = [name.split()[1] for name in NAMES if name.startswith(f"{first} ")]
        if rest and f"{first} {rest[0]}" in NAMES:
            return f"{first} {rest[0]}", rest[1:]
        raise _no_verb(first, rest[0] if rest else "", subs)
    raise _no_verb("", first, [*dict.fromkeys(name.split()[0] for name in NAMES)])


def _no_verb(noun: str, typed: str, known: list[str]) -> UsageError:
    near = nearest(typed, known)
    if near:
        template = N_('there is no verb "{typed}"; did you mean {nearest}?')
    elif noun:
        template = N_("{noun} needs one of: {known}.")
    else:
        template = N_('there is no verb "{typed}"; see: workbench --help')
    return UsageError(
        template, typed=gist(f"{noun} {typed}".strip(), 40), nearest=f"{noun} {near}".strip(), noun=noun,
        known=", ".join(known),
    )  # fmt: skip


def build(verb: Verb) -> TyperCommand:
    """Return the command of ``verb``, with ``--json``."""
    command = _made_from_fields(verb) if verb.fields else _read_by_typer(verb)
    command.params.append(
        TyperOption(
            param_decls=["--json"],
            is_flag=True,
            expose_value=False,
            callback=_json_wanted,
            help=N_("Print one JSON document."),
        )
    )
    return command


def _made_from_fields(verb: Verb) -> TyperCommand:
    from workbench.cli.fielded import FieldsCommand  # loads the acts, which not every verb needs

    return FieldsCommand(verb)


def _read_by_typer(verb: Verb) -> TyperCommand:
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )
    app.command(verb.name, cls=VerbCommand, help=verb.help)(verb.function)
    command = typer.main.get_command(app)
    assert isinstance(command, TyperCommand)
    return command


def _json_wanted(context: Any, parameter: Any, value: bool) -> None:
    if value:
        context.obj.want_json()


def _in_our_words(why: Exception, verb: str, command: TyperCommand) -> UsageError:
    """Return a fault that click found as one sentence in the user's language, naming the option."""
    kind = type(why).__name__
    option = gist(str(getattr(why, "option_name", "")), 40)
    if kind == "NoSuchOption":
        return _no_option(option, verb, command)
    if kind == "BadOptionUsage":
        takes = "requires" in str(why)
        return UsageError(N_("a value must follow.") if takes else N_("takes no value."), option=option)
    parameter = getattr(why, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        return UsageError(
            N_("{what} is missing; write: {usage}"),
            what=parameter.metavar or parameter.name,
            usage=helping.usage(command, f"workbench {verb}"),
        )
    raise why


def _no_option(option: str, verb: str, command: TyperCommand) -> UsageError:
    if option in GLOBALS:
        template = N_("stands before the verb: workbench {name} ... {verb} ...")
        return UsageError(template, option=option, name=option, verb=verb)
    known = [name[2:] for parameter in command.params for name in parameter.opts if name.startswith("--")]
    near = nearest(option.lstrip("-"), known)
    template = (
        N_("{verb} has no such option; did you mean --{nearest}?")
        if near
        else N_("{verb} has no such option; see: workbench {verb} --help")
    )
    return UsageError(template, option=option, verb=verb, nearest=near)
