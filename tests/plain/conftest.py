"""What the line mode keeps beside the store goes to a folder of the test."""

from pathlib import Path

import pytest
from desks import Bench
from talk import Talk


@pytest.fixture(autouse=True)
def _state_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def talk(bench: Bench, tmp_path: Path) -> Talk:
    """Return a conversation of mei at the store of the test."""
    return Talk(bench.desk(), tmp_path / "drafts")
