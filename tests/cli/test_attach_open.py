"""``attach --open``: where the file of a piece of evidence is, and that it is handed to the system's opener."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from workbench.reports import opener


@pytest.fixture
def number(wb: Run, home: Path) -> str:
    (home / "photo.jpg").write_bytes(b"water")
    found = str(wb("--json", "record", "--text", "leak").json["number"])
    assert wb("attach", found, home / "photo.jpg", "--kind", "photo").code == 0
    return found


def test_it_names_the_copy(wb: Run, number: str) -> None:
    named = wb("--json", "attach", number, "--open", "1").json
    assert Path(named["path"]).read_bytes() == b"water"
    assert (named["id"], named["name"], named["opened"]) == (1, "photo.jpg", False)
    said = wb("attach", number, "--open", "1")
    assert (said.code, said.out) == (0, f"photo.jpg: {named['path']}\n")


def test_the_page_of_the_case_shows_the_digest_whole(wb: Run, number: str) -> None:
    digest = wb("--json", "show", number).json["evidence"][0]["sha256"]
    assert digest in wb("show", number).out


def test_check_ends_with_7_where_the_file_is_gone(wb: Run, number: str) -> None:
    assert wb("check").code == 0
    Path(wb("--json", "attach", number, "--open", "1").json["path"]).unlink()
    found = wb("check")
    assert (found.code, "The file of the evidence is missing" in found.out) == (7, True)
    assert wb("attach", number, "--open", "1").code == 7


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--open", "2"], 4), (["--open", "1", "--kind", "photo"], 2), (["--open", "1", "--seen", "1"], 2)],
)
def test_wrong_use(wb: Run, number: str, words: list[str], code: int) -> None:
    refused = wb("attach", number, *words)
    assert (refused.code, len(refused.err.strip().splitlines())) == (code, 1)


def test_a_file_goes_to_the_opener_of_the_system_where_there_is_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = list[list[str]]()
    monkeypatch.setattr(opener.sys, "platform", "linux")
    monkeypatch.setattr(opener, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(opener.subprocess, "Popen", lambda words, **_: handed.append(words))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not opener.opened(tmp_path / "x")
    monkeypatch.setenv("DISPLAY", ":0")
    assert opener.opened(tmp_path / "x")
    assert handed == [["/usr/bin/xdg-open", str(tmp_path / "x")]]
