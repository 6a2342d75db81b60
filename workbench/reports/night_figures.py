"""The figures of a kept page as numbers to add to: names with dots, shares by their two numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from storage.counted import Asked
from storage.engine import Db
from storage.figures import Span
from storage.nights import Night
from workbench.desk import Desk
from workbench.domain.times import day_bounds
from workbench.reports import callbacks
from workbench.reports.case_figures import ANSWERS
from workbench.reports.past_changes import Change

RATES = ("founded", "breach", "defect", "resolution", "repeat")
MEANS = {"csi": "csi_mean", "nps": "nps", "mood": "mood_change"}
NESTED = ("on_time", "duties")
Number = int | Decimal
Shown = dict[str, Any]  # what a page shows, by the name of the figure


class Standing:
    """The figures of one day, from what its page said on, as changes come to it."""

    def __init__(self, desk: Desk, db: Db, night: Night, later: list[Change]) -> None:
        """Begin with the page of ``night``; ``later`` is everything that has changed since."""
        self.printed = night.printed
        self.counts: Counter[str] = Counter(dict.fromkeys((each.figure for each in later), 0))
        self.answers: dict[str, Counter[int]] = {}
        asked = {_answer(change.figure) for change in later} - {""}
        if asked:
            now = _answers(desk, db, date.fromisoformat(night.day))
            for name in asked:
                self.answers[name] = now[name]
            for change in later:
                if name := _answer(change.figure):
                    self.answers[name][int(change.figure.partition(":")[2])] -= int(change.amount)

    def rise(self, change: Change) -> None:
        """Take one change into account."""
        if name := _answer(change.figure):
            self.answers[name][int(change.figure.partition(":")[2])] += int(change.amount)
        self.counts[change.figure] += change.amount  # type: ignore[assignment]

    def shown(self) -> Shown:
        """Return the figures that have changed since the page, as a page shows them now."""
        found: Shown = {}
        for figure, risen in self.counts.items():
            if not is_part(figure):
                found[figure] = plain(_number(self.printed, figure) + risen)
        for name in RATES:
            if f"{name}_of" in self.printed and {f"{name}_of", f"{name}_met"} & set(self.counts):
                met, of = (
                    _number(self.printed, f"{name}_{part}") + self.counts[f"{name}_{part}"]
                    for part in ("met", "of")
                )
                found[f"{name}_rate"] = round(int(met) / int(of), 4) if of else None
        for name, values in self.answers.items():
            told = sorted(values.elements())
            found[MEANS[name]] = callbacks.nps(told) if name == "nps" else callbacks.mean(told)
        return found


def differences(before: Shown, now: Shown) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield the figures that differ, with what they were and what they are."""
    for figure, value in now.items():
        if before[figure] != value:
            yield figure, (before[figure], value)


def is_part(figure: str) -> bool:
    """Say whether a name stands for a part of a share or of a mean, and for no figure by itself."""
    return ":" in figure or figure.removesuffix("_met").removesuffix("_of") in RATES


def belongs(part: str, figure: str) -> bool:
    """Say whether a change in ``part`` is one in ``figure``."""
    if name := _answer(part):
        return MEANS[name] == figure
    return part == figure or f"{part.removesuffix('_met').removesuffix('_of')}_rate" == figure


def plain(amount: Number) -> int | str:
    """Return a number as JSON has it: yuan as text with two decimals."""
    return f"{amount:.2f}" if isinstance(amount, Decimal) else amount


def _number(printed: Mapping[str, Any], figure: str) -> Number:
    """Return what a page says of a figure; 0 where it does not name it."""
    first, dot, rest = figure.partition(".")
    found: Any = printed.get(first)
    if dot and isinstance(found, Mapping):
        outer, _, inner = rest.rpartition(".")
        found = found.get(outer, {}).get(inner) if first in NESTED else found.get(rest)
    if isinstance(found, str):
        return Decimal(found)
    return found if isinstance(found, int) else 0


def _answer(figure: str) -> str:
    name = figure.partition(":")[0]
    return name if ":" in figure and name in ANSWERS else ""


def _answers(desk: Desk, db: Db, day: date) -> dict[str, Counter[int]]:
    """Return how often each answer was given on a day, as is known now."""
    span = Span.of(*day_bounds(day, desk.rules_in(db).zone))
    asked = Asked(db, desk.store.site_id, span, "")
    calls = [(key, data) for key, data in asked.calls() if data.get("reached")]
    before = asked.moods(key for key, _ in calls)
    found: dict[str, Counter[int]] = {name: Counter() for name in ANSWERS}
    for key, data in calls:
        for name in ANSWERS:
            at_intake = before[key] if name == "mood" else 0
            if name in data and at_intake is not None:
                found[name][data[name] - at_intake] += 1
    return found
