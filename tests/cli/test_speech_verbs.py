"""What is said to customers, from the shell: receipts, phrases, templates, promises not yet registered."""

import io
import shlex

import pytest

from workbench import words

POLICY = """extends = "default"
[phrases.trifle]
says = ["小事", "trifle"]
patterns = []
instead = { zh = "我明白", en = "I see that this troubles you" }
[templates.thanks]
zh = "{customer}您好，工单 {number}。"
en = "Dear {customer}, case {number}."
"""


@pytest.fixture
def shop(run, home):
    """A store with one phrase and one template that the tests know."""
    (home / "own.toml").write_text(POLICY, "utf-8")
    assert run("init", "--policy", str(home / "own.toml")).code == 0
    return run


@pytest.fixture
def number(shop):
    return shop("record", "--text", "漏水", "--customer", "王芳", "--phone", "13800138000", "--json").json[
        "number"
    ]


def test_a_receipt_is_for_the_customer(shop, number):
    shop("take", number)
    shop("note", number, "--text", "难缠")
    shown = shop("receipt", number[-5:])
    assert shown.code == 0
    assert shown.out.splitlines() == [
        f"Number {number}  Complaint",
        "Received: 2026-11-21 12:00",
        "We are working on it.",
        "We will tell you the result.",
        "At the latest: 2026-11-21 15:00",
    ]
    assert set(shop("receipt", number, "--json").json) == {
        "number", "state", "received_at", "next_step", "by", "told",
    }  # fmt: skip
    assert shop("receipt", "nope").code == 4


def test_a_receipt_writes_nothing(shop, number):
    before = shop("show", number, "--json").json["timeline"]
    assert shop("--read-only", "receipt", number).code == 0
    assert shop("show", number, "--json").json["timeline"] == before


def test_phrases_of_a_text_are_printed_with_better_ones(shop, monkeypatch):
    [found] = shop("phrases", "check", "这是小事", "--json").json
    assert found == {
        "phrase": "trifle", "start": 2, "end": 4, "said": "小事",
        "instead": "I see that this troubles you", "promises": False,
    }  # fmt: skip
    assert "小事" in shop("phrases", "check", "这是小事").out
    monkeypatch.setattr("sys.stdin", io.StringIO("a trifle"))
    assert [each["start"] for each in shop("phrases", "check", "-", "--json").json] == [2]
    clean = shop("phrases", "check", "您好")
    assert (clean.code, clean.out) == (0, "")
    assert "Nothing" in clean.err


def test_templates_are_listed_in_the_users_language(shop):
    assert {"key": "thanks", "text": "Dear {customer}, case {number}."} in shop(
        "templates", "list", "--json"
    ).json
    assert ";thanks" in shop("--lang", "zh", "templates", "list").out
    assert "您好" in shop("--lang", "zh", "templates", "list").out


@pytest.mark.parametrize(
    ("verb", "option"),
    [("reply", "text"), ("propose", "text"), ("acknowledge", "text"), ("close", "outcome")],
)
def test_a_template_is_written_out_and_phrases_are_kept(shop, number, verb, option):
    entry = shop(verb, number, f"--{option}", ";thanks No trifle.", "--json").json["timeline"][-1]
    assert entry["data"][option] == f"Dear 王芳, case {number}. No trifle."
    assert entry["data"]["phrases"] == ["trifle"]


def test_a_better_way_is_said_after_it_is_stored(shop, number):
    done = shop("reply", number, "--text", "这是小事")
    assert (done.code, done.err) == (0, "Marked (trifle). Better: I see that this troubles you\n")


def test_what_the_customer_said_is_not_judged(shop, number):
    entry = shop("heard", number, "--text", ";thanks 小事", "--json").json["timeline"][-1]
    assert entry["data"]["text"] == ";thanks 小事"
    assert "phrases" not in entry["data"]


def test_a_time_that_was_told_is_to_be_registered_by_the_command_that_is_printed(shop, number):
    ended = shop("reply", number, "--text", "明天下午三点前给您答复，您'放心'；周五前修好。")
    [first, second] = ended.err.splitlines()
    command = shlex.split(first.partition(": ")[2])
    assert command == [
        "workbench", "promise", number, "--text", "明天下午三点前给您答复", "--due", "2026-11-22 15:00",
    ]  # fmt: skip
    assert shlex.split(second.partition(": ")[2])[-1] == "2026-11-27"
    done = shop(*command[1:], "--json").json["promises"]
    assert [each["due_at"] for each in done] == ["2026-11-22T07:00:00.000000Z"]
    again = shop("propose", number, "--text", "明天下午三点给您换")
    assert again.err == "", "a promise that is open and due then is registered already"


def test_several_times_in_one_sentence_are_a_command_each(shop, number):
    ended = shop("reply", number, "--text", "We'll come on Wednesday and finish by Friday")
    dues = [shlex.split(line)[-1] for line in ended.err.splitlines()]
    assert dues == ["2026-11-25", "2026-11-27"]


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("acknowledge", ["--text", "明天给您回电"]),
        ("close", ["--outcome", "三天内我们再来复查"]),
        ("callback", ["--reached", "yes", "--text", "明天给您回电"]),
    ],
)
def test_every_act_that_tells_the_customer_something_asks(shop, number, verb, given):
    assert "workbench promise" in shop(verb, number, *given).err


def test_acts_that_tell_nothing_and_texts_without_a_time_are_quiet(shop, number):
    assert shop("note", number, "--text", "明天给您回电").err == ""
    assert shop("heard", number, "--text", "你们说明天给我回电").err == ""
    assert shop("promise", number, "--text", "明天给您回电", "--due", "+1d").err == ""
    assert shop("reply", number, "--text", "昨天已修好").err == ""


def test_the_command_names_the_store_and_the_person_where_they_were_named(shop, number, home):
    (home / "it's").mkdir()
    (home / "store.db").rename(home / "it's/b.db")
    ended = shop("--db", str(home / "it's/b.db"), "--as", "li", "reply", number, "--text", "明天给您回电")
    command = shlex.split(ended.err.partition(": ")[2])
    assert command[:5] == ["workbench", "--db", str(home / "it's/b.db"), "--as", "li"]


def test_json_stays_one_document(shop, number):
    ended = shop("reply", number, "--text", "这几天给您处理", "--json")
    assert ended.json["number"] == number
    assert ended.err.rstrip().endswith("--due TIME"), "nobody has said by when"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_hostile_text_is_harmless_in_what_is_told(shop, number, language):
    ended = shop("--lang", language, "reply", number, "--text", "明天给您\x1b[31m回电 $(rm) `x`")
    assert "\x1b" not in ended.err
    assert "$(rm)" in shlex.split(ended.err.replace("：", ": ").partition(": ")[2])[4]
