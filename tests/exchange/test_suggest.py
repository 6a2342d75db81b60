"""A first mapping, guessed: it imports as it stands, and it never breaks on a strange headline."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import HEADER, Importer, small_row
from workbench import words
from workbench.exchange import sniff, suggest, vocabulary
from workbench.exchange.mapping_file import MappingFaultsError, parse
from workbench.exchange.rejects import Rejects
from workbench.policy import loading

KNOWN = vocabulary.of_policy(loading.load("default")[0])
EDGE = "qsv-boston-edge-cases/boston311-"


def guess(path: Path) -> str:
    return suggest.suggest(sniff.sniff(path), "test", "Asia/Shanghai", KNOWN)


@pytest.mark.parametrize(
    ("name", "added", "clocks"),
    [
        ("boston311_2015_2024_sample.csv.gz", 4995, {"met": 3809, "missed": 474}),
        ("boston311_2025_2026_new_system.csv.gz", 5473, {"met": 3305, "missed": 785, "running": 1373}),
        ("cn_messages_with_replies.csv.gz", 2816, {}),
        ("nyc311_1000_with_due_dates.csv", 1000, {"met": 427, "missed": 52, "running": 7}),
        ("cfpb_complaints_2025_small.csv", 131, {}),
        (f"{EDGE}100.csv", 100, {"met": 72, "missed": 5, "running": 12}),
        (f"{EDGE}dmy-100.csv", 100, {"met": 72, "missed": 5, "running": 12}),
        (f"{EDGE}100-with-nonascii.csv", 100, {"met": 72, "missed": 5, "running": 12}),
    ],
)
def test_a_guess_imports_a_real_file_as_it_stands(
    importer: Importer, trial_data: Path, name: str, added: int, clocks: dict[str, int]
) -> None:
    counts = importer.run(trial_data / name, guess(trial_data / name))
    assert (counts.added, counts.rejected) == (added, 0), counts.faults
    assert importer.verdicts() == clocks


@pytest.mark.parametrize(
    ("name", "added", "rejected"),
    [("cn_messages_labelled_example.csv", 493, 2), (f"{EDGE}100-20dupes-random.csv", 60, 40)],
)
def test_rows_of_a_real_file_that_share_an_id_are_put_aside(
    importer: Importer, trial_data: Path, name: str, added: int, rejected: int
) -> None:
    mapping = guess(trial_data / name)
    assert importer.run(trial_data / name, mapping).json()["added"] == 0
    rejects = Rejects(BytesIO(), [])
    counts = importer.run(trial_data / name, mapping, rejects=rejects)
    assert (counts.added, counts.rejected) == (added, rejected)


def test_the_ragged_row_of_a_real_file_is_named(importer: Importer, trial_data: Path) -> None:
    path = trial_data / f"{EDGE}100-bad.tsv"
    counts = importer.run(path, guess(path))
    assert [(line, str(said)) for line, said in counts.faults] == [(41, "30 cells instead of 29")]


def test_an_import_of_four_changed_rows_updates_four_cases(importer: Importer, trial_data: Path) -> None:
    mapping = guess(trial_data / f"{EDGE}100.csv")
    importer.run(trial_data / f"{EDGE}100.csv", mapping)
    again = importer.run(trial_data / f"{EDGE}100-diff.csv", mapping)
    assert again.json() == {"read": 100, "added": 0, "updated": 4, "unchanged": 96, "rejected": 0}


REGISTER = (
    ("工单编号", "W-1", "W-2"),
    ("受理时间", "2026年3月1日 9时05分", "2026年3月1日 10时30分"),
    ("投诉内容", "厨房漏水", "电梯停运"),
    ("业主姓名", "张三", "李四"),
    ("联系电话", "13800138000", "13900139000"),
    ("小区", "一期", "一期"),
    ("房号", "1-101", "1-102"),
    ("来源", "微信公众号", "来电"),
    ("投诉类型", "工程质量", ""),
    ("办结时间", "2026年3月2日 9时05分", ""),
    ("处理结果", "修好了", ""),
    ("状态", "已办结", "处理中"),
    ("截止时间", "2026年3月3日 9时05分", "2026年3月2日 10时30分"),
)
CHINESE = "".join(",".join(row) + "\n" for row in zip(*REGISTER, strict=True))


def test_a_chinese_register_is_guessed_by_its_headlines(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(CHINESE.encode("gb18030"))
    importer.run(path, guess(path))
    assert importer.all(
        "SELECT external_id, customer, phone, site, unit, channel, category, status, outcome, received_at"
        " FROM cases"
    ) == [
        ("W-1", "张三", "13800138000", "一期", "1-101", "wechat", "construction-quality", "done", "修好了",
         "2026-03-01T01:05:00.000000Z"),
        ("W-2", "李四", "13900139000", "一期", "1-102", "phone", "other", "open", None,
         "2026-03-01T02:30:00.000000Z"),
    ]  # fmt: skip
    assert importer.verdicts() == {"met": 1, "running": 1}


def test_what_cannot_be_guessed_is_left_for_the_person_to_name(tmp_path: Path) -> None:
    path = tmp_path / "tree.csv"
    path.write_text("a,b\nx,y\nx,z\n")
    text = guess(path)
    assert "# No column found; name it here: external_id =" in text
    with pytest.raises(MappingFaultsError, match="external_id is missing"):
        parse(text, "m.toml", ("a", "b"), KNOWN)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    names=st.lists(st.text(max_size=12) | st.sampled_from(HEADER.split(",")), min_size=10, max_size=10),
    cell=st.text(max_size=8),
)
def test_a_guess_about_any_headlines_is_a_mapping_that_can_be_read(
    tmp_path: Path, names: list[str], cell: str
) -> None:
    import csv

    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        rows = csv.writer(file)
        rows.writerow(["id", *names])
        for line in range(3):
            rows.writerow([f"K{line}", *[cell] * 9, "2026-11-01 09:00:00"])
    found = sniff.sniff(path, encoding="utf-8")
    text = suggest.suggest(found, "test", "Asia/Shanghai", KNOWN)
    faults: list[str] = []
    try:
        parse(text, "m.toml", found.headers, KNOWN)
    except MappingFaultsError as why:
        faults = [str(fault) for fault in why.faults if "is missing" not in str(fault)]
    assert not faults, text


def test_a_delimiter_with_which_the_headline_cannot_be_read_is_not_the_one(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('id,name,",\tx"\n1,2,3\n', "utf-8")
    found = sniff.sniff(path, encoding="utf-8")
    assert (found.delimiter, len(found.headers)) == (",", 3)


def test_the_comments_speak_the_user_s_language(tmp_path: Path, importer: Importer) -> None:
    path = importer.write("s.csv", HEADER, small_row(1))
    english = guess(path)
    assert "# A first mapping, guessed" in english
    words.use("zh")
    assert parse(guess(path), "m.toml", tuple(HEADER.split(",")), KNOWN) == parse(
        english, "m.toml", tuple(HEADER.split(",")), KNOWN
    )
