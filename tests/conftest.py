"""What every test may ask for: a clock, a store with a desk, the public data."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if os.environ.get("WORKBENCH_WITHOUT_PYSQLITE3"):
    sys.modules["pysqlite3"] = None  # type: ignore[assignment]  # as where no wheel of it exists

import opens
from desks import NOON, Bench, Clock
from hypothesis import HealthCheck, settings
from processes import NOW

from workbench import clock as wall
from workbench import words

# how long an example takes says something about the machine only
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("en")


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing in this process see what day it is."""
    monkeypatch.setattr(wall, "now", wall.frozen(NOON))
    monkeypatch.setenv("WORKBENCH_NOW", NOW)


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody's own settings say how a test ends, and no test write into them."""
    monkeypatch.setenv("WORKBENCH_CONFIG", str(tmp_path / "settings" / "config.toml"))
    monkeypatch.setenv("WORKBENCH_VIEWS", str(tmp_path / "settings" / "views.toml"))


opens.watch()


@pytest.fixture(autouse=True)
def _live_files_are_left_to_sqlite() -> Iterator[None]:
    """Fail where the program has opened a file that it holds open through SQLite."""
    yield
    try:
        assert opens.found == []
    finally:
        opens.found.clear()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bench(tmp_path: Path, clock: Clock) -> Iterator[Bench]:
    """A store with the default policy at noon of Saturday 2026-11-21 in Shanghai."""
    made = Bench(tmp_path / "store.db", clock)
    yield made
    made.store.close()


@pytest.fixture
def bench_with(tmp_path: Path, clock: Clock) -> Callable[[str], Bench]:
    """Return a maker of stores with a policy that differs from the default one by some text."""

    def make(extra: str) -> Bench:
        return Bench(tmp_path / "own.db", clock, f'extends = "default"\n{extra}')

    return make


@pytest.fixture(scope="session")
def trial_data() -> Path:
    """Return the folder with real public data, or skip."""
    folder = os.environ.get("WORKBENCH_TRIAL_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("WORKBENCH_TRIAL_DATA names no folder with the public data")
    return Path(folder)
