"""``person export`` and ``person erase``: what they print and write, who may, and how they end."""

import json

import pytest

PHONE = "138-0013-8000"


@pytest.fixture
def closed(wb):
    """A closed case of the phone, and an open one of another."""
    given = ("--text", "王芳家漏水", "--phone", PHONE, "--customer", "王芳")
    number = wb("record", *given, "--json").json["number"]
    wb("record", "--text", "灯坏了", "--phone", "13900139000", "--json")
    assert wb("close", number, "--outcome", "修好了").code == 0
    return number


def test_an_export_is_one_document_with_everything_in_full_and_stands_in_the_log(wb, closed, home):
    file = home / "person.json"
    assert wb("person", "export", "+86 13800138000", str(file)).code == 0
    found = json.loads(file.read_text("utf-8"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each["number"] for each in found["cases"]] == [closed]
    assert found["cases"][0]["phone"] == PHONE
    assert [entry["act"] for entry in found["cases"][0]["timeline"]] == ["record", "close"]
    assert "what is known of a person given out" in wb("log", "list").out


def test_an_export_can_be_printed(wb, closed):
    assert wb("person", "export", PHONE, "-").json["cases"][0]["customer"] == "王芳"


def test_an_erasure_is_told_and_counted_by_the_check(wb, closed):
    assert [each["number"] for each in wb("search", "wf", "--json").json] == [closed]  # the initials
    gone = wb("person", "erase", PHONE, "--reason", "本人要求", "--json").json
    assert (gone["cases"], gone["entries"], gone["scrubbed"]) == ([closed], 2, True)
    assert "王芳" not in wb("show", closed).out
    assert wb("search", "王芳", "--json").json == wb("search", "wf", "--json").json == []
    checked = wb("check")
    assert checked.code == 0
    assert "2 entries erased by law." in checked.out
    assert wb("person", "erase", PHONE, "--reason", "本人要求").code == 4


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("person", "erase", PHONE), 2, "--reason"),
        (("person", "erase", "王芳", "--reason", "x"), 2, "whole phone"),
        (("person", "erase", "13900139000", "--reason", "x"), 3, "Not closed yet"),
        (("person", "erase", "13700137000", "--reason", "x"), 4, "Nothing here"),
        (("person", "export", PHONE, "/nowhere/x.json"), 2, "FILE"),
        (("--read-only", "person", "erase", PHONE, "--reason", "x"), 7, "read"),
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence(wb, closed, words, code, said):
    ended = wb(*words)
    assert (ended.code, said in ended.err) == (code, True), ended.err


@pytest.mark.parametrize("verb", [("export", PHONE, "-"), ("erase", PHONE, "--reason", "x")])
def test_without_the_right_nothing_is_given_out_nor_erased(wb, closed, verb):
    assert wb("staff", "add", "mei").code == 0
    assert wb("staff", "add", "bo", "--role", "handler").code == 0
    ended = wb("--as", "bo", "person", *verb)
    assert ended.code == 3, ended.err
    assert "王芳" not in ended.out
    assert "王芳" in wb("show", closed).out
