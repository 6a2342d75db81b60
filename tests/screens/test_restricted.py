"""A restricted person's case leaves the screen, and every key on it is grey with the sentence."""

from pathlib import Path

import pytest
from desks import Bench
from organisation_support import furnished

from screens.case_reader import read
from tests.screens.support import opened, picture, press, queue_of
from workbench import actions
from workbench.domain import acts
from workbench.domain.errors import RefusedError
from workbench.rules.permissions import refusal
from workbench.setup import restricting

PHONE = "13800138000"


async def test_rows_and_counts_leave_it_out(bench: Bench, tmp_path: Path) -> None:
    bench.record(phone=PHONE, customer="王芳")
    bench.record(phone="13900139000", customer="李雷")
    restricting.restrict(bench.desk(), PHONE, "本人要求")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await pilot.pause()
        table = queue_of(app)
        assert len(table.table.source) == table.feed.counts["all"] == 1
        assert "王芳" not in picture(app)


async def test_what_was_being_typed_is_refused_with_the_sentence(bench: Bench, tmp_path: Path) -> None:
    case = bench.record(phone=PHONE, customer="王芳")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await pilot.pause()
        await press(pilot, "e", "text:明天去")
        restricting.restrict(bench.desk(), PHONE, "本人要求")
        await press(pilot, "ctrl+o")
        assert "is only kept" in " ".join(picture(app).split())
        assert not bench.now(case).answered


@pytest.mark.parametrize("act", [each for each in acts.PERSONS if each != acts.RECORD.id])
def test_every_key_and_menu_line_is_grey_with_the_sentence(act: str, bench: Bench) -> None:
    case = bench.record(phone=PHONE, customer="王芳")
    action = actions.of(act)
    restricting.restrict(bench.desk(), PHONE, "本人要求")
    assert "is only kept" in str(refusal(bench.desk(), bench.now(case), action))
    restricting.lift(bench.desk(), PHONE, "本人同意")
    assert "is only kept" not in str(refusal(bench.desk(), bench.now(case), action))


async def test_the_form_says_that_the_person_is_restricted(bench: Bench, tmp_path: Path) -> None:
    from screens.outlook import outlook

    bench.record(phone=PHONE, customer="王芳", category="construction-quality")
    restricting.restrict(bench.desk(), PHONE, "本人要求")
    found = outlook(bench.desk(), {"text": "又漏水", "phone": "138 0013 8000"})
    assert (found.restricted, found.earlier, found.shown.still_open) == (True, [], None)
    assert not outlook(bench.desk(), {"text": "又漏水", "phone": "13900139000"}).restricted


def test_a_case_is_not_read_whole_but_by_whoever_may_lift_it(bench: Bench) -> None:
    case = bench.record(phone=PHONE, customer="王芳")
    restricting.restrict(bench.desk(), PHONE, "本人要求")
    furnished(bench)
    assert read(bench.desk("zong"), case.case_id).case.customer == "王芳"
    with pytest.raises(RefusedError, match="is only kept"):
        read(bench.desk("yun"), case.case_id)
