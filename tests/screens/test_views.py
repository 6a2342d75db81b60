"""Saved views by key: saved, listed, opened from digits and the palette, shared by two windows."""

from pathlib import Path

import pytest
from desks import Bench

from keymaps import known, load
from screens.ask.filter import FilterBar
from screens.keys import Keys
from screens.queue.columns import place
from storage.queues import QUEUES
from tests.screens.support import SMALL, USUAL, opened, picture, press, queue_of, settled
from workbench.domain import acts
from workbench.views import keeping
from workbench.views.reading import read
from workbench.views.view import COLUMNS, SavedView


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "shared" / "views.toml"
    monkeypatch.setenv("WORKBENCH_VIEWS", str(path))
    return path


@pytest.fixture
def cases(bench: Bench):  # type: ignore[no-untyped-def]
    made = {}
    for name, site in (("leak", "碧水湾"), ("lift", "金色家园"), ("noise", "碧水湾")):
        made[name] = bench.record(text=name, site=site).case_id
        bench.clock.pass_(minutes=5)
    return made


async def looked(app, pilot) -> None:  # type: ignore[no-untyped-def]
    """Let the window look at the file, as it does twice a second."""
    await settled(pilot)
    queue_of(app).viewing.look()
    await settled(pilot)


def shown(app) -> list[int]:  # type: ignore[no-untyped-def]
    return list(queue_of(app).table.source.ids)


async def test_a_view_is_saved_by_key_and_opened_by_its_digit(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        await press(pilot, "0", "/", "text:site:碧水湾", "enter", "=", "text:湾里", "tab", "text:4", "ctrl+o")
        assert read(file) == (SavedView("湾里", "all", "site:碧水湾", digit=4),)
        assert "湾里" in screen.said
        assert "[4湾里]" in picture(app).splitlines()[1]
        await press(pilot, "1")
        assert (screen.feed.queue, screen.feed.typed, len(shown(app))) == ("next-due", "", 3)
        assert "4湾里" in picture(app).splitlines()[1]
        await press(pilot, "4")
        assert (screen.feed.queue, screen.feed.typed) == ("all", "site:碧水湾")
        assert set(shown(app)) == {cases["leak"], cases["noise"]}
        assert picture(app).splitlines()[0].startswith(" 湾里  1/2")


async def test_the_line_names_no_key_that_leads_to_a_view(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "mine", digit=0))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        line = FilterBar(queue_of(app), queue_of(app).finding, queue_of(app).viewing)
        await press(pilot, "2")
        line.control.put("leak")
        assert line.counted() == "none here, 1 in all"
        keeping.remove(file, "v")
        await looked(app, pilot)
        assert line.counted() == "none here, 1 in all: key 0"


async def test_the_queue_behind_a_digit_stays_within_reach(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "all", "site:碧水湾", digit=2))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        await press(pilot, "2")
        assert screen.viewing.shown is not None
        await press(pilot, "1", "]")
        assert (screen.feed.queue, screen.feed.typed, screen.viewing.shown) == (QUEUES[1], "", None)


@pytest.mark.parametrize("way", ["list", "digit in the list", "palette", "letters", "input method"])
async def test_a_view_without_a_digit_is_opened_from_the_list_and_the_palette(
    way: str, bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("first", "mine", digit=1))
    keeping.save(file, SavedView("newest", "all", order="-received_at"))
    keys = {
        "list": ["'", "down", "enter"],
        "digit in the list": ["'", "2"],
        "palette": [":", "text:newest", "enter"],
        "letters": ["'", "j", "enter"],
        "input method": ["ctrl+v", "down", "enter"],
    }[way]
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, *keys)
        assert shown(app) == [cases["noise"], cases["lift"], cases["leak"]]
        assert "[newest]" in picture(app).splitlines()[1]


async def test_escape_leaves_a_view_for_its_queue_and_a_search_comes_back_to_the_view(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "all", "site:碧水湾", "received_at", ("text", "site"), 5))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        await press(pilot, "5")
        assert shown(app) == [cases["leak"], cases["noise"]]
        assert [column.id for column in screen.table.placed] == ["number", "gist", "place"]
        await press(pilot, "f", "text:lift", "enter")
        assert shown(app) == [cases["lift"]]
        assert "[5v]" not in picture(app).splitlines()[1]
        await press(pilot, "escape")
        assert shown(app) == [cases["leak"], cases["noise"]]
        assert "[5v]" in picture(app).splitlines()[1]
        await press(pilot, "escape")
        assert (screen.feed.queue, screen.feed.typed, screen.feed.filter.order) == ("all", "", "")
        assert len(screen.table.placed) > 3


async def test_a_filter_that_was_changed_in_a_view_says_so_and_is_saved_under_its_name(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "all", "site:碧水湾", "-received_at", ("text",), 5))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "5", "/", "text:noise", "enter")
        assert picture(app).splitlines()[0].startswith(" v*  1/1")
        await press(pilot, "ctrl+u", "ctrl+o")
        assert read(file) == (SavedView("v", "all", "noise", "-received_at", ("text",), 5),)
        assert picture(app).splitlines()[0].startswith(" v  1/1")


