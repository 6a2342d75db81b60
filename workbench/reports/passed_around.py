"""What was passed around in a span: hand-offs, refusals, what came back, what was called not theirs."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from storage import events, passed_on
from storage.engine import Db
from storage.figures import WRITTEN_LATE, Span, pages
from storage.part import Part
from storage.rare import Rare
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.history import apply, fold, when
from workbench.domain.passing import Passed, passed
from workbench.domain.policies import Rules
from workbench.domain.text import gist, mask_numbers
from workbench.domain.times import stamp
from workbench.domain.undone import undone
from workbench.domain.upcoming import SYSTEM
from workbench.reports.scope import Scope
from workbench.rules import in_sight

MOST = 20  # lines
WORDS = 60  # characters of what the customer said
WAYS = tuple(Passed.__struct_fields__)


def figures_of(desk: Desk, db: Db, scope: Scope, rare: Rare, now: datetime) -> dict[str, Any]:
    """Return ``passed_around``: in which ways, in how many ``cases``, and a line for each, the worst first.

    What nobody took up in time has come back by ``now`` (UTC), whether or not anybody has swept.
    """
    ways, found = Counter[str](), []
    for case, here in cases(desk, db, scope.span(desk.rules_in(db).zone), scope.part, rare, now):
        ways.update(here)
        found.append((case.case_id, _line(case, here.total())))
    found.sort(key=lambda each: (-each[1]["here"], -each[1]["passed"], each[1]["number"]))
    seen = in_sight.seen(desk, db, [key for key, _line_of in found[:MOST]])
    lines = [line if key in seen else line | {"gist": ""} for key, line in found[:MOST]]
    return {"passed_around": {way: ways[way] for way in WAYS} | {"cases": len(found), "lines": lines}}


def cases(
    desk: Desk, db: Db, span: Span, part: Part, rare: Rare, now: datetime
) -> Iterator[tuple[Case, Counter[str]]]:
    """Yield each case on which a customer was passed on in ``span``, and how often in which ways."""
    site_id = desk.store.site_id
    for page in pages(passed_on.may_be(db, site_id, span, part, rare)):
        for key, timeline in events.of_cases(db, site_id, page).items():
            rules = desk.rules_in(db, events.policy_of(timeline))
            case, here = _on(site_id, key, timeline, rules, span, now)
            if here:
                yield case, here


def _on(
    site_id: int, key: int, timeline: list[Event], rules: Rules, span: Span, now: datetime
) -> tuple[Case, Counter[str]]:
    """Return a case, and in which ways its customer was passed on in the span."""
    gone, found = undone(timeline), Counter[str]()
    unswept = upcoming.pending(fold(site_id, key, timeline, rules), now, rules, upcoming.STATE_ONLY)
    case = fold(site_id, key, timeline[:1], rules)
    for event in (*timeline[1:], *unswept):
        if event.seq in gone:
            continue
        before, case = passed(case), apply(case, event, rules)
        at = stamp(when(event)) if event in unswept else _took_effect(event)
        if span.since <= at < span.until:
            after = passed(case)
            found.update({way: getattr(after, way) - getattr(before, way) for way in WAYS})
    return case, +found


def _took_effect(event: Event) -> str:
    """Return when an entry counts (UTC text): what a very late sweep wrote, when that was written."""
    at = when(event)
    return stamp(event.at if event.by == SYSTEM and event.at - at > WRITTEN_LATE else at)


def _line(case: Case, here: int) -> dict[str, Any]:
    text = "" if case.restricted else case.text
    return {
        "number": case.number,
        "site": mask_numbers(case.site),
        "gist": gist(mask_numbers(text[:200]), WORDS),
        "handler": case.handler,
        "here": here,
        "passed": passed(case).total,
    }
