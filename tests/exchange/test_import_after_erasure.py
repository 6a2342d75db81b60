"""What was erased by law does not come back with the next file of its source."""

from tests.exchange.conftest import Importer, small_row
from workbench.domain.erasing import ERASED
from workbench.setup import persons


def test_the_same_file_again_brings_nothing_of_an_erased_person_back(importer: Importer) -> None:
    row = small_row(1, closed="2026-11-03 09:00:00", outcome="修好了")
    importer.small(row)
    persons.erase(importer.bench.desk(), "13800138000", "本人要求")
    changed = row.replace("厨房漏水", "厨房和客厅漏水")
    for each in (row, changed):
        counts = importer.small(each)
        assert (counts.added, counts.updated, counts.unchanged) == (0, 0, 1)
    assert importer.all("SELECT text, customer, phone FROM cases") == [(ERASED, ERASED, "")]
