"""The form for a new case: phone first, who rings, one key to join, and nothing of the last customer."""

import pytest
from desks import Bench
from duty_support import office
from support import SMALL, USUAL, WIDE, last_event, opened, picture, press, queue_of, settled
from textual.events import Paste

from keymaps import known, load, passes_input_method
from screens import outlook as looking
from screens.ask.form import fields_below
from screens.ask.record_form import FIELDS
from workbench import words
from workbench.actions import foreseen
from workbench.domain import acts
from workbench.setup import restricting

HE, WANG = "13812345678", "13900000000"
PLACE = "金色家园"
LEAK = {"site": PLACE, "category": "repair-service"}
FEW = 3  # keys from the words to the answer


def form_of(app):
    return queue_of(app).panes.form


def row_of(app, name):
    return next(row for row in form_of(app).rows if row.field.name == name)


def here(app):
    """Return the field that has the keys."""
    return next((row.field.name for row in form_of(app).rows if row.control.has_focus), None)


async def typed(pilot, *keys):
    """Press keys, and wait for the pause after which the form is looked at."""
    await press(pilot, *keys)
    await pilot.pause(0.35)
    await settled(pilot)


async def rung(pilot, phone):
    """Begin a case and type a phone."""
    await typed(pilot, "r", f"text:{phone}")


# ---------------------------------------------------------------- the order of the fields


async def test_it_begins_at_the_phone_and_the_words_and_the_answer_follow(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r")
        way = [here(app)]
        for _ in range(FEW):
            await press(pilot, "tab")
            way.append(here(app))
    assert way[:2] == ["phone", "text"]
    assert "outcome" in way[2:]


async def test_who_has_no_phone_number_goes_on_by_enter(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "enter", "text:有人来访", "ctrl+o")
        assert form_of(app) is None
    with bench.store.reading() as db:
        assert db.value("SELECT text FROM cases") == "有人来访"


async def test_what_belongs_to_an_answer_is_passed_over_until_there_is_one(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "r", "tab", "tab", "tab")
        assert here(app) == "customer"
        await press(pilot, "shift+tab")
        assert here(app) == "outcome"
        await press(pilot, "text:已告知", "tab")
        assert here(app) == "resolution"


def test_the_fields_are_those_of_the_act_each_once():
    names = [field.name for field in FIELDS]
    assert len(names) == len(set(names))
    assert {"phone", "text", "outcome", "customer", "site", "unit", "category"} <= set(names)


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_the_keys_say_how_many_fields_lie_below(bench, tmp_path, size):
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "r")
        below = fields_below(form_of(app))
        assert 0 < below < len(form_of(app).rows)
        assert f"next field, {below} below" in picture(app)
        await press(pilot, "shift+tab")
        assert here(app) == form_of(app).rows[-1].field.name
        assert fields_below(form_of(app)) == 0
        assert "below" not in picture(app)


# ---------------------------------------------------------------- who rings


@pytest.mark.parametrize("way", ["typed", "pasted"])
async def test_it_says_who_rings_and_how_many_cases_there_are(bench, tmp_path, way):
    bench.record(phone=HE, customer="何女士", close=True, outcome="好了")
    bench.record(phone=HE, text="又漏水")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        if way == "typed":
            await rung(pilot, HE)
        else:
            await press(pilot, "r")
            app.post_message(Paste(f"+86 {HE}"))
            await typed(pilot)
        shown = picture(app)
        assert "何女士  open 1, done 1" in shown
        assert "又漏水" in shown
        assert HE not in shown.replace(row_of(app, "phone").control.typed, "")


async def test_nobody_is_looked_for_before_the_seventh_digit(bench, tmp_path):
    bench.record(phone="1381234", customer="何女士")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, "138123")
        assert "何女士" not in picture(app).split("New case")[1]
        await typed(pilot, "4")
        assert "何女士  open 1, done 0" in picture(app)


async def test_a_phone_that_nobody_knows_is_said_to_be_the_first(bench, tmp_path):
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, HE)
        assert "The first case of this phone." in picture(app)


async def test_who_wants_no_calls_is_said(bench, tmp_path):
    case = bench.record(phone=HE, customer="何女士")
    bench.act(case, "profile", consent="no")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, HE)
        assert "wants no calls" in picture(app)


async def test_of_a_person_whose_data_are_only_kept_nothing_is_shown(bench, tmp_path):
    bench.record(phone=HE, customer="何女士", site="梧桐里", unit="3-502")
    restricting.restrict(bench.desk(), HE, "本人要求")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, HE)
        assert "何女士" not in picture(app)
        assert row_of(app, "site").control.typed == ""


# ---------------------------------------------------------------- joining


