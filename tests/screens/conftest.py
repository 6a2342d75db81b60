"""What the screens keep beside the store goes to a folder of the test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _state_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine be no pause between two digits of a number."""
    for file in ("more", "options"):
        monkeypatch.setattr(f"screens.ask.{file}.NUMBER_PAUSE_SECONDS", 60.0)
