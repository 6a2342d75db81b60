"""What happened in a span: the figures that one span can be compared with another by. See docs/figures.md."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from storage import entries, figures
from storage.engine import Db, Row
from storage.entries import Call, CameBack, Closings, Told
from storage.figures import Span
from storage.part import Part
from workbench.desk import Desk
from workbench.domain.outcomes import is_not_accepted, is_solved
from workbench.domain.shares import bounds, rate, share
from workbench.reports import callbacks, verdicts

BY = ("kind", "severity", "category", "site", "channel", "handler")


class Happened(NamedTuple):
    """What a span brought, read once; ``received`` are rows of ``figures.received_by``."""

    told: Told
    received: list[Row]
    closings: list[Closings]
    calls: list[Call]
    came_back: CameBack
    promised: list[tuple[str, int]]


def read(db: Db, site_id: int, span: Span, part: Part, *, past: bool = False) -> Happened:
    """Return what ``span`` brought to the cases of ``part``; ``past`` for days that are long over."""
    told = entries.told(db, site_id, span, part, past=past)
    received = figures.received_by(db, site_id, span, part)
    return Happened(told, received, entries.closings(told), *entries.calls(told), entries.promised(told))


def figures_of(desk: Desk, happened: Happened) -> dict[str, Any]:
    """Return the figures of what happened, by their names."""
    db, site_id, span, part, _gone = happened.told
    return {
        **_came_and_went(happened),
        "done": figures.count_done(db, site_id, span, part),
        "on_time": _on_time(figures.on_time(db, site_id, span, part)),
        **_resolutions(happened.closings),
        **_verdicts(verdicts.count(desk, db, span, part)),
        "compensation_total": str(verdicts.sum_promised(happened.promised)),
        **callbacks.figures_of(happened.calls),
        "callbacks": callbacks.counts(happened.calls),
        "promises": _promises(figures.promises_ended(db, site_id, span, part)),
        "duties": _duties(figures.duties_ended(db, site_id, span, part)),
    }


def received_by(received: list[Row]) -> dict[str, Counter[str]]:
    """Return the cases received by each of ``BY``, as their rows say it."""
    found: dict[str, Counter[str]] = {name: Counter() for name in BY}
    for *values, count, _second in received:
        for name, value in zip(BY, values, strict=True):
            found[name][str(value or "")] += count
    return found


def _came_and_went(happened: Happened) -> dict[str, Any]:
    """Return how many came, were closed, and came back."""
    back = happened.came_back
    received, second = (sum(row[place] for row in happened.received) for place in (-2, -1))
    return {
        "received": received,
        "closed": sum(each.cases for each in happened.closings),
        "reopened": back.cases,
        **share("repeat", second + back.first, received + back.earlier),
    }


def _resolutions(closings: list[Closings]) -> dict[str, Any]:
    """Return how the closed cases came out; none is solved by going into another."""
    known = [each for each in closings if each.resolution and not each.merged]
    solved = sum(each.cases for each in known if is_solved(each.resolution, each.accepted))
    return {
        **share("resolution", solved, sum(each.cases for each in known)),
        "limited_resolutions": sum(each.cases for each in known if each.resolution == "limited"),
        "not_accepted": sum(
            each.cases for each in closings if is_not_accepted(each.resolution, each.accepted)
        ),
    }


def _verdicts(found: verdicts.Verdicts) -> dict[str, Any]:
    """Return how the verdicts came out."""
    return {
        **share("founded", found.founded, found.verified),
        **share("breach", found.breaches, found.verified),
        **share("defect", found.defects, found.verified),
    }


def on_time_of(met: int, missed: int) -> dict[str, Any]:
    """Return ``met``, ``missed``, ``of`` and ``rate``, and the ends of the interval where few count."""
    of = met + missed
    return {"met": met, "missed": missed, "of": of, "rate": rate(met, of)} | bounds(met, of)


def _on_time(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, Any]]:
    return {clock: on_time_of(found["met"], found["missed"]) for clock, found in sorted(counts.items())}


def _promises(ended: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    kept, in_time = ended.get("kept", (0, 0))
    return {"kept": kept, "kept_in_time": in_time, "broken": ended.get("broken", (0, 0))[0]}


def _duties(ended: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {kind: {name: counts[name] for name in sorted(counts)} for kind, counts in sorted(ended.items())}