async def test_what_was_looked_for_is_saved_as_words(bench: Bench, tmp_path: Path, file: Path, cases) -> None:
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "f", "text:a:b", "enter", "=", "text:x", "ctrl+o")
        assert read(file) == (SavedView("x", "all", '"a:b"'),)


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "=", "text:x", "tab", "text:12", "ctrl+o")
        assert "from 0 to 9" in picture(app)
        await press(pilot, "backspace", "tab", "tab", "text:gist", "ctrl+o")
        assert '"gist" is unknown' in picture(app)
        await press(pilot, "ctrl+u", "text:text，number", "ctrl+o")
        assert read(file) == (SavedView("x", columns=("text", "number"), digit=1),)


async def test_two_windows_share_the_file(bench: Bench, tmp_path: Path, file: Path, cases) -> None:
    async with (
        opened(bench.desk("mei"), tmp_path / "a") as (one, first),
        opened(bench.desk("bo"), tmp_path / "b") as (other, second),
    ):
        await press(first, "=", "text:one", "tab", "text:3", "ctrl+o")
        await press(second, "=", "text:two", "tab", "text:4", "ctrl+o")
        await looked(one, first)
        assert {view.name for view in read(file)} == {"one", "two"}
        for app in (one, other):
            assert "one" in picture(app).splitlines()[1]
            assert "two" in picture(app).splitlines()[1]


async def test_a_file_that_has_become_faulty_leaves_the_views_and_says_where(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "all", digit=5))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        file.write_text('[view.v]\nqueue = "all"\ndigit = 50\n[view.w]\nsort = 1\n', "utf-8")
        await looked(app, pilot)
        assert f"{file}:3" in queue_of(app).said
        await press(pilot, "'")
        assert "v" in picture(app)
        assert "view.w.sort" in picture(app).replace("\n", "")
        await press(pilot, "escape", "5")
        assert queue_of(app).viewing.shown == SavedView("v", "all", digit=5)
        file.write_text("", "utf-8")
        await looked(app, pilot)
        await press(pilot, "1", "5")
        assert queue_of(app).viewing.shown is None


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (SavedView("v", "nextdue"), '"nextdue" is unknown; did you mean next-due?'),
        (SavedView("v", "all", "colour:red"), 'There is no field "colour"'),
        (SavedView("v", "all", order="customer"), "no index has that"),
    ],
)
async def test_a_view_that_names_what_is_not_there_says_so(
    view: SavedView, said: str, bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, view._replace(digit=5))
    async with opened(bench.desk(), tmp_path, size=(200, 40)) as (app, pilot):
        await press(pilot, "5")
        assert queue_of(app).said.startswith('The view "v" cannot be shown: ')
        assert said in queue_of(app).said
        assert (queue_of(app).feed.queue, queue_of(app).viewing.shown) == ("next-due", None)


async def test_a_view_of_somebody_who_left_opens_empty(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "all", "handler:张走了", digit=5))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "5")
        assert shown(app) == []
        assert "[5v]" in picture(app).splitlines()[1]


async def test_what_comes_next_is_shown_in_its_queue_and_not_in_a_view_that_lacks_it(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "all", "site:none", digit=5))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        screen = queue_of(app)
        await press(pilot, "5")
        assert shown(app) == []
        await press(pilot, "m")
        assert (screen.viewing.shown, screen.feed.typed) == (None, "")
        assert screen.table.case_id == cases["leak"]


async def test_what_others_record_comes_into_a_view_in_its_order(
    bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    keeping.save(file, SavedView("v", "all", order="-received_at", digit=5))
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "5")
        new = bench.record("bo", text="new").case_id
        queue_of(app).feed.poll()
        await settled(pilot)
        assert shown(app) == [new, cases["noise"], cases["lift"], cases["leak"]]


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_the_list_and_the_form_fit_a_small_terminal(
    size: tuple[int, int], bench: Bench, tmp_path: Path, file: Path, cases
) -> None:
    for number in range(12):
        keeping.save(file, SavedView(f"视图{number}", "all", "site:碧水湾"))
    async with opened(bench.desk(), tmp_path, size=size) as (app, pilot):
        await press(pilot, "'", "end")
        assert "视图11" in picture(app)
        await press(pilot, "escape", "=")
        assert "Name of the view" in picture(app)


@pytest.mark.parametrize("keymap", ["default", "vim", "cua", "ime-safe"])
def test_every_keymap_has_both_keys(keymap: str) -> None:
    keys = Keys(load(keymap, known(acts.PERSONS)))
    assert keys.first("queue", "views")
    assert keys.first("queue", "save_view")


@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_that_a_view_may_have_can_be_shown(key: str) -> None:
    placed = place(80, wanted=(key,))
    assert placed[0].id == "number"
    assert len(placed) == (1 if key == "number" else 2)


def test_columns_that_do_not_fit_are_given_up_from_the_end() -> None:
    wanted = ("text", "number", "customer", "site", "received_at", "category", "handler")
    assert [column.id for column in place(140, wanted=wanted)] == [
        "gist", "number", "customer", "place", "received_at", "category", "handler",
    ]  # fmt: skip
    assert [column.id for column in place(42, wanted=wanted)] == ["gist", "number", "customer"]
    assert sum(column.width + 1 for column in place(80, wanted=wanted)) + 1 <= 80
