"""The pages on the screens show what the screens show."""

import pytest

from tests.screens.goldens import LINES, SCREENS
from tests.screens.pages import FOLDER, MARK, with_pictures

PAGES = sorted(FOLDER.glob("*.md"))
LEFT_OUT = {"help-end", "line-help"}  # the end of a page whose beginning is shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_pictures_of_a_page_are_those_that_are_kept(page):
    text = page.read_text("utf-8")
    assert with_pictures(text) == text, "PYTHONPATH=tests python -m tests.screens.pages"


def test_every_screen_has_its_place_on_a_page():
    shown = {mark["name"] for page in PAGES for mark in MARK.finditer(page.read_text("utf-8"))}
    assert shown == {*SCREENS, *LINES} - LEFT_OUT


def test_a_picture_that_is_not_the_kept_one_is_seen():
    text = PAGES[0].read_text("utf-8")
    other = text.replace("```text\n", "```text\n.", 1)
    assert other != text
    assert with_pictures(other) == text
