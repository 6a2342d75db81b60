"""A mapping is taken as a whole or refused with everything that is wrong in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.conftest import MAPPINGS, SMALL
from workbench.exchange import vocabulary
from workbench.exchange.mapping_file import MappingFaultsError, load, parse
from workbench.policy import loading

KNOWN = vocabulary.of_policy(loading.load("default")[0])
HEADERS = ("id", "received", "text", "customer", "phone", "due", "closed", "outcome", "replied", "reply")


def faults(text: str) -> list[str]:
    with pytest.raises(MappingFaultsError) as refused:
        parse(text, "m.toml", HEADERS, KNOWN)
    assert refused.value.exit_code == 2
    return [str(fault) for fault in refused.value.faults]


def test_every_fault_is_told_at_once_with_its_line_and_the_nearest_right_name() -> None:
    text = "\n".join([
        'source = "x"',
        'clock = "policy"',
        "[times]",
        'formats = ["iso", "%Q"]',
        'zone = "Asia/Shangai"',
        "[fields]",
        'external_id = "idd"',
        'text = ["text", "txt"]',
        'costumer = "customer"',
        "[constants]",
        'kind = "complain"',
        'text = "x"',
        "[values.channel]",
        '"Call" = "fone"',
        "[target]",
        'colum = "due"',
        "[closing]",
        'at = "closed"',
        'status = "outcome"',
        "[[entries]]",
        'act = "close"',
        'at = "#99"',
        'text = "#10"',
    ])  # fmt: skip
    assert faults(text) == [
        "m.toml:2: clock: is not known here; did you mean clocks?",
        "m.toml:4: times.formats[2]: is no time format; use iso, or a whole date like %Y-%m-%d %H:%M:%S.",
        "m.toml:5: times.zone: is no time zone; write one like Asia/Shanghai.",
        "m.toml:6: fields: received_at is missing: a case needs the time at which it was received.",
        "m.toml:7: fields.external_id: the file has no column idd; did you mean id?",
        "m.toml:8: fields.text[2]: the file has no column txt; did you mean text?",
        "m.toml:9: fields.costumer: is not known here; did you mean customer?",
        "m.toml:11: constants.kind: complain is not known; did you mean complaint?",
        "m.toml:12: constants.text: is a column too; a value for blanks goes under [defaults].",
        "m.toml:14: values.channel.Call: fone is not known; did you mean phone?",
        "m.toml:15: target: column is missing.",
        "m.toml:16: target.colum: is not known here; did you mean column?",
        "m.toml:17: closing: status and closed belong together: a column, and the values that count.",
        "m.toml:21: entries[1].act: close is not known; known are: acknowledge heard note reply propose.",
        "m.toml:22: entries[1].at: the file has no column #99.",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("source = ", "m.toml:1: is not TOML here"),
        ("[" * 200, "is not TOML here"),
        ("a = " + "[" * 5000, "is nested too deeply"),
        ("a = " + "{b = " * 5000, "is nested too deeply"),
        ("a." * 90_000 + "b = 1", "has a key with more than 6 parts"),
        ("a = " + "9" * 5000, "has a number that is too long"),
        ("#" * 300_000, "has more than 256 KB"),
        ('source = "\\u001b]52;c;x"', "has a character that cannot be seen"),
        ("source = 1", "must be text"),
        ("fields = 1", "must be a table"),
        ("entries = {}", "must be a list"),
        ("[times]\nexcel_dates = 1", "must be true or false"),
        ("[times]\nzone = []", "takes one zone"),
        ("[times]\nzone = '../../etc/passwd'", "is no time zone"),
        ("[times]\nformats = []", "must not be empty"),
        ("[values]\nkind = 'x'", "must be a table"),
        ("[target]\ncolumn = 'due'\nclock = 'Big Clock'", "an id has small letters"),
    ],
)
def test_hostile_toml_is_refused_in_one_sentence(text: str, why: str) -> None:
    assert any(why in fault for fault in faults(text)), faults(text)


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_kept_mappings_are_right(path: object) -> None:
    assert load(path, vocabulary=KNOWN).source  # type: ignore[arg-type]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: object) -> None:
    for path in (MAPPINGS / "none.toml", MAPPINGS):
        with pytest.raises(MappingFaultsError, match="cannot be read"):
            load(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: object) -> None:
    path = tmp_path / "m.toml"  # type: ignore[operator]
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load(path, HEADERS, KNOWN).source == "small"


LINES = (*SMALL.split("\n"), "[", "x = 1", "[fields]", "source.x = 1", "[[entries]]", "values.kind.x = 3")


@given(st.text(max_size=300) | st.lists(st.sampled_from(LINES)).map("\n".join))
def test_any_text_is_a_mapping_or_a_list_of_faults(text: str) -> None:
    try:
        told = parse(text, "m.toml", HEADERS, KNOWN).source
    except MappingFaultsError as why:
        told = "".join(map(str, why.faults))
    assert told
