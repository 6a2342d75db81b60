"""Initials of names: what a person types for them, and a table that agrees with an order of its own kind."""

from bisect import bisect_right

import pytest

from workbench.domain.initial_letters import LETTERS
from workbench.domain.initials import LONGEST, MOST_RUNS, runs

TABLE = LETTERS.replace("\n", "")
# GB 2312 puts its 3755 commonest characters in the order of their readings: where each letter begins
BEGINS = {
    "a": "啊", "b": "芭", "c": "擦", "d": "搭", "e": "蛾", "f": "发", "g": "噶", "h": "哈", "j": "击", "k": "喀", "l": "垃",
    "m": "妈", "n": "拿", "o": "哦", "p": "啪", "q": "期", "r": "然", "s": "撒", "t": "塌", "w": "挖", "x": "昔", "y": "压", "z": "匝",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("沈岚", "sl"),
        ("碧水湾", "bsw"),
        ("金色家园", "jsjy"),
        ("欧阳娜娜", "oynn"),
        ("曾单", "zs"),
        ("仇单", "qs"),
        ("重庆长乐行", "cqclh"),
        ("万科 金域华府", "jyhf"),
        ("碧水湾A区", "bswaq"),
        ("ＡＢ湾湾", "abww"),
        ("碧水湾３期", "bsw3q"),
        ("王·芳草", "fc"),
    ],
)
def test_a_name_is_found_by_its_initials(name, expected):
    assert expected in runs(name)


@pytest.mark.parametrize(
    "name", ["", "Anna", "138 0013 8000", "王", "A 王 1", "。，", "한국", "\U00020000\U00020001"]
)
def test_what_has_no_two_characters_in_a_row_has_none(name):
    assert runs(name) == ()


def test_a_name_of_many_readings_or_characters_gives_a_few_short_runs():
    found = runs("长重" * 20)
    assert len(found) == MOST_RUNS
    assert {len(run) for run in found} == {LONGEST}


def letter_by_order(character):
    """The letter of one of the commonest characters, by where it stands in GB 2312."""
    letters = sorted(BEGINS, key=lambda letter: BEGINS[letter].encode("gb2312"))
    starts = [BEGINS[letter].encode("gb2312") for letter in letters]
    return letters[bisect_right(starts, character.encode("gb2312")) - 1]


def differing(table):
    common = [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA)
    ]
    assert len(common) == 3755
    return [each for each in common if table[ord(each) - 0x4E00] != letter_by_order(each)]


def test_the_table_agrees_with_the_order_of_a_character_set():
    """Where both differ the character has both readings: 0.5 in a hundred."""
    assert len(TABLE) == 0xA000 - 0x4E00
    assert set(TABLE) <= set("abcdefghjklmnopqrstwxyz.")
    assert len(differing(TABLE)) < 40, "".join(differing(TABLE))


def test_a_table_that_is_shifted_by_one_character_would_be_seen():
    """The control."""
    assert len(differing(TABLE[1:] + "a")) > 3000
