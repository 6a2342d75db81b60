"""The picture for the README comes from the program itself, and stands in its cells in a browser."""

import re
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from desks import Bench
from rich.cells import cell_len
from rich.console import Console

from screens.picture import CELL, in_cells, svg
from screens.queue.columns import place
from workbench import words

ROOT = Path(__file__).parents[2]
COLUMNS = 120
TEXT = re.compile(r'<text [^>]*?x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>([^<]*)</text>')
GIVEN = {"customer": "王芳", "site": "金色家园", "text": "厨房 A 栋漏水, 第3次", "people": "12"}


def drawn(picture: str) -> list[tuple[str, float, float, str]]:
    """Return (line, x, width, text) of all that is written."""
    found = [(y, float(x), float(width), text) for x, y, width, text in TEXT.findall(picture)]
    return [(y, x, width, unescape(text).replace("\xa0", " ").strip("\n")) for y, x, width, text in found]


def squeezed(picture: str) -> list[str]:
    """Return the texts that are not as wide as their cells, or hold signs of two widths."""
    return [
        text
        for _, _, width, text in drawn(picture)
        if text and (abs(width - cell_len(text) * CELL) > 0.01 or len({cell_len(sign) for sign in text}) > 1)
    ]


def lines(picture: str) -> list[dict[int, str]]:
    """Return what begins at each cell of each line that has text: the rest of its run."""
    found: dict[str, dict[int, str]] = {}
    for y, x, _, text in drawn(picture):
        at = round(x / CELL)
        for index in range(len(text)):
            found.setdefault(y, {})[at + cell_len(text[:index])] = text[index:]
    return list(found.values())


def test_the_picture_is_the_queue(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    case = bench.record(customer="王芳")
    picture = svg(bench.desk(), (100, 30))
    assert picture.startswith("<svg")
    assert case.number in picture
    assert "http" not in re.sub(r'xmlns="[^"]*"|<!--.*?-->', "", picture)  # nothing is loaded from elsewhere
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_begins_at_its_cell_in_both_languages(bench: Bench, language: str) -> None:
    case = bench.record(**GIVEN)
    words.use(language)
    picture = svg(bench.desk(), (COLUMNS, 34))
    columns = place(COLUMNS)
    assert len(columns) == 10
    head = next(line for line in lines(picture) if words._("Handler") == line.get(columns[-1].x))
    for column in columns:
        if column.id == "countdown":  # its title stands on the right, as its times do
            continue
        assert head[column.x].startswith(words._(column.title)[: column.width]), column
    row = next(line for line in lines(picture) if line.get(columns[0].x, "").startswith(case.number))
    at = {column.id: row.get(column.x, "") for column in columns}
    assert at["customer"].startswith("王芳")
    assert at["place"].startswith("金色")
    assert at["gist"].startswith("厨房")
    assert at["handler"].startswith("-")
    assert squeezed(picture) == []


@pytest.mark.parametrize("name", ["queue.svg", "queue.zh.svg"])
def test_the_pictures_of_the_readme_stand_in_their_cells(name: str) -> None:
    picture = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert len(drawn(picture)) > 100
    assert squeezed(picture) == []


def test_without_the_placing_wide_signs_are_squeezed() -> None:
    console = Console(width=40, record=True, file=StringIO())
    console.print("王芳 owns 3-502 … <leak> & 漏水", highlight=False)
    picture = console.export_svg(title="x")
    assert squeezed(picture) == ["王芳 owns 3-502 … <leak> & 漏水"]
    placed = in_cells(picture)
    assert squeezed(placed) == []
    assert [(round(x / CELL), text) for _, x, _, text in drawn(placed)] == [
        (0, "王芳"), (5, "owns 3-502"), (16, "…"), (18, "<leak> &"), (27, "漏水"),
    ]  # fmt: skip
