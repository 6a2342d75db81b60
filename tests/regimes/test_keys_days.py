"""Days by keys: limits in working days count down and are explained, and a date is shown as that date."""

from pathlib import Path

from regimes.by_keys import WIDE, Enter, moment

from workbench.desk import Desk
from workbench.setup.adopt import adopt

DAYS = """\
extends = "default"
[clocks.response]
calendar = "office"
target = "1d"
[clocks.proposal]
calendar = "office"
target = "5d after 17:00 from 09:00"
"""


async def test_working_days_and_a_date_that_ends(enter: Enter, tmp_path: Path) -> None:
    room = enter("default", "zh", WIDE)
    policy = tmp_path / "days.toml"
    policy.write_text(DAYS, encoding="utf-8")
    room.clock.at = moment("11-24 9:00")
    adopt(Desk(room.store, "he", room.clock), str(policy))
    async with room.seat("11-25 17:30", "mei") as mei:  # a Wednesday, after the cut-off
        room.number = await mei.record(
            "r", text="漏水", customer="何女士", phone="13800138000", site="金色家园"
        )
        await mei.sees("响应", "11-26 17:30", "方案", "12-03 09:00")
        await mei.ask("p", text="师傅上门", due="2026-11-29")
        room.stored("promise", "mei", id=1, due_at="2026-11-29T16:00:00.000000Z")
        await mei.press("enter")
        await mei.reads("2026-11-29 24:00")
        mei.sees_not("11-30 00:00")
        await mei.press("escape", "y")
        await mei.reads(
            "5 个工作日（17:00 以后开始的，从下一个工作日 09:00 起算）", "37:30:00  2026-12-03 09:00 到期"
        )
