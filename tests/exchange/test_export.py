"""Cases out: what a spreadsheet opens, what a program reads, and nothing where it failed."""

import csv
import io
import json
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desks import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import queues
from tests.exchange.test_cells import HOSTILE, dangerous
from workbench.domain.errors import UsageError
from workbench.domain.text import door
from workbench.exchange.columns import KEYS, STORED, label
from workbench.exchange.export import Wish, export


def wish(bench: Bench, queue: str = "all", **more: Any) -> Wish:
    view = queues.View(queue, "mei", bench.clock())
    with bench.store.reading() as db:
        return Wish(queues.ids(db, bench.store.site_id, view), **more)


def exported(bench: Bench, path: Path, **more: Any) -> list[dict[str, str]]:
    """Export; return the rows by the names of the columns, whatever their headings say."""
    export(bench.desk(), path, wish(bench, **more))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    names = {label(name): name for name in KEYS}
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    keys = [names.get(each, each) for each in head]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def test_every_key_that_the_store_can_give_is_a_column_and_empty_ones_are_kept(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record(text="电梯停运", phone="13800138000", claim="9999.99", flag="media march", people="10")
    [row] = exported(bench, tmp_path / "out.csv", raw=True)
    assert tuple(row) == STORED
    names = ("claim", "flags", "hot", "severity", "outcome", "repeat", "status")
    assert {name: row[name] for name in names} == {
        "claim": "9999.99", "flags": "media march", "hot": "true", "severity": "1", "outcome": "",
        "repeat": "false", "status": "open",
    }  # fmt: skip
    assert row["received_at"] == "2026-11-21T04:00:00.000000Z"


def test_phones_are_masked_wherever_they_stand_unless_they_are_asked_for(
    bench: Bench, tmp_path: Path
) -> None:
    bench.record(
        text="打 13800138000 没人接，身份证110101199003071234", phone="13912345678", unit="1-101 13700137000"
    )
    [row] = exported(bench, tmp_path / "out.csv")
    assert (row["phone"], row["unit"]) == ("139****5678", "1-101 137****7000")
    assert row["text"] == "打 138****8000 没人接，身份证110***********1234"
    [row] = exported(bench, tmp_path / "out.csv", unmask=True)
    assert (row["phone"], row["text"][:13]) == ("13912345678", "打 13800138000")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(texts=st.lists(HOSTILE, min_size=5, max_size=5))
def test_no_exported_cell_starts_dangerously_and_raw_gives_back_what_was_typed(
    bench: Bench, tmp_path: Path, texts: list[str]
) -> None:
    given = dict(zip(("customer", "site", "unit", "remedy_sought", "phone"), texts, strict=True))
    case = bench.record(text=f"x{texts[0]}\n{texts[1]}", **given)
    rows = exported(bench, tmp_path / "out.csv", unmask=True)
    assert not [cell for row in rows for cell in row.values() if dangerous(cell)]
    rows = exported(bench, tmp_path / "raw.csv", unmask=True, raw=True)
    [row] = [row for row in rows if row["number"] == case.number]
    assert row["text"] == door(f"x{texts[0]}\n{texts[1]}")
    for name, text in given.items():
        assert row[name] == door(text).strip()


def test_columns_come_in_the_order_in_which_they_are_asked_for(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    [row] = exported(bench, tmp_path / "out.csv", columns=("phone", "number", "phone"))
    assert list(row) == ["phone", "number"]
    with pytest.raises(UsageError, match="did you mean severity") as refused:
        exported(bench, tmp_path / "out.csv", columns=("severty",))
    assert refused.value.option == "--columns"


def test_what_only_the_timeline_tells_is_json_in_its_cell(bench: Bench, tmp_path: Path) -> None:
    bench.record(people="10")
    shape = lambda db, case: {"severity_reasons": ["=10"], "clocks": [{"id": "response"}]}  # noqa: E731
    [row] = exported(
        bench, tmp_path / "out.csv", columns=("severity_reasons", "clocks", "promises"), shape=shape
    )
    assert row == {"severity_reasons": '["=10"]', "clocks": '[{"id": "response"}]', "promises": ""}
    assert set(KEYS) > set(STORED)


def test_what_time_has_brought_is_exported_before_anybody_has_swept(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    bench.clock.pass_(days=40)
    [row] = exported(bench, tmp_path / "out.csv", columns=("severity", "hot"))
    assert row == {"severity": "1", "hot": "yes"}
    [row] = exported(bench, tmp_path / "out.csv", columns=("severity", "hot"), raw=True)
    assert row == {"severity": "1", "hot": "true"}


def test_the_order_is_that_of_the_queue(bench: Bench, tmp_path: Path) -> None:
    done = bench.act(bench.record(kind="praise"), "close", outcome="谢谢")
    later, sooner = bench.record(), bench.record(received="2026-11-20 12:00")
    rows = exported(bench, tmp_path / "out.csv", columns=("number",))
    assert [row["number"] for row in rows] == [sooner.number, later.number, done.number]


def test_no_cases_give_a_headline(bench: Bench, tmp_path: Path) -> None:
    assert exported(bench, tmp_path / "out.csv") == []
    assert (tmp_path / "out.csv").read_text("utf-8-sig").split(",")[0] == "Number"


def test_json_lines_have_a_case_a_line(bench: Bench, tmp_path: Path) -> None:
    cases = [bench.record(text="一\n二"), bench.record()]
    path = tmp_path / "out.jsonl"
    assert (
        export(
            bench.desk(),
            path,
            wish(
                bench,
                columns=("all",),
                shape=lambda db, case: {"number": case.number, "text": case.text, "clocks": []},
            ),
        )
        == 2
    )
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {one["number"] for one in found} == {case.number for case in cases}
    assert "一\n二" in {one["text"] for one in found}


def test_a_workbook_holds_texts_and_no_formulas_or_links(bench: Bench, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    bench.record(
        text="=1+1", customer="https://x.example", unit="0012", people="3", remedy_sought="长" * 40_000
    )
    path = tmp_path / "out.xlsx"
    export(bench.desk(), path, wish(bench, columns=("text", "customer", "unit", "people", "remedy_sought")))
    head, row = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert head == ["What about", "Customer", "Unit", "People", "Remedy sought"]
    assert row[:4] == ["=1+1", "https://x.example", "0012", 3.0]
    assert str(row[4]).endswith("...(+7253)")
    import zipfile

    inside = b"".join(map(zipfile.ZipFile(path).read, zipfile.ZipFile(path).namelist()))
    assert b"<f>" not in inside
    assert b"<hyperlink" not in inside


# ---------------------------------------------------------------- the file itself


@pytest.mark.parametrize(
    "name", ["none/out.csv", "out.pdf", "out", "folder.csv", "a\0b.csv", "store.db", "x" * 300 + ".csv"]
)
def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError) as refused:
        export(bench.desk(), tmp_path / name, wish(bench))
    assert refused.value.exit_code == 2
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_the_store_is_never_replaced_by_an_export(bench: Bench, tmp_path: Path, end: str) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(f"{bench.path}{end}")
    with pytest.raises(UsageError, match="is the store itself"):
        export(bench.desk(), link, wish(bench))


def test_a_failed_export_keeps_the_old_file(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.record()
    path = tmp_path / "out.csv"
    path.write_text("old")

    def full(done: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        export(bench.desk(), path, wish(bench, progress=full))
    assert path.read_text() == "old"
    assert not [one for one in tmp_path.iterdir() if "tmp" in one.name]


def test_an_export_is_for_its_owner_only(bench: Bench, tmp_path: Path) -> None:
    exported(bench, tmp_path / "out.csv")
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600


def test_times_in_a_file_come_from_the_one_function(bench: Bench, tmp_path: Path) -> None:
    bench.act(bench.record(), "close", outcome="好")
    [row] = exported(bench, tmp_path / "out.csv", raw=True)
    for name in ("received_at", "closed_at", "next_due_at", "last_told_at"):
        assert datetime.strptime(row[name], "%Y-%m-%dT%H:%M:%S.%fZ")
