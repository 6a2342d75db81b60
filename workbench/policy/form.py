"""A policy as JSON, and back: what its text was read into, for a reader in a hurry.

Nothing in it can run: a record is the name of one of ``RECORDS`` and the values of its fields, in order.
"""

import json
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any
from zlib import crc32

from msgspec.json import decode

from workbench.domain import policies, regime
from workbench.domain.days import Cutoff, Days
from workbench.domain.plans import Plan
from workbench.domain.policies import Policy
from workbench.domain.terms import Name, Term
from workbench.policy.stored_calendars import Calendars, of_plans

VERSION = 4  # counted up whenever the same text comes to be read into another policy
TUPLE, TABLE, SUM, TIME, CALENDARS = "()", "{}", "$", "@", "calendars"
RECORDS: dict[str, Any] = {
    each.__name__: each
    for each in (
        policies.Age, policies.ClockRule, policies.Cluster, policies.Flag, policies.Kind, policies.Policy,
        policies.SeverityRules, regime.Alert, regime.DutyRule, regime.Escalation, regime.Goal, regime.Insists,
        regime.Manner, regime.Node, regime.OnTheSpot, regime.Pattern, regime.Phrase,
        regime.Question, regime.Regime,
        regime.Role, regime.Standard, regime.Surge, regime.Template, regime.Tier, regime.Verification,
        regime.WarningRules, Cutoff, Days, Name, Plan, Term,
    )
}  # fmt: skip
_FIELDS = {name: tuple(getattr(each, "__match_args__", ())) for name, each in RECORDS.items()}

READER = f"{VERSION}.{crc32(repr(_FIELDS).encode()):08x}"
"""What a form was written by: another shape of a record makes it another reader."""


def written(policy: Policy) -> str:
    """Return ``policy`` as JSON.

    Raises:
        TypeError: it holds what ``RECORDS`` do not name, which is a bug.
    """
    return json.dumps(_packed(policy), ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Policy:
    """Return the policy that ``written`` wrote.

    Raises:
        ValueError, LookupError, TypeError, ArithmeticError: it is nothing that ``written`` writes.
    """
    found = _unpacked(decode(text))
    if not isinstance(found, Policy):
        raise TypeError("no policy")
    return found


def _packed(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind is Calendars:
        return [CALENDARS, _packed(dict(value.plans))]
    if RECORDS.get(kind.__name__) is kind:
        return [kind.__name__, *(_packed(getattr(value, name)) for name in _FIELDS[kind.__name__])]
    if kind in (tuple, list):
        return [TUPLE, *map(_packed, value)]
    if isinstance(value, Mapping):
        return [TABLE, *(_packed(each) for pair in value.items() for each in pair)]
    if kind is Decimal:
        return [SUM, str(value)]
    if kind is time:
        return [TIME, value.isoformat()]
    raise TypeError(f"{kind} is not known here")


def _unpacked(value: Any) -> Any:
    if type(value) is not list:
        return value
    head, *values = [_unpacked(each) if type(each) is list else each for each in value]
    if head == TUPLE:
        return tuple(values)
    if head == TABLE:
        return dict(zip(values[::2], values[1::2], strict=True))
    if head == SUM:
        return Decimal(values[0])
    if head == TIME:
        return time.fromisoformat(values[0])
    if head == CALENDARS:
        return of_plans(values[0])
    return RECORDS[head](*values)
