"""Replies that are written once: ``;key`` becomes the policy's text with the case's own facts in it."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from workbench.domain import clocks, duties
from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.domain.regime import Template
from workbench.domain.text import gist, narrow
from workbench.domain.times import until_local

OWN_WORDS = "text"
GAP = "[…]"
LONGEST = 80  # characters of a fact; a name is not a letter

_FIELD = re.compile(r"\{(\w*)\}")
_SIGN = "[;\uff1b]"
_KEY = "[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a_\uff0d-]"
_FIRST = re.compile(rf"\s*{_SIGN}({_KEY}+)(?=\s|$)")
_BEFORE = re.compile(rf"{_SIGN}({_KEY}*)\Z")


def expand(
    template: Template, case: Case | None, rules: Rules, person: str, now: datetime, text: str = ""
) -> str:
    """Return the text of ``template`` in the language in use.

    What a fact says is text: braces in a customer's name stay what they are. Where the case does not
    have it, a gap is left to be seen.

    Args:
        case: None where it is not recorded yet.
        person: Who speaks, for a case that nobody holds.
        now: {due} is the first time still ahead of it (UTC).
        text: What the person writes in the place of {text}.
    """
    facts = _facts(case, rules, person, now) if case else {}
    return _FIELD.sub(
        lambda field: text or GAP if field[1] == OWN_WORDS else _fact(facts.get(field[1], "")),
        str(template.name),
    )


def _facts(case: Case, rules: Rules, person: str, now: datetime) -> Mapping[str, str]:
    due_at = min((due for due in owed(case, rules) if due > now), default=None)
    return {
        "customer": case.customer,
        "number": case.number,
        "unit": case.unit,
        "site": case.site,
        "handler": case.handler or person,
        "due": until_local(due_at, rules.zone) if due_at else "",
        "outcome": case.outcome or "",
    }


def _fact(value: str) -> str:
    return gist(value.lstrip(";\uff1b \t\n"), LONGEST) or GAP


def owed(case: Case, rules: Rules) -> Iterator[datetime]:
    """Yield when something is owed to the customer (UTC): a clock that runs, a promise or a visit to come."""
    if not case.live:
        return
    yield from (duty.due_at for duty in case.owed(duties.PROMISE.id, duties.VISIT.id))
    for clock in case.clocks:
        due_at = clocks.due_at(clock, rules.calendars[clock.calendar])
        if due_at and not clock.stopped_at and not clock.paused_at:
            yield due_at


def written_out(text: str, case: Case | None, rules: Rules, person: str, now: datetime) -> str:
    """Return ``text`` with the ``;key`` that it begins with written out; an unknown key stays.

    What follows the key stands in the place of {text}, or behind a template that has none.
    """
    found = _FIRST.match(text)
    template = by_key(rules.policy.regime.templates, narrow(found[1])) if found else None
    if not found or not template:
        return text
    rest = text[found.end() :]
    if f"{{{OWN_WORDS}}}" not in str(template.name):
        return expand(template, case, rules, person, now) + rest
    return expand(template, case, rules, person, now, rest.strip())


def key_before(text: str) -> tuple[int, str] | None:
    """Return where the ``;key`` at the end of ``text`` begins, and the key as far as it is typed."""
    found = _BEFORE.search(text)
    return (found.start(), narrow(found[1])) if found else None


def by_key(templates: Mapping[str, Template], key: str) -> Template | None:
    """Return the template of ``key``, which may be its number: digits pass every input method."""
    if key.isdecimal() and 0 < int(key[:4]) <= len(templates):
        return list(templates.values())[int(key[:4]) - 1]
    return templates.get(key)


def matching(templates: Mapping[str, Template], key: str) -> list[Template]:
    """Return the templates whose key begins with ``key``, or that of this number, in the policy's order."""
    if key.isdecimal() and (one := by_key(templates, key)):
        return [one]
    return [template for name, template in templates.items() if name.startswith(key)]
