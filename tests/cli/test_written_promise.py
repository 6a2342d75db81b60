"""The written promise of a sum, as it is printed for the customer."""

import pytest

from workbench import words


@pytest.fixture
def number(wb):
    given = (
        "--text",
        "地板泡坏",
        "--customer",
        "王芳",
        "--phone",
        "13800138000",
        "--site",
        "金色家园",
        "--unit",
        "3-502",
    )
    return wb("record", *given, "--json").json["number"]


def test_a_granted_sum_is_promised_in_writing(wb, number):
    wb("compensate", number, "--amount", "5000", "--text", "内部：经理口头同意")
    wb("compensate", number, "--amount", "105.50")
    wb("pay", number, "2")
    done = wb("receipt", number, "--promise")
    assert done.code == 0
    assert done.out.splitlines() == [
        "Written promise", "",
        f"Number {number}", "To: 王芳", "Home: 金色家园 3-502", "",
        "1. 5,000.00 yuan, promised on 2026-11-21; not paid yet",
        "2. 105.50 yuan, promised on 2026-11-21; paid on 2026-11-21",
        "In all: 5,105.50 yuan", "",
        "We owe these sums. To ask for them, the number above is enough.",
        "Printed: 2026-11-21 12:00",
        "Signature and seal: ____________________",
    ]  # fmt: skip


def test_in_chinese_the_sum_stands_in_capitals_too(wb, number):
    wb("compensate", number, "--amount", "5000")
    said = wb("--lang", "zh", "receipt", number, "--promise").out
    assert "书面承诺" in said
    assert "5,000.00 元（伍仟元整）" in said
    assert "盖章" in said


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_word_of_the_house_no_phone_and_no_name_of_staff_leaks(wb, number, language):
    wb("compensate", number, "--amount", "5000", "--text", "内部：经理口头同意")
    said = wb("--lang", language, "receipt", number, "--promise").out
    assert not [word for word in ("内部", "13800138000", "mei", "地板泡坏") if word in said]


def test_as_json_sums_are_exact_and_times_utc(wb, number):
    wb("compensate", number, "--amount", "5000")
    found = wb("receipt", number, "--promise", "--json").json
    assert (found["number"], found["total"]) == (number, "5000.00")
    assert found["sums"] == [
        {"id": 1, "amount": "5000.00", "capitals": "伍仟元整", "promised_at": "2026-11-21T04:00:00.000000Z",
         "paid_at": None}
    ]  # fmt: skip


def test_where_nothing_is_granted_nothing_is_promised(wb, number):
    for person, role in (("boss", "manager"), ("mei", "handler")):
        wb("--as", "boss", "staff", "add", person, "--role", role)
    assert wb("compensate", number, "--amount", "5000").code == 0  # above 500: a request
    refused = wb("receipt", number, "--promise")
    assert (refused.code, refused.out) == (3, "")
    assert "No sum is granted" in refused.err
    wb("--as", "boss", "approve", number)
    assert wb("receipt", number, "--promise").code == 0
