"""Days and parts of the house, as somebody types them behind the verbs with figures."""

import pytest
from organisation_support import REGIME


@pytest.fixture
def house(run, home):
    """Two companies under a group, with one and two places; a case at each, and one at none a month before."""
    (home / "org.toml").write_text(f'extends = "default"\n{REGIME}', "utf-8")
    for words in (
        ["init", "--policy", str(home / "org.toml")],
        ["units", "add", "集团", "--tier", "group"],
        ["units", "add", "深圳公司", "--tier", "company", "--under", "集团"],
        ["units", "add", "广州公司", "--tier", "company", "--under", "集团"],
        ["sites", "add", "金色家园", "--under", "深圳公司"],
        ["sites", "add", "湖畔", "--under", "深圳公司"],
        ["sites", "add", "江湾", "--under", "广州公司"],
    ):
        assert run(*words).code == 0, words
    for place in ("金色家园", "湖畔", "湖畔", "江湾"):
        assert run("record", "--text", "漏水", "--site", place).code == 0
    assert run("record", "--text", "漏水", "--received", "2026-10-20 09:00").code == 0
    return run


def asked(house, *words):
    ended = house("--json", "summary", *words)
    assert ended.code == 0, ended.err
    return ended.json


@pytest.mark.parametrize(
    ("words", "first", "last", "received"),
    [
        ([], "2026-11-21", "2026-11-21", 4),
        (["--date", "yesterday"], "2026-11-20", "2026-11-20", 0),
        (["--week", "2026-W47"], "2026-11-16", "2026-11-22", 4),
        (["--week", "today"], "2026-11-16", "2026-11-22", 4),
        (["--week", "２０２６w43"], "2026-10-19", "2026-10-25", 1),
        (["--month", "2026-10"], "2026-10-01", "2026-10-31", 1),
        (["--month", "2026-11-05"], "2026-11-01", "2026-11-30", 4),
        (["--month", "2026-02"], "2026-02-01", "2026-02-28", 0),
        (["--from", "2026-10-20", "--to", "2026-11-20"], "2026-10-20", "2026-11-20", 1),
        (["--from", "2026-10-20"], "2026-10-20", "2026-11-21", 5),
        (["--to", "2026-11-18"], "2026-10-20", "2026-11-18", 1),
    ],
)
def test_days_are_said_in_many_ways(house, words, first, last, received):
    found = asked(house, *words)
    assert (found["first"], found["last"], found["date"]) == (first, last, last)
    assert (found["received"], found["as_of"]) == (received, "2026-11-21T04:00:00.000000Z")


@pytest.mark.parametrize(
    ("words", "received", "part"),
    [
        (["--unit", "集团"], 4, ("集团", None, None)),
        (["--unit", "深圳公司"], 3, ("深圳公司", None, None)),
        (["--unit", "广州公司"], 1, ("广州公司", None, None)),
        (["--unit", "湖畔"], 2, ("湖畔", None, None)),
        (["--site", "湖畔"], 2, (None, "湖畔", None)),
        ([], 4, (None, None, None)),
    ],
)
def test_a_part_of_the_house_is_a_unit_with_all_below_it_or_a_place(house, words, received, part):
    found = asked(house, *words)
    assert (found["received"], found["open"]) == (received, received + (words == []))
    assert tuple(found["part"][name] for name in ("unit", "site", "handler")) == part
    analysis = house("--json", "analyze", "--date", "today", *words).json
    assert (analysis["received"], analysis["part"]) == (received, found["part"])


def test_somebody_is_a_part_of_the_house_too(house):
    number = house("--json", "list", "all", "--where", "site=湖畔").json[0]["number"]
    assert house("take", number).code == 0
    found = asked(house, "--handler", "mei")
    assert (found["received"], found["open"], found["part"]["handler"]) == (1, 1, "mei")
    assert asked(house, "--handler", "mei", "--site", "江湾")["received"] == 0


def test_a_name_that_is_near_is_proposed(house):
    for option, typed, meant in (("--unit", "深圳公寺", "深圳公司"), ("--site", "金色家圆", "金色家园")):
        ended = house("summary", option, typed)
        assert (ended.code, ended.out) == (2, "")
        assert f'{option}: there is no "{typed}"; did you mean {meant}?' in ended.err.replace(
            "workbench: ", ""
        )


def test_the_days_before_and_last_year_stand_beside_where_the_record_covers_them(house):
    assert (asked(house)["before"]["received"], asked(house)["year_ago"]) == (0, None)
    before = asked(house, "--week", "2026-W45")["before"]
    assert (before["first"], before["last"], before["received"]) == ("2026-10-26", "2026-11-01", 0)
    assert asked(house, "--week", "2026-W44")["before"] is None  # the record begins on a Tuesday
    before = asked(house, "--from", "2026-10-21", "--to", "2026-10-21")["before"]
    assert (before["received"], before["repeat_of"], before["by_channel"]) == (1, 1, {"phone": 1})
    assert asked(house, "--month", "2026-10")["before"] is None
    assert asked(house, "--month", "2026-11")["before"] is None  # the record begins in the middle of October


def test_of_a_week_that_runs_only_the_days_that_have_begun_are_compared(house):
    before = asked(house, "--week", "2026-W47")["before"]
    assert (before["first"], before["last"]) == ("2026-11-09", "2026-11-14")
