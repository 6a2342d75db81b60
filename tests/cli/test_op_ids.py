"""``--op-id``: a script that never saw the answer asks again, and gets the first result."""

import pytest

from workbench.cli import act_verbs, recording
from workbench.cli.doing import OP_ID
from workbench.domain import acts

LATER = "2026-11-21T13:00:00+08:00"


def test_a_case_that_is_recorded_twice_under_one_id_is_one_case(wb):
    first = wb("--json", "record", "--text", "漏水", "--op-id", "job-1")
    again = wb("--json", "record", "--text", "漏水", "--op-id", "job-1")
    assert again.code == 0, again.err
    assert again.json == first.json
    assert len(wb("--json", "list").json) == 1
    assert wb("--json", "record", "--text", "漏水", "--op-id", "job-2").json["number"] != first.json["number"]


@pytest.mark.parametrize(
    "words",
    [
        ["acknowledge"],
        ["heard", "--text", "又打来"],
        ["note", "--text", "x"],
        ["reply", "--text", "x"],
        ["promise", "--text", "上门", "--due", "+1d"],
    ],
    ids=lambda words: words[0],
)
def test_an_adding_act_is_stored_once_and_answers_as_it_did_whatever_came_since(wb, recorded, words):
    verb, *options = words
    asked = ("--now", LATER, "--json", verb, recorded, *options, "--op-id", "job-7")
    first = wb(*asked)
    assert first.code == 0, first.err
    assert wb("--now", LATER, "note", recorded, "--text", "dazwischen").code == 0
    again = wb(*asked)
    assert again.code == 0, again.err
    assert again.json == first.json
    assert wb("--now", LATER, "--json", "show", recorded).json["version"] == 3


def test_an_id_that_another_act_has_is_wrong_usage_that_names_the_option(wb, recorded):
    assert wb("note", recorded, "--text", "x", "--op-id", "job-7").code == 0
    ended = wb("heard", recorded, "--text", "y", "--op-id", "job-7")
    assert ended.code == 2
    assert "--op-id" in ended.err
    assert wb("--json", "show", recorded).json["version"] == 2


@pytest.mark.parametrize("op", ["", "a b", "\u202e", "x" * 101])
def test_what_is_no_id_is_wrong_usage_and_stores_nothing(wb, recorded, op):
    for words in (["note", recorded, "--text", "x"], ["record", "--text", "y"]):
        ended = wb(*words, "--op-id", op)
        assert ended.code == 2
        assert "--op-id" in ended.err
    assert [each["version"] for each in wb("--json", "list").json] == [1]


def test_record_and_every_adding_act_of_the_contract_take_one():
    assert OP_ID in recording.FIELDS
    for name in ("note", "heard", "reply", "acknowledge", "promise", "keep", "attach"):
        assert acts.BY_ID[name].adding
        assert OP_ID in act_verbs.of(name).fields, name
    assert OP_ID not in act_verbs.of(acts.CLOSE.id).fields
