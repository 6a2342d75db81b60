"""Calling a list of customers by keys: whom next, the answers, the number, and a case from an unhappy one."""

from pathlib import Path

import pytest
from campaign_support import NAME, called, took
from desks import Bench
from textual.events import Key

from screens import campaign_pane
from screens.list_columns import Column, squeezed
from storage import campaigns as stored
from tests.screens.support import SMALL, USUAL, WIDE, last_event, opened, picture, press, queue_of, settled
from workbench import words
from workbench.domain.campaigns import Contact, Entry
from workbench.domain.errors import StoreBusyError

OPEN = (":", "text:campaigns", "enter", "enter")
UNHAPPY = ("enter", "tab", "text:1", "tab", "tab", "text:2", "tab", "text:阳台漏水", "ctrl+o")


def contact(bench: Bench, no: int) -> Contact:
    with bench.store.reading() as db:
        found = stored.contact(db, bench.store.site_id, 1, no)
    assert found is not None
    return found


def entries(bench: Bench, no: int) -> list[Entry]:
    with bench.store.reading() as db:
        return stored.entries(db, bench.store.site_id, 1, no)


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_campaigns_contacts_and_answers_fit_every_screen_in_both_languages(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    words.use(language)
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, *OPEN[:3])
        assert NAME in picture(app)
        await press(pilot, "enter")
        shown = picture(app)
        assert "王芳" in shown
        assert "138****8001" in shown
        assert "13800138001" not in shown
        await press(pilot, "enter")
        assert queue_of(app).context == "form"
        assert "138****8001" in picture(app)


async def test_a_stored_call_leads_to_the_next_contact(bench: Bench, tmp_path: Path) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "enter", "1", "tab", "text:5", "tab", "text:9", "ctrl+o")
        assert "> 2    李雷" in picture(app)
        assert "reached 1 of 4" in picture(app)
    last = contact(bench, 1).last
    assert last is not None
    assert (last.reached, last.csi, last.nps, last.by) == (True, 5, 9, "mei")


@pytest.mark.parametrize("key", ["r", "f2", "ｒ"])
async def test_one_key_records_a_case_from_an_unhappy_contact(key: str, bench: Bench, tmp_path: Path) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, *UNHAPPY)
        assert "王芳 is unhappy: r records a case" in picture(app)
        if key.isascii():
            await press(pilot, key)
        else:
            app.post_message(Key(key, key))
            await settled(pilot)
        assert "阳台漏水" in picture(app)
        await press(pilot, "ctrl+o")
        assert "> 2    李雷" in picture(app)
    case_id = contact(bench, 1).case_id
    assert case_id is not None
    case = bench.desk().case(case_id)
    assert (case.text, case.kind, case.channel, case.mood) == ("阳台漏水", "complaint", "callback", 2)
    assert (case.customer, case.phone, case.site, case.unit) == ("王芳", "13800138001", "金色家园", "3-501")


async def test_no_case_comes_of_a_contact_whom_nobody_has_called(bench: Bench, tmp_path: Path) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "r")
        assert "Write down the call first" in picture(app).splitlines()[-1]
        assert queue_of(app).panes.form is None


async def test_the_phone_is_shown_by_its_own_key_and_that_goes_on_record(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "v")
        assert "13800138001" in picture(app)
        await press(pilot, "j")
        assert "13800138001" not in picture(app)
        await press(pilot, "k", "enter")
        assert "Call  王芳  13800138001" in picture(app)
    assert [(entry.act, entry.by) for entry in entries(bench, 1)] == [("reveal", "mei")]


async def test_who_does_not_agree_is_not_called(bench: Bench, tmp_path: Path) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "G", "enter")
        assert "韩梅 does not agree to be called." in picture(app).splitlines()[-1]
        assert queue_of(app).panes.form is None
        await press(pilot, "v")
        assert "13800138003" not in picture(app)


