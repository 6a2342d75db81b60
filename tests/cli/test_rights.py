"""Rights beside the acts: who may export, restore, keep the lists; every one of them on every road."""

import os
import pwd

import pytest

from workbench.cli import registry
from workbench.domain import rights
from workbench.domain.rights import RIGHTS
from workbench.policy import loading

ME = pwd.getpwuid(os.getuid()).pw_name
PHONE = "13812348000"


@pytest.fixture
def house(wb):
    """Anna is head because she began the list; bo is a handler, ro reads, chef is a supervisor."""
    assert wb("--as", "anna", "staff", "add", "anna").code == 0
    for name, role in (("chef", "supervisor"), ("bo", "handler"), ("ro", "reader")):
        assert wb("--as", "anna", "staff", "add", name, "--role", role).code == 0
    assert wb("--as", "bo", "record", "--text", "漏水", "--phone", PHONE).code == 0
    return wb


def log(wb, person="anna"):
    return wb("--as", person, "--json", "log", "list").json


def test_every_verb_has_a_right_or_is_said_to_be_free():
    asks, free = set(registry.ASKS), set(registry.FREE)
    assert asks | free == set(registry.FILES)
    assert asks.isdisjoint(free)
    assert set(registry.OF_THEIR_OWN) <= asks


def test_every_right_is_asked_for_somewhere_and_has_a_title():
    assert len({right.id for right in RIGHTS}) == len(RIGHTS)
    assert all(right.title and right.earlier for right in RIGHTS)


# verb -> who of anna (head office), chef (supervisor), bo (handler), ro (reader), xu (a stranger) may
MAY = {
    ("export", "out.csv"): "anna chef bo ro",
    ("export", "out.csv", "--unmask"): "anna chef",
    ("backup", "copy.db"): "anna chef bo ro xu",  # xu owns the file
    ("summary",): "anna chef bo ro xu",
    ("check",): "anna chef bo ro xu",
    ("sweep",): "anna chef bo ro xu",
    ("log", "list"): "anna chef bo ro xu",
    ("analyze",): "anna chef bo ro",
    ("calendar", "set", "2026-12-01", "--works", "no"): "anna chef",
}


@pytest.mark.parametrize("verb", MAY, ids=" ".join)
@pytest.mark.parametrize("person", ["anna", "chef", "bo", "ro", "xu"])
def test_who_may_do_what(house, home, monkeypatch, verb, person):
    monkeypatch.chdir(home)
    done = house("--as", person, *verb)
    if person in MAY[verb].split():
        assert done.code in (0, 2), done.err
    else:
        assert done.code in (2, 3), done.out
        assert done.err
    if verb[0] == "export" and person not in MAY[verb].split():
        assert not (home / "out.csv").exists()


def test_who_may_not_is_told_who_may(house, home):
    refused = house("--as", "bo", "export", str(home / "out.csv"), "--unmask")
    assert (refused.code, "anna" in refused.err, "chef" in refused.err) == (3, True, True)


def test_phones_that_leave_in_full_leave_a_trace(house, home):
    out = home / "out.csv"
    assert house("--as", "chef", "export", str(out), "--unmask", "--reason", "法院").code == 0
    assert PHONE in out.read_text(encoding="utf-8")
    entry = log(house)[-1]
    assert (entry["act"], entry["by"]) == ("export", "chef")
    told = {
        "file": "out.csv", "what": "cases", "rows": 1, "people": 1, "reason": "法院", "login": ME,
        "filter": "", "unmasked": True,
    }  # fmt: skip
    assert entry["data"] == told
    masked = house("--as", "bo", "export", str(home / "masked.csv"))
    assert (masked.code, len(log(house)) - entry["seq"]) == (0, 0)


def test_a_phone_that_is_shown_in_full_stands_in_the_log_and_nothing_of_it(house):
    number = house("--json", "list").json[0]["number"]
    assert house("--as", "bo", "show", number, "--reveal").code == 0
    entry = log(house)[-1]
    assert (entry["act"], entry["by"], entry["data"]) == ("reveal", "bo", {"number": number})
    assert house("--as", "anna", "check").code == 0


