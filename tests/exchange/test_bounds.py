"""Files that would take more memory than there is are refused, in one sentence, before they are read."""

import gzip
import struct
import zipfile
from pathlib import Path

import pytest
from workbooks import ods, ods_row, xls, xlsb, xlsx, xlsx_cell

from tests.exchange.conftest import Importer
from workbench.domain.errors import UsageError
from workbench.exchange import bounds, encodings, extent, limits
from workbench.exchange.sniff import sniff
from workbench.exchange.table import records
from workbench.words import use

HEAD = (1, 1, "id"), (1, 2, "text"), (2, 1, "7"), (2, 2, "漏水")
FAR = [(1_048_576, 16_384), (60_000, 702), (1, 1_001), (1_048_577, 1)]


def with_cell(folder: Path, ending: str, row: int, column: int) -> Path:
    """A table of two columns and one row, with one more cell far out."""
    path = folder / f"far{ending}"
    if ending == ".xlsx":
        rows = (
            xlsx_cell(1, 1, "id") + xlsx_cell(1, 2, "text") + xlsx_cell(2, 1, "7") + xlsx_cell(2, 2, "漏水")
        )
        return xlsx(path, rows + xlsx_cell(row, column, "x"))
    if ending == ".ods":
        gap = f'<table:table-row table:number-rows-repeated="{max(row - 3, 1)}"><table:table-cell/></table:table-row>'
        before = f'<table:table-cell table:number-columns-repeated="{column - 1}"/>' if column > 1 else ""
        far = ods_row("x").replace("<table:table-cell", before + "<table:table-cell", 1)
        return ods(path, ods_row("id", "text") + ods_row("7", "漏水") + gap + far)
    cells = [*HEAD, (row, column, "x")]
    return xlsb(path, cells) if ending == ".xlsb" else xls(path, cells)


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xlsb", ".xls"])
def test_a_workbook_of_each_form_is_read(tmp_path: Path, ending: str) -> None:
    """The control: what is refused below is refused for its size."""
    file = sniff(with_cell(tmp_path, ending, 4, 3))
    assert file.headers[:2] == ("id", "text")
    assert next(iter(file.records())).cells[:2] == ["7", "漏水"]


def test_a_long_workbook_of_the_old_form_is_read_and_refused_too(tmp_path: Path) -> None:
    assert sniff(xls(tmp_path / "long.xls", list(HEAD), padding=5000)).headers == ("id", "text")
    with pytest.raises(UsageError, match="column 16384"):
        sniff(xls(tmp_path / "far.xls", [*HEAD, (60_000, 16_384, "x")], padding=5000))


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xlsb", ".xls"])
@pytest.mark.parametrize(("row", "column"), FAR)
def test_a_cell_far_out_is_refused_with_its_place_and_the_limit(
    tmp_path: Path, ending: str, row: int, column: int
) -> None:
    if ending == ".xls" and row > 65_536:
        row = 65_536
        column = max(column, 1_001)
    with pytest.raises(UsageError) as refused:
        sniff(with_cell(tmp_path, ending, row, column))
    said = str(refused.value)
    assert refused.value.exit_code == 2
    assert f"column {column}" in said
    assert "1000 columns" in said or "16777216 places" in said
    assert "save it as CSV" in said


def test_the_sentence_is_there_in_chinese(tmp_path: Path) -> None:
    use("zh")
    try:
        with pytest.raises(UsageError, match=r"第 1048576 行、第 16384 列.*另存为 CSV"):
            sniff(with_cell(tmp_path, ".xlsx", 1_048_576, 16_384))
    finally:
        use("en")


def test_empty_cells_far_out_that_only_have_a_look_are_none(tmp_path: Path) -> None:
    rows = xlsx_cell(1, 1, "id") + '<row r="1048576"><c r="XFD1048576" s="0"/><c r="XFC1048576"></c></row>'
    assert sniff(xlsx(tmp_path / "styled.xlsx", rows)).headers == ("id",)
    filler = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert sniff(ods(tmp_path / "filler.ods", ods_row("id") + ods_row("1") + filler)).headers == ("id",)


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="n" r="XFD9"><v>1</v></c>',
        "<c r='XFD9' t='n'><v>1</v></c>",
        '<c\n r = "XFD9"><v>1</v></c>',
        '<c r="xfd9"><v>1</v></c>',
        '<c ph=">" r="XFD9"><v>1</v></c>',
        '<c ph=\' r="A1" \' r="XFD9"><v>1</v></c>',
        "<c/>" * 16_383 + "<c><v>1</v></c>",
        '<x:c r="XFD9"><x:v>1</x:v></x:c>',
        '<c r="AAAAAAAAAA9"><v>1</v></c>',
        '<c r="A99999999999999999999"><v>1</v></c>',
    ],
    ids=lambda cell: cell[-40:],
)
def test_a_far_cell_is_found_however_it_is_written(tmp_path: Path, cell: str) -> None:
    path = xlsx(tmp_path / "odd.xlsx", f'{xlsx_cell(1, 1, "id")}<row r="9">{cell}</row>')
    with pytest.raises(UsageError, match="too large"):
        bounds.ensure(path)