@pytest.mark.parametrize("key", ["f4", "ctrl+g"])
@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_one_key_puts_the_words_onto_the_newest_open_case(bench, tmp_path, key, size):
    bench.record(phone=HE, text="更早")
    case = bench.record(phone=HE, text="漏水")
    bench.record(phone=HE, close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path, size) as (_app, pilot):
        await press(pilot, "r", f"text:{HE}", "tab", "text:还在漏", key, "ctrl+o")
    entry = last_event(bench.desk(), case)
    assert (entry.act, entry.data["text"]) == ("heard", "还在漏")
    assert not list(tmp_path.glob("*.json"))
    with bench.store.reading() as db:
        assert db.value("SELECT count(*) FROM cases") == 3


@pytest.mark.parametrize("name", ["default", "ime-safe", "cua", "vim"])
def test_the_key_that_joins_is_one_that_every_terminal_sends(name):
    keys = load(name, known(acts.PERSONS)).keys("form", "join")
    assert len(keys) == 2
    assert not [key for key in keys if key.startswith("shift+") or not passes_input_method(key)]


async def test_it_is_the_case_under_the_cursor_once_somebody_went_there(bench, tmp_path):
    older = bench.record(phone=HE, text="更早")
    bench.record(phone=HE, text="漏水")
    async with opened(bench.desk(), tmp_path, USUAL) as (_app, pilot):
        await rung(pilot, HE)
        await press(pilot, "tab", "text:还在漏", "shift+tab", "up", "down", "f4", "ctrl+o")
    assert last_event(bench.desk(), older).data["text"] == "还在漏"


async def test_without_an_open_case_the_key_says_so_and_keeps_the_form(bench, tmp_path):
    bench.record(phone=HE, close=True, outcome="好了")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await rung(pilot, HE)
        await press(pilot, "f4")
        assert "No case of this phone is open" in picture(app)
        assert form_of(app).typed["phone"] == HE


async def test_it_never_joins_a_case_of_the_phone_that_stood_there_before(bench, tmp_path):
    bench.record(phone=HE)
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await rung(pilot, HE)
        await press(pilot, "backspace", "9", "f4")
        assert "No case of this phone is open" in picture(app)


# ---------------------------------------------------------------- site and unit


async def test_site_and_unit_come_from_the_last_case_of_the_phone_and_go_with_it(bench, tmp_path):
    case = bench.record(phone=HE, site="梧桐里", unit="3-502")
    bench.record(phone=WANG, site="云栖花园")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, HE)
        assert (row_of(app, "site").control.typed, row_of(app, "unit").control.typed) == ("梧桐里", "3-502")
        assert f"from {case.number}" in str(row_of(app, "site").note.content)
        await press(pilot, "backspace")
        assert [row_of(app, name).control.typed for name in ("site", "unit")] == ["", ""]
        assert not queue_of(app).panes.top.earlier.rows, "nothing of the last customer, not for a moment"
        await typed(pilot)  # until then the queue may be seen where the earlier cases stood
        assert "梧桐里" not in picture(app)
        await typed(pilot, *["backspace"] * len(HE), f"text:{WANG}")
        assert [row_of(app, name).control.typed for name in ("site", "unit")] == ["云栖花园", ""]


async def test_what_somebody_typed_is_not_written_over_nor_taken_away(bench, tmp_path):
    bench.record(phone=HE, site="梧桐里", unit="3-502")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r")
        row_of(app, "site").control.focus()
        await press(pilot, "text:云栖花园")
        row_of(app, "phone").control.focus()
        await typed(pilot, f"text:{HE}")
        assert [row_of(app, name).control.typed for name in ("site", "unit")] == ["云栖花园", ""]
        await typed(pilot, "backspace")
        assert row_of(app, "site").control.typed == "云栖花园"


async def test_what_is_written_over_stays_and_takes_the_unit_away(bench, tmp_path):
    bench.record(phone=HE, site="梧桐里", unit="3-502")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, HE)
        row_of(app, "site").control.focus()
        await typed(pilot, "end", "text:二期")
        assert [row_of(app, name).control.typed for name in ("site", "unit")] == ["梧桐里二期", ""]
        await typed(pilot, *["backspace"] * 5)
        assert row_of(app, "site").control.typed == "", "emptied, it is not filled in again"
        row_of(app, "phone").control.focus()
        await typed(pilot, "end", "backspace")
        assert row_of(app, "site").control.typed == ""


async def test_what_came_with_a_phone_is_no_draft(bench, tmp_path):
    bench.record(phone=HE, site="梧桐里", unit="3-502")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, HE)
        assert "site" not in form_of(app).draft
        assert form_of(app).typed["site"] == "梧桐里"
        await press(pilot, "escape", "r")
        assert [row_of(app, name).control.typed for name in ("phone", "site")] == ["", ""]


