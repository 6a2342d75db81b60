"""``audit draw, score, sheet, list`` and ``review``, as people and scripts type them."""

import csv

import pytest


@pytest.fixture
def numbers(wb):
    found = [wb("record", "--text", f"第{n}件", "--site", "3-1", "--close", "--outcome", "=修好", "--json").json["number"]
             for n in range(6)]  # fmt: skip
    wb("record", "--text", "未结")
    return found


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def filled(path, **answers):
    """Answer on the first row of a sheet, by what stands in brackets in the headlines."""
    head, first, *rest = rows_of(path)
    for at, name in enumerate(head):
        first[at] = answers.get(name.rpartition("(")[2].rstrip(")").replace("-", "_"), first[at])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, first, *rest])
    return first[0]


def test_the_same_seed_draws_the_same_and_review_is_the_same_verb(wb, numbers):
    drawn = wb("audit", "draw", "--n", "3", "--seed", "s", "--json").json
    assert [case["number"] for case in drawn] == [case["number"] for case in wb(
        "review", "--sample", "3", "--seed", "s", "--json").json]  # fmt: skip
    assert len(drawn) == 3
    assert {case["number"] for case in drawn} <= set(numbers)
    assert wb("audit", "draw", "--n", "0").code == 2
    assert wb("review", "--sample", "x").code == 2


def test_an_audit_is_scored_listed_and_counted(wb, numbers):
    words = [
        "--met",
        "acknowledged",
        "--met",
        "on-record",
        "--failed",
        "learned",
        "--text",
        "原因没写",
        "--owner",
        "bo",
    ]
    scored = wb("--as", "li", "audit", "score", numbers[0], *words, "--json")
    assert [(duty["kind"], duty["owner"]) for duty in scored.json["duties"]] == [("finding", "bo")]
    (found,) = wb("audit", "list", "--json").json
    assert (found["number"], found["by"], found["score"]) == (numbers[0], "li", 0.6667)
    assert "Learned from" in wb("audit", "list").out
    audits = wb("summary", "--json").json["audits"]
    assert (audits["n"], audits["mean"]) == (1, 0.6667)
    assert audits["by_question"]["learned"] == {"met": 0, "of": 1, "rate": 0.0}
    assert audits["by_month"][-1] == {"month": "2026-11", "n": 1, "mean": 0.6667}


def test_nothing_is_scored_without_an_answer(wb, numbers):
    assert wb("--as", "li", "audit", "score", numbers[0]).code == 2
    assert wb("--as", "li", "audit", "score", numbers[0], "--met", "no-such").code == 2


def test_a_sheet_goes_out_and_comes_in_once(wb, numbers, tmp_path):
    sheet = tmp_path / "sheet.csv"
    written = wb("--as", "li", "audit", "sheet", sheet, "--n", "4", "--seed", "s", "--json").json
    assert len(written["cases"]) == 4
    assert rows_of(sheet)[1][3] == "'=修好"  # a spreadsheet would take it for a formula
    number = filled(sheet, acknowledged="yes", learned="否", text="原因没写", owner="bo", due="2026-12-24")
    taken = wb("--as", "li", "audit", "sheet", sheet, "--import", "--json")
    assert (taken.code, taken.json) == (
        0, {"read": 4, "added": 1, "updated": 0, "unchanged": 3, "rejected": 0})  # fmt: skip
    assert [each["number"] for each in wb("audit", "list", "--json").json] == [number]
    again = wb("--as", "li", "audit", "sheet", sheet, "--import", "--json").json
    assert (again["added"], again["unchanged"]) == (0, 4)


def test_a_sheet_in_chinese_is_read_by_whoever_speaks_english(wb, numbers, tmp_path):
    sheet = tmp_path / "表.csv"
    assert wb("--lang", "zh", "--as", "li", "audit", "sheet", sheet, "--n", "1").code == 0
    assert "及时" in rows_of(sheet)[0][4]
    filled(sheet, acknowledged="是")
    assert wb("--lang", "en", "--as", "li", "audit", "sheet", sheet, "--import", "--json").json["added"] == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"acknowledged": "maybe"}, "(acknowledged)"),
        ({"learned": "no", "text": "x"}, "(owner)"),
        ({"number": "A000"}, "no case"),
        ({"acknowledged": "yes", "owner": "bo"}, "(owner)"),
    ],
)
def test_faults_are_told_with_their_lines_and_nothing_is_written(wb, numbers, tmp_path, answers, said):
    sheet = tmp_path / "sheet.csv"
    wb("--as", "li", "audit", "sheet", sheet, "--n", "2")
    filled(sheet, **answers)
    taken = wb("--as", "li", "audit", "sheet", sheet, "--import")
    assert (taken.code, "line 2" in taken.err, said in taken.err) == (6, True, True), taken.err
    assert wb("audit", "list", "--json").json == []


def test_a_filled_sheet_is_not_written_over(wb, numbers, tmp_path):
    sheet = tmp_path / "sheet.csv"
    assert wb("--as", "li", "audit", "sheet", sheet).code == 0
    filled(sheet, acknowledged="yes")
    before = sheet.read_bytes()
    refused = wb("--as", "li", "audit", "sheet", sheet)
    assert (refused.code, "--import" in refused.err, sheet.read_bytes()) == (2, True, before)


def test_what_is_no_score_sheet_is_wrong_use(wb, numbers, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    assert wb("audit", "sheet", other, "--import").code == 2
    assert wb("audit", "sheet", tmp_path / "sheet.txt").code == 2
    assert wb("audit", "sheet", other, "--import", "--n", "3").code == 2


def test_nobody_scores_what_they_handled(wb, numbers):
    wb("record", "--text", "x", "--json")
    case = wb("record", "--text", "x", "--json").json["number"]
    wb("take", case)
    wb("close", case, "--outcome", "y")
    assert wb("audit", "score", case, "--met", "acknowledged").code == 3
    assert case not in [each["number"] for each in wb("audit", "draw", "--n", "50", "--json").json]


def test_the_cases_behind_the_figure_are_listed(wb, numbers):
    words = ["--failed", "learned", "--text", "原因没写", "--owner", "bo"]
    for number, given in (
        (numbers[0], words),
        (numbers[1], ["--met", "learned"]),
        (numbers[2], ["--met", "on-record"]),
    ):
        assert wb("--as", "li", "audit", "score", number, *given).code == 0
    for figure, expected in (("audits.n", numbers[:3]), ("audits.by_question.learned.of", numbers[:2]),
                             ("audits.by_question.learned.met", numbers[1:2])):  # fmt: skip
        found = wb("list", "all", "--where", f"{figure}=2026-11-21", "--json").json
        assert sorted(each["number"] for each in found) == expected
    assert "Audits of closed cases" in wb("summary", "--explain", "audits.n").out
