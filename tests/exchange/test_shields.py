"""A cell that a spreadsheet would turn into something else is guarded, and comes back sign by sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.test_cells import HOSTILE, dangerous
from workbench.exchange.cells import guarded
from workbench.exchange.shields import nothing_to_shield, shielded, unshielded

TURNED = (
    "3-1", "3-1203", "12-1203", "1/2", "3 1/2", "2026-11-02", "11/2", "1-2-3", "2026年11月2日", "11月2日", "9时30分",
    "9:30", "9:30:00", "上午9:30", "下午 3:00", "9:30 PM", "9 a", "Mar 1", "1-Mar", "5 May 2026", "Nov-26",
    "Sunday, 1 March 2026", "2026-11-02T07:00:00.000000Z", "00123", "0.50", "1.0", "3.1", "1,234", "1E5", "1e+5",
    "1.5E-3", "50%", "$5", "¥100", "￥100", "(5)", "１２３", "３－１", "123456789012", " 007 ", "TRUE", "false", "#N/A",
    "=1+1", "+86 13800138000", "-5", "@x", "＝1", "\t3", "|x", "%x", "٣-١",
)  # fmt: skip
KEPT = (
    "101", "0", "13800138000", "12345678901", "138****8000", "0755-12345678", "云栖花园1期", "3号楼", "3栋201", "12A", "B-3",
    "#3", "厨房漏水", "May we ask", "March", "true story", "v1.2", "3-1-A", "上午", "12 Abbey", "A241130-00013", "",
    "https://x.example", "1 of 2",
)  # fmt: skip
CELLS = st.one_of(
    HOSTILE,
    st.text(st.sampled_from("'= 0123-/.:E年月日a上午pm%\n\r\u2028１％"), max_size=12),
    st.sampled_from((*TURNED, *KEPT)).flatmap(
        lambda text: st.integers(0, 3).map(lambda marks: "'" * marks + text)
    ),
)


@pytest.mark.parametrize("text", TURNED)
def test_what_a_spreadsheet_would_turn_into_something_else_is_guarded(text: str) -> None:
    assert shielded(text) == f"'{text}"


@pytest.mark.parametrize("text", KEPT)
def test_what_is_shown_as_it_is_gets_no_guard(text: str) -> None:
    assert shielded(text) == text


@given(CELLS)
def test_every_cell_comes_back_sign_by_sign(text: str) -> None:
    assert unshielded(shielded(text)) == text


@given(CELLS)
def test_whatever_is_no_formula_guarded_is_none_shielded(text: str) -> None:
    assert not dangerous(shielded(text))
    assert guarded(shielded(text)) == shielded(text)


@given(st.lists(CELLS.filter(bool), max_size=5))
def test_nothing_is_said_to_be_harmless_that_is_changed_alone(texts: list[str]) -> None:
    assert not nothing_to_shield(texts) or list(map(shielded, texts)) == texts


def test_most_columns_of_names_are_seen_to_be_harmless_at_once() -> None:
    assert nothing_to_shield(["云栖花园1期", "张三"])
    assert not nothing_to_shield(["张三", "3-1"])
    assert not nothing_to_shield(["上午9:30"])


@pytest.mark.parametrize(("text", "cell"), [("'3-1", "''3-1"), ("a\n'=1", "a\n''=1"), ("'x", "'x")])
def test_an_apostrophe_that_was_typed_is_kept_apart_from_ours(text: str, cell: str) -> None:
    assert shielded(text) == cell
