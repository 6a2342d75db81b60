"""The facts of a case as a form asks for them, and as somebody typed them."""

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.domain import facts, values, vocabularies
from workbench.domain.cases import BETWEEN
from workbench.domain.fact import Fact, Kind
from workbench.domain.policies import Rules
from workbench.rules import complained_about
from workbench.rules.action import Field
from workbench.rules.request import choice, option, text, whole

ANSWERS = (facts.CSI, facts.NPS, facts.MOOD)  # what a customer is asked on a callback
CONTROLS = {
    Kind.TEXT: "text", Kind.PERSON: "people", Kind.CHOICE: "choice", Kind.CHOICES: "flags",
    Kind.WHOLE: "number", Kind.MONEY: "money",
}  # fmt: skip
METAVARS = {Kind.WHOLE: "N", Kind.MONEY: "YUAN"}  # of numbers that are typed on a line


def field(fact: Fact, help: str = "", *, default: str = "", required: bool = False) -> Field:
    """Return the field of a form that asks for ``fact``; ``help`` is the sentence of its option."""
    kind = CONTROLS.get(fact.kind, "line")
    return Field(fact.name, fact.asked, kind, required, fact.terms, default, fact.low, fact.high, help=help)


def correction(fact: Fact, help: str) -> Field:
    """Return the field that asks what ``fact`` is instead; numbers are lines, so that a dash can be typed."""
    if metavar := METAVARS.get(fact.kind):
        metavar = f"{fact.low}-{fact.high}" if fact is facts.MOOD else metavar
        return Field(fact.name, fact.asked, "line", help=help, metavar=metavar)
    return field(fact, help)


def read(given: Mapping[str, Any], names: Iterable[str], rules: Rules) -> dict[str, Any]:
    """Return those of the facts ``names`` that were typed, as an event keeps them.

    Raises:
        UsageError: a value is malformed or unknown; ``option`` names it.
    """
    found: dict[str, Any] = {}
    for name in names:
        fact = facts.BY_NAME[name]
        if fact.kind is Kind.WHOLE:
            value: Any = whole(given, name, fact.low, fact.high)
        elif typed := text(given, name):
            value = _value(fact, typed, given, rules)
        else:
            continue
        if value is not None or fact.kind is Kind.MONEY:
            found[name] = value
    return found


def _value(fact: Fact, typed: str, given: Mapping[str, Any], rules: Rules) -> str | None:
    if fact.kind is Kind.CHOICE:
        return choice(given, fact.name, vocabularies.ids(fact.name, rules.policy))
    if fact.kind is Kind.MONEY:  # none is no claim
        amount = values.money(typed.strip(), option=option(fact.name))
        return str(amount) if amount else None
    if fact.kind is Kind.PERSON:
        return BETWEEN.join(complained_about.several(given, fact.name, rules))
    return typed if fact.kind is Kind.TEXT else typed.strip()
