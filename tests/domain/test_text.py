import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.domain.text import (
    clip,
    door,
    fold,
    gist,
    mask_numbers,
    mask_phone,
    narrow,
    phone_key,
    safe_text,
)

EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1)]
ANY_TEXT = st.text(st.characters(exclude_categories=[]))
# Weighted towards what hurts: controls, marks, direction, width, surrogates.
NASTY = st.text(
    st.sampled_from("a漏，ｱ\x00\t\n\r\x1b\x7f\x9b\xad\u0301\u0489\u034f\u200b\u200d\u202e\u2028\ufe0f\ufeff")
    | st.sampled_from("\ud800\udc00\U000e0041\U000e0100👨🏽क्षि")
)


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]52;c;cm0gLXJm\x07", "␛]52;c;cm0gLXJm␇"),
        ("\x9b2J", "<9b>2J"),
        ("a\x00b\x7f", "a␀b␡"),
        ("abc\u202e321", "abc<202E>321"),
        ("pay\u200bpal", "pay<200B>pal"),
        ("one\u2028two", "one<2028>two"),
        ("\U000e0041", "<E0041>"),
        ("\ud83d", "<D83D>"),
        ("line\nnext\tcell\r\n", "line␊next␉cell␍␊"),
        ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
        ("业主反映：漏水，", "业主反映：漏水，"),
        ("Zoë नमस्ते", "Zoë नमस्ते"),
    ],
)
def test_a_payload_is_shown_and_does_nothing(payload, shown):
    assert safe_text(payload) == shown


def test_lines_stay_lines_where_they_are_wanted():
    assert safe_text("a\r\nb\tc\rd\x1b", newlines=True) == "a\nb\tc␍d␛"


def test_no_control_format_or_surrogate_character_of_unicode_comes_through():
    let_through = [
        f"{ord(character):04X}"
        for character in EVERY_CHARACTER
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and character in safe_text(character)
    ]
    assert let_through == []


def test_every_combining_mark_of_unicode_is_capped_at_four():
    longer = [
        f"{ord(mark):04X}"
        for mark in EVERY_CHARACTER
        if unicodedata.category(mark) in ("Mn", "Me") and safe_text("a" + mark * 300).count(mark) > 4
    ]
    assert longer == []


@given(ANY_TEXT | NASTY, st.booleans())
def test_making_safe_twice_changes_nothing(text, newlines):
    once = safe_text(text, newlines=newlines)
    assert safe_text(once, newlines=newlines) == once


@given(ANY_TEXT | NASTY)
def test_safe_text_can_always_be_printed(text):
    shown = safe_text(text)
    shown.encode()
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in shown)


@given(ANY_TEXT | NASTY)
def test_what_passed_the_door_can_be_stored_and_the_rest_is_untouched(text):
    kept = door(text)
    kept.encode()
    assert len(kept) == len(text)
    changed = {before for before, after in zip(text, kept, strict=True) if before != after}
    assert all(c == "\0" or unicodedata.category(c) == "Cs" for c in changed)
    assert "\0" not in kept


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "strasse"),
        ("ﾛｳｽｲ", "ロウスイ"),
        ("漏\u200b水", "漏水"),
        ("e\u0301", "é"),
        ("ｗｉ－ＦＩ", "wi-fi"),
    ],
)
def test_width_case_and_invisible_characters_do_not_matter_for_search(text, folded):
    assert fold(text) == folded


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_narrow_leaves_circled_and_other_digits_alone():
    assert narrow("１２：３０　①²٣Ａ") == "12:30 ①²٣A"


@given(ANY_TEXT | NASTY, st.integers(-1, 30))
def test_clipped_text_has_exactly_the_cells(text, cells):
    safe = safe_text(text)
    assert cell_len(clip(safe, cells)) == max(cells, 0)


@pytest.mark.parametrize(
    ("text", "cells", "clipped"),
    [
        ("漏水了", 4, "漏水"),
        ("漏水了", 5, "漏水 "),
        ("漏水了", 8, "漏水了  "),
        ("A座漏水", 4, "A座 "),
        ("abcdef", 3, "abc"),
        ("★漏水", 4, "★漏 "),
        ("漏", 0, ""),
    ],
)
def test_a_wide_character_is_never_cut_in_half(text, cells, clipped):
    assert clip(text, cells) == clipped


