"""The verbs on staff, units and sites, as somebody types them."""

import pytest
from organisation_support import REGIME


@pytest.fixture
def org(run, home):
    """A store with a small tree: a group, a company, a place, and its supervisor."""
    (home / "org.toml").write_text(f'extends = "default"\n{REGIME}', "utf-8")
    for words in (
        ["init", "--policy", str(home / "org.toml")],
        ["units", "add", "集团", "--tier", "group"],
        ["units", "add", "深圳公司", "--tier", "company", "--under", "集团"],
        ["sites", "add", "金色家园", "--under", "深圳公司"],
        [
            "staff",
            "add",
            "mei",
            "--role",
            "manager",
            "--unit",
            "深圳公司",
            "--post",
            "客服总监",
            "--step",
            "1",
        ],
        ["staff", "add", "jin", "--unit", "金色家园"],
        ["staff", "add", "bo", "--unit", "金色家园"],
    ):
        assert run(*words).code == 0, words
    return run


def test_the_staff_list_has_one_shape(org):
    org("staff", "away", "jin", "--until", "2026-11-30", "--substitute", "bo")
    found = {each["name"]: each for each in org("staff", "list", "--json").json}
    assert found["mei"] == {
        "name": "mei", "role": "head-office", "active": True, "unit": "深圳公司", "post": "客服总监", "step": 1,
        "away_from": None, "away_until": None, "substitute": None, "login": None,
    }  # fmt: skip
    assert found["jin"] == {
        "name": "jin", "role": "handler", "active": True, "unit": "金色家园", "post": None, "step": None,
        "away_from": "2026-11-21T04:00:00.000000Z", "away_until": "2026-11-30T16:00:00.000000Z",
        "substitute": "bo", "login": None,
    }  # fmt: skip


def test_the_table_of_staff_shows_the_way_up_and_who_stands_in(org):
    said = org("staff", "away", "jin", "--substitute", "bo").out
    assert said == "jin is away: from 2026-11-21 12:00. bo stands in.\n"
    shown = {line.split()[0]: line for line in org("staff", "list").out.splitlines()}
    assert "集团 / 深圳公司 / 金色家园" in shown["jin"]
    assert shown["jin"].endswith("from 2026-11-21 12:00  bo")
    assert "Head office" in shown["mei"]  # who begins the list with themselves
    assert org("staff", "back", "jin").out == "jin is back.\n"
    assert "from" not in org("staff", "list").out


def test_the_table_forgets_an_absence_that_is_over(org):
    org("staff", "away", "jin", "--until", "+1h", "--substitute", "bo")
    assert "2026-11-21 12:00 - 2026-11-21 13:00" in org("staff", "list").out
    assert "13:00" not in org("--now", "2026-11-21T13:00:00+08:00", "staff", "list").out


def test_units_are_drawn_as_a_tree(org):
    lines = org("units", "list").out.splitlines()
    assert [line.rstrip() for line in lines[1:]] == [
        "集团          Group", "  深圳公司    Company  mei", "    金色家园  Project  bo, jin",
    ]  # fmt: skip
    assert org("units", "list", "--json").json == [
        {"name": "集团", "tier": "group", "parent": None, "people": []},
        {"name": "深圳公司", "tier": "company", "parent": "集团", "people": ["mei"]},
        {"name": "金色家园", "tier": "project", "parent": "深圳公司", "people": ["bo", "jin"]},
    ]
    assert org("sites", "list", "--json").json == [{"name": "金色家园", "parent": "深圳公司"}]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["units", "add", "x"], 2, "--tier"),
        (["units", "add", "x", "--tier", "region"], 2, "--tier"),
        (["units", "add", "x", "--tier", "department", "--under", "nowhere"], 2, "--under"),
        (["units", "add", "集团", "--tier", "group", "--under", "金色家园"], 2, "--under"),
        (["units", "remove", "集团"], 3, "深圳公司"),
        (["units", "remove", "nowhere"], 4, "nowhere"),
        (["sites", "add", "x", "--under", "nowhere"], 2, "--under"),
        (["staff", "add", "x", "--unit", "nowhere"], 2, "--unit"),
        (["staff", "add", "x", "--step", "0"], 2, "--step"),
        (["staff", "away", "jin"], 2, "--substitute"),
        (["staff", "away", "jin", "--substitute", "jin"], 2, "--substitute"),
        (["staff", "away", "jin", "--substitute", "nobody"], 2, "--substitute"),
        (["staff", "away", "nobody", "--substitute", "bo"], 4, "nobody"),
        (["staff", "back", "jin"], 3, "jin is not away"),
        (["--as", "jin", "staff", "add", "x"], 3, "ask mei"),
        (["--as", "jin", "units", "add", "x", "--tier", "department"], 3, "ask mei"),
    ],
)
def test_what_cannot_be_is_one_sentence(org, words, code, says):
    before = org("staff", "log", "--json").json
    ended = org(*words)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err
    assert ended.err.count("\n") == 1
    assert org("staff", "log", "--json").json == before


def test_the_log_tells_who_changed_what(org):
    org("staff", "away", "jin", "--until", "+2h", "--substitute", "bo")
    org("staff", "remove", "bo")
    *_, away, removed = org("staff", "log", "--json").json
    assert set(away) == {"at", "by", "what", "before", "after"}
    assert (away["at"], away["by"], away["what"]) == ("2026-11-21T04:00:00.000000Z", "mei", "staff away")
    assert (away["before"]["substitute"], away["after"]["substitute"]) == (None, "bo")
    assert removed["after"] == removed["before"] | {"active": False}
    lines = org("staff", "log").out.splitlines()
    assert lines[2].split()[-4:] == ["Tier:", "company,", "Under:", "集团"]
    assert lines[-2].endswith("Away from: 2026-11-21 12:00, Away until: 2026-11-21 14:00, Substitute: bo")
    assert lines[-1].endswith("works here: yes > no")


def test_the_policy_is_changed_by_those_whose_role_allows_it(org):
    for words in (
        ["policy", "use", "vanke"],
        ["calendar", "set", "--calendar", "always", "--day", "2026-11-22", "--works", "no"],
    ):
        ended = org("--as", "jin", *words)
        assert (ended.code, ended.out) == (3, "")
        assert "ask" in ended.err
        assert "mei" in ended.err
        assert org(*words).code == 0


def test_names_are_shown_harmlessly(org):
    org("staff", "add", "x\x1b[2J", "--post", "\u202eevil")
    for words in (["staff", "list"], ["staff", "log"], ["units", "list"]):
        shown = org(*words).out
        assert "\x1b" not in shown
        assert "\u202e" not in shown
