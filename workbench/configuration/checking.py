"""Every fault of a ``config.toml``, with its line and the nearest right name."""

import re
from collections.abc import Iterable
from pathlib import Path

from keymaps import SHIPPED, known, load
from workbench.configuration.settings import (
    BY_NAME,
    DB,
    KEYMAP,
    LONGEST,
    SETTINGS,
    Found,
    Kind,
    Setting,
    allowed,
)
from workbench.configuration.values import as_text
from workbench.domain import acts
from workbench.domain.errors import UsageError
from workbench.toml.checks import Checker
from workbench.toml.faults import Fault, fault_lines, shorten
from workbench.toml.lines import line_at, lines_of
from workbench.toml.reading import UnusableError, tables_of, text_of, with_lines
from workbench.words import N_, Said, Show, as_it_is

LONGEST_KEY = 2  # parts of a dotted key
_NAMES_STORE = re.compile(
    rf"""^[ \t]*["']?{DB.name}["']?[ \t]*=(?![ \t]*(?:""|'')[ \t\r]*(?:#|$))""", re.MULTILINE
)
_TYPES = {
    Kind.YES_NO: N_("must be true or false, not {value}."),
    Kind.SHARE: N_("must be {known}, not {value}."),
}
_TEXT = N_('must be text in " ", not {value}.')


class ConfigFaults(UsageError):  # noqa: N818 (it holds many errors)
    """The file of settings cannot be used; every reason with its line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(N_("The settings have {n} faults."), n=len(self.faults))

    def shown(self, show: Show = as_it_is) -> str:
        """Return the faults, a line each."""
        return fault_lines(self.faults, show)


def checked(path: Path) -> Found:
    """Return what the file at ``path`` says, with every fault, by line. Never raises."""
    text = ""
    try:
        text = text_of(path, str(path))
        data = tables_of(text, str(path), LONGEST_KEY)
    except UnusableError as why:
        return Found({}, (why.fault,), _NAMES_STORE.search(text) is not None)
    check = Checker()
    check.table((), data, tuple(BY_NAME))
    values: dict[str, str] = {}
    for setting in SETTINGS:
        if setting.name in data:
            value = _value(check, setting, data[setting.name], path.parent)
            values |= {} if value is None else {setting.name: value}
    faults = sorted(with_lines(check.found, text, str(path)), key=lambda fault: fault.line)
    return Found(values, tuple(faults), DB.name in data and DB.name not in values)


def of_what_it_names(path: Path, found: Found) -> tuple[Fault, ...]:
    """Return the faults of ``found``, and one where the keymap that it names cannot be used."""
    keymap = found.values.get(KEYMAP.name)
    if keymap is None or keymap in SHIPPED:
        return found.faults
    try:
        load(keymap, known(acts.PERSONS))
    except UsageError as why:
        said = N_("{why} See: workbench keys check {file}")
        lines = lines_of(text_of(path, str(path)))
        line = line_at(lines, (KEYMAP.name,))
        fault = Fault(str(path), line, KEYMAP.name, Said(said, why=why.said, file=keymap))
        return tuple(sorted((*found.faults, fault), key=lambda each: each.line))
    return found.faults


def _value(check: Checker, setting: Setting, value: object, folder: Path) -> str | None:
    """Return a value as text; None with a fault where it is not right."""
    text = as_text(setting, value, folder)
    if text is None:
        _explain(check, setting, value)
    return text


def _explain(check: Checker, setting: Setting, value: object) -> None:
    """Note why a value is not right."""
    path = (setting.name,)
    before = len(check.found)
    if setting.kind is Kind.WORD:
        check.one_of(path, value, setting.values)
    elif setting.kind in (Kind.PATH, Kind.NAME) and isinstance(value, str):
        check.text(path, value, LONGEST)
    if len(check.found) == before:
        template = _TYPES.get(setting.kind, _TEXT)
        check.fault(path, template, value=shorten(value), known=allowed(setting))
