"""The help is searched: keys, commands, topics, by name and id, in the language in use and in the other one."""

import pytest
from support import USUAL, WIDE, burst, last_event, opened, picture, press, queue_of, settled

from screens.ask.help_search import HelpSearch
from screens.help_page import HelpPage
from workbench import words
from workbench.words import LANGUAGES


def found(app):
    """Return the text of the place that is shown as found, and where it stands on the screen."""
    page = queue_of(app).panes.top
    assert isinstance(page, HelpPage)
    if not page.hits:
        return "", -1
    part = page.hits[page.at]
    return page.parts[part].plain, page.starts[part] - page.scroll_offset.y


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("acknowledge", "acknowledge"), ("Acknowledge", "acknowledge"), ("确认受理", "acknowledge"),
        ("copy_number", "copy_number"), ("Copy the case number", "copy_number"), ("复制工单编号", "copy_number"),
        ("F8", "close"),
    ],
)  # fmt: skip
async def test_a_command_is_found_by_key_name_and_id_in_both_languages(bench, tmp_path, language, typed, id):
    words.use(language)
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "?", "/", f"text:{typed}")
        page = queue_of(app).panes.top
        sought = [page._words[at] for at in page.hits]
        assert sought, picture(app)
        assert any(id in each for each in sought)
        text, line = found(app)
        assert 0 <= line < page.size.height, "what was found is in sight"
        assert text.split()[0] in picture(app)
        await press(pilot, "enter")
        assert not queue_of(app).asking
        assert isinstance(queue_of(app).panes.top, HelpPage)


@pytest.mark.parametrize(
    ("language", "typed"), [("zh", "privacy"), ("en", "隐私"), ("en", "privacy"), ("zh", "隐私")]
)
async def test_a_topic_is_found_in_both_languages(bench, tmp_path, language, typed):
    words.use(language)
    bench.record()
    async with opened(bench.desk(), tmp_path, WIDE) as (app, pilot):
        await press(pilot, "?", "/", f"text:{typed}")
        page = queue_of(app).panes.top
        headings = {line.plain for line in page.parts}
        assert any("6-privacy" in page._words[at] for at in page.hits)
        assert found(app)[0] in headings


@pytest.mark.parametrize("keys", [("n", "n", "N"), ("f3", "f3", "f2")])
async def test_next_and_before_go_from_place_to_place_and_round(bench, tmp_path, keys):
    case = bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "?", "/", "text:case", "enter")
        page = queue_of(app).panes.top
        many, first = len(page.hits), found(app)
        assert many > 3
        await press(pilot, keys[0])
        second = found(app)
        assert second != first
        assert queue_of(app).said.startswith(f"2/{many}  ")
        await press(pilot, keys[1], keys[2])
        assert found(app) == second
        await press(pilot, keys[2], keys[2])
        assert page.at == many - 1, "it goes round"
    assert last_event(bench.desk(), case).act == "record", "n noted nothing"


async def test_the_arrows_go_on_while_the_line_is_open_and_a_new_word_looks_anew(bench, tmp_path):
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "?", "/", "text:case", "down", "down", "up")
        page = queue_of(app).panes.top
        assert page.at == 1
        await press(pilot, "text: nothinglikethis")
        assert "Nothing is called that." in picture(app)
        assert page.hits == []
        await press(pilot, "escape")
        assert isinstance(queue_of(app).panes.top, HelpPage)
        await press(pilot, "n")
        assert "Nothing is called that." in queue_of(app).said
        await press(pilot, "/", "text:undo", "enter", "escape")
        assert queue_of(app).panes.top is None


async def test_without_a_search_next_says_how_to_begin_one(bench, tmp_path):
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "?", "n")
        assert "Nothing was looked for; / looks for something." in queue_of(app).said


@pytest.mark.parametrize("size", [(60, 20), USUAL, WIDE])
async def test_what_is_found_is_marked_without_colour_and_in_sight(bench, tmp_path, size):
    bench.record()
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "f1", "ctrl+f", "text:undo", "enter")
        page = queue_of(app).panes.top
        marked = [
            strip.text
            for strip in page.lines
            if any(segment.style and segment.style.reverse for segment in strip)
        ]
        assert marked
        assert marked[0].strip() in picture(app)
        assert (
            "Find" in queue_of(app).frame.keys.content.plain
            or "find" in queue_of(app).frame.keys.content.plain
        )


async def test_a_burst_types_into_the_line_and_not_into_a_case(bench, tmp_path):
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        burst(app, "?", "/", "text:take", "enter", "n", "n", "t", "c")
        await settled(pilot)
        assert isinstance(queue_of(app).panes.top, HelpPage)
        assert not queue_of(app).asking
    assert last_event(bench.desk(), case).act == "record"


async def test_the_filter_and_the_search_over_cases_are_as_before_outside_the_help(bench, tmp_path):
    bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "/")
        assert not isinstance(queue_of(app).question, HelpSearch)
