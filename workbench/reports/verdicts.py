"""What verdicts and money say: counts of the verdicts of a span, sums promised in it. See docs/figures.md."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from storage import figures
from storage.engine import Db
from storage.figures import Span
from storage.part import WHOLE, Part
from workbench.actions.verify import FOUNDED
from workbench.desk import Desk

CENT = Decimal("0.01")


class Verdicts(NamedTuple):
    """Cases by the newest verdict; breaches and defects are those founded whose standard is one."""

    verified: int
    founded: int
    breaches: int
    defects: int


def count(desk: Desk, db: Db, span: Span, part: Part = WHOLE) -> Verdicts:
    """Return how the cases came out that were verified in the span; each by the policy that it runs under."""
    found: Counter[str] = Counter()
    for version, verdict, standard, cases in figures.verdicts(db, desk.store.site_id, span, part):
        found["verified"] += cases
        if verdict not in FOUNDED:
            continue
        found["founded"] += cases
        known = desk.rules_in(db, version).policy.regime.standards.get(standard or "")
        if known:
            found["breaches" if known.breach else "defects"] += cases
    return Verdicts(found["verified"], found["founded"], found["breaches"], found["defects"])


def tally(desk: Desk, db: Db, span: Span, part: Part = WHOLE) -> dict[str, dict[str, int]]:
    """Return the cases verified in the span by verdict and by the standard broken, the most first."""
    verdicts: Counter[str] = Counter()
    standards: Counter[str] = Counter()
    for _version, verdict, standard, cases in figures.verdicts(db, desk.store.site_id, span, part):
        verdicts[verdict] += cases
        if standard:
            standards[standard] += cases
    return {"by_verdict": dict(verdicts.most_common()), "by_standard": dict(standards.most_common())}


def sum_promised(sums: Iterable[tuple[str, int]]) -> Decimal:
    """Return the total in yuan of ``sums``: each as text, and how often."""
    return sum((Decimal(amount) * times for amount, times in sums), Decimal(0)).quantize(CENT)
