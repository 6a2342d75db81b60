"""Tables for people: their words, their time, real dates and sums; for programs: ids, UTC, nothing added."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from desks import Bench

from storage import export as stored
from tests.exchange.test_export import wish
from workbench import words
from workbench.domain import facts
from workbench.domain.times import stamp
from workbench.exchange import csv_plan, plans
from workbench.exchange.columns import DERIVED, SETS, SHOWN, STORED, hours, kind
from workbench.exchange.export import export
from workbench.exchange.shown import LocalTimes
from workbench.reports.case_json import as_json


@pytest.fixture
def chinese():
    before = words.language()
    words.use("zh")
    yield
    words.use(before)


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def shape_of(desk):
    return lambda db, case: as_json(case, None, desk.now(), desk.rules_in(db, case.policy))


def lived(bench: Bench):
    """A case of which something is known in most columns."""
    case = bench.record(
        text="厨房漏水", flag="media march", claim="1234.50", unit="3-1", customer="00123", phone="13800138000",
        site="1/2", mood="2", people="10", impact="partly", received="2026-11-21 07:00",
    )  # fmt: skip
    bench.act(case, "take")
    bench.clock.pass_(hours=2)
    closed = bench.act(case, "close", outcome="修好了", resolution="full")
    bench.clock.pass_(hours=1)
    return bench.act(closed, "callback", reached="yes", csi="4", nps="9", mood="4")


def test_headings_and_values_are_in_the_users_language_and_time(bench, tmp_path, chinese) -> None:
    lived(bench)
    export(bench.desk(), tmp_path / "o.csv", wish(bench))
    head, row = rows_of(tmp_path / "o.csv")
    assert head == [
        "编号", "外部编号", "类型", "类别", "渠道", "内容", "人数", "索赔", "影响", "标记", "责任", "情绪", "客户诉求", "结果", "解决程度",
        "客户接受", "结论", "级别", "热点", "状态", "环节", "小区", "房号", "客户", "电话", "首问人", "经办人", "受理时间", "结单时间",
        "办结时间", "版本", "下个到期", "重复", "重复于", "转手次数", "上次告知", "等我方答复自", "满意度", "推荐度", "回访情绪", "赔偿（元）",
        "结单用时（小时）", "被转手次数",
    ]  # fmt: skip
    told = dict(zip(head, row, strict=True))
    expected = {
        "类型": "投诉", "渠道": "电话", "索赔": "1234.50", "标记": "媒体曝光 / 集体维权", "热点": "是", "级别": "1", "小区": "'1/2",
        "房号": "'3-1", "客户": "'00123", "电话": "138****8000", "受理时间": "2026-11-21 07:00:00",
        "结单时间": "2026-11-21 14:00:00", "满意度": "4", "推荐度": "9", "回访情绪": "4", "结单用时（小时）": "7.00",
        "解决程度": "全部解决", "状态": "已办结", "被转手次数": "0",
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected


def test_for_programs_there_are_ids_and_utc_and_no_guards(bench, tmp_path, chinese) -> None:
    case = lived(bench)
    export(bench.desk(), tmp_path / "o.csv", wish(bench, raw=True))
    head, row = rows_of(tmp_path / "o.csv")
    assert tuple(head) == STORED
    told = dict(zip(head, row, strict=True))
    assert (told["kind"], told["flags"], told["unit"]) == ("complaint", "media march", "3-1")
    assert told["received_at"] == "2026-11-20T23:00:00.000000Z"
    export(bench.desk(), tmp_path / "o.jsonl", wish(bench))
    [line] = (tmp_path / "o.jsonl").read_text("utf-8").splitlines()
    with bench.store.reading() as db:
        whole = shape_of(bench.desk())(db, bench.now(case))
    assert json.loads(line) == {name: whole[name] for name in STORED}


def test_a_workbook_has_dates_that_sort_and_sums_that_sum(bench, tmp_path) -> None:
    from python_calamine import CalamineWorkbook

    lived(bench)
    path = tmp_path / "o.xlsx"
    columns = (
        "number",
        "received_at",
        "claim",
        "unit",
        "hot",
        "customer",
        "severity",
        "done_at",
        "hours_to_close",
    )
    export(bench.desk(), path, wish(bench, columns=columns))
    head, row = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert head[1:3] == ["Received at", "Claim"]
    at, claim, unit, hot, customer, level, done, took = row[1:]
    assert (at, claim, level, took) == (datetime(2026, 11, 21, 7), 1234.5, 1.0, 7.0)
    assert (unit, hot, customer) == ("3-1", "yes", "00123")
    assert done == datetime(2026, 11, 21, 15)
    with zipfile.ZipFile(path) as book:
        sheet, styles = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    assert 'autoFilter ref="A1:I2"' in sheet
    assert 'state="frozen"' in sheet
    assert len(set(re.findall(r'<col [^>]*width="([\d.]+)"', sheet))) > 2
    assert 'formatCode="yyyy\\-mm\\-dd\\ hh:mm"' in styles or "yyyy-mm-dd hh:mm" in styles


def test_a_raw_workbook_holds_what_a_raw_csv_holds(bench, tmp_path) -> None:
    from python_calamine import CalamineWorkbook

    lived(bench)
    export(bench.desk(), tmp_path / "o.xlsx", wish(bench, raw=True))
    export(bench.desk(), tmp_path / "o.csv", wish(bench, raw=True))
    sheet = CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()
    told = [[str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in sheet]
    assert told == rows_of(tmp_path / "o.csv")


@pytest.mark.parametrize("name", ["o.csv", "o.xlsx", "o.jsonl"])
@pytest.mark.parametrize("columns", sorted(SETS))
def test_every_set_of_columns_is_written_in_every_form(bench, tmp_path, name, columns) -> None:
    lived(bench)
    assert (
        export(bench.desk(), tmp_path / name, wish(bench, columns=(columns,), shape=shape_of(bench.desk())))
        == 1
    )


ZONES = ("Asia/Shanghai", "UTC", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")


@pytest.mark.parametrize("zone", ZONES)
def test_local_times_are_those_of_the_library(zone) -> None:
    dice, times = Random(zone), LocalTimes(ZoneInfo(zone))
    start = datetime(1900, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(seconds=dice.random() * 200 * 365 * 86_400) for _ in range(3_000)]
    around = datetime(2026, 3, 28, tzinfo=UTC)
    moments += [around + timedelta(minutes=13 * n) for n in range(300)]
    stamps = ["", *map(stamp, moments)]
    expected = ["", *(f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}" for at in moments)]
    expected = [text.rjust(19, "0") if text else text for text in expected]
    assert times.texts(stamps) == expected
    assert times.texts(list(reversed(stamps))) == list(reversed(expected))


def test_hours_to_closing_are_exact() -> None:
    assert hours("2026-11-20T23:00:00.000000Z 2026-11-21T06:30:00.000000Z") == 7.5
    assert hours("2026-11-20T23:00:00.000000Z ") is None


@pytest.mark.parametrize("people", [False, True])
def test_a_row_made_in_memory_is_the_row_that_is_stored(bench, people) -> None:
    """What time has changed is folded, all else is read: both give the same cells."""
    from storage import cases
    from workbench.exchange import case_pages

    desk = bench.desk()
    keys = [lived(bench).case_id, bench.record().case_id]
    for plan in (
        csv_plan.for_csv(SHOWN, unmask=False, people=desk.rules() if people else None),
        plans.for_sheet(SHOWN, unmask=False, people=desk.rules() if people else None),
        plans.for_json(STORED, unmask=False),
    ):
        cuts = [segment.cut for segment in plan]
        with desk.store.reading() as db:
            [page] = stored.pages(db, keys, cuts, desk.now(), desk.now())
            made = [cases.row(each.case, each.rules, b"") for each in case_pages.told(desk, db, keys)]
        assert [row[2:] for row in page] == [tuple(cut.of(row) for cut in cuts) for row in made]


def test_every_column_has_a_heading_of_its_own_in_both_languages() -> None:
    from workbench.exchange.columns import label

    before = words.language()
    for language in words.LANGUAGES:
        words.use(language)
        assert len({label(name) for name in SHOWN}) == len(SHOWN)
    words.use(before)
    assert all(kind(name) for name in DERIVED)
    assert set(SETS["all"]) <= {*facts.NAMES, *DERIVED}


# ---------------------------------------------------------------- broken off


@pytest.mark.parametrize("name", ["o.csv", "o.xlsx", "o.jsonl"])
def test_breaking_off_leaves_nothing_half(bench, tmp_path, name) -> None:
    bench.record()
    (tmp_path / name).write_text("old")

    def broken(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(bench.desk(), tmp_path / name, wish(bench, progress=broken))
    assert (tmp_path / name).read_text() == "old"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".tmp")] == []


def test_no_table_is_unknown_without_the_nearest(bench, tmp_path) -> None:
    from workbench.domain.errors import UsageError

    with pytest.raises(UsageError, match="did you mean events") as refused:
        export(bench.desk(), tmp_path / "o.csv", wish(bench, what="event"))
    assert refused.value.option == "--what"


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("swept", [True, False])
def test_how_often_a_customer_was_passed_on_is_a_number_whoever_wrote_the_row(
    swept: bool, raw: bool, bench, tmp_path
) -> None:
    """Stored, or worked out now because time has brought something that nobody has written down."""
    passed = bench.record(people="3")
    for person in ("bo", "lin", "mei"):
        bench.act(passed, "assign", bench.now(passed).handler or "mei", to=person, reason="转交")
    bench.record()
    if not swept:
        bench.clock.pass_(days=9)
    with bench.store.reading() as db:
        times = db.value("SELECT passes FROM cases WHERE case_id = ?", (passed.case_id,))
    assert times
    export(bench.desk(), tmp_path / "o.csv", wish(bench, columns=("number", "passed_on"), raw=raw))
    _head, *rows = rows_of(tmp_path / "o.csv")
    assert dict(rows)[passed.number] == str(times)