def test_every_character_of_the_quick_way_is_as_wide_as_rich_says():
    wrong = [
        f"{ord(character):04X}"
        for character in EVERY_CHARACTER
        if character.isprintable() and cell_len(clip(character, 2)) != 2
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "length", "line"),
    [
        ("  业主\n\n反映  漏水 ", 20, "业主 反映 漏水"),
        ("业主反映卫生间漏水", 7, "业主反映..."),
        ("a\x1b[2J", 20, "a␛[2J"),
        ("x" * 5_000_000, 10, "xxxxxxx..."),
        ("", 10, ""),
        ("abc", 2, ".."),
    ],
)
def test_a_gist_is_one_safe_short_line(text, length, line):
    assert gist(text, length) == line


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800138000", "138****8000"),
        ("+86 138 0013 8000", "138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("138****8000", "138****8000"),
        ("010-87654321", "010****4321"),
        ("0571-12345678", "057*****5678"),
        ("87654321", "87****21"),
        ("8765432", "8****32"),
        ("12345", "****5"),
        ("120", "****"),
        ("1+860", "****"),
        ("张先生 13800138000", "张先生 138****8000"),
        ("13800138000/13900139000", "138****8000/139****9000"),
        ("未留", "未留"),
        ("", ""),
    ],
)
def test_a_phone_is_masked_in_the_form_of_the_trade(phone, masked):
    assert mask_phone(phone) == masked


@given(st.text("0123456789 -+()转张/", max_size=30))
def test_a_masked_phone_shows_at_most_three_and_four_digits_of_a_run(phone):
    for run in mask_phone(phone).replace("-", " ").split():
        assert sum(map(str.isdigit, run.split("****")[-1])) <= 4
    assert sum(map(str.isdigit, mask_phone(phone))) <= max(0, sum(map(str.isdigit, phone)) - 4) or not any(
        map(str.isdigit, phone)
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证110101199003071234。", "身份证110***********1234。"),
        ("11010119900307123X", "110***********123X"),
        ("旧证110101900307123", "旧证110********7123"),
        ("联系13800138000或138-0013-8000", "联系138****8000或138-****-8000"),
        ("电话１３８００１３８０００", "电话１３８****８０００"),
        ("微信wx13800138000", "微信wx138****8000"),
        ("座机010-87654321，电话87654321", "座机010-****4321，电话****4321"),
        ("卡6222021234567890123", "卡622************0123"),
        ("卡6222 0212 3456 7890", "卡622* **** **** 7890"),
        ("call (617) 555-1234", "call (61*) ***-1234"),
    ],
)
def test_numbers_of_persons_are_masked_in_free_text(text, masked):
    assert mask_numbers(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21 20:15",
        "20261121",
        "共1500000元",
        "A261121-00427",
        "101004156789",
        "20261121201500",
        "3栋2单元1801",
    ],
)
def test_dates_amounts_and_case_numbers_are_not_masked(text):
    assert mask_numbers(text) == text


@given(st.text("01389 -+（电话:x", max_size=40))
def test_masking_twice_changes_nothing(text):
    assert mask_numbers(mask_numbers(text)) == mask_numbers(text)
    assert mask_phone(mask_phone(text)) == mask_phone(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("（＋８６）１３８００１３８０００", "13800138000"),
        ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("+86 10 8765 4321", "01087654321"),
        ("010-87654321转803", "01087654321"),
        ("010-87654321 ext. 803", "01087654321"),
        ("13800138000、13900139000", "13800138000"),
        ("张先生13800138000", "13800138000"),
        ("400-810-0000", "4008100000"),
        ("+1 617 555 1234", "16175551234"),
        ("138****8000", ""),
        ("未留", ""),
        ("", ""),
    ],
)
def test_one_phone_has_one_key_however_it_is_written(text, key):
    assert phone_key(text) == key
