"""``config init, check, show, set``: the file of settings from the command line, and what verbs make of it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from workbench.configuration.settings import SETTINGS, THEME

WRONG = 'langauge = "en"\nbell = "due"\ntheme = "drak"\n'


@pytest.fixture
def file(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = home / "config.toml"
    monkeypatch.setenv("WORKBENCH_CONFIG", str(path))
    return path


def test_from_nothing_to_a_checked_file(run: Run, file: Path) -> None:
    assert run("config", "check").code == 0
    assert "config init" in run("config", "check").out
    assert run("config", "init").code == 0
    assert run("config", "check", "--json").json == {"config": str(file), "exists": True, "faults": []}
    assert run("config", "init").code == 3
    assert run("where", "--json").json["config"] == str(file)
    assert run("where", "--json").json["config_exists"] is True


@pytest.mark.parametrize(("language", "said"), [("en", "did you mean dark?"), ("zh", "dark")])
def test_every_fault_with_its_line_and_exit_2(run: Run, file: Path, language: str, said: str) -> None:
    file.write_text(WRONG)
    ended = run("--lang", language, "config", "check")
    assert ended.code == 2
    assert [line.split(": ")[0] for line in ended.err.splitlines()] == [f"{file}:1", f"{file}:3"]
    assert said in ended.err
    assert ended.out == ""
    file.write_text(WRONG.replace("langauge", "language").replace("drak", "dark"))
    assert run("config", "check").code == 0


def test_a_keymap_that_the_file_names_is_checked_too(run: Run, file: Path) -> None:
    file.write_text('bell = "new"\nkeymap = "own.toml"\n')
    ended = run("config", "check")
    assert (ended.code, ended.err.split(": ")[0]) == (2, f"{file}:2")
    (file.parent / "own.toml").write_text('extends = "vim"\n[contexts.queue]\nclsoe = ["c"]\n')
    assert "keys check" in run("config", "check").err
    (file.parent / "own.toml").write_text('extends = "vim"\n')
    assert run("config", "check").code == 0


def test_another_file_can_be_checked(run: Run, file: Path) -> None:
    other = file.with_name("other.toml")
    assert run("config", "check", str(other)).code == 2
    other.write_text("theme = 3\n")
    assert f"{other}:1: theme" in run("config", "check", str(other)).err
    assert run("config", "check").code == 0


def test_a_verb_goes_on_with_the_rest_and_says_one_sentence(wb: Run, file: Path) -> None:
    file.write_text(WRONG + 'staff = "li"\n')
    ended = wb("list", "--json")
    assert (ended.code, ended.json) == (0, [])
    assert len(ended.err.splitlines()) == 1
    assert "workbench config check" in ended.err
    file.write_text('staff = "li"\n')
    assert wb("list", "--json").err == ""


def test_the_language_and_the_store_of_the_file_hold(
    run: Run, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKBENCH_LANG")
    monkeypatch.delenv("WORKBENCH_DB")
    file.write_text('language = "zh"\ndb = "mine.db"\nstaff = "li"\n')
    monkeypatch.delenv("WORKBENCH_STAFF")
    assert run("init").code == 0
    assert (home / "mine.db").exists()
    found = run("--json", "where").json
    assert (found["store"], found["language"], found["person"]) == (str(home / "mine.db"), "zh", "li")
    assert run("--lang", "en", "--as", "bo", "--json", "where").json["language"] == "en"
    assert run("--lang", "en", "--as", "bo", "--json", "where").json["person"] == "bo"


def test_no_other_store_is_taken_for_one_that_cannot_be_told(
    wb: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Path(wb("--json", "where").json["store"])
    monkeypatch.delenv("WORKBENCH_DB")
    file.write_text('db = "mine.db"\nbell = ?\n')
    for words in (["list"], ["init"], ["record", "--text", "x"], ["doctor"], []):
        assert wb(*words).code == 2, words
    assert wb("where").code == wb("help").code == 0
    assert wb("--db", str(store), "list").code == 0


def test_show_says_where_each_comes_from(wb: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_BELL", "due")
    file.write_text('bell = "new"\ntheme = "light"\n')
    found = {each["name"]: each for each in wb("--keys", "vim", "config", "show", "--json").json}
    assert list(found) == [setting.name for setting in SETTINGS]
    assert (found["bell"]["value"], found["bell"]["from"]) == ("due", "environment")
    assert (found["theme"]["value"], found["theme"]["from"]) == ("light", "config.toml")
    assert (found["keymap"]["value"], found["keymap"]["from"]) == ("vim", "option")
    assert found["after_act"]["from"] == "default"


def test_set_keeps_one_value_and_says_what_comes_first(
    wb: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('# mine\ntheme = "dark" # at night\n')
    assert wb("config", "set", "theme", "light").code == 0
    assert file.read_text() == '# mine\ntheme = "light" # at night\n'
    assert wb("config", "set", "theme", "drak").code == 2
    assert wb("config", "set", "thene", "dark").code == 2
    assert wb("config", "set", "keymap", "nowhere.toml").code == 2
    assert wb("--read-only", "config", "set", "theme", "dark").code == 7
    monkeypatch.setenv(THEME.variable, "dark-tritan")
    assert "dark-tritan" in wb("config", "set", "theme", "auto").out
    monkeypatch.chdir(file.parent)
    assert wb("config", "set", "db", "x.db").code == 0
    assert f'db = "{file.parent / "x.db"}"' in file.read_text()


@pytest.mark.parametrize("words", [["config", "init"], ["config", "set", "theme", "dark"]])
def test_a_home_that_takes_no_file_is_one_sentence(
    wb: Run, file: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    file.with_name("plain").write_text("")
    monkeypatch.setenv("WORKBENCH_CONFIG", str(file.with_name("plain") / "workbench" / "config.toml"))
    ended = wb(*words)
    assert (ended.code, len(ended.err.splitlines())) == (2, 1)
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [("en", "WORKBENCH_BELL", "queues"), ("zh", "WORKBENCH_BELL", "queues"), ("en", "隐私", "privacy"),
     ("zh", "retention", "privacy")],
)  # fmt: skip
def test_help_finds_topics_by_words_of_either_language(wb: Run, language: str, text: str, topic: str) -> None:
    found = wb("--lang", language, "--json", "help", text).json
    assert topic in [each["topic"] for each in found]
    assert wb("--lang", language, "help", topic).out
    assert wb("--lang", language, "help", "nothinglikethis").code == 2
