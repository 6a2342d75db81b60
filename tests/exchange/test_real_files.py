"""Four real files, as their publishers wrote them: dirt included, and the verdicts that they published."""

import gzip
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from storage.engine import Row
from tests.exchange.conftest import MAPPINGS, Importer
from workbench.domain.times import unstamp
from workbench.exchange.counts import Counts
from workbench.exchange.notes import Note

BOSTON_OLD = "boston311_2015_2024_sample.csv.gz"
BOSTON_NEW = "boston311_2025_2026_new_system.csv.gz"
NYC = "nyc311_1000_with_due_dates.csv"
CHINA = "cn_messages_with_replies.csv.gz"
TOLD_DATE = re.compile(r"Closed date : (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")


def taken(counts: Counts, rows: int) -> None:
    assert counts.faults == []
    assert counts.json() == {"read": rows, "added": rows, "updated": 0, "unchanged": 0, "rejected": 0}


def without_target(importer: Importer) -> int:
    [(number,)] = importer.all(
        "SELECT count(*) FROM cases"
        " WHERE NOT EXISTS (SELECT 1 FROM clock WHERE clock.case_id = cases.case_id)"
    )
    return int(number)


def replaced(mapping: str, old: str, new: str) -> str:
    """Return a mapping with a mistake in it."""
    text = (MAPPINGS / f"{mapping}.toml").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def agreeing_closing_times(importer: Importer) -> tuple[int, int]:
    """Return how often the case's closing time is the local one that its closing words name, and the rest."""
    zone = ZoneInfo("America/New_York")
    same = other = 0
    for outcome, closed_at in importer.all("SELECT outcome, closed_at FROM cases"):
        if told := TOLD_DATE.search(outcome or ""):
            local = unstamp(closed_at).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
            same, other = (same + 1, other) if local == told[1] else (same, other + 1)
    return same, other


def test_boston_2015_to_2024_has_the_verdicts_that_the_city_published(
    importer: Importer, trial_data: Path
) -> None:
    taken(importer.run(trial_data / BOSTON_OLD, MAPPINGS / "boston-2015-2024.toml"), 4995)
    assert importer.verdicts() == {"met": 3809, "missed": 474}
    assert without_target(importer) == 711 + 1  # one has a target that the city never judged
    assert importer.all("SELECT status, count(*) FROM cases GROUP BY 1") == [("done", 4995)]
    same, other = agreeing_closing_times(importer)
    assert same > 2_700
    assert other == 0


@pytest.mark.parametrize("zone", ['"America/New_York"', '"Asia/Shanghai"', '["UTC", "America/New_York"]'])
def test_boston_read_in_a_wrong_zone_does_not_agree_with_its_own_words(
    importer: Importer, trial_data: Path, zone: str
) -> None:
    wrong = replaced("boston-2015-2024", '["America/New_York", "America/New_York"]', zone)
    importer.run(trial_data / BOSTON_OLD, wrong)
    same, other = agreeing_closing_times(importer)
    assert other > 2_700
    assert same == 0


def test_boston_2025_to_2026_has_the_verdicts_that_the_city_published(
    importer: Importer, trial_data: Path
) -> None:
    taken(importer.run(trial_data / BOSTON_NEW, MAPPINGS / "boston-2025-2026.toml"), 5473)
    assert importer.verdicts() == {"met": 3305, "missed": 785, "running": 1373}
    assert without_target(importer) == 10
    assert importer.all("SELECT status, count(*) FROM cases GROUP BY 1 ORDER BY 1") == [
        ("done", 4096),
        ("open", 1377),
    ]


def test_boston_read_without_its_fractions_is_caught(importer: Importer, trial_data: Path) -> None:
    """Two formats, with a fraction and without, are both needed: leaving one out rejects rows."""
    strict = replaced("boston-2025-2026", 'formats = "iso"', 'formats = "%Y-%m-%d %H:%M:%S%z"')
    assert importer.run(trial_data / BOSTON_NEW, strict).rejected > 5_000
    both = '["%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S.%f%z"]'
    taken(importer.run(trial_data / BOSTON_NEW, replaced("boston-2025-2026", '"iso"', both)), 5473)
    assert importer.verdicts() == {"met": 3305, "missed": 785, "running": 1373}


