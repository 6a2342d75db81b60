"""docs/config.md says of every setting what the code says."""

import config_page

from workbench.configuration.settings import SETTINGS


def test_the_table_is_that_of_the_code() -> None:
    page = config_page.PAGE.read_text(encoding="utf-8")
    assert config_page.renewed(page) == page, "run tests/config_page.py"
    assert all(f"| `{setting.name}`: {setting.help}" in page for setting in SETTINGS)


def test_another_table_would_be_noticed() -> None:
    page = config_page.PAGE.read_text(encoding="utf-8")
    assert config_page.renewed(page.replace("`WORKBENCH_BELL`", "`BELL`")) == page
