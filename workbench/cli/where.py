"""``--where FIELD=VALUE`` and ``--columns``: read strictly, with the nearest name where one is wrong."""

import re
from collections.abc import Sequence
from datetime import datetime

from storage.filters import FIELDS, OPERATORS, Condition, is_nothing
from workbench.domain import facts, times, values, vocabularies
from workbench.domain.errors import UsageError
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.domain.regexes import later
from workbench.domain.text import gist
from workbench.words import N_

OPTION = "--where"
COLUMNS = "--columns"
_CONDITION = later(r"\s*([A-Za-z_-]+)\s*(!=|<=|>=|=|<|>|~)(.*)", re.DOTALL)


def conditions(typed: Sequence[str], rules: Rules, now: datetime) -> tuple[Condition, ...]:
    """Return what ``--where`` asks for; times are read in the policy's zone.

    Raises:
        UsageError: no such field, no comparison, or a value that the field cannot have.
    """
    return tuple(_condition(text, rules, now) for text in typed)


def _condition(typed: str, rules: Rules, now: datetime) -> Condition:
    found = _CONDITION.fullmatch(typed)
    if not found:
        raise UsageError(
            N_('"{value}" is no condition; write FIELD=VALUE, like severity=1. Comparisons: {all}'),
            option=OPTION,
            value=gist(typed, 40),
            all=" ".join(OPERATORS),
        )
    name, op, value = found[1].replace("-", "_").lower(), found[2], found[3].strip()
    if name not in FIELDS:
        raise _unknown(name, FIELDS, OPTION)
    if is_nothing(name, value):
        return Condition(name, op, "")
    if facts.BY_NAME[name].kind is Kind.TIME:
        at = times.parse(value, now=now, zone=rules.zone, option=OPTION)
        return Condition(name, op, times.stamp(at))
    if op in ("=", "!="):
        _check(name, value, rules)
    return Condition(name, op, value)


def _check(name: str, value: str, rules: Rules) -> None:
    """Refuse a value that no case can have: a silent empty list would say that all is well."""
    if known := vocabularies.ids(name, rules.policy):
        values.choice(value, known, option=OPTION)


def columns(typed: Sequence[str]) -> tuple[str, ...]:
    """Return the JSON keys that ``--columns`` names, separated by commas or given several times.

    Raises:
        UsageError: an unknown key; names the nearest.
    """
    names = [name.strip().replace("-", "_") for text in typed for name in text.split(",")]
    for name in names:
        if name not in facts.NAMES:
            raise _unknown(name, facts.NAMES, COLUMNS)
    return tuple(dict.fromkeys(names))


def _unknown(name: str, known: Sequence[str], option: str) -> UsageError:
    near = values.nearest(name, known)
    template = (
        N_("There is no field {name}; did you mean {nearest}?") if near else N_("There is no field {name}.")
    )
    return UsageError(template, option=option, name=gist(name, 40), nearest=near)
