"""How long things took: half of them less, nine in ten less, the longest; and for whom it took how long."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.reports.evening import numbers
from workbench.reports.evening.given import Given, group
from workbench.reports.page import Table
from workbench.wording.names import word
from workbench.words import N_, _

TIMES = (
    ("first_answer", N_("To the first answer")), ("proposal", N_("To the proposal")),
    ("closing", N_("To the closing")), ("waiting", N_("Waiting")),
)  # fmt: skip
BY = (
    ("site", N_("Time by site, half within"), ""),
    ("category", N_("Time by category, half within"), "categories"),
    ("handler", N_("Time by handler, half within"), ""),
)
MEASURES = ("median_seconds", "p90_seconds", "max_seconds")


def tables(given: Given) -> Iterator[Table]:
    """Yield the times of all cases, then those by site, category and person."""
    yield _of_all(given)
    for name, title, vocabulary in BY:
        terms = getattr(given.rules.policy, vocabulary) if vocabulary else {}
        groups = {
            kind: given.table("times").get(kind, {}).get(f"by_{name}", {}) for kind, _label in TIMES[:-1]
        }
        keys = sorted({key for found in groups.values() for key in found})
        rows = [
            (group(terms, name, key), *(_median(found.get(key)) for found in groups.values())) for key in keys
        ]
        yield Table(_(title), rows, ("", *(_(label) for _kind, label in TIMES[:-1])))


def _of_all(given: Given) -> Table:
    """Return a row for each time, and for each reason to wait."""
    found = [(_(label), given.table("times").get(name)) for name, label in TIMES]
    found += [
        (_("Waiting for {whom}").format(whom=word(reason)), each)
        for reason, each in given.table("waiting_by_reason").items()
    ]
    rows = [
        (label, str(each["n"]), *(numbers.span(each.get(name)) for name in MEASURES))
        for label, each in found
        if each and each.get("n")
    ]
    return Table(
        _("How long it took"), rows, ("", _("Cases"), _("Half within"), _("90 % within"), _("Longest"))
    )


def _median(found: Mapping[str, Any] | None) -> str:
    if not found or not found.get("n"):
        return numbers.NOT_KNOWN
    return _("{span} of {n}").format(span=numbers.span(found.get("median_seconds")), n=found["n"])
