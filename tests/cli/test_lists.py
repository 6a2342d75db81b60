"""Lists: true at the moment of asking though nobody has swept, never cut in JSON, narrowed by any field."""

import json

import pytest

from workbench.cli import listing

MONTH_ON = "2026-12-22T12:00:00+08:00"


@pytest.fixture
def numbers(wb):
    """Three complaints of different weight: plain, grave, and one that waits for its customer for an hour."""
    made = {}
    for name, words in {
        "plain": [],
        "grave": ["--flag", "lawsuit", "--site", "金色家园", "--customer", "a"],
        "waiting": ["--claim", "20", "--phone", "13800138000"],
    }.items():
        made[name] = wb("record", "--text", f"{name} 漏水", *words, "--json").json["number"]
    wb("pause", made["waiting"], "--reason", "x", "--for", "customer", "--until", "+1h")
    return made


def listed(wb, *words: str) -> list[str]:
    return [case["number"] for case in wb(*words, "--json").json]


def test_the_most_urgent_comes_first(wb, numbers):
    assert listed(wb, "list") == [numbers["grave"], numbers["plain"], numbers["waiting"]]


@pytest.mark.parametrize(
    ("now", "where", "expected"),
    [
        ("2026-11-21T12:30:00+08:00", ["status=waiting"], ["waiting"]),
        ("2026-11-21T13:30:00+08:00", ["status=waiting"], []),  # the pause has ended
        ("2026-11-21T13:30:00+08:00", ["status=open"], ["grave", "plain", "waiting"]),
        ("2026-11-21T13:30:00+08:00", ["stage=waiting"], []),
        ("2026-11-21T12:30:00+08:00", ["hot=true"], ["grave"]),
        ("2026-11-29T12:00:00+08:00", ["hot=true"], ["grave", "plain", "waiting"]),  # a week
        ("2026-12-07T12:00:00+08:00", ["severity=2"], ["plain", "waiting"]),  # half a month
        (MONTH_ON, ["severity=1"], ["grave", "plain", "waiting"]),  # a month
        (MONTH_ON, ["severity=4"], []),
        (MONTH_ON, ["severity<=1", "site=金色家园"], ["grave"]),
        ("2026-11-21T15:30:00+08:00", ["overdue=true"], ["grave", "plain"]),
        ("2026-11-21T16:30:00+08:00", ["overdue=true"], ["grave", "plain", "waiting"]),
        ("2026-11-21T12:30:00+08:00", ["next_due_at=null"], ["waiting"]),
        ("2026-11-21T13:30:00+08:00", ["next_due_at=null"], []),
        ("2026-11-21T12:30:00+08:00", ["next_due_at<+3h"], ["grave", "plain"]),
    ],
    ids=str,
)
def test_conditions_hold_at_the_moment_of_asking(wb, numbers, now, where, expected):
    words = [word for condition in where for word in ("--where", condition)]
    assert sorted(listed(wb, "--now", now, "list", *words)) == sorted(numbers[name] for name in expected)


@pytest.mark.parametrize("now", ["2026-11-21T12:30:00+08:00", "2026-11-21T13:30:00+08:00", MONTH_ON])
def test_a_list_says_the_same_before_and_after_the_sweep(wb, numbers, now):
    def told() -> list[dict]:
        cases = wb("--now", now, "list", "all", "--json").json
        return [{key: value for key, value in case.items() if key != "version"} for case in cases]

    before = told()
    wb("--now", now, "sweep")
    assert told() == before


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("flags=lawsuit", ["grave"]),
        ("flags!=lawsuit", ["plain", "waiting"]),
        ("customer=null", ["plain", "waiting"]),
        ("customer!=a", ["plain", "waiting"]),
        ("handler=null", ["grave", "plain", "waiting"]),
        ("impact=none", []),
        ("impact=", ["grave", "plain", "waiting"]),
        ("claim>19.99", ["waiting"]),
        ("claim=20.00", ["waiting"]),
        ("phone=138 0013 8000", ["waiting"]),
        ("text~漏水", ["grave", "plain", "waiting"]),
        ("first-asked=mei", ["grave", "plain", "waiting"]),
        ("received_at>=2026-11-21 12:00", ["grave", "plain", "waiting"]),
        ("received_at<2026-11-21 12:00", []),
        ("people!=3", ["grave", "plain", "waiting"]),
    ],
)
def test_any_field_narrows_a_list(wb, numbers, where, expected):
    assert sorted(listed(wb, "list", "--where", where)) == sorted(numbers[name] for name in expected)


@pytest.fixture
def accusing(wb, numbers):
    """Two cases that complain of people of the staff, one of two."""
    wb("amend", numbers["plain"], "--about", "bo", "--reason", "x")
    wb("amend", numbers["grave"], "--about", "bo, Li_Na", "--reason", "x")
    return numbers


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("about=bo", ["plain", "grave"]),
        ("about=Li_Na", ["grave"]),
        ("about=LixNa", []),
        ("about=b", []),
        ("about~li", ["grave"]),
        ("about!=bo", ["waiting"]),
        ("about!=Li_Na", ["plain", "waiting"]),
        ("about=null", ["waiting"]),
        ("about!=null", ["plain", "grave"]),
    ],
)
def test_each_of_several_people_complained_about_finds_the_case(wb, accusing, where, expected):
    assert sorted(listed(wb, "list", "--where", where)) == sorted(accusing[name] for name in expected)


