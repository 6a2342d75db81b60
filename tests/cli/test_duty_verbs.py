"""Duties by their verbs: what each prints and refuses, and a whole case from hand to hand."""

from io import StringIO

import pytest

from workbench.cli import out


@pytest.fixture
def staffed(wb):
    """A store with a tree and people; mei is a handler of 金色家园."""
    boss = ("--as", "zong")
    assert wb(*boss, "units", "add", "深圳公司", "--tier", "company").code == 0
    assert wb(*boss, "units", "add", "工程部", "--tier", "department", "--under", "深圳公司").code == 0
    assert wb(*boss, "sites", "add", "金色家园", "--under", "深圳公司").code == 0
    for name, role, unit in [
        ("zong", "head-office", "深圳公司"), ("shen", "manager", "深圳公司"), ("gong", "supervisor", "工程部"),
        ("jin", "supervisor", "金色家园"), ("mei", "handler", "金色家园"), ("bo", "handler", "金色家园"),
        ("lu", "reader", "金色家园"),
    ]:  # fmt: skip
        added = wb(*boss, "staff", "add", name, "--role", role, "--unit", unit)
        assert added.code == 0, added.err
    return wb


@pytest.fixture
def number(staffed):
    """A case that mei handles."""
    ended = staffed("record", "--text", "厨房漏水", "--site", "金色家园", "--customer", "王芳", "--json")
    staffed("take", ended.json["number"])
    return ended.json["number"]


def last(ended):
    return ended.json["timeline"][-1]


