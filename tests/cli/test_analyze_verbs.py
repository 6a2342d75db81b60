"""``analyze WHAT``: eight analyses, each as words, JSON and CSV; without a word the overview."""

import csv

import pytest

from workbench.reports import analyses

DAY = "2026-11-21"


@pytest.fixture
def house(wb):
    for n in range(4):
        words = ["--text", f"第{n}次漏水", "--site", "金色家园", "--unit", "3-1-502", "--phone", "13800138000",
                 "--customer", "张三", "--category", "repair-service", "--claim", "100"]  # fmt: skip
        number = wb("record", *words, "--json").json["number"]
        if n < 2:
            wb("take", number)
            wb("compensate", number, "--amount", "120" if n else "30", "--text", "x")
            wb("--now", f"{DAY}T{14 + 4 * n}:00:00+08:00", "close", number, "--outcome", "修好")
    return wb


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("what", analyses.NAMES)
def test_each_is_printed_and_written_in_both_languages(house, tmp_path, what, language):
    later = ["--now", f"{DAY}T20:00:00+08:00", "--lang", language]
    found = house(*later, "analyze", what, "--week", DAY, "--json").json
    assert (found["what"], found["first"], found["last"]) == (what, "2026-11-16", "2026-11-22")
    assert found["rows"]
    file = tmp_path / "rows.csv"
    printed = house(*later, "analyze", what, "--week", DAY, "--csv", file, "--markdown", tmp_path / "a.md")
    assert (printed.code, len(printed.out.splitlines()) > 3) == (0, True)
    assert len(rows_of(file)) == len(found["rows"]) + ("house" in found)
    if language == "zh":
        assert not any(head.isascii() and head.isalpha() for head in rows_of(file)[0])
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")


def test_a_unit_that_looks_like_a_date_stays_a_text(house, tmp_path):
    file = tmp_path / "rows.csv"
    assert house("analyze", "customers", "--csv", file).code == 0
    (row,) = rows_of(file)
    assert (row["Unit"].lstrip("'"), row["Phone"], row["Cases"]) == ("3-1-502", "138****8000", "4")


def test_what_it_cost_and_what_was_given(house):
    found = house("--now", f"{DAY}T20:00:00+08:00", "analyze", "value", "--json").json
    assert (found["stated"], found["given"], found["unpaid"]) == ("200.00", "150.00", "150.00")
    assert (found["enough_met"], found["enough_of"], found["enough_in_sum"]) == (1, 2, False)
    assert [(row["missing"], row["enough"]) for row in found["rows"]] == [("70.00", False), ("0.00", True)]


def test_two_cases_closed_after_two_and_six_hours_took_four_in_the_middle(house):
    took = house("--now", f"{DAY}T20:00:00+08:00", "analyze", "--json").json["time_to_close"]
    assert (took["n"], took["mean_seconds"], took["median_seconds"]) == (2, 4 * 3600, 4 * 3600)
    assert took["by_category"]["repair-service"] == took["by_handler"]["mei"] == {
        name: took[name] for name in ("n", "mean_seconds", "median_seconds", "p90_seconds", "max_seconds")}  # fmt: skip
    assert "From receipt to closing by Category" in house("--now", f"{DAY}T20:00:00+08:00", "analyze").out


def test_levels_are_as_they_truly_are_though_nobody_has_swept(wb):
    wb("record", "--text", "漏水", "--site", "金色家园")
    later = ["--now", "2026-12-25T12:00:00+08:00"]
    assert wb(*later, "list", "--json").json[0]["severity"] == 1
    (row,) = wb(*later, "analyze", "causes", "--from", "2026-11-01", "--json").json["rows"]
    assert (row["grave"], row["hot"]) == (1, 1)
    (site,) = wb(*later, "analyze", "sites", "--from", "2026-11-01", "--json").json["rows"]
    assert site["grave"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("blame",),
        ("causes", "--by", "week"),
        ("trends", "--by", "year"),
        ("causes", "--most", "0"),
        ("--most", "3"),
        ("--csv", "rows.csv"),
        ("causes", "--from", "2026-11-22", "--to", "2026-11-21"),
        ("causes", "--site", "nowhere"),
    ],
)
def test_what_is_wrongly_typed_is_refused(wb, words):
    assert wb("analyze", *words).code == 2