async def test_a_mistake_is_mended_in_the_answers_as_they_were(bench: Bench, tmp_path: Path) -> None:
    took(bench, "王芳,13800138001,,,")
    called(bench, 1, reached="yes", csi="1", nps="9", text="很好")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "enter")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed == {"reached": "yes", "csi": "1", "nps": "9", "text": "很好"}
        await press(pilot, "tab", "backspace", "text:5", "ctrl+o")
    known = contact(bench, 1)
    assert known.last is not None
    assert (known.calls, known.last.csi, known.last.nps, known.unhappy) == (2, 5, 9, False)


async def test_a_wrong_answer_is_said_beside_its_field_and_nothing_is_stored(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "enter", "1", "tab", "text:6", "ctrl+o")
        assert '! "6" is not a whole number from 1 to 5.' in picture(app)
    assert contact(bench, 1).calls == 0


async def test_a_call_of_somebody_else_meanwhile_is_said_and_the_answers_are_kept(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "enter", "1", "tab", "text:4")
        called(bench, 1, person="li", reached="no")
        await press(pilot, "ctrl+o")
        assert "changed by li" in picture(app)
        assert "tries: 1" in picture(app)
    assert contact(bench, 1).calls == 1


async def test_escape_keeps_what_was_typed_and_walks_back_to_the_cases(bench: Bench, tmp_path: Path) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "enter", "1", "tab", "text:4", "escape", "enter")
        form = queue_of(app).panes.form
        assert form is not None
        assert form.typed["csi"] == "4"
        await press(pilot, "escape", "escape")
        assert "Callback campaigns" in picture(app)
        await press(pilot, "escape")
        assert queue_of(app).panes.top is None


async def test_keys_of_a_campaign_leave_the_case_beneath_alone(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "t", "a", "n", "u")
        assert queue_of(app).panes.form is None
        assert NAME in picture(app)
        await press(pilot, "2")
        assert queue_of(app).panes.top is None
    assert last_event(bench.desk(), case).act == "record"


async def test_a_store_open_for_reading_shows_campaigns_and_stores_nothing(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench)
    bench.store.read_only = True
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "enter")
        assert "reading only" in picture(app)
        await press(pilot, "v")
        assert "13800138001" not in picture(app)


async def test_an_empty_list_says_how_a_campaign_begins(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN)
        assert "workbench campaign new" in picture(app)


async def test_hostile_names_do_no_harm(bench: Bench, tmp_path: Path) -> None:
    took(bench, "[/]\x1b[31m[@click=app.quit]x,13800138001,[link=x],\x9b2J,", name="[bold]\x1b]52;c;x\x07")
    async with opened(bench.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, *OPEN, "enter")
        assert "[/]" in picture(app)
        assert not any(sign in picture(app) for sign in "\x1b\x9b\x07")


@pytest.mark.parametrize(
    ("room", "widths"),
    [(40, [10, 10, 10]), (30, [10, 10, 6]), (27, [10, 9, 4]), (21, [10, 9, 0]), (15, [10, 0, 0])],
)
def test_columns_give_way_one_after_the_other(room: int, widths: list[int]) -> None:
    assert squeezed([10, 10, 10], room, (Column("a"), Column("b", 1), Column("c", 2))) == widths


async def test_the_contact_under_the_cursor_stays_in_sight_while_its_answers_are_asked(
    bench: Bench, tmp_path: Path
) -> None:
    took(bench, *(f"客户{at},1380013{8000 + at},,," for at in range(60)))
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN, "G", "enter")
        assert "> 60" in picture(app)
        await press(pilot, "escape", "g")
        assert "> 1 " in picture(app)


async def test_after_a_read_that_failed_the_cursor_stays_where_it_is_put(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    took(bench)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, *OPEN)
        pane = queue_of(app).panes.top

        def busy(*_given: object) -> None:
            raise StoreBusyError("busy")

        with monkeypatch.context() as patched:
            patched.setattr(campaign_pane, "_read", busy)
            pane.changed()
            await settled(pilot)
        await press(pilot, "j", "j")
        here = pane.contact.no
        pane.changed()
        await settled(pilot)
        assert pane.contact.no == here, "and not where it was when the read failed"
