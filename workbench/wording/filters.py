"""The language of filters: ``site:Vanke handler:none level<=2 漏水`` becomes conditions and words.

Fields have their JSON names, shorter ones and Chinese ones; values may be ids or the words that the
policy has for them. What is not ``field operator value`` is searched for. The filter line and saved views
hold such a line; ``--where`` is one condition of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.filters import FIELDS, Condition, is_nothing
from workbench.domain import facts, times, values, vocabularies
from workbench.domain.errors import UsageError
from workbench.domain.fact import Kind
from workbench.domain.policies import Policy
from workbench.domain.text import fold, narrow
from workbench.wording import names
from workbench.words import N_

OFFERED = (  # the likeliest of those that begin alike comes first
    facts.SEVERITY, facts.HANDLER, facts.SITE, facts.UNIT, facts.CUSTOMER, facts.PHONE, facts.CATEGORY,
    facts.KIND, facts.CHANNEL, facts.STATUS, facts.STAGE, facts.HOT, facts.OVERDUE, facts.REPEAT, facts.FLAGS,
    facts.PEOPLE, facts.CLAIM, facts.RECEIVED_AT, facts.NEXT_DUE_AT, facts.NUMBER,
)  # fmt: skip
ALIASES = {alias: fact.name for fact in facts.BY_NAME.values() for alias in (*fact.short, *fact.zh)}

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


def fault(typed: str, policy: Policy, now: datetime) -> tuple[tuple[int, int], str] | None:
    """Return from which character to which a filter cannot be understood, and why; None where it can.

    A field whose value has not been begun says nothing yet.
    """
    for part in _PART.finditer(narrow(typed)):
        if part.group(1) is None or not part.group(3):
            continue
        try:
            parse(part.group(), policy, now)
        except UsageError as why:
            return part.span(), str(why.said)
    return None


def known_as(name: str) -> str:
    """Return the JSON key that ``name`` stands for, folded itself where it is no other name of one."""
    folded = fold(name).replace("-", "_")
    return ALIASES.get(folded, folded)


def field_of(name: str) -> str:
    """Return the field that ``name`` stands for.

    Raises:
        UsageError: there is none; names the nearest.
    """
    found = known_as(name)
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
        return [f"{field}:" for field in _offers() if field.startswith(last)]
    try:
        field = field_of(name)
    except UsageError:
        return []
    return [f"{name}:{value}" for value in _values(field, policy) if fold(value).startswith(fold(begun))]


def _offers() -> Iterator[str]:
    if names.in_chinese():
        yield from (fact.zh[0] for fact in OFFERED)
    yield from ((*fact.short, fact.name)[0] for fact in OFFERED)


def _values(field: str, policy: Policy) -> Iterator[str]:
    fact = facts.BY_NAME[field]
    if fact.terms:
        yield from (str(term.name) for term in vocabularies.terms(field, policy).values())
    elif fact is facts.SEVERITY:
        yield from (names.level(level) for level in names.LEVELS)
    elif fact.kind is Kind.YES_NO:
        yield from ("yes", "no")
    elif fact is facts.HANDLER:
        yield "none"
    else:
        yield from vocabularies.ids(field, policy)


def _conditions(name: str, op: str, value: str, policy: Policy, now: datetime) -> list[Condition]:
    field = field_of(name)
    if not value:
        raise UsageError(N_('Say what "{name}" should be, or none.'), name=name)
    fact = facts.BY_NAME[field]
    if fact.kind is Kind.TIME and not is_nothing(field, value):
        return _instants(field, op, value, policy, now)
    if is_nothing(field, value):
        return [Condition(field, "!=" if op == "!=" else "=", "")]
    return [Condition(field, comparison(field, op), id_of(field, value, policy))]


def comparison(field: str, op: str) -> str:
    """Return ``op`` as the store knows it: ``:`` looks for a part of what is written freely."""
    if op != ":":
        return op
    return "~" if facts.BY_NAME[field].contains else "="


def _instants(field: str, op: str, value: str, policy: Policy, now: datetime) -> list[Condition]:
    at = times.parse(value, now=now, zone=ZoneInfo(policy.zone), date_means="day")
    if op not in (":", "="):
        return [Condition(field, op, times.stamp(at))]
    return [
        Condition(field, ">=", times.stamp(at)),
        Condition(field, "<", times.stamp(at + timedelta(days=1))),
    ]


def id_of(field: str, value: str, policy: Policy, *, strict: bool = True, option: str = "") -> str:
    """Return the id that ``value`` names; the value itself where it is one, or nothing is named.

    Raises:
        UsageError: the field has no such value, where that is ``strict``; names ``option``.
    """
    if field == facts.SEVERITY.name:
        return next((str(n) for n in names.LEVELS if fold(names.level(n)) == fold(value)), value)
    terms = vocabularies.terms(field, policy).values()
    by_word = {fold(word): term.id for term in terms for word in (term.name.zh, term.name.en, term.id)}
    known = vocabularies.ids(field, policy) if strict else ()
    return by_word.get(fold(value)) or (values.choice(value, known, option) if known else value)
