"""An id that stands in several rows of one file is a fault of each of them, however far apart they are."""

import csv
import io
import tempfile
from pathlib import Path

import pytest

from storage import repeats as repeats_module
from storage.repeats import LINES_SHOWN, Repeats
from tests.exchange.conftest import HEADER, Importer, small_row
from workbench.domain.errors import UsageError
from workbench.exchange import importing
from workbench.exchange.rejects import Rejects
from workbench.words import use


def counted(counts: importing.Counts) -> tuple[int, ...]:
    return tuple(counts.json().values())


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.usefixtures("small_batches")
def test_the_rows_of_an_id_that_comes_again_in_a_later_batch_are_named(
    importer: Importer, dry_run: bool
) -> None:
    rows = [small_row(n) for n in (1, 2, 3, 4, 5, 6, 7, 2, 8, 2)]
    counts = importer.small(*rows, dry_run=dry_run)
    assert counted(counts) == (10, 0, 0, 0, 3)
    assert [(line, str(said)) for line, said in counts.faults] == [
        (line, "id: 2 stands in 3 rows of the file, lines 3, 9, 11; one row a case") for line in (3, 9, 11)
    ]
    assert importer.all("SELECT 1 FROM event WHERE case_id > 0") == []
    assert counts.error("f.csv", written=False).exit_code == 6  # type: ignore[union-attr]


def test_the_fault_is_said_in_chinese_too(importer: Importer) -> None:
    use("zh")
    try:
        [(_line, said), _] = importer.small(small_row(1), small_row(1)).faults
        assert str(said) == "id：1 在文件里有 2 行（第 2, 3 行）；一张工单只能有一行"
    finally:
        use("en")


@pytest.mark.usefixtures("small_batches")
def test_with_a_place_for_rejects_the_good_rows_are_written_and_the_others_put_there(
    importer: Importer,
) -> None:
    rows = [small_row(1), small_row("x"), small_row(2), small_row(3), small_row("x"), small_row(4)]
    job = importer.job(importer.write("small.csv", HEADER, *rows))
    file = io.BytesIO()
    job.rejects = Rejects(file, job.file.headers)
    counts = importing.run(job)
    job.rejects.done()
    assert counted(counts) == (6, 4, 0, 0, 2)
    assert importer.all("SELECT external_id FROM cases ORDER BY 1") == [("1",), ("2",), ("3",), ("4",)]
    written = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    assert [(row[0], row[2]) for row in written[1:]] == [("3", "x"), ("6", "x")]


def test_a_row_that_is_faulty_elsewhere_still_holds_its_id(importer: Importer) -> None:
    spoilt = small_row(1).replace("2026-11-01 09:00:00", "someday", 1)
    counts = importer.small(small_row(1), spoilt, small_row(2))
    assert counted(counts) == (3, 0, 0, 0, 2)
    assert [line for line, _ in counts.faults] == [2, 3]
    assert "lines 2, 3" in str(counts.faults[0][1])
    assert "someday" in str(counts.faults[1][1])


def test_blanks_around_an_id_make_no_other_id(importer: Importer) -> None:
    assert importer.small(small_row(1), small_row(" 1 ")).rejected == 2


def test_ids_that_differ_are_no_repeats(importer: Importer) -> None:
    """The control of the others: case, zeros and width tell ids apart, as they do in the store."""
    assert counted(importer.small(*(small_row(n) for n in ("a1", "A1", "01", "1", "１")))) == (5, 5, 0, 0, 0)


def test_an_event_log_changes_nothing_however_often_it_is_imported(importer: Importer) -> None:
    log = [small_row(n % 4, *closed) for n in range(12) for closed in ((), ("2026-11-02 09:00:00",))]
    for _ in range(2):
        assert counted(importer.small(*log)) == (24, 0, 0, 0, 24)
    assert importer.all("SELECT 1 FROM event WHERE case_id > 0") == []


def test_a_file_that_is_changed_between_check_and_writing_is_not_taken(importer: Importer) -> None:
    path = importer.write("small.csv", HEADER, small_row(1))

    def changed(at: importing.Progress) -> None:
        if at.step == "check":
            importer.write("small.csv", HEADER, small_row(1), small_row(1))

    with pytest.raises(UsageError, match="was changed while it was read"):
        importer.run(path, progress=changed, rejects=Rejects(io.BytesIO(), HEADER.split(",")))
    assert importer.all("SELECT 1 FROM event WHERE case_id > 0") == []


def test_many_lines_of_one_id_are_not_all_named() -> None:
    repeats = Repeats()
    repeats.note([("x", line, True) for line in range(2, 1000)])
    repeats.note([("y", 1000, True)])
    assert repeats.settle() == 998
    assert repeats.lines("x") == list(range(2, 2 + LINES_SHOWN + 1))
    assert repeats.among(["x", "y"]) == {"x": 998}
    repeats.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="shows which nameless files are open")
def test_a_long_list_lies_in_a_nameless_file_and_not_in_memory() -> None:
    repeats = Repeats()
    many = 40_000
    for start in range(0, many, 4_000):
        repeats.note([(f"{line * 7919 % many:060d}", line, True) for line in range(start, start + 4_000)])
    assert not Path(repeats.folder.name).exists()
    files = [each for each in Path("/proc/self/fd").iterdir() if each.exists()]
    open_files = [each for each in files if "/workbench-" in str(each.readlink())]
    assert [each.stat().st_size > 60 * many for each in open_files] == [True]
    assert repeats.settle() == 0
    repeats.close()


@pytest.mark.parametrize("statement", [repeats_module.SETTLE, repeats_module.SOUND, repeats_module.LINES])
def test_nothing_of_a_long_list_is_sorted(statement: str) -> None:
    """Sorting happens in memory, where the library keeps temporary files there; the first of all are few."""
    repeats = Repeats()
    plans = {}
    for asked in (statement, repeats_module.FIRST):
        given = ["x", 1][-asked.count("?") :] if "?" in asked else []
        plans[asked] = str(repeats.db.all(f"EXPLAIN QUERY PLAN {asked}", given))
    repeats.close()
    assert "TEMP B-TREE" not in plans[statement]
    assert "TEMP B-TREE" in plans[repeats_module.FIRST]  # the control


def test_without_a_folder_for_it_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(UsageError, match="/nowhere/at/all cannot be written: "):
        Repeats()
