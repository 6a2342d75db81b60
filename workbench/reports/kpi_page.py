"""The indicators of a part of the house in words: for the terminal, and as one HTML file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workbench.domain.policies import Rules
from workbench.domain.text import mask_numbers
from workbench.domain.times import local, unstamp
from workbench.reports import kpi, page
from workbench.reports.figure_text import MORE, NOT_KNOWN
from workbench.reports.page import Page, Table
from workbench.wording.spans import in_words
from workbench.words import _, language


def as_lines(found: Mapping[str, Any], rules: Rules) -> list[str]:
    """Return the indicators for a terminal, line by line."""
    return page.lines(as_page(found, rules), _(MORE))


def as_html(found: Mapping[str, Any], rules: Rules) -> str:
    """Return the indicators as one HTML file."""
    return page.html(as_page(found, rules), language())


def as_page(found: Mapping[str, Any], rules: Rules) -> Page:
    """Return the indicators as a table, a row each, the months side by side."""
    months = [f"{date.fromisoformat(month):%Y-%m}" for month in found["months"]]
    rows = [
        (label(each["key"], rules), goal_text(each),
         *(value_text(each["kind"], value) for value in each["values"]))
        for each in found["indicators"]
    ]  # fmt: skip
    remarks = [
        _("As of {moment}.").format(moment=local(unstamp(found["as_of"]), rules.zone)),
        _("In brackets: of how many, and the interval in which the true share lies in 95 of 100 cases."),
    ]
    title = _("Indicators of {part}, {month}").format(part=part_name(found), month=found["month"])
    return Page(title, remarks, [Table(_("By month"), rows, (_("Indicator"), _("Goal"), *months))])


def part_name(found: Mapping[str, Any]) -> str:
    """Return how the part of the house is called."""
    part = found["part"]
    named = [part.get("unit") or mask_numbers(part.get("site") or ""), part.get("handler")]
    return _(", ").join(each for each in named if each) or _("the whole house")


def label(key: str, rules: Rules) -> str:
    """Return how an indicator is called: a clock by its name in the policy."""
    if key.startswith(kpi.CLOCK):
        clock = rules.policy.clocks[key.removeprefix(kpi.CLOCK)]
        return _("On time: {clock}").format(clock=clock.name)
    return _(kpi.LABELS[key])


def goal_text(indicator: Mapping[str, Any]) -> str:
    """Return the goal of an indicator, empty for none."""
    if indicator["goal"] is None:
        return ""
    sign = "≤" if indicator["at_most"] else "≥"
    return f"{sign} {_plain(indicator['kind'], indicator['goal'])}"


def value_text(kind: str, value: Mapping[str, Any]) -> str:
    """Return one value as people read it, with its number and interval."""
    if value["value"] is None:
        return NOT_KNOWN
    text = _plain(kind, value["value"])
    if value["n"] is None:
        return text
    if value["low"] is None:
        return f"{text} ({value['n']})"
    return f"{text} ({value['n']}; {100 * value['low']:.0f}-{100 * value['high']:.0f})"


def _plain(kind: str, value: float) -> str:
    if kind == "share":
        return f"{100 * value:.1f} %"
    return in_words(value) if kind == "seconds" else str(value)
