"""The figures of what happened in some days, from nothing but the rows of entries in the file of a store.

Nothing here calls the program: rows are read by the library itself, JSON by ``json``, and every case is gone
through entry by entry. Days are those of Shanghai.
"""

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
LATE = timedelta(hours=36)
BY = ("kind", "category", "site", "channel", "handler")
NAMED = {"kind": "complaint", "category": "other", "site": "", "channel": "phone"}
ENDS = ("returned", "missed", "withdrawn")


@dataclass
class Entry:
    seq: int
    at: datetime
    by: str
    act: str
    data: dict[str, Any]

    @property
    def when(self) -> datetime:
        return _time(self.data["happened_at"]) if "happened_at" in self.data else self.at


@dataclass
class Past:
    """One case: what is on it now, and what happened when."""

    facts: dict[str, Any] = field(default_factory=dict)
    received_at: datetime | None = None
    closings: list[tuple[datetime, str | None, str | None, bool]] = field(default_factory=list)
    closed: tuple[datetime, str | None, str | None, bool] | None = None
    came_back: list[datetime] = field(default_factory=list)
    calls: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    clocks: list[tuple[datetime, str, str]] = field(default_factory=list)
    promises: dict[int, tuple[datetime, datetime | None, str]] = field(default_factory=dict)
    sums: list[tuple[datetime, Decimal]] = field(default_factory=list)
    verdict: tuple[datetime, str] | None = None
    second: bool = False
    owed: bool = False
    done_at: datetime | None = None


def pasts(path: Any) -> dict[int, Past]:
    """Return every case of a store by its key."""
    base = sqlite3.connect(path)
    rows = base.execute(
        "SELECT case_id, seq, at, actor, act, data FROM event WHERE case_id <> 0 ORDER BY case_id, seq"
    )
    lines: dict[int, list[Entry]] = {}
    for key, seq, at, by, act, data in rows:
        lines.setdefault(key, []).append(Entry(seq, _time(at), by, act, json.loads(data)))
    base.close()
    return {key: past(line) for key, line in lines.items()}


def past(line: list[Entry]) -> Past:
    """Return what the entries of one case say; those that were taken back say nothing."""
    gone = {entry.data["seq"] for entry in line if entry.act == "undo"}
    found = Past()
    for entry in line:
        if entry.seq in gone or entry.act == "undo":
            continue
        granted = entry.act == "approve"
        act, data = (entry.data["act"], entry.data["asked"]) if granted else (entry.act, entry.data)
        _take(found, entry, act, data)
        for clock, (_due, word) in (entry.data.get("stopped", {}) | entry.data.get("left", {})).items():
            found.clocks.append((entry.when, clock.split("#")[0], word))
    return found


def _take(case: Past, entry: Entry, act: str, data: dict[str, Any]) -> None:
    at = entry.when
    if act == "record":
        case.received_at = _time(data["received_at"])
        case.facts = {name: data.get(name, other) for name, other in NAMED.items()}
        case.facts |= {"mood": data.get("mood"), "handler": data.get("handler")}
        case.second, case.owed = "repeat_of" in data, bool(data.get("callback_owed"))
    _hold(case, entry, act, data)
    if act == "close":
        _close(case, at, data)
    if act == "callback":
        case.calls.append((at, data))
        _call(case, at, data)
    if act == "reopen" or data.get("reopened"):
        case.came_back.append(at)
        case.closed = case.done_at = None
        case.owed = bool(data.get("callback_owed"))
    if act == "promise":
        case.promises[data["id"]] = (_time(data["due_at"]), None, "open")
    if act == "keep":
        due = case.promises[data["id"]][0]
        case.promises[data["id"]] = (due, at, "broken" if data["broken"] else "kept")
    if act == "compensate":
        case.sums.append((at, Decimal(data["amount"])))
    if act == "verify":
        case.verdict = (at, data["verdict"])


def _hold(case: Past, entry: Entry, act: str, data: dict[str, Any]) -> None:
    if act == "take":
        case.facts["handler"] = entry.by
    if act == "assign":
        case.facts["handler"] = data["to"]


def _close(case: Past, at: datetime, data: dict[str, Any]) -> None:
    case.closed = (at, data.get("resolution"), data.get("accepted"), "with" in data)
    case.closings.append(case.closed)
    if "callback_owed" in data:
        case.owed = data["callback_owed"]
    if data.get("opinion_owed"):
        case.owed = True
    if not case.owed:
        case.done_at = at
    for number, (due, ended, state) in case.promises.items():
        if ended is None and case.done_at:
            case.promises[number] = (due, at, "withdrawn")
        else:
            case.promises[number] = (due, ended, state)


