"""LibreOffice, as a Chinese office has it and with its detection of numbers on, shows each cell as it is."""

import csv
import os
import shutil
from pathlib import Path

import pytest

from tests.exchange.test_shields import KEPT, TURNED
from tests.processes import PIPE, start
from workbench.exchange.shields import shielded

OFFICE = shutil.which("soffice")
IN = "CSV:44,34,76,1,,2052,false,true"  # comma, quote, UTF-8, from line 1, zh-CN, quoted is no text, detect numbers
OUT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true"  # cells as they are shown

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed: its reading is not tried"
)


def as_shown(folder: Path, rows: list[list[str]]) -> list[list[str]]:
    """Return the rows as LibreOffice shows them."""
    source, out = folder / "in.csv", folder / "out"
    with source.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    process = start(
        [str(OFFICE), profile, "--headless", f"--infilter={IN}", "--convert-to", OUT, "--outdir", str(out), str(source)],
        stdout=PIPE, stderr=PIPE, env=dict(os.environ) | {"HOME": str(folder)},
    )  # fmt: skip
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    with (out / "in.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_guarded_cells_are_shown_as_they_are_and_bare_ones_are_not(tmp_path: Path) -> None:
    texts = [text for text in (*TURNED, *KEPT) if text.strip() == text and text and "\t" not in text]
    shown = as_shown(tmp_path, [["x", shielded(text), text] for text in texts])
    assert [row[1] for row in shown] == [shielded(text) for text in texts]
    turned = {text for text, row in zip(texts, shown, strict=True) if row[2] != text}
    assert {"3-1", "00123", "1E5", "1/2"} <= turned  # else nothing was tried
    assert turned.isdisjoint(KEPT)
