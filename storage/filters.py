"""Conditions on the fields of a case, for lists, exports and the filter line of the queue."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from workbench.domain import facts
from workbench.domain.cases import BETWEEN
from workbench.domain.errors import UsageError
from workbench.domain.fact import Fact, Kind
from workbench.domain.text import door, gist, phone_key
from workbench.domain.times import stamp
from workbench.domain.values import money, nearest
from workbench.words import N_

FIELDS = facts.where(lambda fact: fact.filtered)
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "~")
AMONG = "among"  # of ``WHICH``, and never typed: the value is a list as JSON
WHICH = ("case_id", "site")
NOTHING = ("", "none", "null")
_YES = ("1", "true", "yes", "是")
_NO = ("0", "false", "no", "否")


class Condition(NamedTuple):
    """``field`` is a JSON key of a case; ``op`` is one of ``OPERATORS``, ``~`` meaning contains.

    A time is given as ``domain.times.stamp`` writes it. ``AMONG`` asks for one of a list.
    """

    field: str
    op: str
    value: str


class Reach(NamedTuple):
    """What somebody reads: no case of ``elsewhere``, but those that one of ``names`` holds, and ``keys``;
    but none of ``kept``, which are restricted.

    It looks at nothing but the table of cases, so that it can be asked of rows in memory as well.
    """

    elsewhere: tuple[str, ...]
    names: tuple[str, ...]
    keys: tuple[int, ...]
    kept: tuple[int, ...] = ()


IN_REACH = """ AND case_id NOT IN (SELECT value FROM json_each(:kept))
     AND (site NOT IN (SELECT value FROM json_each(:elsewhere))
     OR handler IN (SELECT value FROM json_each(:reaching))
     OR first_asked IN (SELECT value FROM json_each(:reaching))
     OR case_id IN (SELECT value FROM json_each(:opened)))"""


def in_reach(reach: Reach) -> tuple[str, dict[str, Any]]:
    """Return `` AND …`` in SQL and its parameters."""
    given = {"elsewhere": reach.elsewhere, "reaching": reach.names, "opened": reach.keys, "kept": reach.kept}
    return IN_REACH, {name: json.dumps(value, ensure_ascii=False) for name, value in given.items()}


def conditions(where: tuple[Condition, ...], now: datetime) -> tuple[str, dict[str, Any]]:
    """Return `` AND …`` in SQL and its parameters.

    Raises:
        UsageError: an unknown field, an unknown operator, or a value that does not fit.
    """
    parts, given = [], {"where_now": stamp(now)}
    for index, condition in enumerate(where):
        sql, value = _condition(condition, f":where_{index}")
        parts.append(f" AND {sql}")
        if value is not None:
            given[f"where_{index}"] = value
    return "".join(parts), given


def _condition(condition: Condition, mark: str) -> tuple[str, Any]:
    name, op, value = condition.field, condition.op, door(condition.value)
    if op == AMONG and name in WHICH:
        return f"{name} IN (SELECT value FROM json_each({mark}))", condition.value  # noqa: S608
    if name not in FIELDS:
        near = nearest(name, FIELDS)
        template = (
            N_("There is no field {name}; did you mean {nearest}?")
            if near
            else N_("There is no field {name}.")
        )
        raise UsageError(template, option="--where", name=gist(name, 40), nearest=near)
    if op not in OPERATORS:
        raise UsageError(N_("{op} is no comparison; use one of {all}."), option="--where", op=gist(op, 8),
                         all=" ".join(OPERATORS))  # fmt: skip
    fact = facts.BY_NAME[name]
    if fact is facts.OVERDUE:
        return _overdue(_truth(name, value) == (_equal(name, op) == "="))
    if fact.kind is Kind.YES_NO:
        return f"{name} {_equal(name, op)} {mark}", int(_truth(name, value))
    if op in ("=", "!=") and is_nothing(name, value):
        # an unset field is NULL in some columns and an empty text in others
        return (f"coalesce(CAST({name} AS TEXT), '') {op} {mark}", "[]" if fact.kind is Kind.CHOICES else "")
    if fact.kind is Kind.WHOLE:
        holds = f"{name} {_ordered(name, op)} {mark}"
        return f"coalesce({holds}, 1)" if op == "!=" else holds, _number(name, value)
    return _text(fact, op, value, mark)


def is_nothing(name: str, value: str) -> bool:
    """Say whether ``value`` asks for cases on which the field ``name`` is unset."""
    folded = value.strip().lower()
    return folded in NOTHING and not (folded == "none" and facts.BY_NAME[name].none_counts)


def _overdue(wanted: bool) -> tuple[str, None]:
    return ("(due_key < :where_now AND status <> 'done')" if wanted
            else "NOT (due_key < :where_now AND status <> 'done')"), None  # fmt: skip


def _text(fact: Fact, op: str, value: str, mark: str) -> tuple[str, Any]:
    name = fact.name
    if fact is facts.PHONE:
        return f"phone_key {_equal(name, op)} {mark}", _phone(value)
    if fact.kind is Kind.CHOICES:
        holds = f"{name} LIKE {mark} ESCAPE '\\'"
        return holds if op == "~" or _equal(name, op) == "=" else f"NOT {holds}", f'%"{_escape(value)}"%'
    if fact.kind is Kind.MONEY:
        # amounts have at most 14 digits: a double holds each of them exactly enough to tell them apart
        return f"CAST({name} AS REAL) {_ordered(name, op)} CAST({mark} AS REAL)", str(
            money(value, option="--where")
        )
    if fact is facts.ABOUT and op != "~":  # one of several people
        holds = f"coalesce('{BETWEEN}' || {name} || '{BETWEEN}', '') LIKE {mark} ESCAPE '\\'"
        return holds if _equal(name, op) == "=" else f"NOT {holds}", f"%{BETWEEN}{_escape(value)}{BETWEEN}%"
    if op == "~":
        return f"{name} LIKE {mark} ESCAPE '\\'", f"%{_escape(value)}%"
    if op == "!=":  # an unset field is not equal to anything
        return f"coalesce({name}, '') != {mark}", value
    return f"{name} {op} {mark}", value


def _phone(value: str) -> str:
    key = phone_key(value)
    if not key:
        raise UsageError(
            N_("Give the phone number in full; {value} is none."), option="--where", value=gist(value, 40)
        )
    return key


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _truth(name: str, value: str) -> bool:
    folded = value.strip().lower()
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise UsageError(
        N_("{name} is true or false, not {value}."), option="--where", name=name, value=gist(value, 40)
    )


def _number(name: str, value: str) -> int:
    if not (value.strip().isdecimal() and len(value) < 10):
        raise UsageError(
            N_("{name} is a whole number, not {value}."), option="--where", name=name, value=gist(value, 40)
        )
    return int(value)


def _equal(name: str, op: str) -> str:
    if op in ("=", "!="):
        return op
    raise UsageError(N_("{name} can only be compared with = or !=."), option="--where", name=name)


def _ordered(name: str, op: str) -> str:
    if op != "~":
        return op
    raise UsageError(N_("{name} is a number; ~ is for words."), option="--where", name=name)