def test_a_restore_stands_in_the_log_of_what_is_restored_and_gives_no_number_twice(house, home):
    copy = str(home / "copy.db")
    assert house("--as", "anna", "backup", copy).code == 0
    given = house("--as", "bo", "--json", "record", "--text", "电梯").json["number"]
    assert house("--as", "bo", "restore", copy).code == 3
    assert house("--as", "ro", "restore", copy).code == 3
    assert house("--as", "xu", "restore", copy).code == 3
    assert house("--as", "anna", "restore", copy).code == 0
    assert house("show", given).code == 4
    entry = log(house)[-1]
    assert (entry["act"], entry["by"], entry["data"]["file"]) == ("restore", "anna", "copy.db")
    assert house("--as", "bo", "--json", "record", "--text", "门").json["number"] > given
    assert house("--as", "anna", "check").code == 0
    assert [each["act"] for each in house("--as", "anna", "--json", "summary").json["house"]] == ["restore"]


def test_what_the_owner_of_the_file_does_as_a_stranger_stands_in_the_log_with_the_login(house):
    assert house("--as", "cron", "sweep").code == 0
    assert house("--as", "cron", "--json", "summary").code == 0
    found = [(each["by"], each["data"]["right"], each["data"]["login"]) for each in log(house)[-2:]]
    assert found == [("cron", "sweep", ME), ("cron", "summary", ME)]


# ---------------------------------------------------------------- the staff list


def test_whoever_begins_the_list_with_themselves_is_the_head_and_is_told(wb):
    done = wb("--as", "anna", "staff", "add", "anna", "--role", "handler")
    assert (done.code, "head of the house" in done.out) == (0, True)
    [anna] = wb("--json", "staff", "list").json
    assert anna["role"] == "head-office"


def test_whoever_begins_the_list_with_somebody_else_names_no_head(wb):
    assert wb("--as", "xu", "staff", "add", "boss", "--role", "supervisor").code == 0
    assert wb("--as", "xu", "staff", "add", "li").code == 2  # a stranger now
    assert wb("--as", "boss", "staff", "add", "li").code == 0
    assert wb("--as", "boss", "staff", "add", "wei", "--role", "supervisor").code == 3
    refused = wb("--as", "boss", "staff", "add", "wei", "--role", "head-office")
    assert (refused.code, "staff recover" in refused.err) == (3, True)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("bo", ("staff", "add", "bo", "--role", "supervisor")),
        ("chef", ("staff", "add", "chef", "--role", "head-office")),
        ("chef", ("staff", "add", "second", "--role", "supervisor")),
        ("chef", ("staff", "add", "anna", "--role", "handler")),
        ("chef", ("staff", "remove", "anna")),
        ("ro", ("staff", "add", "ro", "--role", "handler")),
    ],
)
def test_nobody_raises_themselves_or_a_peer_or_lowers_who_stands_above(house, person, words):
    before = house("--json", "staff", "list").json
    assert house("--as", person, *words).code == 3
    assert house("--json", "staff", "list").json == before


def test_who_stands_above_grants_and_takes_and_everybody_may_step_down(house):
    assert house("--as", "chef", "staff", "add", "bo", "--post", "前台").code == 0
    assert house("--as", "chef", "staff", "remove", "bo").code == 0
    assert house("--as", "chef", "staff", "add", "chef", "--role", "handler").code == 0


def test_a_lost_head_is_named_again_by_the_owner_of_the_file_for_all_to_see(house):
    assert house("--as", "anna", "staff", "remove", "anna").code == 0
    assert house("--as", "cron", "staff", "recover", "bo").code == 0
    assert {each["name"]: each["role"] for each in house("--json", "staff", "list").json}[
        "bo"
    ] == "head-office"
    assert "staff recover" in [each["act"] for each in log(house, "bo")]
    assert "staff recover" in [each["act"] for each in house("--as", "bo", "--json", "summary").json["house"]]
    assert "head of the house" in house("--as", "bo", "summary").out


def test_who_does_not_own_the_file_recovers_nothing(house, monkeypatch):
    monkeypatch.setattr("workbench.desk.owned_by_user", lambda path: False)
    assert house("--as", "bo", "staff", "recover", "bo").code == 3
    assert house("--as", "cron", "summary").code == 3  # nor does anything else that the owner may


# ---------------------------------------------------------------- logins


def test_a_login_says_who_sits_there_and_another_name_needs_the_right_to_stand_in(house, monkeypatch):
    assert house("--as", "anna", "staff", "add", "bo", "--login", ME).code == 0
    monkeypatch.delenv("WORKBENCH_STAFF")
    number = house("--json", "list").json[0]["number"]
    assert house("take", number).code == 0
    assert house("--json", "show", number).json["handler"] == "bo"
    refused = house("--as", "chef", "note", number, "--text", "x")
    assert (refused.code, "You are bo" in refused.err) == (3, True)
    assert house("--as", "anna", "export", "x.csv", "--unmask").code == 3


