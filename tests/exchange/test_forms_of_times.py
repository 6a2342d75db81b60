"""Times as registers, hotlines and databases write them: found, and read to the moment."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.conftest import Importer
from workbench.exchange import sniff, suggest, vocabulary
from workbench.exchange.guesses import is_closed_word, ranked
from workbench.exchange.guessing import guess_columns
from workbench.exchange.time_formats import compiled
from workbench.exchange.time_guesses import formats_for
from workbench.policy import loading

KNOWN = vocabulary.of_policy(loading.load("default")[0])


@pytest.mark.parametrize(
    ("cells", "written", "first"),
    [
        (["20261002091000", "20261031235959"], "%Y%m%d%H%M%S", datetime(2026, 10, 2, 9, 10)),
        (["202610020910", "202612312359"], "%Y%m%d%H%M", datetime(2026, 10, 2, 9, 10)),
        (["20261002", "20261231"], "%Y%m%d", datetime(2026, 10, 2)),
        (["1790932200", "1790940000"], "epoch", datetime(2026, 10, 2, 9, 10, tzinfo=UTC)),
        (["1790932200123", "1790940000123"], "epoch-ms", datetime(2026, 10, 2, 9, 10, tzinfo=UTC)),
        (["Oct 2, 2026", "Oct 31, 2026"], "%b %d, %Y", datetime(2026, 10, 2)),
        (["October 2, 2026 9:10 PM"], "%b %d, %Y %I:%M %p", datetime(2026, 10, 2, 21, 10)),
        (["2 Oct 2026 09:10", "31 Dec 2026 10:00"], "%d %b %Y %H:%M", datetime(2026, 10, 2, 9, 10)),
        (["02-Oct-2026"], "%d-%b-%Y", datetime(2026, 10, 2)),
        (["2026/10/02 12:00:00 AM"], "%Y/%m/%d %I:%M:%S %p", datetime(2026, 10, 2)),
        (["2026/10/2 下午9:10:00"], "%Y/%m/%d %p%I:%M:%S", datetime(2026, 10, 2, 21, 10)),
        (["2026年10月2日9时10分"], "%Y年%m月%d日%H时%M分", datetime(2026, 10, 2, 9, 10)),
        (["2026年10月2日 下午9:10"], "%Y年%m月%d日 %p%I:%M", datetime(2026, 10, 2, 21, 10)),
        (["Fri, 02 Oct 2026 09:10:00 +0800"], "%a, %d %b %Y %H:%M:%S %z", datetime(2026, 10, 2, 1, 10, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_form_of_times_is_guessed_and_read(cells: list[str], written: str, first: datetime) -> None:
    assert formats_for(cells, digits=True) == [written]
    read = compiled(written).parse(cells[0])
    assert read == first


def test_figures_are_times_only_where_the_headline_speaks_of_a_time() -> None:
    cells = ["20261002091000", "20261003091000"]
    guess = guess_columns({"工单编号": cells, "创建时间": list(reversed(cells)), "面积": ["1790932200"] * 2})
    assert guess.roles == {"external_id": "工单编号", "received_at": "创建时间"}
    assert guess.formats == ["%Y%m%d%H%M%S"]


@pytest.mark.parametrize(
    "text", ["2026102", "202610029", "2026100209100", "20261302091000", "20261002 091000"]
)
def test_compact_times_have_all_their_figures(text: str) -> None:
    assert compiled("%Y%m%d%H%M%S").parse(text) is None


def test_seconds_since_1970_are_said_and_taken(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "epoch.csv"
    path.write_text("id,created,text\n6,1790932200,leak\n7,1790940000,door\n")
    mapping = suggest.suggest(sniff.sniff(path), "t", "Asia/Shanghai", KNOWN)
    assert 'formats = "epoch"  # seconds since 1970' in mapping
    assert importer.run(path, mapping).added == 2
    assert importer.all("SELECT received_at FROM cases WHERE external_id = '6'") == [
        ("2026-10-02T09:10:00.000000Z",)
    ]


@pytest.mark.parametrize(
    ("role", "name"),
    [("external_id", "CaseID"), ("external_id", "ReportID"), ("external_id", "TICKETID"),
     ("external_id", "case_id"), ("received_at", "CreatedDate"), ("received_at", "requested_date"),
     ("closed_at", "ClosedDate"), ("closed_at", "closeddate"), ("outcome", "StatusNotes"),
     ("outcome", "Status.Notes"), ("outcome", "ResolutionDescription"), ("customer", "诉求人"),
     ("target", "办理时限"), ("closed_at", "首次完结时间"), ("phone", "CustomerPhone")],
)  # fmt: skip
def test_headlines_in_one_word_and_of_hotlines_are_known(role: str, name: str) -> None:
    assert ranked(role, [name]) == [name]


@pytest.mark.parametrize(("role", "name"), [("text", "诉求人"), ("received_at", "更新时间"),
                                            ("received_at", "UpdatedDate"), ("external_id", "Avoid")])  # fmt: skip
def test_headlines_that_only_look_alike_are_not(role: str, name: str) -> None:
    assert ranked(role, [name]) == []


@pytest.mark.parametrize(("word", "closes"), [
    ("已完结", True), ("已归档", True), ("Duplicate (Closed)", True), ("Closed - Resolved", True),
    ("Not resolved", False), ("To be closed", False), ("处理中", False), ("待完结", False), ("Reopened", False),
])  # fmt: skip
def test_words_that_close(word: str, closes: bool) -> None:
    assert is_closed_word(word) == closes


HOTLINE = (
    ("工单编号", "H-1", "H-2"),
    ("来件时间", "2026/10/2 8:00:05", "2026/10/3 9:00:05"),
    ("诉求人", "赵一", "钱二"),
    ("诉求标题", "楼道灯坏", "水管爆裂"),
    ("市民诉求", "三楼楼道灯不亮", "地下室水管爆裂"),
    ("办理时限", "2026/10/9 18:00:00", "2026/10/9 18:00:00"),
    ("最终完结时间", "2026/10/8 10:00:00", ""),
    ("状态", "已完结", "办理中"),
    ("最新回复内容", "已更换灯具", ""),
)


def test_a_hotline_list_comes_in_closed_and_with_what_was_told(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "hotline.csv"
    path.write_bytes("".join(",".join(row) + "\n" for row in zip(*HOTLINE, strict=True)).encode("gb18030"))
    importer.run(path, suggest.suggest(sniff.sniff(path), "hotline", "Asia/Shanghai", KNOWN))
    assert importer.all("SELECT external_id, customer, text, status, outcome FROM cases ORDER BY 1") == [
        ("H-1", "赵一", "楼道灯坏\n三楼楼道灯不亮", "done", "已更换灯具"),
        ("H-2", "钱二", "水管爆裂\n地下室水管爆裂", "open", None),
    ]
    assert importer.verdicts() == {"met": 1, "running": 1}
