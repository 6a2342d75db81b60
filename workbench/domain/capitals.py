"""Sums as they are written on papers in Chinese, so that no digit can be changed: 伍仟元整.

Source: the usual rules for sums on bills: one 零 for empty places within, 整 where no 分 follows.
"""

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_TENS = ("仟", "佰", "拾", "")
_GREAT = ("", "万", "亿", "万亿")


def yuan(amount: Decimal) -> str:
    """Return ``amount``, above 0 and exact to the cent, in capital numerals."""
    cents = int(amount * 100)
    whole, (tenths, hundredths) = cents // 100, divmod(cents % 100, 10)
    said = _whole(whole) + "元" if whole else ""
    if tenths:
        said += _DIGITS[tenths] + "角"
    elif hundredths and whole:
        said += "零"
    return said + (_DIGITS[hundredths] + "分" if hundredths else "整")


def _whole(number: int) -> str:
    said, gap = "", False
    for at in range((len(str(number)) - 1) // 4, -1, -1):
        group = number // 10_000**at % 10_000
        if not group:
            gap = bool(said)
            continue
        gap = bool(said) and (gap or group < 1000)
        said += "零" * gap + _group(group) + _GREAT[at]
        gap = False
    return said


def _group(number: int) -> str:
    said, gap = "", False
    for digit, ten in zip(map(int, f"{number:04}"), _TENS, strict=True):
        if digit:
            said += "零" * gap + _DIGITS[digit] + ten
        gap = bool(said) and not digit
    return said
