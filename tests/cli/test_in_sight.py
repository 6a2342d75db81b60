"""A role that reads its unit sees no case of another in list, search and export; one named by number says who has it."""

import csv
import json

import pytest
from cli.conftest import Run

PLACE, ELSEWHERE = "金色家园", "湖畔"


@pytest.fixture
def wb(wb: Run) -> Run:
    """A store where mei works at ``PLACE``, yun at another site, jin leads the latter, and zong head office."""
    for words in (
        ["units", "add", "集团", "--tier", "group"], ["sites", "add", PLACE, "--under", "集团"],
        ["sites", "add", ELSEWHERE, "--under", "集团"], ["staff", "add", "zong", "--role", "head-office", "--unit", "集团"],
    ):  # fmt: skip
        assert wb(*words).code == 0
    for name, role, unit in (
        ("mei", "handler", PLACE),
        ("yun", "handler", ELSEWHERE),
        ("jin", "supervisor", ELSEWHERE),
    ):
        assert wb("--as", "zong", "staff", "add", name, "--role", role, "--unit", unit).code == 0
    return wb


@pytest.fixture
def numbers(wb: Run) -> dict[str, str]:
    """One case here, one elsewhere, and one of no place."""
    made = {}
    for by, site in (("mei", PLACE), ("yun", ELSEWHERE), ("zong", "")):
        place = ["--site", site] if site else []
        ended = wb(
            "--as",
            by,
            "record",
            "--text",
            "漏水",
            "--phone",
            "13800138000",
            "--customer",
            "王",
            *place,
            "--json",
        )
        made[site] = ended.json["number"]
    return made


def seen(wb, person, *words):
    return {each["number"] for each in wb("--as", person, *words, "--json").json}


READERS = [
    ("mei", {PLACE, ""}),
    ("yun", {ELSEWHERE, ""}),
    ("jin", {PLACE, ELSEWHERE, ""}),
    ("zong", {PLACE, ELSEWHERE, ""}),
]


@pytest.mark.parametrize(("person", "places"), READERS)
@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "all"],
        ["list", "unassigned"],
        ["search", "漏水"],
        ["list", "--where", "customer=王"],
    ],
)
def test_lists_and_searches_hold_what_somebody_reads(wb, numbers, person, places, words):
    assert seen(wb, person, *words) == {numbers[place] for place in places}


@pytest.mark.parametrize(("person", "places"), READERS)
def test_an_export_holds_no_more(wb, numbers, tmp_path, person, places):
    wb("--as", person, "export", tmp_path / "out.csv", "--raw")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {each["number"] for each in csv.DictReader(file)} == {numbers[place] for place in places}


@pytest.mark.parametrize("words", [["show"], ["why"], ["receipt"], ["customer"], ["group"]])
def test_named_by_its_number_it_says_who_has_it_and_nothing_else(wb, numbers, words):
    ended = wb("--as", "yun", *words, numbers[PLACE])
    assert (ended.code, ended.out) == (3, "")
    assert f"is a case of {PLACE}" in ended.err
    assert "ask " in ended.err
    assert "漏水" not in ended.err
    assert wb("--as", "jin", *words, numbers[PLACE]).code == 0


def test_the_words_of_its_customer_are_taken_and_nothing_is_shown(wb, numbers):
    ended = wb("--as", "yun", "heard", numbers[PLACE], "--text", "又来电话", "--json")
    assert (ended.code, ended.json) == (0, {"number": numbers[PLACE], "version": 2})
    assert wb("--as", "mei", "show", numbers[PLACE], "--json").json["unanswered_since"]


def test_the_other_cases_of_a_customer_are_left_out(wb, numbers):
    told = wb("--as", "mei", "customer", numbers[PLACE], "--json").json["cases"]
    assert {each["number"] for each in told} == {numbers[PLACE], numbers[""]}


def test_what_is_dispatched_comes_into_sight_and_goes_with_the_refusal(wb, numbers):
    wb("--as", "mei", "dispatch", numbers[PLACE], "--to", "yun")
    assert numbers[PLACE] in seen(wb, "yun", "list")
    assert wb("--as", "yun", "show", numbers[PLACE]).code == 0
    wb("--as", "yun", "refuse", numbers[PLACE], "--reason", "不归我")
    wb("--as", "yun", "seen", numbers[PLACE])
    assert numbers[PLACE] not in seen(wb, "yun", "list")


