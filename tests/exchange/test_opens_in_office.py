"""LibreOffice, as a Chinese office has it and with its detection of numbers on, shows each cell as it is."""

import csv
import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from desks import Bench

from tests.exchange.test_export import wish
from tests.exchange.test_shields import KEPT, TURNED
from tests.processes import PIPE, start
from workbench.exchange.export import export
from workbench.exchange.shields import shielded

OFFICE = shutil.which("soffice")
IN = "CSV:44,34,76,1,,2052,false,true"  # comma, quote, UTF-8, from line 1, zh-CN, quoted is no text, detect numbers
OUT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true"  # cells as they are shown

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed: its reading is not tried"
)


def as_shown(folder: Path, rows: list[list[str]]) -> list[list[str]]:
    """Return the rows as LibreOffice shows them."""
    source = folder / "in.csv"
    with source.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    with converted(folder, source, OUT, f"--infilter={IN}").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def converted(folder: Path, source: Path, form: str, *more: str) -> Path:
    """Return what LibreOffice has made of ``source``."""
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        *more,
        "--convert-to",
        form,
        "--outdir",
        str(out),
        str(source),
    ]
    process = start(command, stdout=PIPE, stderr=PIPE, env=dict(os.environ) | {"HOME": str(folder)})
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return out / f"{source.stem}.{form.partition(':')[0]}"


def test_guarded_cells_are_shown_as_they_are_and_bare_ones_are_not(tmp_path: Path) -> None:
    texts = [text for text in (*TURNED, *KEPT) if text.strip() == text and text and "\t" not in text]
    shown = as_shown(tmp_path, [["x", shielded(text), text] for text in texts])
    assert [row[1] for row in shown] == [shielded(text) for text in texts]
    turned = {text for text, row in zip(texts, shown, strict=True) if row[2] != text}
    assert {"3-1", "00123", "1E5", "1/2"} <= turned  # else nothing was tried
    assert turned.isdisjoint(KEPT)


def test_a_workbook_of_cases_opens_with_dates_sums_and_long_ids(bench: Bench, tmp_path: Path) -> None:
    """As the programs read back what LibreOffice has read: what it shows, and what it reckons with."""
    from python_calamine import CalamineWorkbook

    for at, claim in (("2026-11-02 07:00", "1234.50"), ("2026-10-31 23:30", "0.50")):
        bench.record(
            received=at, claim=claim, unit="3-1", customer="00123", phone="13800138000", text="厨房漏水"
        )
    columns = ("number", "received_at", "claim", "unit", "customer", "phone", "text")
    export(bench.desk(), tmp_path / "o.xlsx", wish(bench, columns=columns, unmask=True, reason="test"))
    process = converted(tmp_path, tmp_path / "o.xlsx", "ods")
    _head, *rows = CalamineWorkbook.from_path(str(process)).get_sheet_by_index(0).to_python()
    rows.sort(key=lambda row: row[1])
    assert [row[1] for row in rows] == [datetime(2026, 10, 31, 23, 30), datetime(2026, 11, 2, 7)]
    assert sum(row[2] for row in rows) == 1235.0
    assert {tuple(row[3:]) for row in rows} == {("3-1", "00123", "13800138000", "厨房漏水")}


def test_a_csv_of_cases_is_shown_as_it_was_written(bench: Bench, tmp_path: Path) -> None:
    bench.record(
        received="2026-11-02 07:00", claim="1234.5", unit="3-1", customer="00123", site="1/2", text="1E5"
    )
    columns = ("number", "unit", "customer", "site", "text", "claim", "severity")
    export(bench.desk(), tmp_path / "o.csv", wish(bench, columns=columns))
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert as_shown(tmp_path, rows) == rows
    assert rows[1][1:5] == ["'3-1", "'00123", "'1/2", "'1E5"]
