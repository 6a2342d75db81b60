"""``kpi``: the months of a unit side by side, as a page and as a workbook with real numbers and dates."""

from datetime import datetime
from html.parser import HTMLParser

import pytest

LATER = "2026-11-25T12:00:00+08:00"


@pytest.fixture
def house(wb):
    wb("units", "add", "华南", "--tier", "company")
    wb("sites", "add", "金色家园", "--under", "华南")
    wb("sites", "add", "湖畔")
    for site, months in (("金色家园", ("09", "10", "11", "11")), ("湖畔", ("11",))):
        for month in months:
            at = ["--now", f"2026-{month}-05T12:00:00+08:00"]
            number = wb(*at, "record", "--text", "漏水", "--site", site, "--json").json["number"]
            wb("--now", f"2026-{month}-05T14:00:00+08:00", "close", number, "--outcome", "x")
    return wb


def of(found, key):
    return next(each for each in found["indicators"] if each["key"] == key)


def test_a_month_stands_beside_those_before_it(house):
    found = house("--now", LATER, "kpi", "--unit", "华南", "--month", "2026-11", "--json").json
    assert found["part"] == {"unit": "华南", "site": None, "handler": None}
    assert found["months"] == [f"2026-{month:02}-01" for month in range(6, 12)]
    assert [value["value"] for value in of(found, "received")["values"]] == [0, 0, 0, 1, 1, 2]
    response = of(found, "clock.response")
    assert response["goal"] == 0.95
    assert [(value["value"], value["n"]) for value in response["values"][2:]] == [
        (None, 0),
        (1.0, 1),
        (1.0, 1),
        (1.0, 2),
    ]
    assert of(found, "median")["values"][-1]["value"] == 2 * 3600
    whole = house("--now", LATER, "kpi", "--json").json
    assert [value["value"] for value in of(whole, "received")["values"]] == [0, 0, 0, 1, 1, 3]


def test_the_page_needs_nothing_else_and_speaks_both_languages(house, tmp_path):
    for language, word in (("zh", "绩效指标"), ("en", "Indicators of")):
        page = tmp_path / f"{language}.html"
        assert house("--now", LATER, "--lang", language, "kpi", "--unit", "华南", "--html", page).code == 0
        text = page.read_text(encoding="utf-8")
        HTMLParser().feed(text)
        assert word in text
        assert "华南" in text
        assert not any(outside in text for outside in ("<script", "http://", "https://", " src="))


def test_the_workbook_has_real_numbers_and_dates(house, tmp_path):
    pytest.importorskip("xlsxwriter")
    calamine = pytest.importorskip("python_calamine")
    book = tmp_path / "kpi.xlsx"
    assert house("--now", LATER, "kpi", "--site", "金色家园", "--month", "2026-11", "--xlsx", book).code == 0
    rows = calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    head = next(row for row in rows if row[0] == "Month")
    months = [row for row in rows if hasattr(row[0], "year")]
    assert [(row[0].year, row[0].month, row[0].day) for row in months] == [
        (2026, month, 1) for month in range(6, 12)
    ]
    assert all(not isinstance(row[0], datetime) or row[0].hour == 0 for row in months)
    assert [row[head.index("Received")] for row in months] == [0, 0, 0, 1, 1, 2]
    assert months[-1][head.index("On time: Response")] == 1.0
    assert months[-1][head.index("To closing, median, hours")] == 2.0
    goal = next(row for row in rows if row[0] == "Goal")
    assert goal[head.index("On time: Response")] == 0.95


def test_what_is_wrongly_typed_is_refused(house, tmp_path):
    assert house("kpi", "--month", "2026-13").code == 2
    assert house("kpi", "--unit", "nowhere").code == 2
    assert house("kpi", "--xlsx", tmp_path / "kpi.csv").code == 2
