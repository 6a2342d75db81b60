"""No way around authority, by verbs: a corrected fact, a file, a sum in slices, something taken back."""

import pytest

PEOPLE = [
    ("zong", "head-office"),
    ("shen", "manager"),
    ("jin", "supervisor"),
    ("mei", "handler"),
    ("bo", "handler"),
]
PHONE = "13800138000"


@pytest.fixture
def at(wb):
    for name, role in PEOPLE:
        assert wb("--as", "zong", "staff", "add", name, "--role", role).code == 0

    def call(time, person, *words, code=0):
        ended = wb("--now", f"2026-06-{time}", "--as", person, "--json", *words)
        assert ended.code == code, ended.err
        return ended.json if code == 0 else ended

    return call


@pytest.fixture
def lowered(at):
    number = at("01 09:00", "bo", "record", "--text", "记者来电", "--flag", "media")["number"]
    at("01 09:10", "mei", "amend", number, "--no-flag", "media")
    return number


def test_a_corrected_level_binds_until_the_manager_confirms_it(wb, at, lowered):
    case = at("01 09:20", "mei", "show", lowered)
    assert (case["severity"], case["binding"]) == (
        4, {"level": 1, "reasons": ["flag: In the media"], "confirmed_by": ["manager", "head-office"]},
    )  # fmt: skip
    said = "level 1 binds closing and money until it is confirmed by: Manager, Head office"
    for verb in ("show", "why"):
        assert said in " ".join(wb("--now", "2026-06-01 09:20", "--as", "mei", verb, lowered).out.split())
    case = at("01 09:30", "mei", "close", lowered, "--outcome", "记者没有登")
    assert (case["status"], [duty["kind"] for duty in case["duties"]]) == (
        "open",
        ["level-check", "approval"],
    )
    refused = at("01 09:35", "jin", "confirm", lowered, code=3)
    assert "Manager" in refused.err
    assert "that asks them" in refused.err
    case = at("01 09:40", "shen", "confirm", lowered)
    assert (case["binding"], [duty["state"] for duty in case["duties"]]) == (None, ["confirmed", "open"])
    at("01 09:45", "jin", "refuse", lowered, "--reason", "照常结案", code=3)
    at("01 09:45", "shen", "refuse", lowered, "--reason", "照常结案")
    assert at("01 09:50", "mei", "close", lowered, "--outcome", "没有登")["status"] == "closed"


def test_nobody_need_confirm_what_its_author_took_back_at_once(at):
    number = at("01 09:00", "mei", "record", "--text", "漏水", "--claim", "20000")["number"]
    assert at("01 09:01", "mei", "amend", number, "--claim", "0")["binding"] is None
    assert at("01 09:02", "mei", "close", number, "--outcome", "好了")["status"] == "closed"


def test_sums_in_slices_go_up_together(at):
    first, second = (
        at("01 09:00", "bo", "record", "--text", "漏水", "--phone", PHONE)["number"] for _ in range(2)
    )
    assert at("01 09:10", "mei", "compensate", first, "--amount", "400")["compensation_total"] == "400.00"
    case = at("01 09:20", "mei", "compensate", second, "--amount", "200")
    assert (case["compensation_total"], case["duties"][0]["data"]["asked"]["elsewhere"]) == (None, "400.00")
    case = at("01 09:30", "jin", "approve", second)
    assert case["compensation_total"] == "200.00"


MAPPING = """
source = "old"
[times]
formats = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "at"
text = "text"
[closing]
at = "closed"
outcome = "outcome"
"""


def test_a_file_closes_nothing_on_which_somebody_has_acted(at, home):
    (home / "m.toml").write_text(MAPPING)
    file = home / "rows.csv"
    file.write_text("id,at,text,closed,outcome\n7,2026-05-30 10:00,漏水,,\n")
    take_in = ("import", str(file), "--mapping", str(home / "m.toml"))
    at("01 09:00", "mei", *take_in)
    [case] = at("01 09:01", "mei", "list")
    at("01 09:02", "bo", "take", case["number"])
    file.write_text("id,at,text,closed,outcome\n7,2026-05-30 10:00,漏水,2026-05-31 10:00,修好了\n")
    assert at("01 09:10", "mei", *take_in)["updated"] == 1
    case = at("01 09:11", "bo", "show", case["number"])
    assert (case["status"], case["duties"][0]["kind"], case["duties"][0]["owner"]) == ("open", "look", "bo")
    assert [each["number"] for each in at("01 09:12", "bo", "list", "waiting-for-us")] == [case["number"]]
    at("01 09:13", "bo", "answer", case["number"], "--text", "还在漏")
    assert at("01 09:14", "bo", "list", "waiting-for-us") == []
    assert at("01 09:15", "mei", *take_in)["unchanged"] == 1


def test_what_came_of_another_case_is_taken_back_there(at):
    head, part = (at("01 09:00", "jin", "record", "--text", "漏水")["number"] for _ in range(2))
    at("01 09:05", "jin", "merge", part, "--into", head)
    at("01 09:10", "jin", "close", head, "--outcome", "好了")
    refused = at("01 09:15", "jin", "undo", part, code=3)
    assert head in refused.err
    at("01 09:20", "jin", "undo", head, "--reason", "还在漏")
    assert at("01 09:25", "jin", "show", part)["status"] == "waiting"
