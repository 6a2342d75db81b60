"""No input gets more than sentences out of the policy reader."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from policy_support import DEFAULT, TOP, only_fault

from workbench.domain.errors import UsageError
from workbench.domain.text import safe_text
from workbench.policy import loading

WEEK = 'zone = "UTC"\nweek = { mon = ["09:00-17:00"] }\n'


def faults_of(text: str | bytes, tmp_path: Path) -> list[loading.Fault]:
    file = tmp_path / "mine.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.load(str(file))
    return list(caught.value.faults)


HOSTILE = {
    "too large": ("#" * (256 * 1024 + 1), 0, "more than 256 KB"),
    "binary": (b"\x00\x01\x02\xff\xfe", 1, "not UTF-8"),
    "utf-16": ("a = 1\n".encode("utf-16"), 1, "not UTF-8"),
    "gbk": ("# ok\n# 规则\n".encode("gbk"), 2, "not UTF-8"),
    "nul": (b"a = '\x00'", 1, "not TOML"),
    "no toml": ("title: x\n", 1, "not TOML here: Expected '='"),
    "unclosed": ('a = "x\nb = 1', 1, "not TOML"),
    "ends early": ("a = [1,\n\n", 3, "not TOML"),
    "twice": (TOP + "[kinds]\n[kinds]\n", 3, "stands in the file twice"),
    "key twice": ("a = 1\na = 2\n", 2, "stands in the file twice"),
    "deep lists": ("a = " + "[" * 100_000, 0, "nested too deeply"),
    "deep tables": ("a = " + "{a = " * 40_000, 0, "nested too deeply"),
    "dotted key": ("a" + ".a" * 100_000 + " = 1", 0, "more than 12 parts"),
    "dotted header": ("[a" + ".'a'" * 50_000 + "]", 0, "more than 12 parts"),
    "dotted inline": ("a = { b" + " . b" * 60_000 + " = 1 }", 0, "more than 12 parts"),
    "long number": ("a = " + "9" * 200_000, 0, "number that is too long"),
    "invalid date": ("a = 2026-13-45", 1, "not TOML"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence(name, tmp_path):
    text, line, said = HOSTILE[name]
    (fault,) = faults_of(text, tmp_path)
    assert (fault.line, fault.key) == (line, "")
    assert said in str(fault.said)
    assert "\n" not in str(fault)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[hot]\npeople = nan", "not nan"),
        ("[hot]\npeople = inf", "not inf"),
        ("[hot]\npeople = 3.0", "not 3.0"),
        ("[hot]\npeople = 100000000000000000000000", "not 1000000000000000000…"),
        ("[hot]\npeople = 0x" + "f" * 10_000, "not 1000000000000000000…"),
        ("[hot]\npeople = [[[[]]]]", "not […]"),
        ("[hot]\npeople = 2026-01-01", "not 2026-01-01"),
        ('[hot]\npeople = "' + "\\u202e" * 500 + '"', "not <202E>"),
        ('[severity]\nclaim = [{ at_least = "１０", level = 1 }]', "not １０"),
        ('[severity]\nclaim = [{ at_least = "nan", level = 1 }]', "not nan"),
        ('[severity]\nclaim = [{ at_least = "1e5", level = 1 }]', "not 1e5"),
        ('[severity]\nclaim = [{ at_least = "9999999999999.00", level = 1 }]', "not 9999999999999.00"),
        ('zone = "../../etc/passwd"', "no time zone"),
        ('zone = "Asia"', "no time zone"),
        ('zone = "a\\u0000b"', "cannot be seen"),
        (f'source = "{"x" * 2001}"', "more than 2000"),
        ('"\\u001b]0;x" = 1', "is not known here"),
        ("[calendars.x]\n" + WEEK + "shifts = [{ date = 0001-01-01, hours = [] }]", "from 1990 to 2199"),
        ("[calendars.x]\n" + WEEK + "days = 'mars'", "known are: china"),
        ("[calendars.x]\n" + WEEK + "breaks = 5", "must be a list"),
        ("kinds = 5", "must be a table, not 5"),
    ],
)
def test_a_hostile_value_is_refused_and_shown_harmless(text, said):
    fault = only_fault(TOP + text)
    assert said in str(fault.said)
    assert safe_text(str(fault)) == str(fault)
    assert len(str(fault)) < 400


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xef\xbb\xbf" + DEFAULT.replace("\n", "\r\n").encode())
    found, text = loading.load(str(file))
    assert replace(found, id="default") == loading.load("default")[0]
    assert loading.parse("\ufeff" + text, "mine.toml") == found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("defualt", "did you mean default?"),
        ("nothing-like-it", "shipped are: default hopson iso10002 leyoujia mingyuan vanke"),
        ("", "no policy and no file"),
        ("x" * 5000, "no policy and no file"),
        ("a\0b", "no policy and no file"),
        (".", "no policy and no file"),
    ],
)
def test_an_unknown_policy_is_a_usage_error_that_names_the_option(name, said):
    with pytest.raises(UsageError, match=r"^--policy: ") as caught:
        loading.load(name)
    assert said in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(UsageError, match="no file"):
        loading.load(str(tmp_path / "pipe.toml"))


PIECES = (
    *('"', "'", '"""', "[", "]", "[[", "{", "}", "=", ".", ",", "#", "\n", "\\", "\\u001b", "\x00", "\x1b"),
    *(
        "9" * 30,
        "-1",
        "nan",
        "inf",
        "1e400",
        "true",
        "2026-02-30",
        "0x" + "f" * 20,
        "a.b.c",
        "\u202e",
        "\ufeff",
    ),
    *(
        'extends = "vanke"\n',
        "[kinds]\n",
        "#-- carried along: default --#\n",
        '"25:00-24:00"',
        "[[clocks]]\n",
    ),
    *('"0001-01-01"', "9999-12-31", '"Asia"', '"3661d"', '"\\ud800"', "[calendars.x]\n", "{}", "[]"),
)
MUTATION = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.one_of(st.integers(0, 40), st.sampled_from([200, 2000])),
    st.one_of(st.sampled_from(PIECES).map(str.encode), st.binary(max_size=4)),
)


def mutated(text: bytes, mutations: list[tuple[float, int, bytes]]) -> bytes:
    for where, cut, put in mutations:
        at = int(where * len(text))
        text = text[:at] + put + text[at + cut :]
    return text


def loaded(file: Path) -> tuple[tuple[loading.Fault, ...], loading.Policy | None, str]:
    try:
        return (), *loading.load(str(file))
    except loading.PolicyFaults as why:
        return why.faults, None, ""


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(loading.shipped()), st.lists(MUTATION, max_size=4))
def test_any_bytes_are_a_policy_or_a_list_of_faults(tmp_path_factory, name, mutations):
    file = tmp_path_factory.getbasetemp() / "fuzzed.toml"
    file.write_bytes(mutated((loading.FOLDER / f"{name}.toml").read_bytes(), mutations))
    faults, found, text = loaded(file)
    assert all(fault.file and fault.line >= 0 and safe_text(str(fault)) == str(fault) for fault in faults)
    assert bool(faults) != bool(found)
    if found:
        assert loading.parse(text, str(file)) == found
        assert all(found.calendars[clock.calendar].week for clock in found.clocks.values())


@pytest.mark.parametrize("name", loading.shipped())
def test_the_unchanged_file_is_accepted(name):
    text = (loading.FOLDER / f"{name}.toml").read_text("utf-8")
    assert loading.parse(text, f"{name}.toml") == loading.load(name)[0]
