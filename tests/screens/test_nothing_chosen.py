"""Nothing is decided that nobody chose: a choice that is needed stands open until somebody makes it."""

from pathlib import Path

import pytest
from desks import Bench

from screens.ask.options import Choice
from tests.screens.support import last_event, opened, picture, press, queue_of

NO_ONE = [("a", "One"), ("b", "Two"), ("c", "Three")]


async def test_an_opinion_is_not_taken_for_heard_because_the_form_was_saved(
    bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "b", "ctrl+o")
        assert "Say whether the customer was reached" in picture(app)
        assert last_event(bench.desk(), case).act == "record"
        await press(pilot, "text:2", "ctrl+o")
        assert queue_of(app).panes.form is None, picture(app)
    assert last_event(bench.desk(), case).data["reached"] is False


@pytest.mark.parametrize(
    ("options", "given", "typed"),
    [(NO_ONE, "", ""), (NO_ONE, "b", "b"), (NO_ONE, "gone", ""), (NO_ONE[:1], "", "a"), ([], "", "")],
)
def test_a_choice_holds_what_was_given_or_the_only_one(
    options: list[tuple[str, str]], given: str, typed: str
) -> None:
    assert Choice(options, given).typed == typed


@pytest.mark.parametrize(
    ("keys", "typed"), [(["right"], "a"), (["left"], "c"), (["right", "right"], "b"), (["2"], "b")]
)
async def test_the_first_step_leads_to_either_end(
    keys: list[str], typed: str, bench: Bench, tmp_path: Path
) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        choice = Choice(NO_ONE, "")
        queue_of(app).mount(choice)
        await pilot.pause()
        choice.focus()
        await pilot.pause()
        assert not _lit(choice), "nothing looks chosen"
        await press(pilot, *keys)
        assert choice.typed == typed
        assert _lit(choice)


def _lit(choice: Choice) -> list[str]:
    """Return what is drawn in the style of the option under the cursor."""
    style = choice.get_component_rich_style("options--here")
    return [piece.text for piece in choice.render_line(0) if piece.style == style]
