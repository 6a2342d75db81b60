"""The lowest versions that pyproject.toml allows can be read from it, so that all of it runs on them too."""

import floors
import pytest


def test_every_requirement_says_its_lowest_version() -> None:
    assert len(floors.constraints()) == len(floors.requirements()) > 20


@pytest.mark.parametrize(
    ("requirement", "constraint"),
    [
        ("textual>=8.2,<9", "textual==8.2"),
        ("python-dateutil >= 4, <5", "python-dateutil==4"),
        ("pysqlite3>=0.6.1; python_version >= '3.11'", "pysqlite3==0.6.1"),
    ],
)
def test_the_lowest_version_is_read(
    monkeypatch: pytest.MonkeyPatch, requirement: str, constraint: str
) -> None:
    monkeypatch.setattr(floors, "requirements", lambda: [requirement])
    assert floors.constraints() == [constraint]


@pytest.mark.parametrize("requirement", ["types-python-dateutil", "x<3", "x; python_version >= '3.11'"])
def test_a_requirement_without_one_is_a_fault(monkeypatch: pytest.MonkeyPatch, requirement: str) -> None:
    monkeypatch.setattr(floors, "requirements", lambda: [requirement])
    with pytest.raises(ValueError, match="lowest version"):
        floors.constraints()
