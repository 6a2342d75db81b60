"""A case walked through its regime by verbs: the clock stands where the test says, everything is looked at.

``at`` sweeps, shows the case and asserts all of it: what the test does not name is as it was at the last look.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from workbench.__main__ import main

ZONE = ZoneInfo("Asia/Shanghai")
REFUSED = 3
WATCHER = "he"  # who runs the sweep and looks


@dataclass(frozen=True)
class Ended:
    """One call: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*words: str) -> Ended:
    """Call the program in this process."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    return Ended(code, out.getvalue(), err.getvalue())


def full(time: str) -> str:
    """Return ``11-25 9:00`` (or ``2027-01-03 9:00``) as the program reads it."""
    day, clock = time.split()
    return f"{day if day.count('-') == 2 else f'2026-{day}'} {clock.rjust(5, '0')}"


def short(stamp: str | None) -> str:
    """Return a time of JSON as walks write it; ``-`` for none."""
    if stamp is None:
        return "-"
    at = datetime.fromisoformat(stamp).astimezone(ZONE)
    year = "" if at.year == 2026 else f"{at.year}-"
    return f"{year}{at:%m-%d} {at.hour}:{at:%M}" + (f":{at:%S}" if at.second else "")


@dataclass
class House:
    """A store under one policy with its people; every call says when and who."""

    path: Path
    policy: str

    def do(self, time: str, who: str, *words: str) -> Any:
        """Run a verb that must succeed; return its JSON."""
        ended = run("--db", str(self.path), "--now", full(time), "--as", who, "--json", *words)
        assert ended.code == 0, (time, who, words, ended.err)
        return ended.json

    def refused(self, time: str, who: str, *words: str) -> str:
        """Run a verb that a rule must refuse; return the sentence."""
        ended = run("--db", str(self.path), "--now", full(time), "--as", who, "--json", *words)
        assert (ended.code, ended.out) == (REFUSED, ""), (time, who, words, ended.code, ended.err)
        return ended.err

    def said(self, time: str, who: str, *words: str) -> Ended:
        """Run a verb in words, not JSON."""
        return run("--db", str(self.path), "--now", full(time), "--as", who, *words)

    def record(self, time: str, who: str, **facts: str) -> "Walk":
        """Record a case and return its walk; nothing of it has been looked at yet."""
        return Walk(self, self.do(time, who, "record", *_options(facts))["number"])

    def sweep(self, time: str) -> dict[str, int]:
        found: dict[str, int] = self.do(time, WATCHER, "sweep")
        return found

    def summary(self, day: str, time: str) -> dict[str, Any]:
        found: dict[str, Any] = self.do(time, WATCHER, "summary", "--date", f"2026-{day}")
        return found

    def problems(self, time: str) -> list[dict[str, Any]]:
        """Return what the store's own check finds wrong, and the cases that its own policy makes anew otherwise."""
        ended = run("--db", str(self.path), "--now", full(time), "--as", WATCHER, "--json", "check")
        found: list[dict[str, Any]] = ended.json["problems"]
        return found + self.do(time, WATCHER, "policy", "simulate", self.policy)["examples"]


def _options(facts: Mapping[str, str]) -> list[str]:
    words = []
    for name, value in facts.items():
        option = f"--{name.rstrip('_').replace('_', '-')}"
        words += [option] if value == "yes!" else [option, value]
    return words


FIRST: Mapping[str, Any] = {
    "status": "open", "stage": None, "missing": "", "level": 4, "why": [], "hot": [], "handler": None,
    "first_asked": None, "tiers": [None, None, None], "people": None, "engineer": "", "handoffs": 0, "repeat": False,
    "verdict": None, "told_at": "-", "clocks": {}, "owed": {}, "told": [], "seen": [], "money": {}, "force": {}, "warned": {},
}  # fmt: skip
EVENTS = ("told", "seen")  # of the time since the last look; all else stands until it is said to change


