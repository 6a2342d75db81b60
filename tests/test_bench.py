"""Every subject of the benchmarks runs: small, once, and without a word about its figures."""

import ast
from pathlib import Path

import pytest

from tests.bench.__main__ import SUBJECTS, main
from tests.bench.table import title

FOLDER = Path(__file__).parent / "bench"
SIZE = 1_200  # enough for a screen full of everybody's cases
VERDICTS = ("ok", "OVER", "-")


def quickly(folder: Path, *names: str) -> int:
    return main([*names, "--quick", "--size", str(SIZE), "--stores", str(folder)])


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_is_measured_and_its_answers_are_those_of_the_other_side(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quickly(tmp_path, name) == 0
    said = capsys.readouterr().out
    heading, _, table = said.partition(title())
    assert heading.startswith(f"\n{name}: ")
    assert [line for line in table.splitlines() if line.rstrip().endswith(VERDICTS)]
    assert "(not the same" not in said
    assert "NOT for" not in said


def test_every_measure_is_on_the_list() -> None:
    measures = {
        file.stem
        for file in FOLDER.glob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "figures"
    }
    assert measures == set(SUBJECTS)


def test_a_subject_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quickly(tmp_path, "speed") == 2
    assert "No such subject: speed" in capsys.readouterr().err
