"""Rows of a file: each is taken whole, or named with its line and the reason."""

from pathlib import Path

import pytest

from workbench.domain.errors import UsageError
from workbench.exchange import sniff


def faults(path: Path) -> list[tuple[int, str]]:
    return [(record.line, str(record.fault)) for record in sniff.sniff(path).records() if record.fault]


def write(tmp_path: Path, text: str, name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a,b\n1,2\n1,2,3\n", 3, "3 cells instead of 2"),
        ('a,b\n"1\n\n",2\n3\n', 5, "1 cells instead of 2"),  # the row before it has three lines
        ("a,b\n1,x\0y\n", 2, "column 2 holds a NUL character"),
        ('a,b\n1,2\n3,"4\n5,6\n', 3, "a quote opened in line 3 is never closed; nothing after it was read"),
        ('a,b\n1,"2"3\n', 2, "lines 2 to 2 are no row: ',' expected after '\"'"),
        (f"a,b\n1,{'x' * 1_000_001}\n", 2,
         "a cell is longer than 1000000 characters; is a quote in line 2 never closed?"),
    ],
    ids=["ragged", "lines are physical", "NUL", "open quote", "quote inside", "too long"],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, why: str
) -> None:
    assert faults(write(tmp_path, text)) == [(line, why)]


def test_a_cell_of_the_greatest_length_is_taken(tmp_path: Path) -> None:
    assert faults(write(tmp_path, f"a,b\n1,{'x' * 1_000_000}\n")) == []


def test_the_rows_after_a_broken_one_are_read(tmp_path: Path) -> None:
    found = sniff.sniff(write(tmp_path, 'a,b\n1,"2"3\n4,5\n\n,\n6,7\n')).records()
    assert [record.cells for record in found if not record.fault] == [["4", "5"], ["6", "7"]]


def test_headlines_that_come_twice_can_be_told_apart(tmp_path: Path) -> None:
    assert sniff.sniff(write(tmp_path, "a,b,a,,a, a\n1,2,3,4,5,6\n")).headers == (
        "a",
        "b",
        "a#2",
        "#4",
        "a#3",
        "a#4",
    )


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_delimiter_is_the_one_that_gives_most_columns(tmp_path: Path, mark: str) -> None:
    text = mark.join(["id", "a, b" if mark != "," else "ab", "c"]) + "\n"
    assert sniff.sniff(write(tmp_path, text)).delimiter == mark


def test_three_rows_are_shown_of_what_was_found(tmp_path: Path) -> None:
    found = sniff.sniff(write(tmp_path, "a,b\n" + "".join(f"{n},x\n" for n in range(9))))
    assert found.samples == (("0", "x"), ("1", "x"), ("2", "x"))
    assert sniff.described(found) == [
        "file.csv: read as UTF-8, 2 columns, separated by ,", "  0 | x", "  1 | x", "  2 | x",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["none.csv", "data.jsonl", "."])
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        sniff.sniff(tmp_path / name)


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n1,2,3\n"])
def test_a_file_without_a_headline_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="no headline"):
        sniff.sniff(write(tmp_path, text))


def test_a_workbook_gives_the_text_that_a_csv_of_it_would_hold(tmp_path: Path) -> None:
    from datetime import datetime

    from xlsxwriter import Workbook

    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "when", "share", "card"])
        sheet.write_number(1, 0, 2549)
        sheet.write_datetime(
            1, 1, datetime(2026, 11, 1, 9, 5), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
        sheet.write_number(1, 2, 0.5)
        sheet.write_number(1, 3, 110101199003071234)
    found = sniff.sniff(path)
    assert found.samples == (("2549", "2026-11-01 09:05:00", "0.5", "1.10101199003071E+17"),)
