"""The arguments and options of a verb, made from fields: the form on the screen is made from the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from typer.core import TyperArgument, TyperOption

from workbench.cli import helping
from workbench.cli.command import SETTINGS, VerbCommand
from workbench.cli.registry import Verb
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.rules.action import Field
from workbench.words import N_, _

SWITCH = "yesno"  # stands for yes, without a value
REPEATED = ("flags", "cases")
FEW = 10  # so far a metavar gives the bounds of a number
METAVARS = {
    "text": "TEXT", "line": "TEXT", "person": "STAFF", "people": "STAFF,...", "time": "TIME", "money": "YUAN",
    "case": "NUMBER", "cases": "NUMBER", "flags": "FLAG", "promise": "ID", "duty": "ID",
}  # fmt: skip
NUMBER = Field("number", N_("Number"), "case", required=True, positional=True, help=helping.NUMBER)


class FieldsCommand(VerbCommand):
    """The command of a verb that has fields."""

    def __init__(self, verb: Verb) -> None:
        super().__init__(
            verb.name,
            help=verb.help,
            params=[*parameters(verb.fields)],
            context_settings=SETTINGS,
            rich_markup_mode=None,
        )
        self.verb, self.fields = verb, verb.fields

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed, with the options that its first words bring with them."""
        if self.verb.more is not None:
            more = self.verb.more(args)
            self.params += parameters(more)
            self.fields = (*self.verb.fields, *more)
        left: list[str] = super().parse_args(ctx, args)
        return left

    def invoke(self, ctx: Any) -> None:
        """Do what the verb does with what was typed.

        Raises:
            WorkbenchError: what a person can act on; a value is named as the help names it.
        """
        try:
            self.verb.function(ctx.obj, _typed_values(self.fields, ctx.params))
        except UsageError as why:
            why.option = _name_in_help(self.fields, why.option)
            raise


def parameters(fields: Sequence[Field]) -> list[TyperArgument | TyperOption]:
    """Return what is typed behind a verb, in the order of ``fields``; every value is text."""
    return [_argument(field) if field.positional else _option(field) for field in fields]


def _argument(field: Field) -> TyperArgument:
    return TyperArgument(
        param_decls=[field.name],
        type=str,
        required=field.required,
        metavar=metavar(field),
        help=_help_text(field),
    )


def _option(field: Field) -> TyperOption:
    names = [option(field), field.name]
    if field.kind == SWITCH:
        return TyperOption(param_decls=names, is_flag=True, help=_help_text(field))
    return TyperOption(
        param_decls=names,
        type=str,
        multiple=field.kind in REPEATED,
        metavar=metavar(field),
        help=_help_text(field),
    )


def option(field: Field) -> str:
    """Return the option of a field: ``remedy_sought`` is ``--remedy-sought``."""
    return "--" + field.name.replace("_", "-")


def metavar(field: Field) -> str:
    """Return what stands for the value: the field's own word, its name, its bounds, or its kind."""
    kind = field.kind.partition(":")[0]
    if field.metavar:
        return field.metavar
    if kind == "choice":
        return field.name.upper()
    if kind in ("number", "level"):
        return f"{field.low}-{field.high}" if field.high <= FEW else "N"
    return METAVARS[kind]


def _help_text(field: Field) -> str:
    """Return the sentence of a field in the language in use."""
    return _(field.help) if field.help else _("{label}.").format(label=_(field.label))


def _typed_values(fields: Sequence[Field], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, by field name; a switch that is off was not.

    Raises:
        UsageError: a number that stands in a place of its own is none.
    """
    for field in fields:
        if field.positional and field.high and typed[field.name] is not None:
            values.whole(typed[field.name], field.low, field.high, option=metavar(field))
    return {name: value for name, value in typed.items() if value not in (None, False, ())}


def _name_in_help(fields: Sequence[Field], option_name: str) -> str:
    """Return how the help of a verb calls what an action, which knows no places, calls ``--name``."""
    places = {option(field): metavar(field) for field in fields if field.positional}
    return places.get(option_name, option_name)
