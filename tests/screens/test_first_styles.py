"""The first picture has the colours of its theme, though the styles are read once for it."""

import pytest
from support import opened
from textual.css.stylesheet import Stylesheet

from screens.theme import DARK, LIGHT


def rules(app):
    return [str(rule.styles.get_rules()) for rule in app.stylesheet.rules]


@pytest.mark.parametrize(("colours", "theme"), [("0;15", LIGHT), ("15;0", DARK)])
async def test_the_styles_are_those_of_the_theme_from_the_first_picture_on(
    bench, tmp_path, monkeypatch, colours, theme
):
    monkeypatch.setenv("COLORFGBG", colours)
    read = []
    again = Stylesheet.reparse
    monkeypatch.setattr(Stylesheet, "reparse", lambda sheet: (read.append(sheet), again(sheet)))
    async with opened(bench.desk(), tmp_path) as (app, _pilot):
        at_first = rules(app)
        assert app.theme == theme.name
        assert app.screen.styles.background.hex.lower() == theme.background
        app.refresh_css()
        assert read
        assert rules(app) == at_first
