"""Rows become cases once, whatever else happens; what cannot be taken is told and changes nothing."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from desks import NOON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.check import check
from tests.exchange.conftest import HEADER, SMALL, Importer, small_row
from workbench.actions import doing
from workbench.domain.errors import UsageError
from workbench.exchange import files, importing
from workbench.exchange.rejects import Rejects

ROWS = [
    small_row(1),
    small_row(2, "2026-11-02 09:00:00", "修好了"),
    small_row(3, "2026-11-02 09:00:01", "修好了"),
]


def counted(counts: importing.Counts) -> tuple[int, ...]:
    return tuple(counts.json().values())


def assert_the_store_is_sound(importer: Importer) -> None:
    """Replay every timeline: rows, clocks, words, chain and seal are what it gives; times never go back."""
    report = check(importer.bench.store, importer.bench.desk().rules_in)
    assert report.as_dict()["problems"] == []
    assert importer.all(
        "SELECT 1 FROM event a JOIN event b ON a.case_id = b.case_id AND b.seq = a.seq + 1 AND b.at < a.at"
    ) == []  # fmt: skip


def test_a_row_becomes_a_case_with_its_clock_and_a_closed_one_is_done(importer: Importer) -> None:
    assert counted(importer.small(*ROWS)) == (3, 3, 0, 0, 0)
    assert importer.all(
        "SELECT external_id, status, customer, phone, received_at, closed_at, outcome, severity FROM cases"
        " ORDER BY external_id"
    ) == [
        ("1", "open", "张三", "13800138000", "2026-11-01T01:00:00.000000Z", None, None, 4),
        ("2", "done", "张三", "13800138000", "2026-11-01T01:00:00.000000Z", "2026-11-02T01:00:00.000000Z",
         "修好了", 4),
        ("3", "done", "张三", "13800138000", "2026-11-01T01:00:00.000000Z", "2026-11-02T01:00:01.000000Z",
         "修好了", 4),
    ]  # fmt: skip
    assert importer.verdicts() == {"running": 1, "met": 1, "missed": 1}
    assert importer.all("SELECT DISTINCT clock FROM clock") == [("target",)]
    assert_the_store_is_sound(importer)


def test_the_number_carries_the_day_of_receipt_and_goes_on_after_those_taken(importer: Importer) -> None:
    by_hand = importer.bench.record(received="2026-11-01 08:00")
    importer.small(*ROWS)
    numbers = [row[0][:-1] for row in importer.all("SELECT number FROM cases ORDER BY case_id")]
    assert numbers == [by_hand.number[:-1], "A261101-0002", "A261101-0003", "A261101-0004"]
    assert importer.bench.record(received="2026-11-01 08:00").number[:-1] == "A261101-0005"


def test_the_same_file_again_adds_and_changes_nothing(importer: Importer) -> None:
    importer.small(*ROWS)
    before = importer.all("SELECT * FROM event")
    assert counted(importer.small(*ROWS)) == (3, 0, 0, 3, 0)
    assert importer.all("SELECT * FROM event") == before


def test_an_imported_case_is_found_by_its_words(importer: Importer) -> None:
    from storage import search

    importer.small(*ROWS)
    with importer.bench.store.reading() as db:
        for words, hits in (("漏水", 3), ("修好", 2), ("13800138000", 3), ("张三", 3), ("电梯", 0)):
            assert len(list(search.case_ids(db, importer.bench.store.site_id, words))) == hits, words


def test_an_open_imported_case_is_closed_and_called_back_like_any_other(importer: Importer) -> None:
    importer.small(*ROWS)
    [(case_id,)] = importer.all("SELECT case_id FROM cases WHERE status = 'open'")
    desk = importer.bench.desk()
    assert doing.do(desk, "close", case_id, {"outcome": "换了水管"}).status == "closed"
    assert doing.do(desk, "callback", case_id, {"reached": "yes", "csi": "5"}).status == "done"
    assert importer.verdicts() == {"met": 1, "missed": 2}
    assert counted(importer.small(*ROWS)) == (3, 0, 0, 3, 0)
    assert_the_store_is_sound(importer)


# ---------------------------------------------------------------- what a source changes

CHANGES = [  # what changes in the row, the acts that come of it, a column and what it becomes
    ({"customer": "李四"}, ["correct"], "customer", "李四"),
    ({"phone": ""}, ["correct"], "phone", ""),
    ({"due": "2026-11-05 09:00:00"}, ["correct"], "next_due_at", "2026-11-05T01:00:00.000000Z"),
    ({"due": ""}, ["correct"], "next_due_at", None),
    ({"received": "2026-11-01 08:00:00"}, ["correct"], "received_at", "2026-11-01T00:00:00.000000Z"),
    ({"replied": "2026-11-01 12:00:00", "reply": "明天来修"}, ["reply"], "last_told_at",
     "2026-11-01T04:00:00.000000Z"),
    ({"closed": "2026-11-02 08:00:00", "outcome": "修好了"}, ["close"], "status", "done"),
    ({"customer": "李四", "closed": "2026-11-02 08:00:00"}, ["correct", "close"], "status", "done"),
]  # fmt: skip


def line(**cells: Any) -> str:
    """Return one row of the small file."""
    given = {"id": "1", "received": "2026-11-01 09:00:00", "text": "漏水", "customer": "张三",
             "phone": "13800138000", "due": "2026-11-02 09:00:00"} | cells  # fmt: skip
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([given.get(name, "") for name in HEADER.split(",")])
    return text.getvalue()


@pytest.mark.parametrize(("change", "acts", "column", "expected"), CHANGES)
def test_a_changed_row_adds_only_the_difference_and_keeps_the_first_entry(
    importer: Importer, change: dict[str, str], acts: list[str], column: str, expected: object
) -> None:
    importer.small(line())
    [first] = importer.all("SELECT data, hash FROM event WHERE case_id > 0")
    assert counted(importer.small(line(**change))) == (1, 0, 1, 0, 0)
    assert [
        row[0] for row in importer.all("SELECT act FROM event WHERE case_id > 0 AND seq > 1 ORDER BY seq")
    ] == acts
    assert importer.all("SELECT data, hash FROM event WHERE case_id > 0 AND seq = 1") == [first]
    assert importer.all(f"SELECT {column} FROM cases") == [(expected,)]
    assert counted(importer.small(line(**change))) == (1, 0, 0, 1, 0)
    assert_the_store_is_sound(importer)


def test_a_corrected_closing_time_is_judged_again(importer: Importer) -> None:
    importer.small(line(closed="2026-11-02 08:00:00", outcome="修好"))
    assert importer.verdicts() == {"met": 1}
    importer.small(line(closed="2026-11-03 08:00:00", outcome="修好了"))
    assert importer.verdicts() == {"missed": 1}
    assert importer.all("SELECT closed_at, done_at, outcome FROM cases") == [
        ("2026-11-03T00:00:00.000000Z", "2026-11-03T00:00:00.000000Z", "修好了")
    ]
    importer.small(line(closed="2026-11-03 08:00:00", outcome="修好了", due="2026-11-04 09:00:00"))
    assert importer.verdicts() == {"met": 1}
    assert_the_store_is_sound(importer)


def test_a_case_that_its_source_opens_again_is_open(importer: Importer) -> None:
    importer.small(line(closed="2026-11-02 08:00:00"))
    assert counted(importer.small(line())) == (1, 0, 1, 0, 0)
    assert importer.all("SELECT status, repeat FROM cases") == [("open", 1)]
    assert counted(importer.small(line())) == (1, 0, 0, 1, 0)
    importer.small(line(closed="2026-11-06 08:00:00"))
    assert importer.all("SELECT status FROM cases") == [("done",)]
    assert_the_store_is_sound(importer)


def test_once_somebody_has_acted_on_a_case_its_source_changes_nothing_of_it(importer: Importer) -> None:
    importer.small(line())
    [(case_id,)] = importer.all("SELECT case_id FROM cases")
    doing.do(importer.bench.desk(), "regrade", case_id, {"level": "2", "reason": "老人在家"})
    importer.small(line(customer="李四"))
    assert importer.all("SELECT severity, customer FROM cases") == [(2, "张三")]


# ---------------------------------------------------------------- dirt


def test_a_case_closed_before_it_was_received_keeps_the_source_s_time(importer: Importer) -> None:
    importer.small(line(closed="2026-10-31 08:00:00"), accept_order=True)
    [(data, at)] = importer.all("SELECT data, at FROM event WHERE act = 'close'")
    assert at == "2026-11-01T01:00:00.000000Z"
    assert '"happened_at":"2026-10-31T00:00:00.000000Z"' in data
    assert importer.verdicts() == {"met": 1}
    assert_the_store_is_sound(importer)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"received": "gestern"}, "received: gestern is no time"),
        ({"received": ""}, "received: is empty"),
        ({"received": "2026-11-22 09:00:00"}, "lies in the future"),
        ({"closed": "2027-01-01 09:00:00"}, "lies in the future"),
        ({"phone": "8.6138E+12"}, "phone: 8.6138E+12 was spoilt by a spreadsheet"),
        ({"id": "1.10101199003071E+17"}, "id: 1.10101199003071E+17 was spoilt"),
        ({"id": " "}, "id: is empty"),
        ({"text": ""}, "text: is empty"),
        ({"due": "never"}, "due: never is no time"),
        ({"id": "x" * 201}, "is longer than 200"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_nothing_is_written(
    importer: Importer, cells: dict[str, str], why: str
) -> None:
    counts = importer.small(line(id="0"), line(**cells), line(id="9"))
    assert counted(counts) == (3, 0, 0, 0, 1)
    [(place, said)] = counts.faults
    assert place == 3
    assert why in str(said)
    assert importer.all("SELECT 1 FROM event WHERE case_id > 0") == []
    assert counts.error("f.csv", written=False).exit_code == 6  # type: ignore[union-attr]


def test_with_a_place_for_rejects_the_good_rows_are_taken(importer: Importer) -> None:
    file = io.BytesIO()
    path = importer.write(
        "small.csv", HEADER, line(id="0"), line(received="=1+1"), "only,three,cells", line(id="9")
    )
    job = importer.job(path)
    job.rejects = Rejects(file, job.file.headers)
    counts = importing.run(job)
    job.rejects.done()
    assert counted(counts) == (4, 2, 0, 0, 2)
    written = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert written[0] == ["line", "reason", *HEADER.split(",")]
    assert [row[0] for row in written[1:]] == ["3", "4"]
    assert written[1][3] == "=1+1"
    assert written[2][1:] == ["3 cells instead of 10", "only", "three", "cells"]


def test_a_dry_run_counts_what_an_import_does_and_writes_nothing(importer: Importer) -> None:
    importer.small(line(id="old"))
    importer.small(line(id="same"))
    rows = [line(id="old", customer="李四"), line(id="new"), line(id="same")]
    dry = importer.small(*rows, dry_run=True)
    assert len(importer.all("SELECT 1 FROM event WHERE case_id > 0")) == 2
    assert counted(importer.small(*rows)) == counted(dry) == (3, 1, 1, 1, 0)


def test_a_stop_keeps_the_batches_that_are_finished(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 10)
    seen: list[importing.Progress] = []
    path = importer.write("small.csv", HEADER, *(line(id=str(n)) for n in range(35)))
    counts = importer.run(
        path, progress=seen.append, stop=lambda: bool(seen) and seen[-1].step == "write" and len(seen) > 5
    )
    assert counts.stopped
    assert counted(counts) == (20, 20, 0, 0, 0)
    assert len(importer.all("SELECT 1 FROM cases")) == 20
    assert counted(importer.run(path)) == (35, 15, 0, 20, 0)
    assert_the_store_is_sound(importer)


def test_ctrl_c_inside_a_batch_leaves_nothing_of_it(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage import bulk

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bulk.search, "document", interrupted)
    with pytest.raises(KeyboardInterrupt):
        importer.small(line())
    monkeypatch.undo()
    assert importer.all("SELECT 1 FROM event WHERE case_id > 0") == []
    assert counted(importer.small(line())) == (1, 1, 0, 0, 0)


def test_a_reader_of_the_store_may_not_import(importer: Importer) -> None:
    from storage.store import Store
    from workbench.domain.errors import StoreReadOnlyError, WorkbenchError

    importer.bench.desk().store = Store(importer.bench.path, read_only=True)
    with pytest.raises(WorkbenchError) as refused:
        importer.small(line())
    assert isinstance(refused.value, StoreReadOnlyError)


# ---------------------------------------------------------------- the policy's clocks


def test_with_clocks_policy_a_case_runs_like_one_that_was_recorded(importer: Importer) -> None:
    importer.run(
        importer.write("p.csv", HEADER, line(id="1"), line(id="2", closed="2026-11-01 10:00:00")),
        'clocks = "policy"\n' + SMALL,
    )
    assert importer.all("SELECT external_id, status FROM cases ORDER BY external_id") == [
        ("1", "open"),
        ("2", "closed"),
    ]
    found = importer.all(
        "SELECT clock, state FROM clock JOIN cases USING (case_id) WHERE external_id = '2' ORDER BY clock"
    )
    assert found == [
        ("callback", "running"), ("opinion", "running"), ("proposal", "met"), ("response", "met"), ("target", "met"),
    ]  # fmt: skip
    [(case_id,)] = importer.all("SELECT case_id FROM cases WHERE external_id = '1'")
    assert importer.bench.desk().case(case_id).severity == 2  # half a month old
    assert_the_store_is_sound(importer)


@pytest.mark.parametrize(("clocks", "levels"), [("policy", [2, 2, 2]), ("mapped", [4, 4, 4])])
def test_the_same_by_three_customers_is_a_cluster_where_the_policy_runs(
    importer: Importer, clocks: str, levels: list[int]
) -> None:
    header = "id,received,text,phone,site"
    rows = [f"{n},2026-11-2{n} 09:00:00,电梯停了,1380000000{n},云栖花园" for n in (0, 1)]
    rows.append("3,2026-11-21 10:00:00,电梯停了,13800000003,云栖花园")
    mapping = f'''
source = "small"
clocks = "{clocks}"
[times]
formats = "%Y-%m-%d %H:%M:%S"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
phone = "phone"
site = "site"
'''
    importer.run(importer.write("c.csv", header, *rows), mapping)
    assert [level for (level,) in importer.all("SELECT severity FROM cases ORDER BY case_id")] == levels
    assert_the_store_is_sound(importer)


def test_a_closed_row_counts_in_a_cluster_and_does_not_rise_by_it(importer: Importer) -> None:
    header = "id,received,text,phone,site,closed"
    rows = [
        f"{n},2026-11-2{n} 09:00:00,电梯停了,1380000000{n},云栖花园,{closed}"
        for n, closed in enumerate(("2026-11-20 10:00:00", ""))
    ]
    rows.append("3,2026-11-21 10:00:00,电梯停了,13800000003,云栖花园,")
    mapping = """
