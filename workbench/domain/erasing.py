"""What is left of an entry once the words about a person are erased: what counting and folding need.

A text stays only under a name that holds an id, a sum, a member of staff or a place, or where it is a time;
whatever nobody has decided on goes. Numbers and yes or no stay: they name nobody by themselves.
Source: PIPL articles 4 and 47.
"""

import re
from collections.abc import Mapping
from typing import Any

from workbench.domain import masks
from workbench.domain.text import narrow, phone_key

ERASED = "[已删除 erased]"  # stands in the store, so that it reads in both languages
KEPT = masks.WHOLE | {
    "site", "policy", "campaign", "accused", "asked_by", "building", "case", "complaint", "decided", "fact",
    "decision", "duties", "for", "force", "from", "holder", "instead_of", "kind", "left", "links", "missed",
    "notices", "number", "owed", "payment", "receiver", "released", "role", "step", "stopped", "tiers",
    "warranty", "with", "what", "again", "reached", "merged", "clocks", "level", "rule", "on",
}  # fmt: skip
SEEN_BY_HAND = frozenset({"severity_reasons", "hot_reasons"})  # rule, level, fact
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{6}Z)?")
EMPTY = frozenset({"phone", "unit", "remedy_sought"})  # a mark would be taken for a value


def remainder(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an entry's ``data`` may stay when the person it speaks of is erased."""
    return {name: _left(name, value) for name, value in data.items()}


def without(data: Mapping[str, Any], phone: str, wanted: re.Pattern[str]) -> dict[str, Any]:
    """Return ``data`` of somebody else's case without what it says about a phone.

    Args:
        data: What an entry holds.
        phone: The ``phone_key``.
        wanted: Finds the phone in narrow text.
    """
    if phone_key(str(data.get("phone") or "")) == phone:
        return remainder(data)
    return {name: _without(name, value, phone, wanted) for name, value in data.items()}


def _without(name: str, value: Any, phone: str, wanted: re.Pattern[str]) -> Any:
    if isinstance(value, Mapping):
        return without(value, phone, wanted)
    if isinstance(value, list | tuple):
        return [_without(name, each, phone, wanted) for each in value]
    if isinstance(value, str) and name not in KEPT and wanted.search(narrow(value)):
        return "" if name in EMPTY else ERASED
    return value


def _left(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _left(key if name not in KEPT else name, each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        if name in SEEN_BY_HAND:
            return [_reason(each) for each in value]
        return [_left(name, each) for each in value]
    if not isinstance(value, str) or not value or name in KEPT or _TIME.fullmatch(value):
        return value
    return "" if name in EMPTY else ERASED


def _reason(reason: Any) -> Any:
    """Return why a level holds; only what somebody set by hand has typed words."""
    if isinstance(reason, list | tuple) and reason and reason[0] == masks.BY_HAND:
        return [*reason[:2], *(ERASED if isinstance(each, str) else each for each in reason[2:])]
    return reason
