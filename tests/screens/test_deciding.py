"""A form that asks for a decision shows what is decided, and asks only what applies to it."""

from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office

from tests.screens.support import USUAL, last_event, opened, picture, press, queue_of
from workbench import words
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError


def to_close(bench: Bench) -> Case:
    """Return a case that a handler asked to close, above the own authority."""
    office(bench)
    case = held(bench, flag=["media"])
    bench.act(case, "close", "mei", outcome="已经修好，客户满意")
    assert [duty.data["act"] for duty in bench.now(case).owed("approval")] == ["close"]
    return bench.now(case)


def names_of(app) -> list[str]:  # type: ignore[no-untyped-def]
    return [row.field.name for row in queue_of(app).panes.form.rows]


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_a_sum_to_approve_stands_with_who_asked_and_what_was_promised(
    language: str, bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    case = bench.act(held(bench), "compensate", "mei", amount="300", text="油漆")
    bench.act(case, "compensate", "mei", amount="1500", text="误工费，电话13800138001")
    words.use(language)
    async with opened(bench.desk("jin"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "d", "enter")
        assert names_of(app) == ["amount", "text"], "the one request need not be chosen"
        shown = picture(app)
        asked = "\n".join(queue_of(app).panes.form.request)
        assert all(line.split("  ")[0] in shown for line in asked.splitlines())
        assert "mei" in asked
        assert "11-21 12:00" in asked
        assert "1,500.00" in asked
        assert "300.00" in asked
        assert "误工费" in asked
        assert "13800138001" not in asked
        await press(pilot, "text:800", "ctrl+o")
    assert last_event(bench.desk(), case).data["asked"]["amount"] == "800.00"


async def test_no_sum_is_asked_for_where_a_case_is_to_be_closed(bench: Bench, tmp_path: Path) -> None:
    case = to_close(bench)
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "d", "enter")
        assert names_of(app) == ["text"]
        assert "Level now: " in picture(app)
        assert "已经修好" in picture(app)
        await press(pilot, "ctrl+o")
    assert last_event(bench.desk(), case).act == "approve"


def test_the_verb_refuses_a_sum_that_nobody_asked_for_by_the_same_rule(bench: Bench) -> None:
    case = to_close(bench)
    with pytest.raises(UsageError, match="No sum was asked for here") as refused:
        bench.act(case, "approve", "zong", amount="100")
    assert refused.value.option == "--amount"
    assert last_event(bench.desk(), case).act == "request-approval"


async def test_which_of_two_requests_is_decided_is_said_by_the_line(bench: Bench, tmp_path: Path) -> None:
    case = to_close(bench)
    bench.act(case, "compensate", "mei", amount="1500", text="误工费")
    async with opened(bench.desk("zong"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "d", "enter")
        first = names_of(app)
        await press(pilot, "escape", "j", "enter")
        assert sorted([first, names_of(app)]) == [["amount", "text"], ["text"]]
        await press(pilot, "escape", "escape", "1", "comma", "y")
        assert names_of(app) == ["id", "amount", "text"], "from the menu it has to be said which"


async def test_a_level_to_confirm_says_what_it_is_and_is_to_be(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = bench.act(bench.record("bo", site="金色家园", flag=["media"]), "amend", "mei", no_flag=["media"])
    async with opened(bench.desk("shen"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "d", "enter")
        assert names_of(app) == ["id"]
        assert "is to be" in picture(app)
        await press(pilot, "enter")
    assert last_event(bench.desk(), case).act == "confirm"


async def test_a_refusal_shows_what_is_refused(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = bench.act(held(bench), "dispatch", "mei", to="bo", text="去现场看")
    async with opened(bench.desk("bo"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "d", "x")
        assert names_of(app) == ["reason"]
        assert "去现场看" in "\n".join(queue_of(app).panes.form.request)
        await press(pilot, "text:今天休息", "ctrl+o")
    assert last_event(bench.desk(), case).data["reason"] == "今天休息"


async def test_a_verdict_is_given_with_the_account_in_sight(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench)
    bench.act(case, "amend", "shen", about="bo", reason="客户点名")
    bench.act(case, "account", "bo", text="当天我不在现场")
    async with opened(bench.desk("kong"), tmp_path, USUAL) as (app, pilot):
        queue_of(app).table.go_to(case.case_id)
        await press(pilot, "comma", "v")
        assert "当天我不在现场" in picture(app)
        assert "bo" in queue_of(app).panes.form.request[0]


async def test_the_one_sum_to_be_paid_is_named_not_asked_for(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = bench.act(held(bench), "compensate", "mei", amount="300", text="油漆")
    async with opened(bench.desk("mei"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "comma", "M")
        assert "id" not in names_of(app)
        assert "300.00" in picture(app)
        await press(pilot, "ctrl+o")
    assert bench.now(case).money[0].state == "paid"
