"""``config``: the file of settings, what is wrong with it, what holds and why."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import out
from workbench.cli.registry import verb
from workbench.configuration.settings import BY_NAME, SETTINGS, Kind, Setting, allowed, meant
from workbench.configuration.sources import Source, Sources
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.domain.text import gist, safe_text
from workbench.words import N_, _

FROM = {
    Source.OPTION: N_("an option"),
    Source.ENVIRONMENT: N_("the environment"),
    Source.FILE: N_("the file"),
    Source.DEFAULT: N_("the default"),
}


@verb("config init", N_("Write a config.toml with every setting at its default, explained."))
def init(context: typer.Context) -> None:
    """Write the file of settings."""
    from workbench.configuration.writing import first

    session = context.obj
    session.refuse_if_read_only()
    path = session.options.settings.path
    first(path)
    session.answer({"config": str(path)}, [_("Written: {file}").format(file=safe_text(str(path)))])


@verb("config check", N_("Check config.toml: every fault with its line."))
def check(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help=N_("Another file than the one in use."))
    ] = None,
) -> None:
    """Check the file of settings."""
    from workbench.configuration.checking import ConfigFaults, checked, of_what_it_names

    session = context.obj
    path = session.options.settings.path if file is None else Path(file)
    if file is None and not path.exists():
        said = _("There is no {file}: every setting is at its default. To begin one: workbench config init")
        session.answer(
            {"config": str(path), "exists": False, "faults": []}, [said.format(file=safe_text(str(path)))]
        )
        return
    found = checked(path)
    if faults := of_what_it_names(path, found):
        raise ConfigFaults(faults)
    said = _("{name}: no faults.").format(name=safe_text(str(path)))
    session.answer({"config": str(path), "exists": True, "faults": []}, [said])


@verb("config show", N_("Print every setting: what holds, and where that comes from."))
def show(context: typer.Context) -> None:
    """Print the settings."""
    session = context.obj
    settings = session.options.settings
    found = [_shown(settings, each) for each in SETTINGS]
    if session.json:
        out.document(found)
        return
    rows = [[each["name"], each["value"], _(FROM[Source(each["from"])]), each["variable"]] for each in found]
    out.table([_("Setting"), _("Value"), _("Given by"), _("Variable")], rows)


def _shown(settings: Sources, setting: Setting) -> dict[str, str]:
    value, source = settings.found(setting)
    return {
        "name": setting.name, "value": value, "from": source.value, "variable": setting.variable,
        "option": setting.option,
    }  # fmt: skip


@verb("config set", N_("Keep one setting in config.toml; what else stands there stays as it is."))
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("Which setting; see: config show."))],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=N_("What it is to be."))],
) -> None:
    """Keep one setting."""
    from workbench.configuration.writing import keep

    session = context.obj
    session.refuse_if_read_only()
    setting = BY_NAME[values.choice(name, tuple(BY_NAME), option="NAME")]
    kept = _kept(setting, value)
    settings = session.options.settings
    keep(settings.path, setting, kept)
    over = Sources(settings.options, settings.given).found(setting)
    said = [_("{name} is {value}.").format(name=name, value=safe_text(kept))]
    if over[1] not in (Source.FILE, Source.DEFAULT):
        template = _("Here {source} comes first, and says {value}.")
        said.append(template.format(source=_(FROM[over[1]]), value=safe_text(over[0])))
    session.answer({"name": name, "value": kept, "config": str(settings.path)}, said)


def _kept(setting: Setting, typed: str) -> str:
    """Return what is kept of a value; a file is meant from where the verb was called.

    Raises:
        UsageError: the setting cannot be that.
    """
    from workbench.configuration.settings import KEYMAP, SHIPPED_KEYMAPS

    value = meant(setting, typed)
    if value is None:
        template = N_('"{value}" is not known; known are: {known}.')
        raise UsageError(template, option=setting.name, value=gist(typed, 40), known=allowed(setting))
    if setting is KEYMAP:
        from keymaps import known, load
        from workbench.domain import acts

        load(value, known(acts.PERSONS))
    if setting.kind is Kind.PATH and value and not (setting is KEYMAP and value in SHIPPED_KEYMAPS):
        return str(Path(value).absolute())
    return value
