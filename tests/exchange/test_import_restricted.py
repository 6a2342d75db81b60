"""A file brings nothing onto a case of a restricted person: the row is rejected, with the sentence."""

from io import BytesIO

from tests.exchange.conftest import HEADER, Importer, small_row
from workbench.exchange.rejects import Rejects
from workbench.setup import restricting

CLOSED = small_row(1, closed="2026-11-03 09:00:00", outcome="修好了")
WORD = small_row(1).removesuffix(",,") + ",2026-11-03 10:00:00,师傅来过了"


def test_a_row_that_would_change_it_is_rejected_until_it_is_lifted(importer: Importer) -> None:
    assert importer.small(small_row(1), small_row(2).replace("13800138000", "13900139000")).added == 2
    restricting.restrict(importer.bench.desk(), "13800138000", "本人要求")
    before = importer.all("SELECT count(*) FROM event")
    for row in (CLOSED, WORD):
        aside = BytesIO()
        rejects = Rejects(aside, HEADER.split(","))
        counts = importer.small(row, rejects=rejects)
        assert (counts.rejected, counts.updated) == (1, 0)
        assert "is only kept" in aside.getvalue().decode()
    assert importer.all("SELECT count(*) FROM event") == before
    same = importer.small(small_row(1))
    assert (same.rejected, same.unchanged) == (0, 1)
    restricting.lift(importer.bench.desk(), "13800138000", "本人同意")
    assert importer.small(CLOSED).updated == 1


def test_a_new_row_of_the_phone_is_a_case_like_any_other(importer: Importer) -> None:
    importer.small(small_row(1))
    restricting.restrict(importer.bench.desk(), "13800138000", "本人要求")
    events = importer.all("SELECT count(*) FROM event JOIN cases USING (case_id) WHERE external_id = '1'")
    assert importer.small(small_row(2)).added == 1
    assert events == importer.all(
        "SELECT count(*) FROM event JOIN cases USING (case_id) WHERE external_id = '1'"
    )
