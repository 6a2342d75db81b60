"""The board in lines: figures with the lines that list their cases, in both languages."""

import pytest
from desks import Bench
from duty_support import office
from talk import Talk

from workbench import words
from workbench.desk import Desk
from workbench.setup import people


@pytest.mark.parametrize(("command", "language"), [("B", "en"), ("board", "en"), ("看板", "zh"), ("B", "zh")])
def test_the_board_is_said_a_figure_a_line(bench: Bench, talk: Talk, command: str, language: str) -> None:
    words.use(language)
    bench.record(site="金色家园")
    bench.act(bench.record(), "take")
    said = talk(command, "q")
    assert {"en": "Open: 2; workbench list next-due", "zh": "处理中: 2; workbench list next-due"}[
        language
    ] in said
    assert "金色家园: " in said
    assert "mei: " in said


def test_who_may_not_see_figures_is_told_who_may(
    bench: Bench, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(bench)
    people.remove_person(bench.desk("zong"), "mei")
    monkeypatch.setattr(Desk, "owns_store", lambda self: False)
    assert "see the summary" in talk("board", "q")
