"""Help and docs/verbs.md say what the code does: every verb, every option, in both languages."""

import re
from pathlib import Path

import pytest

from workbench import actions, manual, words
from workbench.cli import app, helping
from workbench.cli.options import GLOBALS
from workbench.cli.registry import NAMES, NOUNS, load

DOCUMENT = (Path(__file__).parents[2] / "docs/verbs.md").read_text("utf-8")
CONTRACT = """
demo init record list show why search sweep summary analyze export import check backup restore where help
acknowledge heard take assign note reply propose promise keep pause resume regrade close callback reopen undo
""".split()


def options(name: str) -> list[str]:
    """Return the options of a verb as they are written."""
    command = app.build(load(name))
    return [option for parameter in command.params for option in parameter.opts if option.startswith("--")]


def section(name: str) -> str:
    """Return what docs/verbs.md says about a verb."""
    found = re.search(rf"^### `{re.escape(name)}\b.*?(?=^###? |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert found, f"docs/verbs.md has no section on {name}"
    return found[0]


def test_every_verb_of_the_contract_is_there():
    assert set(CONTRACT) <= set(NAMES)


def test_every_act_has_a_verb():
    assert {action.id for action in actions.every()} - set(NAMES) - set(NOUNS) == {
        "reveal"
    }  # that one is ``show --reveal``


@pytest.mark.parametrize("name", NAMES)
def test_the_document_names_every_option_of_a_verb(name):
    text = section(name)
    assert [option for option in options(name) if option != "--json" and f"`{option}" not in text] == []


def test_the_document_names_no_verb_that_is_not_there():
    written = re.findall(r"^### `([a-z-]+(?: [a-z]+)?)(?=[ `])", DOCUMENT, re.M)
    assert sorted(written) == sorted(NAMES)


@pytest.mark.parametrize("name", list(GLOBALS))
def test_the_document_names_every_option_before_the_verb(name):
    assert f"`{name}" in DOCUMENT


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_verb_names_every_option_in_the_users_language(wb, name, language):
    shown = wb("--lang", language, *name.split(), "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"workbench {name}")
    assert [option for option in options(name) if option not in shown.out] == []
    body = [line for line in shown.out.splitlines()[1:] if line.strip()]
    assert all(re.search("[\u4e00-\u9fff]", line) for line in body if line.startswith("  --")) == (
        language == "zh"
    )


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_overview_names_every_verb(wb, language):
    shown = wb("--lang", language, "--help").out
    assert [name for name in NAMES if f"  {name} " not in shown] == []
    assert "Usage:" not in shown


def test_help_of_a_noun_names_its_verbs(wb):
    shown = wb("policy", "--help").out
    assert all(f"policy {sub}" in shown for sub in ("list", "show", "check", "use"))


def test_no_help_line_is_wider_than_a_page(wb):
    from rich.cells import cell_len

    for language in words.LANGUAGES:
        for name in ([], *(name.split() for name in NAMES)):
            for line in wb("--lang", language, *name, "--help").out.splitlines():
                assert cell_len(line) <= helping.LINE + 2, line


def test_the_pages_are_the_same_in_both_languages():
    found = {}
    for language in words.LANGUAGES:
        words.use(language)
        found[language] = manual.topics()
    assert (
        found["zh"]
        == found["en"]
        == [
            "tour",
            "queues",
            "clocks",
            "severity",
            "import",
            "privacy",
            "people",
            "policies",
            "campaigns",
            "duties",
            "settings",
            "together",
        ]
    )


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_page_can_be_read(wb, language):
    for topic in (*manual.topics(), "keys"):
        shown = wb("--lang", language, "help", topic)
        assert shown.code == 0
        assert len(shown.out) > 200
    assert wb("help", "--json").json[0]["topic"] == "tour"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_pages_name_only_verbs_that_exist(language):
    words.use(language)
    for topic in manual.topics():
        for found in re.findall(r"`workbench (?!--)([a-z]+)", manual.page(topic)):
            assert any(name.split()[0] == found for name in NAMES), (topic, found)
