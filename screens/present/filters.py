"""The filter line: ``site:Vanke handler:none level<=2 漏水`` becomes conditions and words.

Fields have their JSON names, shorter ones and Chinese ones; values may be ids or the words that the
policy has for them. What is not ``field operator value`` is searched for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.filters import FIELDS, TIMES, Condition, is_nothing
from workbench.domain import times, values
from workbench.domain.errors import UsageError
from workbench.domain.flow import STAGES
from workbench.domain.policies import Policy, Term
from workbench.domain.text import fold, narrow
from workbench.wording import names
from workbench.words import N_

ALIASES = {
    "level": "severity", "received": "received_at", "closed": "closed_at", "done": "done_at",
    "due": "next_due_at", "clock": "next_clock", "flag": "flags", "wants": "remedy_sought",
    "编号": "number", "级别": "severity", "类型": "kind", "类别": "category", "渠道": "channel",
    "项目": "site", "房号": "unit", "客户": "customer", "电话": "phone", "经办人": "handler",
    "处理人": "handler", "小区": "site", "首问": "first_asked", "状态": "status", "环节": "stage",
    "热点": "hot", "重复": "repeat",
    "超时": "overdue", "影响": "impact", "标记": "flags", "责任": "fault", "人数": "people",
    "索赔": "claim", "受理": "received_at", "到期": "next_due_at",
}  # fmt: skip
SHOWN = (
    "level", "handler", "site", "unit", "customer", "phone", "category", "kind", "channel", "status",
    "stage", "hot", "overdue", "repeat", "flag", "people", "claim", "received", "due", "number",
)  # fmt: skip
SHOWN_ZH = (
    "级别", "经办人", "小区", "房号", "客户", "电话", "类别", "类型", "渠道", "状态", "热点", "超时",
    "重复", "受理", "到期",
)  # fmt: skip
WORDY = ("text", "site", "unit", "customer", "outcome", "remedy_sought", "first_asked", "number")
VOCABULARIES = {
    "kind": "kinds", "category": "categories", "channel": "channels", "impact": "impacts", "flags": "flags",
    "fault": "faults", "next_clock": "clocks",
}  # fmt: skip

FIXED = {"status": tuple(names.STATUSES), "stage": tuple(STAGES)}

_PART = re.compile(r"([A-Za-z_\u4e00-\u9fff]+)(<=|>=|!=|[:=<>~])(\"[^\"]*\"|\S*)|\"([^\"]*)\"|(\S+)")


@dataclass(frozen=True)
class Filter:
    """What a filter line asks for."""

    where: tuple[Condition, ...]
    words: str


def parse(typed: str, policy: Policy, now: datetime) -> Filter:
    """Return what the line asks for.

    Raises:
        UsageError: an unknown field, or a value that the field cannot have.
    """
    where: list[Condition] = []
    words: list[str] = []
    for part in _PART.finditer(narrow(typed)):
        name, op, value, quoted, word = part.groups()
        if name is None:
            words.append(quoted if quoted is not None else word)
        else:
            where += _conditions(name, op, value.strip('"'), policy, now)
    return Filter(tuple(where), " ".join(word for word in words if word))


def field_of(name: str) -> str:
    """Return the field that ``name`` stands for.

    Raises:
        UsageError: there is none; names the nearest.
    """
    found = ALIASES.get(fold(name), fold(name))
    if found not in FIELDS:
        near = values.nearest(fold(name), (*FIELDS, *ALIASES))
        template = (
            N_('There is no field "{name}"; did you mean {near}? To search for it, put it in quotes.')
            if near
            else N_('There is no field "{name}". To search for it, put it in quotes.')
        )
        raise UsageError(template, name=name, near=near)
    return found


def completions(typed: str, policy: Policy) -> list[str]:
    """Return how the last part of ``typed`` may go on: fields, or the values of a field."""
    last = narrow(typed).split(" ")[-1]
    name, _colon, begun = last.partition(":")
    if not _colon:
        shown = (*SHOWN_ZH, *SHOWN) if names.in_chinese() else SHOWN
        return [f"{field}:" for field in shown if field.startswith(last)]
    try:
        field = field_of(name)
    except UsageError:
        return []
    return [f"{name}:{value}" for value in _values(field, policy) if fold(value).startswith(fold(begun))]


def _values(field: str, policy: Policy) -> Iterator[str]:
    if field in VOCABULARIES:
        terms: dict[str, Term] = getattr(policy, VOCABULARIES[field])
        yield from (str(term.name) for term in terms.values())
    elif field == "severity":
        yield from (names.level(level) for level in names.LEVELS)
    elif field in ("hot", "repeat", "overdue"):
        yield from ("yes", "no")
    elif field == "status":
        yield from names.STATUSES
    elif field == "handler":
        yield "none"


def _conditions(name: str, op: str, value: str, policy: Policy, now: datetime) -> list[Condition]:
    field = field_of(name)
    if not value:
        raise UsageError(N_('Say what "{name}" should be, or none.'), name=name)
    if field in TIMES and not is_nothing(field, value):
        return _instants(field, op, value, policy, now)
    if is_nothing(field, value):
        return [Condition(field, "!=" if op == "!=" else "=", "")]
    if op == ":":
        op = "~" if field in WORDY else "="
    return [Condition(field, op, _id_of(field, value, policy))]


def _instants(field: str, op: str, value: str, policy: Policy, now: datetime) -> list[Condition]:
    at = times.parse(value, now=now, zone=ZoneInfo(policy.zone), date_means="day")
    if op not in (":", "="):
        return [Condition(field, op, times.stamp(at))]
    return [
        Condition(field, ">=", times.stamp(at)),
        Condition(field, "<", times.stamp(at + timedelta(days=1))),
    ]


def _id_of(field: str, value: str, policy: Policy) -> str:
    """Return the id that ``value`` names; the value itself where it is one, or nothing is named."""
    if field == "severity":
        return next((str(n) for n in names.LEVELS if fold(names.level(n)) == fold(value)), value)
    if field in FIXED:
        return values.choice(value, FIXED[field])
    if field not in VOCABULARIES:
        return value
    terms: dict[str, Term] = getattr(policy, VOCABULARIES[field])
    by_word = {
        fold(word): term.id for term in terms.values() for word in (term.name.zh, term.name.en, term.id)
    }
    return by_word.get(fold(value)) or values.choice(value, tuple(terms))
