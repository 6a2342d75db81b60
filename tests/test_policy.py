"""Reading a policy: every fault with its place, all at once; one policy upon another."""

import re

import pytest
from msgspec.structs import replace
from policy_support import BROKEN, DEFAULT, TOP, only_fault

from workbench.policy import loading
from workbench.toml.checks import span_seconds


def test_every_fault_of_a_file_is_told_at_once_with_its_line_and_key():
    expected = [
        (line, *re.split(r" \| ", text.split("#! ")[1]))
        for line, text in enumerate(BROKEN.splitlines(), 1)
        if "#! " in text
    ]
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(BROKEN, "broken.toml")
    found = {(fault.line, fault.key): str(fault.said) for fault in caught.value.faults}
    assert found.keys() == {(line, key) for line, key, _words in expected}
    for line, key, said in expected:
        assert said.strip() in found[line, key]


def test_faults_are_printed_one_a_line_in_the_order_of_the_file():
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(BROKEN, "broken.toml")
    printed = str(caught.value).splitlines()
    assert len(printed) == len(caught.value.faults) > 12
    numbers = [int(line.split(":")[1]) for line in printed]
    assert numbers == sorted(numbers)
    assert printed[0] == "broken.toml:2: title: must be a table, not 坏规则."
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("table", "missing"),
    [
        ("kinds", "praise"),
        ("channels", "hotline-12345"),
        ("categories", "external-environment"),
        ("impacts", "partly"),
        ("flags", "lawsuit-risk"),
        ("faults", "third-party"),
    ],
)
def test_an_id_that_every_policy_has_may_not_be_left_out(table, missing):
    text = re.sub(rf"(?m)^{missing} .*\n", "", DEFAULT)
    fault = only_fault(text)
    assert (fault.key, fault.line) == (table, text.split(f"[{table}]")[0].count("\n") + 1)
    assert str(fault.said) == f"{missing} is missing; every policy has it."


@pytest.mark.parametrize("clock", ["response", "proposal", "callback"])
def test_a_clock_that_every_policy_has_may_not_be_left_out(clock):
    text = re.sub(rf"\[clocks\.{clock}\]\n(?:\S.*\n)*", "", DEFAULT)
    assert f"{clock} is missing" in str(only_fault(text).said)


def test_a_policy_that_extends_nothing_must_say_everything():
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse('title = { zh = "甲", en = "A" }', "short.toml")
    missing = {str(fault.said).split()[0] for fault in caught.value.faults}
    assert missing == {
        *(
            "source",
            "zone",
            "regrade",
            "reopen",
            "callback_retry",
            "kinds",
            "channels",
            "categories",
            "impacts",
            "flags",
        ),
        *("faults", "clocks", "calendars", "severity"),
    }


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3h", 10_800),
        ("24h", 86_400),
        ("2d", 172_800),
        ("90m", 5400),
        ("1h30m", 5400),
        ("1d2h3m", 93_780),
        ("", None),
        ("3", None),
        ("h", None),
        ("-3h", None),
        ("3h ", None),
        ("3H", None),
        ("1m1h", None),
        ("１h", None),
        ("1.5h", None),
    ],
)
def test_a_length_of_time_is_days_hours_and_minutes_in_this_order(text, seconds):
    assert span_seconds(text) == seconds


@pytest.mark.parametrize(
    ("target", "good"), [("1m", True), ("0m", False), ("3660d", True), ("3660d1m", False), ("99h", True)]
)
def test_a_target_is_from_one_minute_to_ten_years(target, good):
    text = f'{TOP}[clocks.response]\ntarget = "{target}"'
    if good:
        assert loading.parse(text, "mine.toml").clocks["response"].target_seconds == span_seconds(target)
    else:
        assert only_fault(text).key == "clocks.response.target"


def test_tables_are_laid_over_each_other_and_lists_replaced():
    mine = loading.parse(
        f'{TOP}[clocks.response]\ntarget = "1h"\nby_level = {{ 1 = "30m" }}\n[hot]\nages = [{{ days = 3 }}]',
        "mine.toml",
    )
    base = loading.load("default")[0]
    assert mine.id == "mine"
    assert mine.clocks["response"] == replace(
        base.clocks["response"], target_seconds=3600, by_level={1: 1800}
    )
    assert mine.clocks["response"].target(1, "other") == 1800
    assert mine.clocks["response"].target(2, "other") == 3600
    assert mine.clocks["proposal"] == base.clocks["proposal"]
    assert [age.days for age in mine.severity.ages if age.level is None] == [3]
    assert mine.severity.hot_people == base.severity.hot_people


def test_the_text_that_is_kept_carries_the_policy_below_along(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(f"{TOP}[clocks.response]\ntarget = '1h'")
    mine, text = loading.load(str(file))
    assert text.count("[clocks.callback]") == 1
    assert loading.parse(text, "mine.toml") == mine
    changed = text.replace('target   = "48h"', 'target   = "47h"')
    assert loading.parse(changed, "mine.toml").clocks["callback"].target_seconds == 47 * 3600


def test_a_policy_may_extend_one_that_extends_another(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('extends = "vanke"\n[hot]\npeople = 2\n')
    mine, text = loading.load(str(file))
    assert (mine.severity.hot_people, mine.flags["march"].name.zh) == (2, "游行")
    assert "extends = " in text
    assert loading.parse(text, "mine.toml") == mine


def test_a_fault_names_the_file_that_it_is_in_and_its_line_there():
    text = loading.load("leyoujia")[1].replace('target   = "24h"               # S0', 'target   = "0h"')
    own, carried = text.split("#-- carried along: default --#\n")
    assert own.count('"0h"') == 0
    assert carried.count('"0h"') == 1
    broken = loading.load("vanke")[1].replace('"letter"', "").replace("letter  ", "lettre  ")
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(f"{TOP}{broken.split('extends = ', 1)[1].split(chr(10), 1)[1]}", "mine.toml")
    assert {fault.file for fault in caught.value.faults} == {"mine.toml"}
    copied = loading.load("vanke")[1].replace('percent = 75, to = "owner"', 'percent = 75, to = "ownre"')
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(copied, "mine.toml")
    rows, found = copied.splitlines(), caught.value.faults
    assert {fault.file for fault in found} == {"mine.toml"}
    assert all("ownre" in rows[fault.line - 1] for fault in found)
    assert len({fault.line for fault in found}) > 4
    twice = loading.load("vanke")[1] + "[zone]\n"
    with pytest.raises(loading.PolicyFaults, match=f"mine.toml:{twice.count(chr(10))}: "):
        loading.parse(twice, "mine.toml")


def test_a_fault_in_a_shipped_policy_that_is_not_carried_along_names_that_one(monkeypatch):
    monkeypatch.setattr(
        loading, "text_of", lambda path, where: path.read_text().replace('"owner"', '"ownre"')
    )
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse('extends = "default"\n', "own.toml")
    assert {fault.file for fault in caught.value.faults} == {"default.toml"}


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ('"defalt"', "did you mean default"),
        ("5", "must be text"),
        ('"/etc/passwd"', "known are: default"),
        ('["default"]', "must be text"),
    ],
)
def test_what_is_extended_must_be_shipped_and_the_rest_is_checked_all_the_same(extends, said):
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(f'extends = {extends}\nzone = "Nowhere"', "mine.toml")
    first, second = caught.value.faults
    assert (first.line, first.key, second.key) == (1, "extends", "zone")
    assert said in str(first.said)