def _call(case: Past, at: datetime, data: dict[str, Any]) -> None:
    if not data["reached"]:
        return
    case.owed = False
    if case.closed:
        case.closed = (case.closed[0], case.closed[1], data.get("accepted", case.closed[2]), case.closed[3])
        if not data.get("reopened"):
            case.done_at = case.done_at or at


class Days:
    """The days from ``first`` to ``last``, both included."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last

    def hold(self, at: datetime | None) -> bool:
        return at is not None and self.first <= at.astimezone(ZONE).date() <= self.last


@dataclass
class Counted:
    """What some cases add up to."""

    numbers: Counter[str] = field(default_factory=Counter)
    by: dict[str, Counter[str]] = field(default_factory=lambda: {f"by_{name}": Counter() for name in BY})
    clocks: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: dict[str, list[int]] = field(default_factory=lambda: {"csi": [], "nps": [], "mood": []})
    total: Decimal = Decimal(0)


def figures(
    cases: dict[int, Past], days: Days, sites: tuple[str, ...] | None, handler: str | None
) -> dict[str, Any]:
    """Return the figures of ``days``, of the cases at ``sites`` and of ``handler``; None for any."""
    found = Counted()
    for case in cases.values():
        if (sites is None or case.facts["site"] in sites) and handler in (None, case.facts["handler"]):
            _count(found, case, days)
    numbers, nps = found.numbers, found.answers["nps"]
    shares = {
        name: (numbers[f"{name}_met"], numbers[f"{name}_of"]) for name in ("repeat", "resolution", "founded")
    }
    plain = ("received", "reopened", "closed", "done", "not_accepted", "limited")
    return {
        **found.by, **{name: numbers[name] for name in plain}, **shares,
        "on_time": dict(found.clocks),
        "callbacks": (numbers["calls"], numbers["reached"]),
        "promises": tuple(numbers[f"promises.{name}"] for name in ("kept", "kept_in_time", "broken")),
        "answers": {name: (len(given), sum(given)) for name, given in found.answers.items()},
        "nps": Counter("up" if given >= 9 else "down" if given <= 6 else "between" for given in nps),
        "compensation_total": f"{found.total:.2f}",
    }  # fmt: skip


def _count(found: Counted, case: Past, days: Days) -> None:
    numbers = found.numbers
    came, back = days.hold(case.received_at), any(map(days.hold, case.came_back))
    for name in BY if came else ():
        found.by[f"by_{name}"][case.facts[name] or ""] += 1
    numbers["received"] += came
    numbers["reopened"] += back
    numbers["repeat_of"] += came or back
    numbers["repeat_met"] += back or (came and case.second)
    numbers["done"] += days.hold(case.done_at)
    _closing(case, days, numbers)
    for _at, data in (call for call in case.calls if days.hold(call[0])):
        _answers(case, data, numbers, found.answers)
    found.clocks.update((clock, word) for at, clock, word in case.clocks if days.hold(at))
    for due, ended, state in case.promises.values():
        if ended is not None and days.hold(ended):
            numbers[f"promises.{state}"] += 1
            numbers["promises.kept_in_time"] += state == "kept" and ended <= due
    if case.verdict and days.hold(case.verdict[0]):
        numbers["founded_of"] += 1
        numbers["founded_met"] += case.verdict[1] in ("founded", "partly")
    found.total += sum((amount for at, amount in case.sums if days.hold(at)), Decimal(0))


def _closing(case: Past, days: Days, counts: Counter[str]) -> None:
    """Count a case once that was closed in the days, by what its newest closing in them came to."""
    closings = [closing for closing in case.closings if days.hold(closing[0])]
    if not closings:
        return
    closing = case.closed if case.closed and days.hold(case.closed[0]) else closings[-1]
    _at, resolution, accepted, merged = closing
    counts["closed"] += 1
    counts["not_accepted"] += resolution == "none" or accepted == "no"
    if resolution and not merged:
        counts["resolution_of"] += 1
        counts["limited"] += resolution == "limited"
        in_full = resolution == "full" and accepted != "no"
        counts["resolution_met"] += in_full or (resolution == "limited" and accepted == "yes")


def _answers(case: Past, data: dict[str, Any], counts: Counter[str], answers: dict[str, list[int]]) -> None:
    if not data.get("progress"):
        counts["calls"] += 1
        counts["reached"] += bool(data["reached"])
    if not data["reached"]:
        return
    for name in ("csi", "nps"):
        if name in data:
            answers[name].append(data[name])
    if "mood" in data and case.facts["mood"] is not None:
        answers["mood"].append(data["mood"] - case.facts["mood"])


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
