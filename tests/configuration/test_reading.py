"""What a file of settings says: every fault at once with its line, and the short way agrees with the long one."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keymaps import SHIPPED
from workbench.configuration.checking import checked
from workbench.configuration.reading import LARGEST_PLAIN, plainly, read
from workbench.configuration.settings import BY_NAME, NOTHING, SETTINGS, SHIPPED_KEYMAPS, Kind
from workbench.configuration.template import template
from workbench.toml.reading import LARGEST

WRONG = """# mine
langauge = "en"
theme = "drak"
bell = 3
mouse = "yes"
preview = 99
after_act = ""
db = 7

[tables]
x = 1
"""
RIGHT = """# mine
language = "en"
theme = "dark"
bell = "due"
mouse = true
preview = 45
after_act = "next"
db = "cases.db"
"""


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_every_fault_is_told_at_once_with_its_line_and_the_right_file_has_none(tmp_path: Path) -> None:
    found = read(written(tmp_path, WRONG))
    assert [(fault.line, fault.key) for fault in found.faults] == [
        (2, "langauge"), (3, "theme"), (4, "bell"), (5, "mouse"), (6, "preview"), (7, "after_act"), (8, "db"),
        (10, "tables"),
    ]  # fmt: skip
    said = "\n".join(map(str, found.faults))
    assert "did you mean language?" in said
    assert "did you mean dark?" in said
    assert found.values == {}
    assert found.hides_store
    right = read(written(tmp_path, RIGHT))
    assert right.faults == ()
    assert right.values == {
        "language": "en", "theme": "dark", "bell": "due", "mouse": "yes", "preview": "45", "after_act": "next",
        "db": str(tmp_path / "cases.db"),
    }  # fmt: skip


def test_a_fault_takes_nothing_else_with_it(tmp_path: Path) -> None:
    found = read(written(tmp_path, RIGHT.replace('"dark"', '"drak"')))
    assert [fault.line for fault in found.faults] == [3]
    assert found.values == read(written(tmp_path, RIGHT.replace('theme = "dark"\n', ""))).values
    assert not found.hides_store


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"theme = \xff", 1),
        (b'theme = "dark"\n\nbell = ???\n', 3),
        (b'theme = "dark"\ntheme = "light"\n', 2),
        (b'a = 1\n' + b'"' * 40, 2),
        (b"[" * 5_000, 0),
        (b"x = " + b"9" * 5_000, 0),
        (b".".join([b"a"] * 100_000) + b" = 1", 0),
        (b"# " + b"x" * LARGEST, 0),
        (b'theme = "da\x00rk"', 1),
        (b'staff = "\\u001b]52;c;x\\u0007"', 1),
        (b"db = '''\nx\n'''", 1),
        (b"theme = [1, 2]\n", 1),
        (b"theme.dark = 1\n", 1),
        (b"language = 2026-11-21\n", 1),
    ],
)  # fmt: skip
def test_hostile_toml_is_one_fault_in_its_line_and_never_ends_the_program(
    tmp_path: Path, text: bytes, line: int
) -> None:
    found = read(written(tmp_path, text))
    assert found.faults
    assert line in (0, found.faults[0].line)
    assert "\x1b" not in "".join(map(str, found.faults))


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_a_fault(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "config.toml"
    make(path)
    assert len(read(path).faults) == 1


@pytest.mark.parametrize("path", ["/dev/null", "/nowhere/config.toml", "/dev/null/config.toml"])
def test_no_file_says_nothing(path: str) -> None:
    assert read(Path(path)) == NOTHING


@pytest.mark.parametrize(
    ("text", "hides"),
    [
        ('db = "x.db"\nbell = ?', True),
        ('# db = "x.db"\nbell = ?', False),
        ('db = ""\nbell = ?', False),
        ('"db" = "x.db"\nbell = "loud"', False),  # the store is told
        ("db = 1", True),
    ],
)
def test_a_store_that_cannot_be_told_is_known(tmp_path: Path, text: str, hides: bool) -> None:
    assert read(written(tmp_path, text)).hides_store is hides


def test_what_is_made_is_read_the_short_way_and_changes_nothing(tmp_path: Path) -> None:
    pairs = plainly(template().encode())
    assert pairs is not None
    assert list(pairs) == [setting.name for setting in SETTINGS]
    found = read(written(tmp_path, template()))
    assert found.faults == ()
    assert found.values == {setting.name: setting.default for setting in SETTINGS}


LINES = st.one_of(
    st.sampled_from(SETTINGS).flatmap(
        lambda setting: st.sampled_from(
            [f'{setting.name} = "{value}"' for value in (*setting.values, "", "a b", "字", "a#b")]
            + [f"{setting.name}={value}" for value in ("true", "false", "45", "045", "1_0", "-1", "'x'")]
            + [f'\t"{setting.name}"\t= "x"', f"{setting.name} = true # yes", f'{setting.name} = "a" # "b"']
        )
    ),
    st.text(max_size=12),
    st.text(alphabet="= \"'#[]\\\t\r\u3000\x0btrue1_.,", max_size=12),
)


@given(st.lists(LINES, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_what_the_short_way_understands_is_what_toml_means(lines: list[str], end: str) -> None:
    text = end.join(lines)
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return
    plain = plainly(content)
    if plain is not None:
        assert plain == tomllib.loads(text)
        assert all(type(plain[name]) is type(value) for name, value in tomllib.loads(text).items())


@pytest.mark.parametrize("text", [RIGHT, RIGHT.replace("\n", "\r\n"), template(), "", "# only words\n"])
def test_both_ways_come_to_the_same(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    assert plainly(text.encode()) is not None, "the short way is taken"
    assert read(path) == checked(path)


def test_the_short_way_has_an_end() -> None:
    assert plainly(b"#" * LARGEST_PLAIN) is not None
    assert plainly(b"#" * (LARGEST_PLAIN + 1)) is None


def test_the_records_are_whole() -> None:
    assert SHIPPED_KEYMAPS == SHIPPED
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS) == len(BY_NAME)
    for setting in SETTINGS:
        assert bool(setting.values) == (setting.kind in (Kind.WORD, Kind.SHARE))
        assert setting.variable.startswith("WORKBENCH_")