def test_time_brings_nothing_into_sight(wb, numbers):
    """Cases for which time has brought something are asked in memory, by the same words."""
    later = ("--now", "2027-01-21 12:00")
    assert {each["number"] for each in wb("--as", "yun", *later, "list", "hot", "--json").json} <= {
        numbers[ELSEWHERE],
        numbers[""],
    }
    assert {each["number"] for each in wb("--as", "yun", *later, "list", "--json").json} == {
        numbers[ELSEWHERE],
        numbers[""],
    }


@pytest.mark.parametrize(("person", "reads_it"), [("mei", True), ("yun", False), ("zong", True)])
def test_a_page_of_the_house_counts_it_and_holds_none_of_its_words(wb, numbers, tmp_path, person, reads_it):
    told = ("--text", "电梯困人", "--site", PLACE, "--flag", "media", "--json")
    number = wb("--as", "mei", "record", *told).json["number"]
    for by, verb, *words in (
        ("mei", "take"),
        ("mei", "escalate", "--to", "zong", "--reason", "他们推诿"),
        ("zong", "assign", "--to", "zong", "--reason", "转给总部"),
    ):
        assert wb("--as", by, verb, number, *words).code == 0
    later = ("--as", person, "--now", "2026-11-25 12:00")
    found = wb(*later, "summary", "--from", "2026-11-01", "--to", "2026-11-25", "--json").json
    for lines in (found["straight_to_top_lines"], found["overdue_lines"], found["passed_around"]["lines"]):
        mine = next(each for each in lines if each["number"] == number)
        assert mine["gist"] == ("电梯困人" if reads_it else "")
    assert ("他们推诿" in str(found)) is reads_it
    page = tmp_path / "page.html"
    wb(*later, "summary", "--from", "2026-11-01", "--to", "2026-11-25", "--html", page)
    assert ("电梯困人" in page.read_text("utf-8")) is reads_it


@pytest.mark.parametrize(("person", "reads_it"), [("mei", True), ("yun", False), ("zong", True)])
def test_an_analysis_of_the_house_tells_no_words_of_its_closings_and_preventions(
    wb, numbers, person, reads_it
):
    number = numbers[PLACE]
    for verb, *words in (
        ("take",),
        ("close", "--outcome", "电梯门已换"),
        ("prevent", "--text", "每月检查门机", "--owner", "mei", "--due", "2026-12-20"),
    ):
        ended = wb("--as", "mei", verb, number, *words)
        assert ended.code == 0, ended.err
    found = wb("--as", person, "analyze", "--from", "2026-11-01", "--to", "2026-11-25", "--json").json
    assert sum(each["closed"] for each in found["ways"]) == 1
    assert ("电梯门已换" in str(found["outcomes"])) is reads_it
    assert ("每月检查门机" in str(found["preventions"])) is reads_it


@pytest.mark.parametrize(("reads", "count"), [('"all"', 3), ('"unit"', 2)])
def test_the_policy_says_who_reads_across(wb, numbers, tmp_path, reads, count):
    shown = wb("policy", "show", "default", "--toml").out
    file = tmp_path / "mine.toml"
    file.write_text(
        shown.replace(
            'tier = "project", may_not = ["press", "approve"',
            f'reads = {reads}, tier = "project", may_not = ["press", "approve"',
        ),
        "utf-8",
    )
    assert wb("--as", "zong", "policy", "use", str(file)).code == 0
    assert len(wb("--as", "yun", "list", "--json").json) == count
    said = wb("policy", "show", str(file)).out
    assert ("Reads the cases of the own unit and below" in said) == (reads == '"unit"')


def test_a_word_that_is_no_reach_is_a_fault(wb, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        'extends = "default"\n[roles]\nhandler = { zh = "经", en = "H", reads = "site" }\n', "utf-8"
    )
    ended = wb("policy", "check", str(file))
    assert ended.code != 0
    assert "reads" in ended.out + ended.err


def test_nobody_of_no_unit_and_no_house_without_units_is_narrowed(run):
    run("init")
    run("staff", "add", "mei", "--role", "head-office")
    run("staff", "add", "li", "--role", "handler")
    number = json.loads(run("record", "--text", "漏水", "--site", "哪里", "--json").out)["number"]
    assert [each["number"] for each in run("--as", "li", "list", "--json").json] == [number]
