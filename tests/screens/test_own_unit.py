"""On the screen a handler sees the cases of the own unit, and the counts of those; a supervisor sees all."""

from pathlib import Path

import pytest
from desks import Bench
from organisation_support import furnished

from tests.screens.support import opened, picture, press, queue_of


@pytest.mark.parametrize(("person", "rows"), [("yun", 2), ("mei", 2), ("jin", 3), ("zong", 3)])
async def test_rows_and_counts_are_those_that_somebody_reads(
    person: str, rows: int, bench: Bench, tmp_path: Path
) -> None:
    furnished(bench)
    for by, site in (("mei", "金色家园"), ("yun", "云栖花园"), ("zong", "")):
        bench.record(by, site=site, customer=f"客户{by}")
    async with opened(bench.desk(person), tmp_path) as (app, pilot):
        table = queue_of(app)
        await pilot.pause()
        assert len(table.table.source) == rows
        assert table.feed.counts["next-due"] == table.feed.counts["all"] == rows
        assert ("客户mei" in picture(app)) == (person != "yun")


async def test_what_is_of_another_unit_is_grey_and_the_key_says_who_holds_it(
    bench: Bench, tmp_path: Path
) -> None:
    furnished(bench)
    case = bench.act(bench.record("mei", site="金色家园"), "take", "mei")
    async with opened(bench.desk("hang"), tmp_path) as (app, pilot):
        await press(pilot, "e")
        assert "hang works at 杭州公司" in picture(app)
        assert not bench.now(case).answered