def test_an_order_among_people_is_refused(wb, accusing):
    assert wb("list", "--where", "about<bo").code == 2


def test_queues_are_those_of_the_person_at_the_desk(wb, numbers):
    wb("--as", "li", "take", numbers["plain"])
    assert listed(wb, "--as", "li", "list", "mine") == [numbers["plain"]]
    assert listed(wb, "list", "mine") == []
    assert numbers["plain"] not in listed(wb, "list", "unassigned")


def test_a_done_case_stands_in_all_only(wb, numbers):
    wb("close", numbers["plain"], "--outcome", "x")
    assert numbers["plain"] in listed(wb, "list", "callbacks")
    wb("callback", numbers["plain"], "--reached", "yes")
    assert numbers["plain"] not in listed(wb, "list")
    assert listed(wb, "list", "all")[-1] == numbers["plain"]


def test_json_is_never_cut_and_a_table_says_how_many_more(wb):
    for place in range(53):
        wb("record", "--text", f"case {place}")
    assert len(wb("list", "--json").json) == 53
    table = wb("list")
    assert len(table.out.splitlines()) == 51
    assert table.err.startswith("3 more")
    assert len(wb("list", "--limit", "52").out.splitlines()) == 53
    assert len(wb("list", "--limit", "2", "--json").json) == 2
    assert wb("list", "--limit", "0", "--json").json == []


def test_columns_choose_keys_in_their_order(wb, numbers):
    [first, *_] = wb("list", "--columns", "severity,number", "--columns", "hot", "--json").json
    assert list(first) == ["severity", "number", "hot"]
    assert wb("list", "--columns", "number").out.splitlines()[0] == "Number"


def test_a_table_of_chinese_is_aligned(wb, numbers):
    head, *rows = wb("--lang", "zh", "list", "--columns", "site,number").out.splitlines()
    from rich.cells import cell_len

    starts = {cell_len(row[: row.index("A261121")]) for row in rows}
    assert starts == {cell_len(head[: head.index("编号")])}


@pytest.mark.parametrize("text", ["漏", "漏水", "grave", "13800138000", "金色家园"])
def test_search_finds_by_any_word(wb, numbers, text):
    found = listed(wb, "search", text)
    assert found
    assert set(found) <= set(numbers.values())


def test_of_signs_alone_it_is_said_how_far_they_are_looked_for(wb, numbers):
    wb("note", numbers["plain"], "--text", "还没修好？？")
    found = wb("search", "？？", "--json")
    assert [case["number"] for case in found.json] == [numbers["plain"]]
    assert (
        found.err
        == "Signs alone are looked for in the newest 2000 entries; with a letter or a digit, in all.\n"
    )
    assert wb("search", "好？？", "--json").err == ""


def test_search_finds_nothing_where_nothing_is(wb, numbers):
    assert wb("search", "电梯", "--json").out == "[]\n"


def test_why_adds_up(wb, numbers):
    found = wb("why", numbers["grave"], "--json").json
    assert [clock["id"] for clock in found["clocks"]] == ["response", "proposal", "callback"]
    for clock in found["clocks"]:
        assert sum(step["seconds"] for step in clock["steps"] if step["counted"]) == clock["target_seconds"]
    assert found["severity_reasons"][0]["level"] == 1
    shown = wb("why", numbers["grave"]).out
    assert "24:00:00" in shown
    assert "2026-11-21 15:00" in shown


def test_why_names_the_holidays_that_were_left_out(wb, home):
    (home / "own.toml").write_text(
        'extends = "default"\n[calendars.office]\nzone = "Asia/Shanghai"\n'
        '[calendars.office.week]\nmon = ["09:00-18:00"]\n[clocks.response]\ncalendar = "office"\n',
        encoding="utf-8",
    )
    assert wb("policy", "use", str(home / "own.toml")).code == 0
    number = wb("record", "--text", "x", "--json").json["number"]
    response = wb("why", number, "--json").json["clocks"][0]
    assert response["due_at"] == "2026-11-23T04:00:00.000000Z"  # Saturday's case counts from Monday 9:00
    assert response["calendar"] == "office"


def test_a_large_array_is_one_document(wb, numbers):
    assert len(json.loads(wb("list", "all", "--json").out)) == 3


def test_who_waits_for_many_cases_that_nobody_has_swept_is_told_what_to_do(wb, numbers, monkeypatch):
    monkeypatch.setattr(listing, "READ", 1)
    asked = ("--now", MONTH_ON, "list", "--where", "severity=1", "--json")
    found = wb(*asked)
    assert len(found.json) == 3
    assert found.err.startswith("What time brought to 3 cases had to be worked out first;")
    assert found.err.endswith("workbench sweep\n")
    wb("--now", MONTH_ON, "sweep")
    assert wb(*asked).err == ""
