"""The program called in this process: what it printed, what it said, how it ended."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench.__main__ import main


@dataclass(frozen=True)
class Ended:
    """One call: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ended]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of its own: no store yet, mei at work, noon in Shanghai, English."""
    for name in ("WORKBENCH_DB", "WORKBENCH_STAFF", "WORKBENCH_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("WORKBENCH_DB", str(tmp_path / "store.db"))
    monkeypatch.setenv("WORKBENCH_STAFF", "mei")
    monkeypatch.setenv("WORKBENCH_LANG", "en")
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a caller of the program; no store has been made."""

    def call(*words: str) -> Ended:
        capsys.readouterr()
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return call


@pytest.fixture
def wb(run: Run) -> Run:
    """Return a caller of the program on a new store."""
    assert run("init").code == 0
    return run


@pytest.fixture
def recorded(wb: Run) -> str:
    """Record a complaint and return its number."""
    given = {
        "text": "厨房漏水，请回电 13800138000", "customer": "王芳", "phone": "13800138000", "site": "金色家园",
        "unit": "3-502", "claim": "9999.99", "impact": "partly", "category": "construction-quality",
        "external-id": "EXT-9", "remedy-sought": "修好",
    }  # fmt: skip
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    number: str = wb("--json", "record", *words).json["number"]
    return number
