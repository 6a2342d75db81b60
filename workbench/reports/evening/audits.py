"""What audits of closed cases found, by question, and how their scores went by month."""

from collections.abc import Iterator

from workbench.domain.policies import name_of
from workbench.reports.evening.given import Given
from workbench.reports.figure_text import figure_text
from workbench.reports.page import Table
from workbench.words import _


def tables(given: Given) -> Iterator[Table]:
    """Yield both tables; without a row where there was no audit."""
    found = given.table("audits")
    known = given.rules.policy.regime.questions
    rows = [
        (name_of(known, key), str(each["met"]), str(each["of"]), figure_text("rate", each["rate"]))
        for key, each in found.get("by_question", {}).items()
    ]
    yield Table(_("Audits by question"), rows, ("", _("Yes"), _("Asked"), _("Share")))
    months = [each for each in found.get("by_month", ()) if each["n"]]
    yield Table(
        _("Audits by month"),
        [(each["month"], str(each["n"]), figure_text("rate", each["mean"])) for each in months],
        ("", _("Audits"), _("Mean score")),
    )
