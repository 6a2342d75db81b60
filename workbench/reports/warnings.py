"""What needs somebody's eye: clocks that ran far, calendars that end, a sweep that did not run."""

from collections import Counter
from datetime import datetime
from typing import Any

from storage.engine import WAL_IS_SAFE, Db
from storage.figures import Act
from workbench.actions.base import Desk
from workbench.actions.calendar_days import calendar_report
from workbench.domain.policies import Rules
from workbench.reports.by_time import MOST, Changed
from workbench.words import N_, Said

WHOLE = 100  # percent of a target


def figures_of(desk: Desk, db: Db, acts: list[Act], changed: Changed, now: datetime) -> dict[str, Any]:
    """Return ``escalations`` (steps told on the day, by clock and percent) and ``warnings`` in words."""
    steps = Counter((act.data["clock"], act.data["percent"]) for act in acts if act.act == "escalate")
    escalations: dict[str, dict[str, int]] = {}
    for (clock, percent), count in sorted(steps.items()):
        escalations.setdefault(clock, {})[str(percent)] = count
    said = [
        *_ladders(escalations, desk.rules_in(db)),
        *(line.warning for line in calendar_report(desk, db) if line.warning),
        *_of_the_store(db, changed),
    ]
    return {"escalations": escalations, "warnings": [str(each) for each in said]}


def _ladders(escalations: dict[str, dict[str, int]], rules: Rules) -> list[Said]:
    """Return one sentence for each clock that ran out, or nearly, on the day."""
    said = []
    for clock, steps in escalations.items():
        rule = rules.policy.clocks.get(clock)
        name = str(rule.name) if rule else clock
        for percent, count in steps.items():
            template = (
                N_("{clock}: {n} ran past their time.")
                if int(percent) >= WHOLE
                else N_("{clock}: {n} used up {percent} % of their time.")
            )
            said.append(Said(template, clock=name, n=count, percent=percent))
    return said


def _of_the_store(db: Db, changed: Changed) -> list[Said]:
    said = []
    if not changed.complete:
        template = N_(
            "More than {n} cases wait for a sweep: levels are as last written; run: workbench sweep"
        )
        said.append(Said(template, n=MOST))
    if not WAL_IS_SAFE and db.value("PRAGMA journal_mode") == "wal":
        said.append(Said(N_("This SQLite can lose changes of a store in WAL mode; install pysqlite3.")))
    return said
