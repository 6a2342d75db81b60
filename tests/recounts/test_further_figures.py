"""The further figures of a summary against a recount of every timeline, after random weeks under every regime.

``WORKBENCH_WALKS=50 python -m pytest -n 0 tests/recounts/test_further_figures.py`` counts more weeks by hand.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from recounts.busy_house import NAMES, REGIMES, SITES, House
from recounts.further_by_hand import Told, recount

from storage import (
    backlog,
    durations,
    entries,
    overturned,
    owed,
    passed_on,
    people,
    straight_to_top,
    taken_back,
    waits,
)  # fmt: skip
from storage.check import check
from storage.part import Part
from workbench.reports.scope import Scope
from workbench.reports.summary import summary
from workbench.setup import left_elsewhere

SEEDS = range(int(os.environ.get("WORKBENCH_WALKS", "1")))
MOVES = 400
NOON = date(2026, 11, 21)


def scopes(house: House) -> Iterator[Scope]:
    """Yield some single days, all of them, and all of them of a part of the house."""
    last = house.bench.clock().astimezone(house.bench.desk().rules().zone).date()
    days = (last - NOON).days
    for ago in (0, 1, days // 2):
        yield Scope(last - timedelta(days=ago), last - timedelta(days=ago))
    yield Scope(NOON - timedelta(days=2), last)
    yield Scope(NOON, last, Part(SITES[:1]))
    yield Scope(NOON, last - timedelta(days=1), Part(handler=NAMES[0]))
    yield Scope(NOON, last, Part(SITES[1:], NAMES[1]))


def as_counted(found: dict[str, Any]) -> dict[str, Any]:
    """Return the figures in the form of the recount."""
    names = ("times", "waiting_by_reason", "late", "sums", "opinions")
    held = ("held", "closed", "met", "missed")
    return {name: found[name] for name in names} | {
        "open_by_age": +Counter(found["open_by_age"]),
        "backlog": {each["date"]: each["open"] for each in found["backlog"]},
        "tomorrow": Counter((each["number"], each["owes"]) for each in found["tomorrow"]),
        "passed_around": {name: n for name, n in found["passed_around"].items() if name != "lines"},
        "straight_to_top": {each["number"]: each["why"] for each in found["straight_to_top_lines"]},
        "people": {
            each["handler"]: +Counter({name: each[name] for name in held}) for each in found["people"]
        },
        "overturned": Counter(
            (each["number"], each["from"], each["to"]) for each in found["overturned_lines"]
        ),
        "verdicts": found["overturned_of"],
    }


def differences(house: House, asked: Iterable[Scope]) -> dict[str, Any]:
    """Return by figure and scope what was told and what was recounted, where they differ."""
    desk, found = house.bench.desk(), {}
    cases = [Told(desk, key) for key in house.cases()]
    for scope in asked:
        told, again = as_counted(summary(desk, scope)), recount(desk, cases, scope)
        for name, figure in again.items():
            if told[name] != figure:
                found[name, str(scope.first), str(scope.last), scope.part] = (told[name], figure)
    return found


@pytest.fixture
def lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return what makes a house and lets it live."""
    monkeypatch.setattr(left_elsewhere.config, "state_folder", lambda: tmp_path / "state")
    made: list[House] = []

    def one(regime: str, seed: int, moves: int = MOVES) -> House:
        made.append(House(tmp_path, regime, seed))
        made[-1].live(moves)
        return made[-1]

    yield one
    for house in made:
        house.bench.store.close()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("regime", REGIMES)
def test_the_further_figures_are_those_of_a_recount(lived, regime, seed):
    house = lived(regime, seed * len(REGIMES) + REGIMES.index(regime))
    assert differences(house, scopes(house)) == {}
    assert check(house.bench.store, house.bench.desk().rules_in).problems == []


# by figure: where it is made, the name of what makes it, and what is written there instead of what
SPOILED = {
    "times": (durations, "TOLD", "'close', 'compensate'", "'compensate'"),
    "waiting_by_reason": (waits, "TURNS", "'resume', ", ""),
    "backlog": (backlog, "TURNS", "'reopen', ", ""),
    "open_by_age": (backlog, "UNSOLVED", "('open', 'waiting')", "('open')"),
    "passed_around": (passed_on, "MAY_BE", "c.passes IS NOT NULL", "c.passes IS NULL"),
    "sums": (owed, "PAID", "'pay'", "'promise'"),
    "opinions": (entries, "OPINIONS", "c.mood, c.site", "c.mood, c.unit"),
    "late": (owed, "LATE", "due_at < :now", "due_at > :now"),
    "straight_to_top": (straight_to_top, "BY_HAND", "'escalate'", "'press'"),
    "tomorrow": (owed, "DUE", "due_key < :until", "due_key < :since"),
    "people": (people, "CLOCKS", "stopped_at >= :since", "stopped_at >= :until"),
    "overturned": (overturned, "OVERTURNED", "p.act = 'verify'", "p.act = 'note'"),
    "verdicts": (overturned, "OVERTURNED", taken_back.STANDS, ""),
}
MOST = 12  # houses in which a control must fail


@pytest.mark.parametrize("figure", SPOILED)
def test_a_figure_that_is_made_wrong_is_seen(lived, monkeypatch, figure):
    """The control: each figure is made wrong in turn."""
    module, name, right, wrong = SPOILED[figure]
    assert right in getattr(module, name)
    monkeypatch.setattr(module, name, getattr(module, name).replace(right, wrong))
    for seed in range(MOST):
        house = lived(REGIMES[seed % len(REGIMES)], seed)
        if figure in {place[0] for place in differences(house, list(scopes(house))[2:4])}:
            return
    raise AssertionError(f"in {MOST} houses nobody has seen that {figure} was wrong")
