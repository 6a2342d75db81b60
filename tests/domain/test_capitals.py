"""Sums in the capital numerals of Chinese papers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.capitals import yuan
from workbench.domain.sums import yuan as read


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("5000", "伍仟元整"),
        ("1.00", "壹元整"),
        ("10", "壹拾元整"),
        ("105", "壹佰零伍元整"),
        ("1005", "壹仟零伍元整"),
        ("10005", "壹万零伍元整"),
        ("10500", "壹万零伍佰元整"),
        ("15000", "壹万伍仟元整"),
        ("100000", "壹拾万元整"),
        ("1200.50", "壹仟贰佰元伍角整"),
        ("1200.05", "壹仟贰佰元零伍分"),
        ("9999.99", "玖仟玖佰玖拾玖元玖角玖分"),
        ("0.35", "叁角伍分"),
        ("0.05", "伍分"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
    ],
)
def test_a_sum_is_written_as_on_a_bill(amount: str, expected: str) -> None:
    assert yuan(Decimal(amount)) == expected


@given(st.integers(min_value=1, max_value=99_999_999))
def test_what_is_written_is_read_again_as_the_same_sum(amount: int) -> None:
    assert read(yuan(Decimal(amount)).removesuffix("元整")) == amount
