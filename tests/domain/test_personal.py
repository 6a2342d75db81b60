"""What stands for a person is masked in every form in which it is written; what counts or dates is not."""

import sys
import unicodedata
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain import personal
from workbench.domain.personal import mask_numbers, nothing_to_mask
from workbench.domain.text import mask_phone

PHONE = "13812348000"
SCRIPTS = sorted(
    {code for code in range(sys.maxunicode + 1) if unicodedata.decimal(chr(code), None) == 0}
)  # where ten digits in a row begin
READ_OUT = str.maketrans("0123456789", "零一二三四五六七八九")
READ_OUT_ZERO = str.maketrans("0123456789", "〇一二三四五六七八九")
RADIO = str.maketrans("0123456789", "洞幺二三四五六拐八勾")
CAPITALS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("138.1234.8000", "138.****.8000"),
        ("138/1234/8000", "138/****/8000"),
        ("138 1234 8000", "138 **** 8000"),
        ("138-1234-8000", "138-****-8000"),
        ("138—1234–8000", "138—****–8000"),
        ("138·1234·8000", "138·****·8000"),
        ("138_1234_8000", "138_****_8000"),
        ("138 - 1234 - 8000", "138 - **** - 8000"),
        ("138\n1234\n8000", "138\n****\n8000"),
        ("1381234\r\n8000", "138****\r\n8000"),
        ("138\u20091234\u00a08000", "138\u2009****\u00a08000"),
        ("138\u200b1234\u200b8000", "138\u200b****\u200b8000"),
        ("138\u30001234\u30008000", "138\u3000****\u30008000"),
        ("138 12348000", "138 ****8000"),
        ("1381 234 8000", "138* *** 8000"),
        ("1381-2348-000", "138*-***8-000"),
        ("138-123-48000", "138-***-*8000"),
        ("13 81 23 48 00 0", "13 8* ** *8 00 0"),
        ("1 3 8 1 2 3 4 8 0 0 0", "1 3 8 * * * * 8 0 0 0"),
        ("1-3-8-1-2-3-4-8-0-0-0", "1-3-8-*-*-*-*-8-0-0-0"),
        ("１３８．１２３４．８０００", "１３８．****．８０００"),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣8️⃣0️⃣0️⃣0️⃣", "1️⃣3️⃣8️⃣*️⃣*️⃣*️⃣*️⃣8️⃣0️⃣0️⃣0️⃣"),
        ("+86 138.1234.8000", "+86 1**.****.8000"),
        ("0086-138-1234-8000", "008*-***-****-8000"),
        ("+86(138)1234-8000", "+86(1**)****-8000"),
        ("微信同号138-1234-8000，谢谢", "微信同号138-****-8000，谢谢"),
        ("打13812348000一直不通", "打138****8000一直不通"),
        ("13812348000/13912348000", "138****8000/139****8000"),
        ("电话13812348000 2026-11-21", "电话138****8000 2026-11-21"),
        ("010-8765-4321", "010-****-4321"),
        ("0571.8765.4321", "057*.****.4321"),
        ("（010）87654321", "（010）****4321"),
        ("座机8765-4321", "座机****-4321"),
        ("110101 19900307 1234", "110*** ******** 1234"),
        ("110101 1990 0307 123X", "110*** **** **** 123X"),
        ("110101-19900307-123x", "110***-********-123x"),
        ("1101 0119 9003 0712 34", "110* **** **** **12 34"),
        ("110 101 1990 03 07 1234", "110 *** **** ** ** 1234"),
        ("110101\n199003071234", "110***\n********1234"),
        ("１１０１０１１９９００３０７１２３Ｘ", "１１０***********１２３Ｘ"),
        ("110101 900307 123", "110*** *****7 123"),
        ("1 1 0 1 0 1 1 9 9 0 0 3 0 7 1 2 3 4", "1 1 0 * * * * * * * * * * * 1 2 3 4"),
        ("6222.0212.3456.7890", "622*.****.****.7890"),
        ("联系zhang.san@qq.com谢谢", "联系z********@qq.com谢谢"),
        ("A@b.cn", "*@b.cn"),
        ("ｌｉ＠ｑｑ．ｃｏｍ", "ｌ*＠ｑｑ．ｃｏｍ"),
        ("护照E12345678", "护照E****5678"),
        ("护照号：EA1234567", "护照号：EA***4567"),
        ("passport no. K1234567", "passport no. K***4567"),
        ("港澳通行证号码H12345678", "港澳通行证号码H****5678"),
    ],
)
def test_a_number_of_a_person_is_masked_however_it_is_written(text, masked):
    assert mask_numbers(text) == masked


@pytest.mark.parametrize("zero", SCRIPTS, ids=lambda code: f"{code:04X}")
def test_a_phone_is_masked_in_the_digits_of_every_script(zero):
    written = "".join(chr(zero + int(digit)) for digit in PHONE)
    assert mask_numbers(f"打{written}。") == f"打{written[:3]}****{written[7:]}。"
    apart = f"{written[:3]}-{written[3:7]}-{written[7:]}"
    assert mask_numbers(apart) == f"{written[:3]}-****-{written[7:]}"
    assert written[3:7] not in mask_phone(written)