@pytest.mark.parametrize(
    ("person", "words", "data"),
    [
        ("mei", ["dispatch", "--to", "bo", "--due", "+1h"],
         {"duty": 1, "to": "bo", "due_at": "2026-11-21T05:00:00.000000Z", "informed": ["bo"]}),
        ("mei", ["ask", "--of", "工程部", "--text", "图"], {"owner": "工程部", "informed": ["gong"]}),
        ("zong", ["press", "--text", "快"], {"owner": "mei", "informed": ["mei"]}),
        ("mei", ["tell", "--to", "bo,jin", "--text", "x"], {"informed": ["bo", "jin"]}),
        ("mei", ["escalate", "--to", "company", "--reason", "x"], {"to": "company", "severity": 3}),
        ("jin", ["taskforce", "--head", "jin", "--members", "mei,bo"], {"duties": {"mei": 1, "bo": 2}}),
        ("mei", ["visit", "--at", "明天 9:00", "--engineer", "bo"], {"to": "bo", "engineer": "bo"}),
        ("mei", ["engineer", "--to", "bo"], {"to": "bo"}),
        ("mei", ["tier", "--tier", "3", "--to", "bo"], {"step": 3, "to": "bo"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)  # fmt: skip
def test_an_act_puts_on_the_timeline_what_was_asked(staffed, number, person, words, data):
    verb, *options = words
    ended = staffed("--as", person, "--json", verb, number, *options)
    assert ended.code == 0, ended.err
    assert last(ended)["act"] == verb
    assert {key: last(ended)["data"][key] for key in data} == data


@pytest.mark.parametrize(
    ("before", "person", "words", "act"),
    [
        (["dispatch", "--to", "bo"], "bo", ["accept"], "accept"),
        (["dispatch", "--to", "bo"], "bo", ["accept", "--id", "1"], "accept"),
        (["dispatch", "--to", "bo"], "bo", ["refuse", "--reason", "x"], "refuse"),
        (["ask", "--of", "bo", "--text", "x"], "bo", ["answer", "1", "--text", "x"], "answer"),
        (["tell", "--to", "bo", "--text", "x"], "bo", ["seen"], "seen"),
        (["visit", "--at", "+1h"], "mei", ["visited", "1", "--missed"], "visited"),
    ],
)
def test_a_duty_ends_by_its_verb(staffed, number, before, person, words, act):
    staffed(before[0], number, *before[1:])
    ended = staffed("--as", person, "--json", words[0], number, *words[1:])
    assert ended.code == 0, ended.err
    assert (last(ended)["act"], last(ended)["by"]) == (act, person)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["dispatch"], "--to"),
        (["dispatch", "--to", "nobody"], "--to"),
        (["dispatch", "--to", ""], "--to"),
        (["dispatch", "--to", "bo", "--due", ""], "--due"),
        (["accept", "--id", "x"], "--id"),
        (["answer", "x", "--text", "y"], "ID"),
        (["visited", "0"], "ID"),
        (["ask", "--of", "工程", "--text", "x"], "--of"),
        (["tell", "--to", "bo,nobody", "--text", "x"], "--to"),
        (["escalate", "--to", "managr", "--reason", "x"], "--to"),
        (["taskforce", "--head", "jin"], "--members"),
        (["visit", "--at", "2026-11-22"], None),
        (["visit", "--at", "nine"], "--at"),
        (["tier", "--tier", "4", "--to", "bo"], "--tier"),
        (["engineer"], "--to"),
    ],
)
def test_wrong_use_names_the_option(staffed, number, words, said):
    person = "jin" if words[0] == "taskforce" else "mei"
    staffed("dispatch", number, "--to", "bo") if words[0] == "accept" else None
    ended = staffed("--as", "bo" if words[0] == "accept" else person, words[0], number, *words[1:])
    if said is None:  # a bare date is its end
        assert ended.code == 0
        assert "Sun 2026-11-22 24:00" in ended.out
        return
    if words[0] in ("answer", "visited"):
        assert ended.code == 2
    assert (ended.code, ended.err.split(":")[0]) == (2, said)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("mei", ["dispatch", "--to", "mei"]),
        ("mei", ["accept"]),
        ("mei", ["refuse", "--reason", "x"]),
        ("mei", ["answer", "--text", "x"]),
        ("mei", ["press", "--text", "x"]),
        ("mei", ["seen"]),
        ("mei", ["confirm"]),
        ("mei", ["taskforce", "--head", "jin", "--members", "bo"]),
        ("mei", ["visited"]),
        ("mei", ["tell", "--to", "mei", "--text", "x"]),
        ("mei", ["visit", "--at", "2026-11-21 08:00"]),
        ("lu", ["tell", "--to", "mei", "--text", "x"]),
    ],
)
def test_a_rule_that_says_no_exits_with_three(staffed, number, person, words):
    ended = staffed("--as", person, words[0], number, *words[1:])
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "mei"], "--from"),
        (["--case", "A261121-00013"], "--case"),
        (["--text", "x"], "--text"),
        (["--to", ""], "--to"),
        (["--to", "bo", "--from", ""], "--from"),
        (["--to", "nobody"], "--to"),
    ],
)
def test_a_handover_that_is_badly_asked_for_is_refused(staffed, number, words, said):
    ended = staffed("handover", *words)
    assert (ended.code, ended.err.split(":")[0]) == (2, said)


def test_handing_over_prints_each_case_and_lists_what_is_not_confirmed(staffed, number):
    staffed("reply", number, "--text", "师傅明早到，电话 13800138000")
    given = staffed("handover", "--to", "bo")
    assert (given.code, given.out.count("NOT CONFIRMED")) == (0, 1)
    listed = staffed("handover", "--json").json
    assert listed == [{
        "number": number, "from": "mei", "to": "bo", "told": "师傅明早到，电话 138****8000", "state": "open",
        "next_step": "In hand; no solution is proposed to the customer; Proposal is due Sun 2026-11-22 12:00",
        "due_at": "2026-11-21T05:00:00.000000Z",
    }]  # fmt: skip
    assert staffed("--as", "bo", "handover", "--json").json == listed
    assert "未确认" in staffed("--lang", "zh", "handover").out
    assert staffed("--as", "bo", "confirm", number, "--json").json["handler"] == "bo"
    assert staffed("handover").out.strip() == "Everything is confirmed."
    assert staffed("handover", "--json").json == []


