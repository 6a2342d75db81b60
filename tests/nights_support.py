"""Pages of nights, and days at random of which some things change later."""

import random
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from tests.reports.test_summary_recount import a_random_week
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports.night_figures import RATES
from workbench.reports.past_nights import past
from workbench.reports.scope import Scope, one_day
from workbench.reports.summary import summary
from workbench.watch.nights import keep
from workbench.watch.sweep import sweep

STANDARD = "no-temper"
VERDICTS = (
    {"verdict": "founded", "standard": STANDARD, "text": "x"},
    {"verdict": "unfounded", "text": "x"},
)


def page(bench, day, *, keeping=True):
    """Make the page of a day as ``workbench summary`` does."""
    found = summary(bench.desk(), one_day(day)) | past(bench.desk(), Scope(day, day))
    if keeping:
        keep(bench.desk(), day, found)
    return found


def later(bench, chance, cases):
    """Things that change days that are over."""
    act, given = chance.choice((
        *(("undo", {"reason": "x"}),) * 4, ("verify", chance.choice(VERDICTS)), ("compensate", {"amount": "7.50"}),
        ("reopen", {"reason": "x"}), ("close", {"outcome": "x"}), ("amend", {"category": "staff-conduct", "reason": "x"}),
        ("callback", {"reached": "yes", "csi": "1", "accepted": chance.choice(("yes", "no"))}),
        ("amend", {"site": chance.choice("ABC"), "reason": "x"}), ("amend", {"mood": "2", "reason": "x"}),
    ))  # fmt: skip
    with suppress(RefusedError, UsageError):
        bench.act(chance.choice(cases[-20:]), act, chance.choice(("mei", "mei", "li")), **given)
    if chance.random() < 0.2:
        back = timedelta(hours=chance.randint(1, 90))
        at = max(bench.clock() - back, bench.begun)
        cases.append(bench.record(received=at.isoformat(timespec="seconds"), site="A"))


def a_random_past(bench, seed):
    """Play some days with their pages, and what changes them later; return the days."""
    chance = random.Random(seed)
    bench.begun, bench.pages = bench.clock(), []
    cases, days = a_random_week(bench, chance, 20), []
    zone = bench.desk().rules().zone
    for _ in range(4):
        cases += a_random_week(bench, chance, 30)
        days.append(bench.clock().astimezone(zone).date())
        bench.pages.append(page(bench, days[-1]))
        bench.clock.pass_(hours=chance.randint(1, 12))
        for case in chance.sample(cases, min(12, len(cases))):
            with suppress(RefusedError):
                bench.act(case, "undo", reason="x")
        for _ in range(chance.randint(0, 25)):
            bench.clock.pass_(minutes=chance.randint(5, 60))
            later(bench, chance, cases)
            if chance.random() < 0.05:
                sweep(bench.desk())
    bench.clock.pass_(days=1)
    return sorted(set(days))


def flat(figures):
    """Return the figures that can be corrected by the names that corrections have."""
    found = {name: figures[name] for name in ("received", "closed", "done", "reopened", "limited_resolutions",
             "not_accepted", "not_impartial", "csi_mean", "nps", "mood_change", "compensation_total")}  # fmt: skip
    for name in RATES:
        if f"{name}_of" in figures:
            found[f"{name}_rate"] = figures[f"{name}_rate"]
    for name in ("by_kind", "by_category", "by_site", "by_channel", "missed_by"):
        found |= {f"{name}.{key}": n for key, n in figures[name].items()}
    for clock, told in figures["on_time"].items():
        found |= {f"on_time.{clock}.{word}": told[word] for word in ("met", "missed")}
    for kind, told in figures["duties"].items():
        found |= {f"duties.{kind}.{word}": n for word, n in told.items() if word not in ("open", "overdue")}
    found |= {f"promises.{word}": figures["promises"][word] for word in ("kept", "kept_in_time", "broken")}
    return found | {f"callbacks.{word}": figures["callbacks"][word] for word in ("done", "reached")}


def number(value):
    return Decimal(value) if isinstance(value, str) else value
