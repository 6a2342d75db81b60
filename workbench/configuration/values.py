"""A value of the file becomes text, as an option would bring it."""

from pathlib import Path

from workbench.configuration.settings import KEYMAP, NO, SHIPPED_KEYMAPS, YES, Kind, Setting, meant


def as_text(setting: Setting, value: object, folder: Path) -> str | None:
    """Return ``value`` as text, a path from ``folder``; None where the setting cannot be that."""
    if isinstance(value, bool):
        return (YES if value else NO) if setting.kind is Kind.YES_NO else None
    if isinstance(value, int):
        return meant(setting, str(value)) if setting.kind is Kind.SHARE else None
    if not isinstance(value, str) or setting.kind is Kind.YES_NO:
        return None
    if setting.values and value not in setting.values:  # a share is a number, and no yes is a bell
        return None
    text = meant(setting, value)
    return placed(setting, text, folder) if text else text


def placed(setting: Setting, text: str, folder: Path) -> str:
    """Return a path as it is meant from ``folder``; any other value as it is."""
    if setting.kind is not Kind.PATH or (setting is KEYMAP and text in SHIPPED_KEYMAPS):
        return text
    try:
        return str(folder / Path(text).expanduser())
    except RuntimeError:  # there is nobody of that name
        return str(folder / text)
