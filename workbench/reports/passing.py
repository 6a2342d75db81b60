"""Who passed customers on, by unit of the house: for the analysis of a span. See docs/figures.md."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from storage import analysis
from storage.engine import Db
from storage.figures import Span
from storage.part import WHOLE, Part
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.domain.duties import DISPATCH, REQUEST
from workbench.domain.organisation import Organisation
from workbench.domain.passing import CAME_BACK, NOT_THEIRS, Passed
from workbench.reports import queue_now

WAYS = tuple(Passed.__struct_fields__)


def by_unit(desk: Desk, db: Db, span: Span, part: Part = WHOLE) -> list[dict[str, Any]]:
    """Return in which ways the cases received in ``span`` were passed on, by the unit that did so.

    ``unit`` is null for people who are in none. The unit with the most stands first.
    """
    organisation = desk.rules_in(db).organisation
    keys = analysis.passed_on(db, desk.store.site_id, span, part)
    units: dict[str, Counter[str]] = {}
    for case in queue_now.of(desk, db, keys, desk.now()):
        for way, who in ways(case):
            units.setdefault(_unit(organisation, who), Counter())[way] += 1
    ordered = sorted(units.items(), key=lambda each: (-each[1].total(), each[0]))
    return [{"unit": unit or None} | {way: counts[way] for way in WAYS} for unit, counts in ordered]


def ways(case: Case) -> Iterator[tuple[str, str]]:
    """Yield each time that the customer of ``case`` was passed on: in which way, and by whom."""
    for who in case.given_by:
        yield "handoffs", who
    for duty in case.duties:
        if duty.kind == DISPATCH.id and duty.state in ("refused", "returned"):
            yield duty.state, duty.owner
        if duty.kind == REQUEST.id and duty.data.get(CAME_BACK):
            yield "returned", duty.owner
        if duty.kind == REQUEST.id and duty.state == NOT_THEIRS:
            yield "not_theirs", duty.owner


def _unit(organisation: Organisation, who: str) -> str:
    """Return the unit that ``who`` is, or works at; empty for none."""
    if who in organisation.units:
        return who
    member = organisation.members.get(who)
    return member.unit if member else ""
