"""Entries of which a span has few: their numbers, from one walk through the index instead of one for each."""

import json
from typing import Any, NamedTuple

from storage.engine import Db
from storage.figures import WRITTEN_LATE, Span
from workbench.domain.times import stamp, unstamp

ACTS = ("verify", "pay", "approve", "assign", "accept", "refuse", "return", "answer")
NUMBERS = f"""
    SELECT e.act, e.event_no FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :late AND e.act IN {ACTS}
"""  # noqa: S608 (our own ids)
# what a statement reads them from, as ``e``: by their addresses, whatever it says of times
THESE = "json_each(:entries) n CROSS JOIN event e ON e.event_no = n.value"


class Rare(NamedTuple):
    """The numbers of the entries by act; those written so late that they may count in the span, too."""

    numbers: dict[str, list[int]]

    def given(self, *acts: str) -> dict[str, Any]:
        """Return the parameter of ``THESE`` for the entries of ``acts``, which are of ``ACTS``."""
        return {"entries": json.dumps([number for act in acts for number in self.numbers[act]])}


def of_span(db: Db, site_id: int, span: Span) -> Rare:
    """Return the numbers of the entries of the span."""
    late = stamp(unstamp(span.until) + WRITTEN_LATE)
    found: dict[str, list[int]] = {act: [] for act in ACTS}
    for act, number in db.all(NUMBERS, {"site_id": site_id, "since": span.since, "late": late}):
        found[act].append(number)
    return Rare(found)
