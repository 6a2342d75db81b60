"""The picture for the README comes from the program itself."""

from pathlib import Path

import pytest
from desks import Bench

from screens.picture import svg


def test_the_picture_is_the_queue(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    case = bench.record(customer="王芳")
    picture = svg(bench.desk(), (100, 30))
    assert picture.startswith("<svg")
    assert case.number in picture
    assert not (tmp_path / "nowhere").exists()