def test_a_tag_without_an_end_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "odd.xlsx", '<row r="1"><c r="A1" x="</c><c r="XFD9"><v>1</v></c></row>')
    with pytest.raises(UsageError, match="cannot be read"):
        bounds.ensure(path)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A{n}" t="s"><v>0</v></c>',
        "<c r='A{n}' t='s'><v>0</v></c>",
        '<c r="A{n}" t="s"><f/><v>0</v></c>',
    ],
)
def test_one_long_text_in_many_cells_counts_as_often_as_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    monkeypatch.setattr(extent, "SHEET_BYTES", 10_000_000)
    rows = [f'<row r="{n}">{cell.format(n=n)}</row>' for n in range(1, 301)]
    texts = f"<si><t>{'x' * 50_000}</t></si>"
    bounds.ensure(xlsx(tmp_path / "few.xlsx", "".join(rows[:100]), texts))
    with pytest.raises(UsageError, match="texts have more than 9 MB"):
        bounds.ensure(xlsx(tmp_path / "many.xlsx", "".join(rows), texts))


def test_repeated_cells_of_a_spreadsheet_count_as_often_as_they_are_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="column 20000"):
        bounds.ensure(ods(tmp_path / "wide.ods", ods_row("id", columns=20_000)))
    monkeypatch.setattr(extent, "SHEET_BYTES", 10_000_000)
    bounds.ensure(ods(tmp_path / "few.ods", ods_row("x" * 50_000, rows=100)))
    with pytest.raises(UsageError, match="texts have more than"):
        bounds.ensure(ods(tmp_path / "many.ods", ods_row("x" * 50_000, rows=300)))


def test_too_many_shared_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.exchange.bounds_xml.SHEET_TEXTS", 1000)
    bounds.ensure(xlsx(tmp_path / "few.xlsx", xlsx_cell(1, 1, "id"), "<si/>" * 1000))
    with pytest.raises(UsageError, match="more than 1000 different texts"):
        bounds.ensure(xlsx(tmp_path / "many.xlsx", xlsx_cell(1, 1, "id"), "<si/>" * 1001))


def test_a_text_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.exchange.bounds_xml.LONGEST", 3_000_000)
    bounds.ensure(xlsx(tmp_path / "long.xlsx", xlsx_cell(1, 1, "x" * 1_000_000)))
    with pytest.raises(UsageError, match="a text of more than"):
        bounds.ensure(xlsx(tmp_path / "longer.xlsx", xlsx_cell(1, 1, "x" * 5_000_000)))


@pytest.fixture
def a_megabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SHEET_BYTES", 1_000_000)


@pytest.mark.usefixtures("a_megabyte")
def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    bounds.ensure(xlsx(tmp_path / "small.xlsx", xlsx_cell(1, 1, "id") + " " * 900_000))
    path = xlsx(tmp_path / "bomb.xlsx", xlsx_cell(1, 1, "id") + " " * 1_100_000)
    assert path.stat().st_size < 5_000
    with pytest.raises(UsageError, match="unpacks to more than"):
        bounds.ensure(path)


@pytest.mark.usefixtures("a_megabyte")
def test_a_workbook_that_lies_about_its_size_is_found_out(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "lie.xlsx", xlsx_cell(1, 1, "id") + " " * 1_100_000)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 400)))
    with zipfile.ZipFile(path) as archive:
        assert sum(part.file_size for part in archive.infolist()) < 5_000
    with pytest.raises(UsageError, match="unpacks to more than"):
        bounds.ensure(path)


def test_parts_that_are_no_sheets_have_a_limit_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "PART_BYTES", 10_000)
    with pytest.raises(UsageError, match="unpacks to more than"):
        bounds.ensure(
            xlsx(tmp_path / "styles.xlsx", xlsx_cell(1, 1, "id"), **{"xl/styles.xml": "<x/>" * 5_000})
        )


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"id,text\n1,x\n"]
)
def test_what_is_no_workbook_is_said(tmp_path: Path, content: bytes) -> None:
    for ending in (".xlsx", ".xls", ".ods", ".xlsb"):
        path = tmp_path / f"no{ending}"
        path.write_bytes(content)
        with pytest.raises(UsageError, match="cannot be read"):
            sniff(path)


# ---------------------------------------------------------------- text


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_text_table_has_as_many_columns_as_a_sheet_and_no_more(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(mark.join(["name"] * limits.MOST_COLUMNS) + "\n")
    assert len(set(sniff(path).headers)) == limits.MOST_COLUMNS
    path.write_text(mark.join(["name"] * 200_000) + "\n")
    with pytest.raises(UsageError, match="it has 200000 columns, and 1000 are read"):
        sniff(path)


def test_a_row_of_millions_of_cells_is_held_as_its_line(tmp_path: Path) -> None:
    path = tmp_path / "row.csv"
    path.write_text("id,text\n" + "," * 3_000_000 + "\n1,x\n")
    wide, good = records(path, "utf-8", ",", 2)
    assert (wide.line, len(wide.cells), str(wide.fault)) == (2, 1, "3000001 cells instead of 2")
    assert good.cells == ["1", "x"]


def test_a_row_of_many_lines_is_as_short_as_one_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "row.csv"
    path.write_text("id,text\n" + '"x\n",' * 1_500_000 + "x\n")
    with pytest.raises(UsageError, match="a row of more than 4000000 characters"):
        list(records(path, "utf-8", ",", 2))


def test_a_packed_text_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"id,text\n" + b"1,x\n" * 500_000))
    assert sniff(path).headers == ("id", "text")
    monkeypatch.setattr(encodings, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(UsageError, match="unpacks to more than"):
        sniff(path)


def test_the_real_workbook_is_far_below_the_limits(importer: Importer, trial_data: Path) -> None:
    bounds.ensure(trial_data / "cn_messages_with_replies.xlsx")