@pytest.mark.parametrize(
    "how", [READ_OUT, READ_OUT_ZERO, RADIO, CAPITALS, CIRCLED], ids=lambda how: how[ord("0")]
)
@pytest.mark.parametrize("between", ["", " ", "-", "、"])
def test_a_phone_that_is_read_out_is_masked(how, between):
    written = between.join(PHONE.translate(how))
    masked = mask_numbers(f"请打{written}一直有人")
    assert masked.count("*") == 4
    assert written not in masked
    assert masked.startswith("请打") and masked.endswith("一直有人")  # noqa: PT018 (one sentence)


def test_digits_and_words_may_be_mixed():
    assert mask_numbers("138一二三四8000") == "138****8000"
    assert mask_numbers("身份证一一零一零一一九九零零三零七一二三四") == "身份证一一零***********一二三四"
    assert mask_numbers("零一零八七六五四三二一") == "零一零****四三二一"


@pytest.mark.parametrize(
    "text",
    [
        "共1,500,000.00元", "9999.99", "15000000.00", "￥138,000", "138.50元", "赔偿 1500 元，另 2000 元，再 300 元",
        "2026-11-21 20:15", "2026.11.21", "2026/11/21 13:05", "20261121", "20261121201500", "2026年11月21日",
        "21/11/2026", "1990-03-07", "二〇二六年十一月二十一日", "一百三十八万一千二百", "第一、第二、第三", "三五七九单元",
        "2026-11-20 10:00 - 2026-11-21 18:30", "1801 2026-1-21", "1501-1502-1503", "3栋2单元1801", "3-502",
        "12-1-1801", "13号楼1801室", "A261121-00427", "101004156789", "SO20261121001", "WX-2026-0042-17",
        "G20261121", "E20261121", "批号E1234", "192.168.100.12", "10.0.0.1:8080", "版本3.53.4", "13812", "1381234",
        "一二三四五六七", "一一二二三三", "二十一世纪三号楼一单元一八零一", "user@host", "@所有人", "a@b",
        "9b2f0c4e5d6a7b8c", "十三楼八号", "18:30-19:00", "08:00 09:00 10:00", "100平方米 2026-11-21", "楼层 18 19 20 21 22",
    ],
)  # fmt: skip
def test_what_counts_or_dates_or_names_is_not_masked(text):
    assert mask_numbers(text) == text


PIECES = st.sampled_from(
    ["138", "1234", "8000", "0", "86", "+", "0086", " ", "-", ".", "/", "\n", "一三八", "〇", "漏水", "E1234567", "@", "qq.com",
     "x", "电话", "110101", "19900307", "１３８", "٣", "*", "****"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_masking_twice_changes_nothing_however_it_is_pieced_together(text):
    once = mask_numbers(text)
    assert mask_numbers(once) == once
    assert len(once) == len(text)


@given(
    st.text("漏水 请回电，。\n", max_size=12),
    st.sampled_from(["", " ", "-", ".", "/", "\n", " - ", "·"]),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text("漏水一直，。 a", max_size=12),
)
def test_no_phone_comes_through_whatever_stands_around_it(before, between, phone, behind):
    written = between.join((phone[:3], phone[3:7], phone[7:]))
    masked = mask_numbers(f"{before}{written}{behind}")
    assert written not in masked
    assert masked.count("*") >= 4


def test_a_long_text_of_digits_takes_no_time_of_its_own():
    """A text that cannot be judged whole is walked once: nothing here grows with its square."""
    assert mask_numbers("0 " * 20_000) == "0 " * 20_000
    assert mask_numbers("138" * 20_000) == "138" * 20_000
    assert mask_numbers("@" * 5_000) == "@" * 5_000


PIECES = (
    "12345678", "1234567", "123456789", "1234567890", "8765432", "2345678", "13812348000", "E1234567", "G12345678", "E123456",
    "报修单", "漏水", "电话", "座机", "手机", "号码", "固话", "话：", "机:", "l:", "护照", "Passport", "件", "x", "中", "一三八", "二三四五",
    "+", "＋", "00", "86", "010", "(", " ", "，", "。", "-", "@", "a@b.example", "\n", "Ｅ", "①", "\u200b", "号", "单12345678",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
@settings(max_examples=2_000)
def test_what_is_passed_over_at_a_glance_would_not_have_been_masked(text):
    with mock.patch.object(personal, "stands_for_nobody", return_value=False):
        looked_at = mask_numbers(text)
    assert mask_numbers(text) == looked_at
    among = ["漏水漏水", text, "12号楼"]
    assert nothing_to_mask(among) <= (looked_at == text)


def test_the_number_of_a_repair_is_passed_over_at_a_glance():
    """The control: else the rule would hold of nothing."""
    text = "师傅没来，报修单12345678，请尽快"
    with mock.patch.object(personal, "_of_numbers", side_effect=AssertionError):
        assert mask_numbers(text) == text
        assert nothing_to_mask([text, "漏水"] * 9)
    assert not nothing_to_mask([text, "电话87654321"])
