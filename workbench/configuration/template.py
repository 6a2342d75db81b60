"""A ``config.toml`` as it is made: every setting at its default, explained in the user's language."""

import json

from workbench.configuration.settings import SETTINGS, YES, Kind, Setting, allowed
from workbench.words import _


def template() -> str:
    """Return a file that changes nothing: every setting at its default, each explained."""
    head = (
        _("Settings of Workbench: they hold unless an option or a variable says otherwise."),
        _("A running window takes over what it can, a moment after this file is saved."),
        _("What is wrong with it: workbench config check; what holds: workbench config show"),
    )
    blocks = ["\n".join(f"# {each}" for each in head)]
    blocks += [
        "\n".join((f"# {_(each.help)}", f"# {ways(each)}", written(each, each.default))) for each in SETTINGS
    ]
    return "\n\n".join(blocks) + "\n"


def ways(setting: Setting) -> str:
    """Return what a setting may be, and its other names: ``auto, zh, en  (--lang, WORKBENCH_LANG)``."""
    other = ", ".join(filter(None, (setting.option, setting.variable)))
    return "  ".join(filter(None, (allowed(setting), f"({other})")))


def written(setting: Setting, value: str) -> str:
    """Return the line of a value."""
    return f"{setting.name} = {toml(setting, value)}"


def toml(setting: Setting, value: str) -> str:
    """Return a value as the file writes it."""
    if setting.kind is Kind.YES_NO:
        return "true" if value == YES else "false"
    if setting.kind is Kind.SHARE and value.isdigit():
        return value
    return json.dumps(value, ensure_ascii=False)  # TOML escapes what JSON does