class Terminal(StringIO):
    """What a terminal would get."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("colour", "expected"), [(True, "\x1b[1;31mNOT CONFIRMED"), (False, "NOT CONFIRMED")]
)
def test_what_alarms_is_red_and_says_so_without_colour_too(monkeypatch, colour, expected):
    shown = Terminal()
    monkeypatch.setattr("sys.stdout", shown)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    out.table(["Number", "State"], [["A1", "NOT CONFIRMED"]], red=(1,))
    assert expected in shown.getvalue()
    assert ("31m" in shown.getvalue()) == colour


def test_the_inbox_is_one_line_a_case(staffed, number):
    staffed("ask", number, "--of", "bo", "--text", "图纸")
    staffed("tell", number, "--to", "bo", "--text", "急")
    printed = staffed("--as", "bo", "inbox")
    assert printed.out.count(number) == 1
    assert "Request 图纸" in printed.out
    (row,) = staffed("--as", "bo", "inbox", "--json").json
    assert (row["number"], row["unseen"], [told["what"] for told in row["told"]]) == (
        number,
        2,
        ["ask", "tell"],
    )
    staffed("--as", "bo", "seen", number)
    staffed("--as", "bo", "answer", number, "--text", "在档案室")
    assert staffed("--as", "bo", "inbox").out.strip() == "Nothing waits for you."
    assert [row["number"] for row in staffed("inbox", "--all", "--json").json] == [number]


def test_a_whole_case_goes_from_hand_to_hand(staffed, number):
    def at(time, person, *words):
        ended = staffed("--now", f"2026-11-21T{time}:00+08:00", "--as", person, *words, "--json")
        assert ended.code == 0, ended.err
        return ended.json

    at("12:05", "mei", "dispatch", number, "--to", "bo")
    assert staffed("--now", "2026-11-21T14:05:00+08:00", "--as", "bo", "accept", number).code == 3
    swept = at("14:06", "mei", "sweep")
    assert (swept["return"], swept["escalate"] >= 2) == (1, True)
    assert at("14:06", "mei", "sweep")["return"] == 0
    case = at("14:10", "mei", "dispatch", number, "--to", "bo")
    assert [duty["state"] for duty in case["duties"]] == ["returned", "open"]
    case = at("14:20", "bo", "accept", number)
    assert (case["handler"], case["handoffs"]) == ("bo", 1)
    at("14:30", "bo", "ask", number, "--of", "工程部", "--text", "要图")
    at("15:00", "zong", "press", number, "--text", "业主又来电", "--due", "+1h")
    case = at("16:30", "gong", "answer", number, "--text", "图已发")
    assert [duty["state"] for duty in case["duties"][2:]] == ["answered", "open"]
    at("17:00", "bo", "escalate", number, "--to", "company", "--reason", "群诉")
    case = at("17:10", "shen", "taskforce", number, "--head", "jin", "--members", "bo,gong")
    assert (
        staffed("--now", "2026-11-21T17:20:00+08:00", "--as", "bo", "reply", number, "--text", "x").code == 3
    )
    for person in ("jin", "bo", "gong"):
        case = at("17:20", person, "confirm", number)
    assert [each["confirmed"] for each in case["taskforce"]["members"]] == [True, True, True]
    at("17:25", "bo", "answer", number, "--text", "正在上门")
    given = at("17:30", "bo", "handover", "--to", "mei")
    assert [row["number"] for row in given] == [number]
    case = at("17:35", "mei", "confirm", number)
    assert (case["handler"], case["handoffs"], case["severity"]) == ("mei", 1, 3)  # a shift is no hand-off
    assert case["passed"] == {"handoffs": 1, "refused": 0, "returned": 1, "not_theirs": 0}
    assert {duty["state"] for duty in case["duties"]} == {"returned", "accepted", "answered", "confirmed"}
    assert staffed("check", "--json").json["problems"] == []