@dataclass
class Walk:
    """One case on its way."""

    house: House
    number: str
    _stands: dict[str, Any] = field(default_factory=lambda: dict(FIRST))
    _notices: dict[int, str | None] = field(default_factory=dict)

    def act(self, time: str, who: str, verb: str, *words: str, **options: str) -> dict[str, Any]:
        """Do something to the case; returns it as JSON."""
        found: dict[str, Any] = self.house.do(time, who, verb, self.number, *words, *_options(options))
        return found

    def refused(self, time: str, who: str, verb: str, *words: str, **options: str) -> str:
        """Do something that a rule must refuse; returns the sentence."""
        return self.house.refused(time, who, verb, self.number, *words, *_options(options))

    def show(self, time: str) -> dict[str, Any]:
        found: dict[str, Any] = self.house.do(time, WATCHER, "show", self.number)
        told = [(event["seq"], each) for event in found["timeline"] for each in event.get("informed", ())]
        found["notices"] = [each | {"id": number, "seq": seq} for number, (seq, each) in enumerate(told)]
        return found

    def receipt(self, time: str) -> dict[str, Any]:
        found: dict[str, Any] = self.house.do(time, WATCHER, "receipt", self.number)
        return found

    def at(self, time: str, **changed: Any) -> None:
        """Sweep at ``time``, look, and assert that the case stands as before but for ``changed``.

        Mappings (clocks, owed, money, force) name only the entries that are new or different; an entry
        that is None has gone.
        """
        self.house.sweep(time)
        shown = self.show(time)
        wanted = self._stands | {name: [] for name in EVENTS}
        for name, value in changed.items():
            assert name in FIRST, name
            merged = {**wanted[name], **value} if isinstance(value, dict) else value
            wanted[name] = {k: v for k, v in merged.items() if v} if isinstance(value, dict) else merged
        found = self._seen_in(shown)
        for name in EVENTS:  # who is told at one instant is told in no order
            wanted[name], found[name] = sorted(wanted[name]), sorted(found[name])
        assert found == wanted, f"{time}: " + ", ".join(
            f"{name} is {found[name]!r}, not {wanted[name]!r}"
            for name in wanted
            if found[name] != wanted[name]
        )
        self._stands = wanted

    def _seen_in(self, shown: dict[str, Any]) -> dict[str, Any]:
        known = self._notices
        self._notices = {each["id"]: each["seen_at"] for each in shown["notices"]}
        new = [each for each in shown["notices"] if each["id"] not in known]
        just = [e for e in shown["notices"] if e["seen_at"] and not known.get(e["id"])]
        events = {event["seq"]: event for event in shown["timeline"]}
        return {name: shown[name] for name in ("status", "stage", "handler", "first_asked", "people", "handoffs",
                                               "repeat", "verdict")} | {
            "missing": " ".join(shown["missing"]),
            "level": shown["severity"],
            "why": shown["severity_reasons"],
            "hot": shown["hot_reasons"] if shown["hot"] else [],
            "engineer": _engineer(shown["repair"]),
            "told_at": short(shown["last_told_at"]),
            "clocks": {_clock_name(c): _clock(c) for c in shown["clocks"]},
            "owed": {f"{d['kind']} {d['id']}": _duty(d) for d in shown["duties"]}
            | {f"promise {p['id']}": f"{p['state']} {short(p['due_at'])}" for p in shown["promises"]},
            "told": [f"{each['person']}: {_what(events[each['seq']])}" for each in new],
            "seen": [f"{each['person']}: {_what(events[each['seq']])}" for each in just],
            "money": {str(m["id"]): f"{m['amount']} {m['state']} by {m['approved_by']}"
                      for m in shown["compensation"]},
            "force": _force(shown["taskforce"]),
            "tiers": [*shown["tiers"].values()],
            "warned": _warned(shown["timeline"]),
        }  # fmt: skip


def _engineer(repair: dict[str, Any]) -> str:
    """Return who repairs; behind the name how often that has changed."""
    name, changes = repair["engineer"] or "", repair["changes"]
    return f"{name} {changes}" if changes else name


def _clock_name(clock: dict[str, Any]) -> str:
    return clock["id"] if clock["cycle"] == 1 else f"{clock['id']} {clock['cycle']}"


def _clock(clock: dict[str, Any]) -> str:
    """Return ``running 11-25 12:00``; a clock that runs past its due is ``late``."""
    state = "late" if clock["overdue"] and clock["state"] == "running" else clock["state"]
    return f"{state} {short(clock['due_at'])}"


def _duty(duty: dict[str, Any]) -> str:
    return f"{duty['owner']} {duty['state']} {short(duty['due_at'])}"


def _force(force: dict[str, Any] | None) -> dict[str, str]:
    """Return the members of a task force, the head marked, and whether each has confirmed."""
    if force is None:
        return {}
    return {
        each["person"]: ("head " if each["person"] == force["head"] else "")
        + ("confirmed" if each["confirmed"] else "asked")
        for each in force["members"]
    }


def _warned(timeline: list[dict[str, Any]]) -> dict[str, str]:
    """Return the early warnings that the case has given, by kind, and on what count or after how many hours."""
    found = [event["data"] for event in timeline if event["act"] == "warn"]
    return {each["kind"]: str(each["fact"]) for each in found}


def _what(event: dict[str, Any]) -> str:
    """Return what a notice is about: the act, and for a step of a ladder its clock and step, or the alert."""
    data = event["data"]
    if "alert" in data:
        return f"alert {data['alert']}"
    return f"{data['clock']} {data['step']}" if "clock" in data else event["act"]


Open = Callable[[str], House]
