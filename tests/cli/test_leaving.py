"""Somebody is taken off the staff list: what was held and owed is named, and goes to a receiver or stands open."""

import pytest


@pytest.fixture
def house(wb):
    """Return a caller at a time of 21 November who must succeed; boss leads, li and wang handle."""
    for name, role in [("zong", "head-office"), ("boss", "supervisor"), ("li", "handler"), ("wang", "handler"),
                       ("lu", "reader")]:  # fmt: skip
        assert wb("--as", "zong", "staff", "add", name, "--role", role).code == 0

    def call(time, person, *words):
        ended = wb("--now", f"2026-11-21 {time}", "--as", person, "--json", *words)
        assert ended.code == 0, ended.err
        return ended.json

    return call


@pytest.fixture
def numbers(house):
    """Two cases that li holds, with a promise on the first; on a third of wang's li was asked for help."""
    found = [house("09:00", "li", "record", "--text", text)["number"] for text in ("漏水", "停电", "噪音")]
    for number, person in zip(found, ("li", "li", "wang"), strict=True):
        house("09:01", person, "take", number)
    house("09:02", "li", "promise", found[0], "--text", "明天上门", "--due", "2026-11-22 10:00")
    house("09:03", "wang", "ask", found[2], "--of", "li", "--text", "情况")
    house("09:04", "wang", "dispatch", found[2], "--to", "li")
    return found


def owners(case):
    return {f"{duty['kind']} {duty['id']}": (duty["owner"], duty["state"]) for duty in case["duties"]}


def test_without_a_receiver_cases_are_unassigned_and_duties_go_up(wb, house, numbers):
    left = house("10:00", "boss", "staff", "remove", "li")["left"]
    assert left == {
        "receiver": None, "cases": numbers[:2], "unassigned": numbers[:2],
        "duties": [
            {"number": numbers[0], "kind": "promise", "owner": "boss"},
            {"number": numbers[2], "kind": "request", "owner": "boss"},
            {"number": numbers[2], "kind": "dispatch", "owner": "boss"},
        ],
    }  # fmt: skip
    assert {case["number"] for case in house("10:01", "wang", "list", "unassigned")} == set(numbers[:2])
    third = house("10:01", "wang", "show", numbers[2])
    assert owners(third) == {"request 1": ("boss", "open"), "dispatch 2": ("boss", "open")}
    inbox = {row["number"]: [each["kind"] for each in row["owes"]] for row in house("10:02", "boss", "inbox")}
    assert inbox[numbers[0]] == ["promise"]
    assert set(inbox) == set(numbers)  # the second has nothing owed, and its supervisor is told all the same
    case = house("10:03", "wang", "take", numbers[0])  # what was promised goes with the case
    assert (case["handler"], case["handoffs"]) == ("wang", 0)
    row = next(row for row in house("10:04", "wang", "inbox", "--all") if row["number"] == numbers[0])
    assert [each["kind"] for each in row["owes"]] == ["promise"]
    assert wb("check", "--json").json["problems"] == []


def test_a_receiver_has_everything_and_no_hand_off_is_counted(wb, house, numbers):
    left = house("10:00", "boss", "staff", "remove", "li", "--to", "wang")["left"]
    assert (left["receiver"], left["cases"]) == ("wang", numbers[:2])
    assert {each["owner"] for each in left["duties"]} == {"wang"}
    case = house("10:01", "wang", "show", numbers[1])
    assert (case["handler"], case["passed"]["handoffs"]) == ("wang", 0)
    assert house("10:01", "wang", "list", "unassigned") == []
    assert wb("check", "--json").json["problems"] == []


def test_a_person_reads_what_is_left_behind(wb, house, numbers):
    said = wb("--now", "2026-11-21 10:00", "--as", "boss", "staff", "remove", "li").out
    assert "now are with nobody, 2" in said
    assert all(number in said for number in numbers)
    assert "Duties that go on, 3" in said
    assert wb("--as", "boss", "staff", "remove", "lu").out == "lu is off the staff list.\n"


@pytest.mark.parametrize(
    ("to", "code", "said"),
    [("li", 2, "--to"), ("xx", 2, "--to"), ("", 2, "--to"), (" ", 2, "--to"), ("lu", 3, "read only")],
)
def test_who_cannot_take_over_is_refused_and_nothing_changes(wb, house, numbers, to, code, said):
    ended = wb("--now", "2026-11-21 10:00", "--as", "boss", "staff", "remove", "li", "--to", to)
    assert (ended.code, said in ended.err) == (code, True)
    assert house("10:01", "li", "show", numbers[0])["handler"] == "li"


def test_whoever_is_complained_about_takes_nothing_over(house):
    number = house("09:00", "li", "record", "--text", "态度差", "--about", "wang")["number"]
    house("09:01", "li", "take", number)
    house("10:00", "boss", "staff", "remove", "li", "--to", "wang")
    assert house("10:01", "boss", "show", number)["handler"] is None


def test_what_goes_to_the_receiver_and_what_is_about_them_is_said_apart(wb, house, numbers):
    about = house("09:10", "boss", "record", "--text", "态度差", "--about", "wang")["number"]
    house("09:11", "li", "take", about)
    said = wb("--now", "2026-11-21 10:00", "--as", "boss", "staff", "remove", "li", "--to", "wang").out
    given, left = (line for line in said.splitlines() if line.startswith("Open cases"))
    assert given == f"Open cases that now are with wang, 2: {', '.join(numbers[:2])}"
    assert left.startswith(f"Open cases about wang, now with nobody, 1: {about} (")
    assert [case["number"] for case in house("10:01", "boss", "list", "unassigned")] == [about]


def test_the_cases_that_the_receiver_does_not_get_stand_apart_in_json(house, numbers):
    about = house("09:10", "boss", "record", "--text", "态度差", "--about", "wang")["number"]
    house("09:11", "li", "take", about)
    left = house("10:00", "boss", "staff", "remove", "li", "--to", "wang")["left"]
    assert (sorted(left["cases"]), left["unassigned"]) == (sorted([*numbers[:2], about]), [about])


def test_the_last_of_all_leaves_the_cases_where_anybody_finds_them(wb, house):
    number = house("09:00", "boss", "record", "--text", "漏水")["number"]
    house("09:01", "boss", "take", number)
    for name in ("boss", "li", "wang", "lu", "zong"):
        house("10:00", "zong", "staff", "remove", name)
    assert [case["number"] for case in house("10:01", "whoever", "list", "unassigned")] == [number]


def test_a_task_force_goes_on_without_the_member_under_another_head(wb, house, numbers):
    house("09:10", "boss", "taskforce", numbers[2], "--head", "li", "--members", "li,wang")
    house("10:00", "boss", "staff", "remove", "li")
    case = house("10:01", "boss", "show", numbers[2])
    assert (case["taskforce"]["head"], [each["person"] for each in case["taskforce"]["members"]]) == (
        "boss", ["wang"],
    )  # fmt: skip
    assert wb("check", "--json").json["problems"] == []


def test_what_is_left_cannot_be_undone_on_the_case(wb, house, numbers):
    house("10:00", "boss", "staff", "remove", "li")
    assert wb("--now", "2026-11-21 10:01", "--as", "boss", "undo", numbers[1]).code == 3
