"""Where a table begins: below titles, on another sheet, after ``sep=``, between bars; named or found."""

import io
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.conftest import Importer
from workbench.domain.errors import UsageError
from workbench.exchange import importing, mapping_file, sniff, suggest, vocabulary
from workbench.exchange.counts import Counts
from workbench.exchange.headlines import is_total, place
from workbench.exchange.mapping_file import MappingFaultsError, parse, whereabouts
from workbench.exchange.notes import Note
from workbench.exchange.rejects import Rejects
from workbench.policy import loading

KNOWN = vocabulary.of_policy(loading.load("default")[0])
HEAD = ["报修单号", "报修时间", "房号", "报修内容"]
ROWS = [
    ["R-1", "2026-10-02 09:10:00", "5-301", "厨房漏水"],
    ["R-2", "2026-10-03 10:00:00", "5-302", "门锁坏"],
]
TITLE = ["翠园小区2026年10月报修登记表", "", "", ""]
REMARK = ["制表：物业部", "", "日期：2026-11-01", ""]
TOTAL = ["合计", "2", "", ""]


def csv_text(*rows: list[str], mark: str = ",") -> str:
    return "".join(mark.join(row) + "\n" for row in rows)


def written(tmp_path: Path, text: str, name: str = "register.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def book(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    from xlsxwriter import Workbook

    with Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def guess(path: Path) -> str:
    return suggest.suggest(sniff.sniff(path), "test", "Asia/Shanghai", KNOWN)


def imported(importer: Importer, path: Path, mapping: str, **more: Any) -> Counts:
    """Import as the verb does: the mapping says first where the table begins."""
    told = importer.folder / "told.toml"
    told.write_text(mapping, "utf-8")
    file = sniff.sniff(path, "", *whereabouts(told))
    loaded = mapping_file.load(told, file.headers, KNOWN)
    return importing.run(importing.Job(importer.bench.desk("mei"), file, loaded, **more))


@pytest.mark.parametrize(
    ("above", "row"),
    [([], 1), ([TITLE], 2), ([TITLE, REMARK], 3), ([[], TITLE, [], REMARK], 5), ([REMARK], 2),
     ([["翠园小区", "物业部", "十月", ""]], 2)],
    ids=["none", "title", "title and remark", "blank rows", "remark", "title in three cells"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_headline_below_titles_is_found_and_what_is_guessed_imports(
    importer: Importer, tmp_path: Path, above: list[list[str]], row: int, form: str
) -> None:
    rows = [*above, HEAD, *ROWS, TOTAL]
    path = tmp_path / f"register.{form}"
    if form == "csv":
        written(tmp_path, csv_text(*rows), path.name)
    else:
        book(path, {"十月": rows})
    assert sniff.sniff(path).header_row == row
    mapping = guess(path)
    assert (f"\n# header_row = {row}\n" in mapping) == (row > 1)
    counts = imported(importer, path, mapping)
    assert counts.json() == {"read": 2, "added": 2, "updated": 0, "unchanged": 0, "rejected": 0}, (
        counts.faults
    )
    assert counts.notes.many == {Note.TOTALS: 1}
    assert importer.all("SELECT external_id, unit, text FROM cases ORDER BY 1") == [
        ("R-1", "5-301", "厨房漏水"), ("R-2", "5-302", "门锁坏"),
    ]  # fmt: skip
    assert imported(importer, path, mapping).unchanged == 2


def test_a_table_on_the_second_sheet_is_found_and_named(importer: Importer, tmp_path: Path) -> None:
    path = book(tmp_path / "two.xlsx", {"说明": [["请勿修改表头"]], "登记": [TITLE, HEAD, *ROWS]})
    mapping = guess(path)
    assert '\n# sheet = "登记"\n# header_row = 2\n' in mapping
    assert imported(importer, path, mapping).added == 2


def test_a_mapping_names_another_sheet_by_its_name_or_place(tmp_path: Path) -> None:
    path = book(tmp_path / "two.xlsx", {"一": [HEAD, ROWS[0]], "二": [HEAD, ROWS[1]]})
    assert sniff.sniff(path).samples[0][0] == "R-1"
    assert sniff.sniff(path, sheet="二").samples[0][0] == "R-2"
    assert sniff.sniff(path, sheet="#2").samples[0][0] == "R-2"
    for wrong in ("三", "#3", "#0"):
        with pytest.raises(UsageError, match="its sheets are: 一, 二"):
            sniff.sniff(path, sheet=wrong)


def test_a_row_that_is_named_wins_over_what_would_be_found(tmp_path: Path) -> None:
    path = written(tmp_path, csv_text(HEAD, *ROWS))
    assert sniff.sniff(path, header_row=2).headers[0] == "R-1"
    with pytest.raises(UsageError, match="row 9 is empty"):
        sniff.sniff(path, header_row=9)


@pytest.mark.parametrize(("given", "where"), [("header_row = 0", "header_row"), ('sheet = 2', "sheet"),
                                              ('header_row = "2"', "header_row")])  # fmt: skip
def test_a_wrong_place_is_a_fault_of_the_mapping(given: str, where: str) -> None:
    text = f'{given}\nsource = "x"\n[fields]\nexternal_id = "a"\nreceived_at = "b"\ntext = "c"\n'
    with pytest.raises(MappingFaultsError, match=where):
        parse(text, "m.toml", ("a", "b", "c"), KNOWN)


@pytest.mark.parametrize(
    ("text", "mark"),
    [(csv_text(HEAD, *ROWS, mark="|"), "|"), ("sep=;\n" + csv_text(HEAD, *ROWS, mark=";"), ";"),
     ("SEP=|\r\n" + csv_text(TITLE, HEAD, *ROWS, mark="|"), "|"),
     ("sep=:\n" + csv_text(HEAD, ["R-1", "2026-10-02", "5-301", "漏水"], mark=":"), ":")],
    ids=["bars", "sep=;", "sep=| and a title", "a separator that is told"],
)  # fmt: skip
def test_a_separator_is_found_or_told_by_the_file(tmp_path: Path, text: str, mark: str) -> None:
    found = sniff.sniff(written(tmp_path, text))
    assert (found.delimiter, found.headers) == (mark, tuple(HEAD))
    assert found.samples[0][0] == "R-1"


def test_a_comma_inside_a_cell_between_bars_stays(tmp_path: Path) -> None:
    found = sniff.sniff(written(tmp_path, "Ticket ID|Created|Subject\n7|2026-10-02 09:10|door, broken\n"))
    assert found.samples == (("7", "2026-10-02 09:10", "door, broken"),)


@pytest.mark.parametrize(
    ("rows", "at"),
    [([["id", "text"], ["1", "x"]], 0), ([["a"], ["b"]], 0), ([], 0), ([["", ""], ["x", "y"]], 1),
     ([["line", "reason", "id"], ["编号", "时间", "内容"]], 0), ([["Codice", "Data"], ["电话", "投诉"]], 0),
     ([["1", "2"], ["3", "4"]], 0)],
    ids=["plain", "one column", "nothing", "first row blank", "rejects", "foreign names", "figures only"],
)  # fmt: skip
def test_the_headline_is_told_from_data(rows: list[list[str]], at: int) -> None:
    assert place(rows) == at


@pytest.mark.parametrize(("row", "total"), [
    (["合计", "3", "", ""], True), (["Total:", "", "", "9"], True), (["合计", "a", "b", "c"], False),
    (["合计有误", "", "", ""], False), (["", "", "", ""], False),
])  # fmt: skip
def test_a_row_of_totals_is_told_from_a_case(row: list[str], total: bool) -> None:
    assert is_total(row) == total


def test_rejected_rows_of_a_file_with_a_title_can_be_mended_and_read_again(
    importer: Importer, tmp_path: Path
) -> None:
    path = written(tmp_path, csv_text(TITLE, HEAD, ["R-1", "gestern", "5-301", "漏水"], ROWS[1]))
    mapping, out = guess(written(tmp_path, csv_text(TITLE, HEAD, *ROWS), "good.csv")), io.BytesIO()
    aside = Rejects(out, sniff.sniff(path).headers)
    counts = imported(importer, path, mapping, rejects=aside)
    aside.done()
    assert (counts.added, [line for line, _ in counts.faults]) == (1, [3])
    mended = tmp_path / "again.csv"
    mended.write_bytes(out.getvalue().replace(b"gestern", b"2026-10-02 09:10:00"))
    again = imported(importer, mended, f"header_row = 2\n{mapping}")  # which is the row of the first file
    assert (again.added, again.rejected) == (1, 0)