source = "small"
clocks = "policy"
[times]
formats = "%Y-%m-%d %H:%M:%S"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
phone = "phone"
site = "site"
[closing]
at = "closed"
"""
    importer.run(importer.write("c.csv", header, *rows), mapping)
    found = importer.all("SELECT status, severity FROM cases ORDER BY case_id")
    assert [level for (_status, level) in found] == [4, 2, 2], found
    assert_the_store_is_sound(importer)


def test_a_target_may_be_a_clock_of_the_policy_and_stops_as_that_does(importer: Importer) -> None:
    mapping = SMALL.replace('column = "due"', 'column = "due"\nclock = "response"')
    replied = line(replied="2026-11-01 12:00:00", reply="明天来修")
    importer.run(importer.write("r.csv", HEADER, replied, line(id="2")), mapping)
    assert importer.verdicts("response") == {"met": 1, "running": 1}
    assert importer.all("SELECT stopped_at, due_at FROM clock WHERE state = 'met'") == [
        ("2026-11-01T04:00:00.000000Z", None)
    ]
    assert importer.all("SELECT data ->> '$.stopped' FROM event WHERE act = 'reply'") == [
        ('{"response#1":["2026-11-02T01:00:00.000000Z","met"]}',)
    ]
    assert_the_store_is_sound(importer)


def test_four_imports_of_one_file_at_once_take_every_row_once(importer: Importer) -> None:
    from concurrent.futures import ThreadPoolExecutor

    path = importer.write("small.csv", HEADER, *(line(id=str(n)) for n in range(200)))
    jobs = [importer.job(path, person=name) for name in ("mei", "lan", "zhu", "ju")]
    with ThreadPoolExecutor(4) as threads:
        added = [counts.added for counts in threads.map(importing.run, jobs)]
    assert sum(added) == 200
    assert importer.all("SELECT count(*), count(DISTINCT external_id) FROM cases") == [(200, 200)]
    assert_the_store_is_sound(importer)


def test_imported_cases_are_not_graded_by_age(importer: Importer) -> None:
    importer.small(line())
    [(case_id,)] = importer.all("SELECT case_id FROM cases")
    importer.bench.clock.pass_(days=60)
    case = importer.bench.desk().case(case_id)
    assert (case.severity, case.hot) == (4, False)


def test_facts_that_grade_a_case_do_so_at_import(importer: Importer) -> None:
    mapping = 'source = "g"\n[times]\nzone = "UTC"\n[fields]\nexternal_id = "id"\nreceived_at = "at"\n' + (
        'text = "text"\npeople = "people"\nflags = "flags"\nclaim = "claim"\nkind = "kind"\n'
        '[values.flags]\n"媒体" = "media"\n[defaults]\nkind = "complaint"\n'
    )
    path = importer.write(
        "g.csv", "id,at,text,people,flags,claim,kind",
        "1,2026-11-01 09:00:00,x,10,,,", "2,2026-11-01 09:00:00,x,,媒体、march,,投诉",
        "3,2026-11-01 09:00:00,x,,,9999.99,repair", "4,2026-11-01 09:00:00,x,10,,,praise",
    )  # fmt: skip
    importer.run(path, mapping)
    assert importer.all("SELECT external_id, severity, hot, kind FROM cases ORDER BY external_id") == [
        ("1", 1, 1, "complaint"), ("2", 1, 1, "complaint"), ("3", 2, 0, "repair"), ("4", 4, 0, "praise"),
    ]  # fmt: skip
    assert_the_store_is_sound(importer)


# ---------------------------------------------------------------- any file at all


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    mangled=st.lists(
        st.tuples(
            st.integers(0, 400),
            st.sampled_from([b'"', b",", b"\n", b"\0", b"\xff", b"\xd2", b"\r", b"x", b""]),
        ),
        max_size=12,
    )
)
def test_of_a_mangled_file_every_row_is_taken_or_rejected(
    importer: Importer, mangled: list[tuple[int, bytes]]
) -> None:
    data = bytearray("\n".join([HEADER, *(small_row(n) for n in range(6)), ""]).encode())
    for place, piece in mangled:
        data[len(HEADER) + place : len(HEADER) + place + 1] = piece
    path = importer.folder / "mangled.csv"
    path.write_bytes(data)
    try:
        job = importer.job(path)
    except UsageError:
        return
    file = io.BytesIO()
    job.rejects = Rejects(file, job.file.headers)
    counts = importing.run(job)
    job.rejects.done()
    assert counts.read == counts.added + counts.updated + counts.unchanged + counts.rejected
    assert counts.read == sum(1 for _ in job.file.records())
    assert (
        len(list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))))
        == counts.rejected + 1
    )


def test_a_file_of_rejects_is_not_left_half_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("kept")
    with pytest.raises(ZeroDivisionError), files.whole(path, "--rejects") as file:
        file.write(bytes(1 // 0))
    assert path.read_text() == "kept"
    assert list(tmp_path.iterdir()) == [path]


def test_now_is_the_time_of_the_import_on_every_entry(importer: Importer) -> None:
    importer.small(line())
    [(data,)] = importer.all("SELECT data FROM event WHERE case_id > 0")
    assert f'"imported_at":"{NOON:%Y-%m-%dT%H:%M:%S.%f}Z"' in data
