"""A sum that is not paid, by keys: on the desk of who owes it, watched by the supervisor, paid by Enter."""

from pathlib import Path

from desks import Bench
from duty_support import held, office

from tests.screens.support import opened, picture, press
from workbench.reports import desk as reports


async def test_what_is_not_paid_stands_on_two_desks_until_enter_pays_the_sum_under_the_cursor(
    bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    case = held(bench)
    bench.act(case, "compensate", amount="300", text="误工费")
    bench.act(case, "compensate", amount="100", text="清洗费", due="+2d")
    assert [(row.kind, row.asked) for row in reports.rows(bench.desk("jin")) if row.section == "unpaid"] == [
        ("payment", "100.00"), ("payment", "300.00"),
    ]  # fmt: skip
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        assert "300.00 yuan" in picture(app)
        await press(pilot, "j", "enter", "ctrl+o")
    assert [(sum_.amount, sum_.state) for sum_ in bench.now(case).money] == [(300, "paid"), (100, "promised")]
    assert [row.asked for row in reports.rows(bench.desk("jin")) if row.section == "unpaid"] == ["100.00"]
