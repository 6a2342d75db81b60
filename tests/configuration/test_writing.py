"""A value is changed where it stands; every word that people wrote around it stays theirs."""

import os
import stat
import threading
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import words
from workbench.configuration.reading import read
from workbench.configuration.settings import AFTER_ACT, KEYMAP, MOUSE, PREVIEW_OF_CASE, SETTINGS, STAFF, THEME
from workbench.configuration.template import template
from workbench.configuration.writing import changed, first, keep
from workbench.domain.errors import RefusedError, UsageError

OWN = """\ufeff# of mei; do not touch
  'theme' = "dark"   # at night: "dark" is better
\tstaff="mei"
# keymap = "cua"

# the end"""


def test_only_the_value_changes(tmp_path: Path) -> None:
    text = changed(OWN, THEME, "light", "f")
    assert text == OWN.replace('= "dark" ', '= "light" ')
    assert changed(text, KEYMAP, "vim", "f") == text + '\nkeymap = "vim"\n'
    assert changed("", MOUSE, "yes", "f") == "mouse = true\n"
    assert changed("preview = 40\r\n", PREVIEW_OF_CASE, "55", "f") == "preview = 55\r\n"
    assert changed("a.b = 1\r\n[t]\r\n", THEME, "dark", "f") == 'a.b = 1\r\ntheme = "dark"\r\n[t]\r\n'


@pytest.mark.parametrize(
    "text",
    [
        'theme = """\ndark"""',
        "theme = '''dark'''",
        'theme = [\n"dark"]',
        "theme.x = 1",
        "[theme]\nx = 1",
        "x = ?",
    ],
)
def test_what_is_not_understood_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(UsageError):
        keep(path, THEME, "light")
    assert path.read_text() == text


@given(
    st.lists(
        st.sampled_from(
            ["# c", "", '"x y" = 1', "theme = 'dark' # a", 's = """', 'theme="a"', "[t]", "k=[", "]"]
        )
    ),
    st.sampled_from(["light", 'a"b\\c', "字"]),
)
def test_whatever_stands_there_either_only_that_value_changes_or_nothing(
    lines: list[str], value: str
) -> None:
    text = "\n".join(lines)
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(UsageError):
            changed(text, STAFF, value, "f")
        return
    try:
        after = changed(text, STAFF, value, "f")
    except UsageError:
        return
    assert tomllib.loads(after) == before | {"staff": value}
    assert [line for line in after.split("\n") if "staff" not in line and line] == [
        line for line in lines if line
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_file_is_private_and_never_written_over(tmp_path: Path, language: str) -> None:
    words.use(language)
    path = tmp_path / "a" / "b" / "config.toml"
    first(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    text = path.read_text(encoding="utf-8")
    assert all(words._(setting.help) in text for setting in SETTINGS)
    assert ("设置" in text) is (language == "zh")
    path.write_text("# mine\n")
    with pytest.raises(RefusedError):
        first(path)
    assert path.read_text() == "# mine\n"


def test_a_value_is_kept_where_there_was_no_file_and_a_link_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    keep(path, THEME, "light")
    assert read(path).values["theme"] == "light"
    assert path.read_text() == template().replace('theme = "auto"', 'theme = "light"')
    real, link = tmp_path / "dotfiles.toml", tmp_path / "link.toml"
    real.write_text(OWN, encoding="utf-8")
    real.chmod(0o644)
    link.symlink_to(real)
    keep(link, THEME, "light")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == OWN.replace('= "dark" ', '= "light" ')
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert os.listdir(tmp_path / "new") == ["config.toml"], "nothing is left beside it"


def test_two_windows_that_keep_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    turns = [
        threading.Thread(target=keep, args=(path, setting, value))
        for setting, value in ((THEME, "light"), (KEYMAP, "vim"), (AFTER_ACT, "next"), (MOUSE, "yes"))
    ]
    for turn in turns:
        turn.start()
    for turn in turns:
        turn.join()
    found = read(path).values
    assert [found[each] for each in ("theme", "keymap", "after_act", "mouse")] == [
        "light",
        "vim",
        "next",
        "yes",
    ]


def test_a_place_that_takes_no_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "config.toml", Path("/proc/nowhere/config.toml")):
        with pytest.raises(UsageError) as why:
            keep(path, THEME, "light")
        assert "\n" not in str(why.value)