def test_who_stands_in_is_named_beside_whose_name_it_is(house, monkeypatch):
    assert house("--as", "anna", "staff", "add", "chef", "--login", ME).code == 0
    number = house("--json", "list").json[0]["number"]
    assert house("--as", "bo", "take", number).code == 0
    entry = house("--json", "show", number).json["timeline"][-1]
    assert (entry["act"], entry["by"], entry["as"]) == ("take", "chef", "bo")
    assert house("--json", "show", number).json["handler"] == "bo"


def test_a_login_that_is_nobodys_writes_nothing_once_logins_are_mapped(house):
    assert house("--as", "anna", "staff", "add", "bo", "--login", "somebody-else").code == 0
    refused = house("--as", "bo", "record", "--text", "x")
    assert (refused.code, ME in refused.err, "--login" in refused.err) == (3, True, True)


# ---------------------------------------------------------------- the policy


def test_a_policy_that_names_no_rights_gives_them_by_its_may():
    roles = loading.load("default")[0].regime.roles
    gives = {name: {right.id for right in RIGHTS if rights.gives(role, right, head=name == "head-office")}
             for name, role in roles.items()}  # fmt: skip
    assert gives["head-office"] == {right.id for right in RIGHTS}
    assert "unmask" not in gives["handler"]
    assert "restore" in gives["supervisor"]
    assert "clock-reject" not in gives["manager"]
    assert gives["reader"] == {"export", "backup", "check", "summary", "review"}


# verb -> the right without which a role that names its rights may not do it
NAMED = {
    ("import", "in.csv"): "import",
    ("export", "out.csv"): "export",
    ("backup", "copy.db"): "backup",
    ("restore", "copy.db"): "restore",
    ("summary",): "summary",
    ("analyze",): "review",
    ("check",): "check",
    ("sweep",): "sweep",
    ("log", "list"): "log",
    ("units", "add", "South", "--tier", "company"): "units",
    ("person", "export", PHONE, "-"): "person",
    ("person", "erase", PHONE, "--reason", "x"): "erase",
    ("retention",): "retention",
    ("clock", "accept"): "clock-accept",
    ("clock", "reject", "2026-11-20", "2026-11-22"): "clock-reject",
}


@pytest.mark.parametrize("verb", NAMED, ids=" ".join)
@pytest.mark.parametrize("given", [True, False])
def test_a_role_that_names_its_rights_has_those_and_no_more(run, home, monkeypatch, verb, given):
    text = loading.load("default")[1]
    named = f'rights = ["{NAMED[verb]}"]' if given else "rights = []"
    ours = f'deputy = {{ zh = "副手", en = "Deputy", may = ["all"], closes = 1, {named} }}'
    before = "head-office = {"
    assert text.count(before) == 1
    (home / "ours.toml").write_text(text.replace(before, f"{ours}\n{before}"), encoding="utf-8")
    monkeypatch.chdir(home)
    monkeypatch.setattr("workbench.desk.owned_by_user", lambda path: False)
    assert run("init", "--policy", str(home / "ours.toml")).code == 0
    assert run("--as", "anna", "staff", "add", "anna").code == 0
    assert run("--as", "anna", "staff", "add", "dep", "--role", "deputy").code == 0
    assert (
        run("--as", "anna", "record", "--text", "漏水", "--phone", PHONE, "--close", "--outcome", "x").code
        == 0
    )
    assert run("--as", "anna", "backup", "kept.db").code == 0
    (home / "in.csv").write_text("编号,时间,内容\n1,2026-11-02 09:10,漏水\n", encoding="utf-8")
    done = run(
        "--as",
        "dep",
        *(word.replace("copy.db", "kept.db" if verb[0] == "restore" else word) for word in verb),
    )
    assert ("may not" in done.err and done.code == 3) is not given, (done.code, done.err)


# ---------------------------------------------------------------- hostile names


@pytest.mark.parametrize("name", ["a\ud800b", "a\x00b", "\x1b]52;c;x\x07", "\u202eevil"])
@pytest.mark.parametrize("verb", [("backup", "FILE"), ("restore", "FILE"), ("export", "FILE", "--unmask"),
                                  ("staff", "recover", "NAME")], ids=" ".join)  # fmt: skip
def test_a_name_that_no_file_or_person_has_is_refused_or_taken_and_never_a_bug(house, home, verb, name):
    words = {"FILE": f"{home}/{name}.csv", "NAME": name}
    done = house("--as", "anna", *(words.get(word, word) for word in verb))
    assert done.code in (0, 2, 3, 7), done.err
    assert house("--as", "anna", "check").code == 0
