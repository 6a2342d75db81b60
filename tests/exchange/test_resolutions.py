"""A closing at the source says how far a case was solved only where its mapping says so."""

from datetime import date

import pytest

from tests.exchange.conftest import HEADER, SMALL, Importer, small_row
from workbench.reports.analysis import analyze as analysis
from workbench.reports.analysis import as_lines
from workbench.reports.scope import Scope, one_day
from workbench.reports.summary import summary

ROWS = [
    small_row(1, "2026-11-02 09:00:00", "修好了"),
    small_row(2, "2026-11-02 10:00:00", "不受理"),
    small_row(3),
]
DAY = date(2026, 11, 2)


def said(word: str) -> str:
    return SMALL.replace('at = "closed"', f'at = "closed"\nresolution = "{word}"')


def imported(importer: Importer, mapping: str = SMALL) -> dict[str, int]:
    return importer.run(importer.write("small.csv", HEADER, *ROWS), mapping).json()


@pytest.mark.parametrize(
    ("mapping", "stored", "rate", "limited", "not_accepted"),
    [
        (SMALL, None, None, 0, 0),
        (said("full"), "full", 1.0, 0, 0),
        (said("limited"), "limited", 0.0, 2, 0),  # the file says nothing of the customer's consent
        (said("none"), "none", 0.0, 0, 2),  # what the customer might do next was said there, or not
    ],
)
def test_the_figures_count_what_the_mapping_says_and_nothing_else(
    importer: Importer, mapping: str, stored: str | None, rate: float | None, limited: int, not_accepted: int
) -> None:
    imported(importer, mapping)
    assert importer.all("SELECT DISTINCT resolution FROM cases WHERE status = 'done'") == [(stored,)]
    figures = summary(importer.bench.desk(), one_day(DAY))
    assert (figures["closed"], figures["resolution_rate"], figures["limited_resolutions"]) == (
        2,
        rate,
        limited,
    )
    assert figures["not_accepted"] == not_accepted
    [way] = analysis(importer.bench.desk(), one_day(DAY))["ways"]
    assert (way["resolution"], way["accepted"], way["closed"]) == (stored, "unknown", 2)
    assert imported(importer, mapping)["unchanged"] == 3


def test_an_outcome_that_is_no_resolution_is_left_out_whatever_the_mapping_says_of_all(
    importer: Importer,
) -> None:
    rows = [
        *ROWS,
        small_row(4, "2026-11-02 11:00:00", "Case Closed. DUPLICATE of an existing case."),
        small_row(5, "2026-11-02 12:00:00", "Invalid"),
    ]
    mapping = said("full").replace(
        "[[entries]]", 'unless = ["duplicate", " invalid ", "不受理"]\n[[entries]]'
    )
    path = importer.write("small.csv", HEADER, *rows)
    importer.run(path, mapping)
    assert importer.all(
        "SELECT resolution, count(*) FROM cases WHERE status = 'done' GROUP BY 1 ORDER BY 1"
    ) == [
        (None, 3),
        ("full", 1),
    ]
    found = summary(importer.bench.desk(), one_day(DAY))
    assert (found["closed"], found["resolution_met"], found["resolution_of"]) == (4, 1, 1)
    assert importer.run(path, mapping).json()["unchanged"] == 5


def test_a_case_of_our_own_counts_beside_those_that_say_nothing(importer: Importer) -> None:
    imported(importer)
    for resolution in ("full", "none"):
        case = importer.bench.record()
        importer.bench.act(case, "close", outcome="x", resolution=resolution, next="y")
    today = importer.bench.clock().date()
    assert summary(importer.bench.desk(), one_day(today))["resolution_rate"] == 0.5
    lines = as_lines(analysis(importer.bench.desk(), Scope(DAY, today)))
    assert any("-" in line and line.rstrip().endswith("2") for line in lines)


def test_what_an_earlier_import_took_for_solved_is_corrected_by_importing_again(importer: Importer) -> None:
    imported(importer, said("full"))
    assert imported(importer)["updated"] == 2
    assert summary(importer.bench.desk(), one_day(DAY))["resolution_rate"] is None
    assert imported(importer)["updated"] == 0
