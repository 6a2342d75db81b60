"""An option comes before the environment, that before the file, that before the default: for every setting."""

import os
from pathlib import Path

import pytest

from workbench import config
from workbench.configuration.settings import BELL, DB, KEYMAP, MAIL, SETTINGS, STAFF, THEME, Kind, Setting
from workbench.configuration.sources import Source, Sources
from workbench.configuration.template import written
from workbench.domain.errors import UsageError


def other(setting: Setting, which: int) -> str:
    """Return one of three values that differ from each other and from the default."""
    if setting.kind is Kind.WORD:
        rest = [value for value in setting.values if value != setting.default]
        return rest[which % len(rest)]
    if setting.kind is Kind.YES_NO:
        return "yes"
    return str(30 + which) if setting.kind is Kind.SHARE else f"/tmp/{which}"


def sources(tmp_path: Path, setting: Setting, *, option: bool, variable: bool, file: bool) -> Sources:
    path = tmp_path / "config.toml"
    path.write_text(written(setting, other(setting, 2)) if file else "")
    environment = {"WORKBENCH_CONFIG": str(path)} | (
        {setting.variable: other(setting, 1)} if variable else {}
    )
    return Sources({setting.option: other(setting, 0)} if option and setting.option else {}, environment)


@pytest.mark.parametrize("setting", SETTINGS, ids=[each.name for each in SETTINGS])
def test_the_order_of_the_sources(tmp_path: Path, setting: Setting) -> None:
    for given in range(8):
        option, variable, file = bool(given & 4), bool(given & 2), bool(given & 1)
        found = sources(tmp_path, setting, option=option, variable=variable, file=file).found(setting)
        if option and setting.option:
            assert found == (other(setting, 0), Source.OPTION)
        elif variable:
            assert found == (other(setting, 1), Source.ENVIRONMENT)
        elif file:
            assert found == (other(setting, 2), Source.FILE)
        else:
            assert found == (setting.default, Source.DEFAULT)


@pytest.mark.parametrize("setting", SETTINGS, ids=[each.name for each in SETTINGS])
def test_whoever_reads_a_variable_gets_what_the_file_says_behind_it(tmp_path: Path, setting: Setting) -> None:
    with_file = sources(tmp_path, setting, option=False, variable=False, file=True)
    assert with_file.environment[setting.variable] == other(setting, 2)
    both = sources(tmp_path, setting, option=False, variable=True, file=True)
    assert both.environment[setting.variable] == other(setting, 1)


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "light"\n')
    given = {"WORKBENCH_CONFIG": str(path), THEME.variable: " "}
    assert Sources({}, given).found(THEME) == ("light", Source.FILE)


def test_a_path_is_meant_from_the_folder_of_the_file_and_a_name_of_a_keymap_is_no_path(
    tmp_path: Path,
) -> None:
    (tmp_path / "config.toml").write_text('db = "a.db"\nmail = "~/m.toml"\nkeymap = "vim"\nstaff = "mei"\n')
    found = Sources({}, {"WORKBENCH_CONFIG": str(tmp_path / "config.toml")})
    assert found.value(DB) == str(tmp_path / "a.db")
    assert found.value(MAIL) == os.path.expanduser("~/m.toml")
    assert (found.value(KEYMAP), found.value(STAFF)) == ("vim", "mei")
    assert config.mail_file(found.environment) == Path("~/m.toml").expanduser()


@pytest.mark.parametrize(("said", "meant"), [("yes", "new"), ("ON", "new"), ("0", "off"), ("due", "due")])
def test_the_bell_still_takes_yes_and_no_from_its_variable(said: str, meant: str) -> None:
    assert Sources({}, {"WORKBENCH_CONFIG": "/dev/null", BELL.variable: said}).value(BELL) == meant


def test_a_variable_that_cannot_be_is_named() -> None:
    with pytest.raises(UsageError) as why:
        Sources({}, {"WORKBENCH_CONFIG": "/dev/null", THEME.variable: "drak"}).value(THEME)
    assert str(why.value).startswith("WORKBENCH_THEME: ")


def test_the_path_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from platformdirs import user_config_path

    for folder in (None, "", "relative", str(tmp_path)):
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        if folder is None:
            monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        else:
            monkeypatch.setenv("XDG_CONFIG_HOME", folder)
        given = {name: value for name, value in os.environ.items() if name != "WORKBENCH_CONFIG"}
        assert config.config_file(given) == user_config_path("workbench") / "config.toml"
    assert config.config_file({"WORKBENCH_CONFIG": "/x"}) == Path("/x")
