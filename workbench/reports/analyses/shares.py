"""Rows of sites, people and periods: counts, and shares with their numbers and how far chance reaches."""

from typing import Any

from storage.analyses.groups import Group
from workbench.domain.shares import interval, rate
from workbench.reports.analyses.asked import Column
from workbench.words import N_

RATES = ("on_time", "resolution", "founded", "repeat")
COLUMNS = (
    Column("received", N_("Received")), Column("unsolved", N_("Not solved yet")),
    Column("grave", N_("Level 1 or 2")), Column("closed", N_("Closed")),
    Column("on_time", N_("On time"), "share"), Column("resolution", N_("Resolution rate"), "share"),
    Column("founded", N_("Share founded"), "share"), Column("repeat", N_("Repeat rate"), "share"),
    Column("csi_mean", N_("Satisfaction")), Column("csi_n", N_("Answers")),
    Column("median_seconds", N_("To closing, median"), "seconds"),
    Column("p90_seconds", N_("90 %"), "seconds"),
)  # fmt: skip


def share(name: str, met: int, of: int) -> dict[str, Any]:
    """Return ``NAME_rate`` with its numbers and, however many count, the ends of its interval."""
    found = {"rate": rate(met, of), "met": met, "of": of} | interval(met, of)
    return {f"{name}_{key}": value for key, value in found.items()}


def row(group: Group, to_close: dict[str, Any]) -> dict[str, Any]:
    """Return the counts of a group and its shares; ``to_close`` is the spread of its time to closing."""
    n, csi = group.csi
    return {
        "received": group.received, "unsolved": group.unsolved, "grave": group.grave, "closed": group.closed,
        **share("on_time", *group.on_time),
        **share("resolution", *group.resolution),
        **share("founded", *group.founded),
        **share("repeat", group.repeats, group.received),
        "csi_mean": round(csi / n, 2) if n else None, "csi_n": n,
        **{key: to_close[key] for key in ("mean_seconds", "median_seconds", "p90_seconds", "max_seconds")},
    }  # fmt: skip


def apart(found: dict[str, Any], house: dict[str, Any]) -> list[str]:
    """Return which shares of a row chance does not explain: the interval leaves out that of the house."""
    return [
        name
        for name in RATES
        if found[f"{name}_of"] and not found[f"{name}_low"] <= house[f"{name}_rate"] <= found[f"{name}_high"]
    ]