async def test_what_is_shown_for_the_phone_is_stored_with_the_case(bench, tmp_path):
    bench.record(phone=HE, site="梧桐里", unit="3-502")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await rung(pilot, HE)
        await press(pilot, "tab", "text:漏水", "ctrl+o")
        row = queue_of(app).table.source.row(queue_of(app).table.cursor)
    assert (row.site, row.unit, row.gist) == ("梧桐里", "3-502", "漏水")


async def test_a_place_that_is_not_registered_any_more_is_not_offered(bench, tmp_path):
    bench.record(phone=HE, site="无此处")
    office(bench)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await rung(pilot, HE)
        assert row_of(app, "site").control.typed == ""


# ---------------------------------------------------------------- what saving does


@pytest.fixture
def house(bench: Bench) -> Bench:
    """An office in which two customers have complained of the same."""
    office(bench)
    for phone in ("13800000001", "13800000002"):
        bench.record(phone=phone, **LEAK)
    return bench


async def told_third(app, pilot):
    """Fill in the third of the cluster, answered at once."""
    await press(pilot, "r", f"text:{HE}", "tab", "text:楼道漏水", "tab", "text:修好了")
    row_of(app, "site").control.focus()
    await press(pilot, f"text:{PLACE}")
    row_of(app, "category").control.focus()
    await typed(pilot, "6")


async def test_the_third_of_a_cluster_shows_level_and_consent_and_says_what_became_of_it(house, tmp_path):
    async with opened(house.desk(), tmp_path) as (app, pilot):
        await told_third(app, pilot)
        shown = " ".join(picture(app).split())
        assert "Serious" in shown
        assert "number 3 of a cluster: level 2" in shown
        assert "request to jin" in shown
        await press(pilot, "ctrl+o")
        said = queue_of(app).said
    assert "recorded; closing: request sent to jin" in said
    assert "told: jin" not in said


async def test_in_chinese_too(house, tmp_path):
    words.use("zh")
    try:
        async with opened(house.desk(), tmp_path) as (app, pilot):
            await told_third(app, pilot)
            shown = picture(app).replace(" ", "")
            await press(pilot, "ctrl+o")
            said = queue_of(app).said
    finally:
        words.use("en")
    assert "保存后为同类投诉的第3位客户：2级" in shown
    assert "保存后向jin申请" in shown.replace("\n", "")
    assert "已登记；结单：已向 jin 申请" in said


async def test_a_form_that_sees_no_cluster_is_found_out(house, tmp_path, monkeypatch):
    monkeypatch.setattr(foreseen.record.cluster, "find", lambda *_given: foreseen.cluster.Found())
    async with opened(house.desk(), tmp_path) as (app, pilot):
        await told_third(app, pilot)
        assert "of a cluster" not in " ".join(picture(app).split())


async def test_a_refusal_is_shown_before_saving(house, tmp_path):
    async with opened(house.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "tab", "text:漏水")
        row_of(app, "site").control.focus()
        await typed(pilot, "text:无此处")
        assert "Saving is refused as it stands" in " ".join(picture(app).split())


async def test_closed_at_once_it_says_who_owes_the_callback(bench, tmp_path):
    async with opened(bench.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "r", "tab", "text:问路", "tab", "text:已告知")
        await typed(pilot)
        assert "Saving closes it" in " ".join(picture(app).split())
        await press(pilot, "ctrl+o")
        assert "recorded and closed; callback owed by mei, until 2026-11-23 12:00" in queue_of(app).said


def test_open_cases_of_the_phone_come_first(bench):
    case = bench.record(phone=HE)
    for _ in range(6):
        bench.record(phone=HE, close=True, outcome="好了")
    found = looking.outlook(bench.desk(), {"phone": HE})
    assert found.earlier[0].number == case.number
    assert (found.caller.open, found.caller.done) == (1, 6)


@pytest.mark.parametrize(
    ("written", "words", "phone"),
    [
        ("电梯停了", "电梯停了", ""),
        ("3 号楼 12 层漏水", "3 号楼 12 层漏水", ""),
        ("lift is stuck", "lift is stuck", ""),
    ],
)
async def test_words_written_where_the_phone_goes_are_not_lost(written, words, phone, bench, tmp_path):
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "r", f"text:{written}", "ctrl+o", "ctrl+o")
    with bench.store.reading() as db:
        assert db.all("SELECT text, phone FROM cases") == [(words, phone)]


async def test_a_phone_without_words_is_still_asked_for_the_words(bench, tmp_path):
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "r", "text:13800138000", "ctrl+o")
        assert "! " in picture(app)
    with bench.store.reading() as db:
        assert db.value("SELECT count(*) FROM cases") == 0
