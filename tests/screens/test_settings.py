"""Settings in a running window: chosen from the menu or written into the file, they hold at once and are kept."""

from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from support import USUAL, WIDE, burst, picture, press, queue_of, settled

from screens.app import WorkbenchApp
from screens.ask.choice_menu import ChoiceMenu
from screens.drafts import Drafts
from screens.keys import Keys
from screens.preferences import Preferences
from screens.theme import BY_NAME
from workbench.configuration.keymap import in_force
from workbench.configuration.settings import AFTER_ACT, KEYMAP, SHIPPED_KEYMAPS, THEME
from workbench.configuration.settings import BY_NAME as SETTINGS_BY_NAME
from workbench.configuration.sources import Sources

MENU = {"default": ",", "vim": ",", "cua": ",", "ime-safe": "ctrl+k"}
PALETTE = {"default": ":", "vim": ":", "cua": ":", "ime-safe": "ctrl+p"}


@pytest.fixture
def file(tmp_path: Path, monkeypatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("WORKBENCH_CONFIG", str(path))
    return path


@asynccontextmanager
async def started(desk, drafts: Path, file: Path, options=None, size=WIDE, **variables: str):
    """Open the program as the command line does, with its settings."""
    settings = Sources(options or {}, {"WORKBENCH_CONFIG": str(file), **variables})
    preferences = Preferences(settings)
    keymap, preferences.trouble = in_force(settings)
    app = WorkbenchApp(desk, Keys(keymap), Drafts(desk.store.path, desk.person, drafts), preferences)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


async def looked(app, pilot) -> None:
    """Let the window look at its file once more."""
    app.settings.look()
    await settled(pilot)
    app.settings.look()
    await settled(pilot)


async def choose(pilot, command: str, value: str) -> None:
    """Choose a value from the palette, by its place in the list."""
    app = pilot.app
    await press(pilot, app.keys.keymap.keys("queue", "palette")[-1], f"text:{command}", "enter")
    menu = queue_of(app).question
    assert isinstance(menu, ChoiceMenu)
    at = [each.id for each in menu.choices].index(value) + 1
    await press(pilot, str(at), "enter")


@pytest.mark.parametrize("before", ["default", "ime-safe"])
@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_the_keymap_changes_at_once_and_is_kept(bench, tmp_path, file, before, size):
    case = bench.record()
    file.write_text(f'# mine\nkeymap = "{before}" # by hand\n')
    after = "ime-safe" if before == "default" else "default"
    key = {"default": "r", "ime-safe": "F2"}
    async with started(bench.desk(), tmp_path / "a", file, size=size) as (app, pilot):
        assert app.keys.keymap.name == before
        await choose(pilot, "keymap", after)
        assert app.keys.keymap.name == after
        assert key[after] in queue_of(app).frame.keys.content.plain.split()
        assert key[before] not in queue_of(app).frame.keys.content.plain.split()
        await press(pilot, "f1")
        assert f"keymap: {after}" in picture(app)
        await press(pilot, "f1")
        await press(pilot, "t")
        assert bench.now(case).handler == ("mei" if after == "default" else None)
    assert file.read_text() == f'# mine\nkeymap = "{after}" # by hand\n'
    async with started(bench.desk(), tmp_path / "b", file) as (app, _pilot):
        assert app.keys.keymap.name == after, "kept across a restart"


async def test_an_open_help_page_tells_the_new_keys(bench, tmp_path, file):
    bench.record()
    async with started(bench.desk(), tmp_path, file) as (app, pilot):
        await press(pilot, "?")
        file.write_text('keymap = "vim"\n')
        await looked(app, pilot)
        assert "keymap: vim" in picture(app)


@pytest.mark.parametrize("way", ["more", "palette", "settings"])
async def test_the_theme_is_chosen_from_the_menu_the_palette_and_among_the_settings(
    bench, tmp_path, file, way
):
    bench.record()
    async with started(bench.desk(), tmp_path, file) as (app, pilot):
        if way == "palette":
            await choose(pilot, "theme", "light")
        else:
            await press(pilot, ",")
            line = "theme" if way == "more" else "settings"
            menu = queue_of(app).question
            at = [each.id for each in menu.lines].index(line) + 1
            await press(pilot, *str(at), "enter")
            if way == "settings":
                await press(pilot, "2", "enter")
            await press(pilot, "3", "enter")
        assert app.theme == BY_NAME["light"].name
        assert not queue_of(app).asking
        assert 'theme = "light"' in file.read_text()
        assert "it is kept" in queue_of(app).said


@pytest.mark.parametrize("theme", sorted(BY_NAME))
async def test_every_theme_can_be_chosen(bench, tmp_path, file, theme):
    bench.record()
    async with started(bench.desk(), tmp_path, file) as (app, pilot):
        await choose(pilot, "theme", theme)
        assert app.theme == BY_NAME[theme].name
        assert app.screen.styles.background.hex.lower() == BY_NAME[theme].background


async def test_two_windows_go_by_one_file(bench, tmp_path, file):
    bench.record()
    async with (
        started(bench.desk("mei"), tmp_path / "a", file) as (left, one),
        started(bench.desk("bo"), tmp_path / "b", file) as (right, two),
    ):
        await choose(one, "keymap", "vim")
        await looked(right, two)
        assert right.keys.keymap.name == "vim"
        await choose(two, "theme", "light")
        await looked(left, one)
        assert left.theme == BY_NAME["light"].name
        assert left.keys.keymap.name == "vim"
    text = file.read_text()
    assert 'keymap = "vim"' in text
    assert 'theme = "light"' in text


async def test_what_a_window_was_started_with_comes_before_the_file_but_not_before_what_is_chosen_in_it(
    bench, tmp_path, file
):
    bench.record()
    async with started(bench.desk(), tmp_path, file, {"--keys": "cua"}, WORKBENCH_THEME="dark") as (
        app,
        pilot,
    ):
        file.write_text('keymap = "vim"\ntheme = "light"\n')
        await looked(app, pilot)
        assert (app.keys.keymap.name, app.theme) == ("cua", BY_NAME["dark"].name)
        await choose(pilot, "keymap", "ime-safe")
        assert app.keys.keymap.name == "ime-safe"
        assert "--keys comes first" in queue_of(app).said
        await choose(pilot, "theme", "light")
        assert app.theme == BY_NAME["light"].name
        assert "WORKBENCH_THEME comes first" in queue_of(app).said
        await looked(app, pilot)
        assert app.keys.keymap.name == "ime-safe", "its own writing takes nothing back"


async def test_a_file_with_faults_changes_nothing_and_is_told_once(bench, tmp_path, file):
    bench.record()
    file.write_text('theme = "light"\n')
    async with started(bench.desk(), tmp_path, file) as (app, pilot):
        file.write_text('theme = "dark"\nbell = "loud"\n')
        await looked(app, pilot)
        assert app.theme == BY_NAME["light"].name
        assert "config check" in queue_of(app).said
        queue_of(app).say("")
        await looked(app, pilot)
        assert queue_of(app).said == ""
        file.write_text('theme = "dark"\nbell = "new"\n# right\n')
        await looked(app, pilot)
        assert app.theme == BY_NAME["dark"].name


async def test_at_start_faults_are_one_sentence_and_the_defaults_hold(bench, tmp_path, file):
    bench.record()
    file.write_text('keymap = "nowhere.toml"\n')
    async with started(bench.desk(), tmp_path, file) as (app, _pilot):
        assert app.keys.keymap.name == "default"
        assert "keys check" in queue_of(app).said
    file.write_text("theme = ?\n")
    async with started(bench.desk(), tmp_path, file) as (app, _pilot):
        assert "config check" in queue_of(app).said


async def test_keys_do_not_change_their_meaning_while_a_form_is_open(bench, tmp_path, file):
    bench.record()
    async with started(bench.desk(), tmp_path, file) as (app, pilot):
        await press(pilot, "n", "text:half a word")
        file.write_text('keymap = "ime-safe"\n')
        await looked(app, pilot)
        assert app.keys.keymap.name == "default"
        await press(pilot, "escape")
        await looked(app, pilot)
        assert app.keys.keymap.name == "ime-safe"


async def test_a_home_that_takes_no_file_is_one_sentence_and_the_choice_holds(bench, tmp_path, file):
    bench.record()
    file.write_text("")
    place = file / "config.toml"  # below a file: nothing can be there, whoever one is
    async with started(bench.desk(), tmp_path / "a", place) as (app, pilot):
        await choose(pilot, "theme", "light")
        assert app.theme == BY_NAME["light"].name
        assert "until you leave" in queue_of(app).said
        assert "\n" not in queue_of(app).said


async def test_ones_own_keymap_is_listed_and_one_with_faults_is_refused(bench, tmp_path, file):
    bench.record()
    folder = file.parent / "keymaps"
    folder.mkdir()
    own, wrong = folder / "mine.toml", folder / "wrong.toml"
    own.write_text('extends = "vim"\n')
    wrong.write_text('extends = "vim"\n[contexts.queue]\nclsoe = ["c"]\n')
    async with started(bench.desk(), tmp_path / "a", file) as (app, pilot):
        assert app.preferences.keymaps() == [*SHIPPED_KEYMAPS, str(own), str(wrong)]
        await choose(pilot, "keymap", str(wrong))
        assert app.keys.keymap.name == "default"
        assert "faults" in queue_of(app).said
        assert not file.exists()
        await choose(pilot, "keymap", str(own))
        assert app.keys.keymap.name == str(own)
    async with started(bench.desk(), tmp_path / "b", file) as (app, _pilot):
        assert app.keys.keymap.name == str(own)


async def test_a_burst_chooses_what_it_says_and_acts_on_no_case(bench, tmp_path, file):
    case = bench.record()
    async with started(bench.desk(), tmp_path, file) as (app, pilot):
        burst(app, ":", "text:keymap", "enter", "4", "enter", "c", "n", "t")
        await settled(pilot)
        assert app.keys.keymap.name == "ime-safe"
        assert not queue_of(app).asking, "letters mean nothing any more"
        assert bench.now(case).version == case.version


@pytest.mark.parametrize(("value", "width"), [("on", 38), ("55", 55), ("off", 0)])
async def test_the_case_beside_the_list_takes_what_it_is_given(bench, tmp_path, file, value, width):
    bench.record()
    file.write_text("preview = 45\n")
    async with started(bench.desk(), tmp_path, file, size=(160, 45)) as (app, pilot):
        screen = queue_of(app)
        assert screen.preview.size.width + 3 == pytest.approx(160 * 0.45, abs=2)
        await choose(pilot, "settings", "preview")
        menu = screen.question
        at = [each.id for each in menu.choices].index(value) + 1
        await press(pilot, str(at), "enter")
        assert screen.preview.display is (value != "off")
        if width:
            assert screen.preview.size.width + 3 == pytest.approx(160 * width / 100, abs=2)
        else:
            assert screen.table.size.width == 160
    async with started(bench.desk(), tmp_path / "b", file, size=(160, 45)) as (app, _pilot):
        assert queue_of(app).preview.display is (value != "off")


async def test_without_the_case_beside_it_the_strip_still_shows_it(bench, tmp_path, file):
    bench.record(text="厨房漏水很久了")
    file.write_text('preview = "off"\n')
    for size in (USUAL, WIDE, (160, 45)):
        async with started(bench.desk(), tmp_path / str(size[0]), file, size=size) as (app, pilot):
            assert "厨房漏水很久了" in picture(app)
            await press(pilot, "n")
            assert queue_of(app).asking


async def test_what_does_not_hold_at_once_says_so(bench, tmp_path, file):
    bench.record()
    async with started(bench.desk(), tmp_path, file) as (app, pilot):
        await choose(pilot, "settings", "language")
        await press(pilot, "2", "enter")
        assert "from the next start on" in queue_of(app).said
        assert 'language = "zh"' in file.read_text()


def test_every_live_setting_can_be_chosen_here() -> None:
    from screens.present.setting_words import ABOUT, TITLES
    from workbench.configuration.settings import SETTINGS

    assert {each for each in SETTINGS if each.live} <= set(TITLES)
    for key in ABOUT:
        name, _mark, value = key.partition("=")
        setting = SETTINGS_BY_NAME[name]
        assert value in (setting.values or SHIPPED_KEYMAPS)
    assert {KEYMAP, THEME, AFTER_ACT} <= set(TITLES)


async def test_the_help_names_the_file_of_settings(bench, tmp_path, file):
    bench.record()
    async with started(bench.desk(), tmp_path / "a", file, size=(160, 45)) as (app, pilot):
        await press(pilot, "?")
        assert "settings: " in picture(app)
        assert "config.toml" in "".join(picture(app).split())
