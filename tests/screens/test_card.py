"""Whoever answers sees the case: at every size, under every form, from the list and from the case itself."""

import pytest
from support import SMALL, USUAL, opened, picture, press

from screens.case_reader import read
from screens.present.card import card
from workbench import words

SAID = "厨房漏水，第三次了"


@pytest.fixture
def case(bench):
    made = bench.record(text=SAID, customer="王芳", phone="13800138000", site="金色家园", unit="3-502")
    bench.act(made, "take")
    return made


@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, USUAL, (100, 30)])
@pytest.mark.parametrize("keys", [["e"], ["c"], ["enter", "e"], ["enter", "p"], ["n"]])
async def test_the_customers_words_stay_in_sight(bench, case, tmp_path, tongue, size, keys):
    words.use(tongue)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, *keys)
        shown = picture(app)
        assert SAID in shown
        assert "138****8000" in shown
        assert "Ctrl+O" in shown
        await press(pilot, "escape")
        assert case.number in picture(app)


async def test_after_a_form_the_case_is_read_on_where_it_was_read(bench, case, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "enter")
        whole = picture(app)
        await press(pilot, "e", "escape")
        assert "Received at" in whole
        assert "Received at" in picture(app)


async def test_a_form_fits_the_screen_with_the_list_above_it(bench, case, tmp_path):
    for n in range(9):
        bench.record(text=f"{n} 号楼停电")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "e")
        rows = [row for row in picture(app).splitlines() if "A2611" in row]
        assert len(rows) >= 4, "the list goes on above the card"


def drawn(bench, case, height=8, width=78):
    return str(card(read(bench.desk(), case.case_id), width, height)).splitlines()


def test_the_card_says_who_what_was_told_who_waits_and_what_is_owed(bench, case):
    first = drawn(bench, case)
    assert case.number in first[0]
    assert "王芳" in first[0]
    assert "金色家园 3-502" in first[0]
    assert first[1].startswith(SAID)
    assert any("told nothing yet" in line for line in first)
    bench.act(case, "promise", text="修好天花板", due="+1d")
    bench.act(case, "reply", text="今天下午有人上门")
    bench.act(case, "heard", text="现在卧室也漏了")
    bench.act(case, "pause", **{"for": "customer"}, reason="等业主回家", until="+3d")
    later = drawn(bench, case, height=9)
    assert later[1].startswith("现在卧室也漏了")
    assert any(line.startswith("For us since") for line in later)
    assert any("今天下午有人上门" in line for line in later)
    assert any(line.startswith("Waits for the customer until") for line in later), later
    assert any("修好天花板" in line for line in later)


def test_a_cut_is_marked_and_the_card_keeps_its_lines(bench):
    long = bench.record(text="漏水。" * 200)
    for height in (5, 8, 11):
        lines = drawn(bench, long, height)
        assert len(lines) <= height
        assert any(line.rstrip().endswith("...") for line in lines)
