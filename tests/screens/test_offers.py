"""By keys: a sum in what the customer hears is marked while it is typed, and asked about once when it is saved."""

from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office

from screens.ask.offer import OfferQuestion
from tests.screens.support import opened, picture, press, queue_of
from tests.screens.test_marking import marked, row_of
from workbench.domain.cases import Case

SUM = "text:地板我们赔您500元"
ABOVE = "text:地板我们赔您800元"


@pytest.fixture(autouse=True)
def _at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the key that saved mean something again at once: whoever types here takes their time."""
    monkeypatch.setattr("screens.gate.MOMENT_SECONDS", 0.0)


@pytest.fixture
def case(bench: Bench) -> Case:
    office(bench)
    return held(bench)


def done(bench: Bench, case: Case) -> list[str]:
    """Return what was done to a case by people after it was held."""
    events = bench.desk().timeline(case.case_id)
    return [event.act for event in events if event.act not in ("record", "take", "assign")]


async def test_a_sum_is_marked_while_it_is_typed_and_no_longer_once_one_is_granted(
    bench: Bench, case: Case, tmp_path: Path
) -> None:
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "e", SUM)
        assert marked(app, row_of(app).control) == "500元"
        assert "is a sum: saving asks whether it is an offer" in str(row_of(app).note.content)
    bench.act(case, "compensate", "mei", amount="500")
    async with opened(bench.desk("mei"), tmp_path / "later") as (app, pilot):
        await press(pilot, "e", SUM)
        assert marked(app, row_of(app).control) == ""


@pytest.mark.parametrize(("key", "act"), [("e", "reply"), ("o", "propose"), ("c", "close")])
async def test_no_offer_is_one_key_and_the_text_is_stored_with_the_mark(
    key: str, act: str, bench: Bench, case: Case, tmp_path: Path
) -> None:
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, key, SUM, "ctrl+o")
        assert isinstance(app.screen, OfferQuestion)
        assert app.screen.query_one("#conflict").region.y > 0, (
            "it stands over the form, which is seen through"
        )
        assert done(bench, case) == []
        await press(pilot, "enter", "x")
        assert isinstance(app.screen, OfferQuestion), "no default"
        await press(pilot, "2")
        assert queue_of(app).panes.form is None
    event = bench.desk().timeline(case.case_id)[-1]
    assert (event.act, event.data["no_offer"]) == (act, ["500元"])
    assert event.data["no_offer_told"] == ["jin"]


async def test_escape_leads_back_to_the_text_and_nothing_is_stored(
    bench: Bench, case: Case, tmp_path: Path
) -> None:
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "e", SUM, "ctrl+o", "escape")
        assert row_of(app).control.typed == SUM.removeprefix("text:")
        await press(pilot, "text:，不，还没定", "ctrl+o", "2")
    assert done(bench, case) == ["reply"]


async def test_an_offer_within_the_limit_is_given_and_then_told_without_another_word(
    bench: Bench, case: Case, tmp_path: Path
) -> None:
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "e", SUM, "ctrl+o")
        assert "You may give 500.00 yuan more" in picture(app)
        await press(pilot, "1")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed == {"amount": "500", "text": "500元"}
        await press(pilot, "ctrl+o")
        assert queue_of(app).panes.form is None
        assert queue_of(app).drafts.load(f"{case.case_id}:reply") == {}
    assert done(bench, case) == ["compensate", "reply"]
    assert "no_offer" not in bench.desk().timeline(case.case_id)[-1].data


async def test_an_offer_above_the_limit_is_asked_for_and_the_text_waits_until_it_is_granted(
    bench: Bench, case: Case, tmp_path: Path
) -> None:
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "e", ABOVE, "ctrl+o", "1", "ctrl+o")
        assert "the sum is asked for" in picture(app)
        assert done(bench, case) == ["request-approval"]
        await press(pilot, "e", "ctrl+o")
        assert isinstance(app.screen, OfferQuestion), "asked for is not granted"
        await press(pilot, "escape", "escape")
    bench.act(case, "approve", "jin")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "e")
        assert row_of(app).control.typed == ABOVE.removeprefix("text:")
        await press(pilot, "ctrl+o")
    assert done(bench, case) == ["request-approval", "approve", "reply"]


async def test_an_outcome_on_the_form_for_a_new_case_is_asked_about_too(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:漏水")
        row_of(app, "outcome").control.focus()
        await press(pilot, SUM, "ctrl+o")
        assert isinstance(app.screen, OfferQuestion)
        await press(pilot, "1")
        assert "record the case, give the sum" in str(row_of(app, "outcome").note.content)
        await press(pilot, "ctrl+o", "2")
        assert queue_of(app).panes.form is None
        assert "recorded and closed; callback owed by mei" in picture(app)


async def test_the_supervisor_finds_it_on_the_desk(bench: Bench, case: Case, tmp_path: Path) -> None:
    bench.act(case, "reply", "mei", text="赔您800元", no_offer="yes")
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "d")
        assert "A sum, no offer" in picture(app)