def test_a_due_time_cut_to_its_day_changes_the_figures(
    importer: Importer, trial_data: Path, tmp_path: Path
) -> None:
    """The positive control of the figures above: they do depend on the times."""
    text = gzip.decompress((trial_data / BOSTON_NEW).read_bytes()).decode()
    cut = re.sub(r"(,\d{4}-\d\d-\d\d) \d\d:\d\d:[\d.]+\+00(?=,[A-Z][^,]*,)", r"\1 00:00:00+00", text)
    path = tmp_path / "cut.csv"
    path.write_bytes(cut.encode())
    importer.run(path, MAPPINGS / "boston-2025-2026.toml")
    assert importer.verdicts() != {"met": 3305, "missed": 785, "running": 1373}


def test_new_york_keeps_its_cases_that_were_closed_before_they_were_created(
    importer: Importer, trial_data: Path
) -> None:
    refused = importer.run(trial_data / NYC, MAPPINGS / "nyc.toml")
    assert (refused.added, refused.rejected) == (0, 10)
    counts = importer.run(trial_data / NYC, MAPPINGS / "nyc.toml", accept_order=True)
    taken(counts, 1000)
    assert counts.notes.many[Note.ORDER] == 10
    assert importer.verdicts() == {"met": 427, "missed": 52, "running": 7}  # 89.1 % of 479
    assert importer.all("SELECT count(*) FROM cases WHERE closed_at < received_at") == [(10,)]
    assert importer.all("SELECT count(*) FROM event WHERE data LIKE '%happened_at%'") == [(10,)]
    assert importer.all("SELECT received_at FROM cases WHERE external_id = '39573567'") == [
        ("2018-06-26T14:58:54.000000Z",)
    ]


@pytest.mark.parametrize("name", [CHINA, "cn_messages_with_replies.xlsx"])
def test_chinese_messages_come_with_their_replies(importer: Importer, trial_data: Path, name: str) -> None:
    taken(importer.run(trial_data / name, MAPPINGS / "cn-messages.toml"), 2816)
    assert importer.all("SELECT act, count(*) FROM event WHERE case_id > 0 GROUP BY 1 ORDER BY 1") == [
        ("record", 2816),
        ("reply", 2816),
    ]
    assert importer.all("SELECT count(*) FROM clock") == [(0,)]
    found: list[Row] = importer.all(
        "SELECT received_at, last_told_at, customer, substr(text, 1, 14) FROM cases"
        " WHERE external_id = '2549'"
    )
    assert found[0][0] == "2019-04-25T01:32:09.000000Z"
    assert found[0][2:] == ("A00045581", "A2区景蓉华苑物业管理有问题")
    [(delays,)] = importer.all(
        "SELECT count(*) FROM cases WHERE julianday(last_told_at) - julianday(received_at) > 11.2"
    )
    assert 1_350 < delays < 1_450  # the median of the publisher's delays is 11.2 days


@pytest.mark.parametrize(
    ("name", "mapping", "rows"),
    [(BOSTON_OLD, "boston-2015-2024", 4995), (BOSTON_NEW, "boston-2025-2026", 5473), (NYC, "nyc", 1000),
     (CHINA, "cn-messages", 2816)],
)  # fmt: skip
def test_a_real_file_again_adds_and_changes_nothing(
    importer: Importer, trial_data: Path, name: str, mapping: str, rows: int
) -> None:
    importer.run(trial_data / name, MAPPINGS / f"{mapping}.toml", accept_order=True)
    again = importer.run(trial_data / name, MAPPINGS / f"{mapping}.toml", accept_order=True)
    assert again.json() == {"read": rows, "added": 0, "updated": 0, "unchanged": rows, "rejected": 0}
