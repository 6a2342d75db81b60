"""What needs somebody's eye: early warnings, clocks that ran far, calendars that end, a sweep left out."""

from typing import Any

from storage import clock_doubt, steps
from storage.engine import Db, at_risk
from storage.figures import Span
from storage.part import WHOLE, Part
from workbench.desk import Desk
from workbench.domain.policies import Rules
from workbench.reports import early_warnings
from workbench.reports.by_time import MOST, Changed
from workbench.setup.calendar_days import calendar_report
from workbench.words import N_, Said

FULL = 100  # percent of a target


def figures_of(desk: Desk, db: Db, span: Span, changed: Changed, part: Part = WHOLE) -> dict[str, Any]:
    """Return ``escalations`` (told on the day), ``early_warnings`` (open now), ``warnings`` in words."""
    escalations = steps.taken(db, desk.store.site_id, span, part)
    early, early_said = early_warnings.figures_of(desk, db, part)
    said = [
        *early_said,
        *_ladders(escalations, desk.rules_in(db)),
        *(line.warning for line in calendar_report(desk, db) if line.warning),
        *_of_the_clock(db, desk.store.site_id),
        *_of_the_store(db, changed),
    ]
    in_words = [str(each) for each in said]
    return {"escalations": escalations, "early_warnings": early, "warnings": in_words}


def _ladders(escalations: dict[str, dict[str, int]], rules: Rules) -> list[Said]:
    """Return a sentence for each clock and duty that ran out, or nearly, on the day; the worst first."""
    said = []
    for clock, counts in escalations.items():
        rule = rules.policy.clocks.get(clock) or rules.policy.regime.duties.get(clock)
        name = str(rule.name) if rule else clock
        in_time = [(percent, count) for percent, count in counts.items() if not percent.startswith("+")]
        for percent, count in reversed(in_time):
            template = (
                N_("{clock}: {n} ran past their time.")
                if int(percent) >= FULL
                else N_("{clock}: {n} used up {percent} % of their time.")
            )
            said.append(Said(template, clock=name, n=count, percent=percent))
    return said


def _of_the_clock(db: Db, site_id: int) -> list[Said]:
    doubted = clock_doubt.cases(db, site_id)
    if not doubted:
        return []
    template = N_(
        "{n} entries were written by a clock in doubt, on {cases} cases; see: workbench clock accept"
    )
    return [Said(template, n=sum(doubted.values()), cases=len(doubted.keys() - {0}))]


def _of_the_store(db: Db, changed: Changed) -> list[Said]:
    said = []
    if not changed.complete:
        template = N_(
            "More than {n} cases wait for a sweep: levels are as last written; run: workbench sweep"
        )
        said.append(Said(template, n=MOST))
    if at_risk(db):
        said.append(Said(N_("This SQLite can lose changes of a store in WAL mode; install pysqlite3.")))
    return said
