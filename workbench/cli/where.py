"""``--where FIELD=VALUE`` and ``--columns``: read strictly, with the nearest name where one is wrong.

A condition is one of the filter language (``wording.filters``): short and Chinese names, words of the policy.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from storage.filters import FIELDS, OPERATORS, Condition, is_nothing
from workbench.domain import facts, times, values
from workbench.domain.errors import UsageError
from workbench.domain.fact import Kind
from workbench.domain.policies import Rules
from workbench.domain.regexes import later
from workbench.domain.text import gist, narrow
from workbench.words import N_

if TYPE_CHECKING:
    from workbench.desk import Desk

OPTION = "--where"
COLUMNS = "--columns"
_CONDITION = later(
    r"\s*([A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]*(?:\.[^=<>~!]*)?)\s*(!=|<=|>=|=|<|>|~|:)(.*)",
    re.DOTALL,
)


def conditions(
    typed: Sequence[str], rules: Rules, now: datetime, desk: "Desk | None" = None
) -> tuple[Condition, ...]:
    """Return what ``--where`` asks for; times are read in the policy's zone.

    With a ``desk`` a figure of the summary is a field too: ``closed=2026-11-21`` asks for its cases.

    Raises:
        UsageError: no such field, no comparison, or a value that the field cannot have.
    """
    return tuple(each for text in typed for each in _conditions(text, rules, now, desk))


def _conditions(typed: str, rules: Rules, now: datetime, desk: "Desk | None") -> tuple[Condition, ...]:
    from workbench.wording import filters

    name, op, value = _parted(typed)
    if desk is not None and name.replace("-", "_").lower() not in FIELDS:
        from workbench.reports import figure_fields

        plain = "=" if op == ":" else op
        if (found := figure_fields.conditions(desk, name, plain, value)) is not None:
            return found  # of a figure and a short name of a field, the figure: "closed" in a day
    return (_condition(filters.known_as(name), op, value, rules, now),)


def _parted(typed: str) -> tuple[str, str, str]:
    """Return field, comparison and value; both signs before the value may be full-width ones."""
    found = _CONDITION.fullmatch(narrow(typed))
    if not found:
        raise UsageError(
            N_('"{value}" is no condition; write FIELD=VALUE, like severity=1. Comparisons: {all}'),
            option=OPTION,
            value=gist(typed, 40),
            all=" ".join(OPERATORS),
        )
    return found[1].strip(), found[2], typed[found.start(3) :].strip()


def _condition(name: str, op: str, value: str, rules: Rules, now: datetime) -> Condition:
    from workbench.wording import filters

    if name not in FIELDS:
        raise _unknown(name, FIELDS, OPTION)
    if is_nothing(name, value):
        return Condition(name, "=" if op == ":" else op, "")
    if facts.BY_NAME[name].kind is Kind.TIME:
        at = times.parse(value, now=now, zone=rules.zone, option=OPTION)
        return Condition(name, "=" if op == ":" else op, times.stamp(at))
    op = filters.comparison(name, op)
    # a value that no case can have is refused: a silent empty list would say that all is well
    strict = op in ("=", "!=")
    return Condition(name, op, filters.id_of(name, value, rules.policy, strict=strict, option=OPTION))


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
