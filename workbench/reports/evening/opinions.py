"""What customers said when they were called, by site, category, person and channel, with how many said so."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.reports.evening import numbers
from workbench.reports.evening.given import Given, group
from workbench.reports.page import Table
from workbench.words import N_, _

BY = (
    ("site", N_("Opinions by site"), ""), ("category", N_("Opinions by category"), "categories"),
    ("handler", N_("Opinions by handler"), ""), ("channel", N_("Opinions by channel"), "channels"),
)  # fmt: skip
MEASURES = (("csi_mean", "csi_n"), ("nps", "nps_n"), ("mood_change", "mood_n"))


def tables(given: Given) -> Iterator[Table]:
    """Yield the opinions of the span by each group, and how satisfaction went by month where that is told."""
    review = given.table("satisfaction_review")
    yield _table(
        _("Satisfaction by month"), {key: (key, each) for key, each in review.get("by_month", {}).items()}
    )
    for name, title, vocabulary in BY:
        terms = getattr(given.rules.policy, vocabulary) if vocabulary else {}
        found = given.table("opinions").get(f"by_{name}", {})
        yield _table(_(title), {key: (group(terms, name, key), each) for key, each in found.items()})


def _table(title: str, groups: Mapping[str, tuple[str, Mapping[str, Any]]]) -> Table:
    rows = [
        (label, str(found.get("n", 0)), *(_of(found, name, n) for name, n in MEASURES))
        for label, found in groups.values()
    ]
    return Table(title, rows, ("", _("Answered"), _("Satisfaction"), _("NPS"), _("Change of mood")))


def _of(found: Mapping[str, Any], name: str, n: str) -> str:
    """Return a mean with how many answers it is of, where that is told."""
    value = numbers.text(name, found.get(name))
    return _("{span} of {n}").format(span=value, n=found[n]) if found.get(n) else value
