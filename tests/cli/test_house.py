"""What stands around the verbs: beginning, rules, people, files, care."""

import csv
import io
import json

import pytest


def test_init_takes_a_policy_and_letters_for_numbers(run):
    assert run("init", "--policy", "vanke", "--code", "SH").code == 0
    assert run("record", "--text", "x", "--json").json["number"].startswith("SH261121-")
    assert [each["name"] for each in run("policy", "list", "--json").json if each["in_force"]] == ["vanke"]


def test_init_refuses_wrong_letters_and_unknown_policies(run, home):
    assert run("init", "--code", "a1").code == 2
    assert run("init", "--policy", "nope").code == 2
    assert not (home / "store.db").exists()


def test_where_says_where_things_lie(run, home):
    found = run("where", "--json").json
    assert found["store"] == str(home / "store.db")
    assert found["store_exists"] is False
    assert found["person"] == "mei"


def test_policies_can_be_listed_without_a_store(run):
    names = [each["name"] for each in run("policy", "list", "--json").json]
    assert names[0] == "default"
    assert {"leyoujia", "vanke"} <= set(names)


def test_a_policy_with_faults_is_told_with_its_lines(run, home):
    (home / "own.toml").write_text(
        'extends = "default"\nzone = "Mars/Base"\nregrade = "sometimes"\n', "utf-8"
    )
    ended = run("policy", "check", str(home / "own.toml"))
    assert ended.code == 2
    assert "own.toml:2" in ended.err
    assert "own.toml:3" in ended.err


def test_a_policy_taken_into_use_serves_new_cases(wb, recorded):
    assert wb("policy", "use", "vanke").code == 0
    assert wb("why", recorded, "--json").json["policy_version"] == 1
    number = wb("record", "--text", "x", "--json").json["number"]
    assert wb("why", number, "--json").json["policy"] == "vanke"


def test_a_policy_can_be_printed_changed_and_checked(wb, home):
    (home / "mine.toml").write_text(wb("policy", "show", "--toml").out, encoding="utf-8")
    assert wb("policy", "check", str(home / "mine.toml")).code == 0
    assert "24" in wb("policy", "show").out


def test_calendars_are_checked(wb):
    assert wb("calendar", "check", "--json").json[0]["calendar"] == "always"


def test_a_day_of_a_calendar_can_be_set(wb):
    ended = wb("calendar", "set", "--calendar", "always", "--day", "2026-11-22", "--works", "no", "--json")
    assert ended.json["days"] == 1


def test_the_staff_list_binds_from_its_first_entry(wb):
    assert wb("--as", "stranger", "record", "--text", "x").code == 0
    wb("staff", "add", "mei", "--role", "manager")
    wb("staff", "add", "guest", "--role", "reader")
    assert wb("--as", "stranger", "record", "--text", "x").code == 2
    assert wb("--as", "guest", "record", "--text", "x").code == 3
    assert wb("--as", "guest", "staff", "add", "guest", "--role", "manager").code == 3
    assert wb("--as", "guest", "list").code == 0
    wb("staff", "remove", "guest")
    assert [(each["name"], each["active"]) for each in wb("staff", "list", "--json").json] == [
        ("guest", False), ("mei", True),
    ]  # fmt: skip


def test_nobody_is_locked_out_by_a_list_without_leaders(wb):
    wb("staff", "add", "li")
    refused = wb("--as", "li", "staff", "add", "mei", "--role", "supervisor")
    assert (refused.code, "staff recover" in refused.err) == (3, True)
    assert wb("staff", "recover", "mei").code == 0
    assert wb("staff", "add", "bo", "--role", "supervisor").code == 0


def test_sites_bind_from_the_first_entry(wb):
    wb("sites", "add", "金色家园")
    assert wb("record", "--text", "x", "--site", "金色花园").code == 2
    assert wb("record", "--text", "x", "--site", "金色家园").code == 0
    assert wb("sites", "list", "--json").json == [{"name": "金色家园", "parent": None}]


def test_the_sweep_writes_once_what_time_has_brought(wb, recorded):
    later = ("--now", "2026-12-25T12:00:00+08:00", "sweep", "--json")
    first = wb(*later).json
    assert first["age"] > 0
    assert first["escalate"] > 0
    assert set(wb(*later).json.values()) == {0}


def test_summary_and_analysis_are_printed_and_written(wb, recorded, home):
    found = wb("summary", "--json", "--markdown", str(home / "s.md"), "--html", str(home / "s.html"))
    assert found.json["received"] == 1
    assert found.json["date"] == "2026-11-21"
    assert (home / "s.md").read_text("utf-8").startswith("# ")
    assert "<html" in (home / "s.html").read_text("utf-8")
    assert wb("summary", "--date", "2026-11-20", "--json").json["received"] == 0
    assert wb("analyze", "--by", "category", "--json").json["received"] == 1
    assert "construction" in wb("analyze").out.lower()


def test_check_finds_nothing_wrong_with_a_good_store(wb, recorded):
    found = wb("check", "--json").json
    assert (found["cases"], found["events"], found["problems"]) == (1, 1, [])


def test_check_names_what_is_wrong_and_ends_with_7(wb, recorded, home):
    from storage.engine import connect

    db = connect(home / "store.db")
    db.run("UPDATE cases SET severity = 4")
    db.connection.close()
    ended = wb("check", "--json")
    assert ended.code == 7
    assert ended.json["problems"][0]["number"] == recorded
    assert set(ended.json["problems"][0]) == {"number", "seq", "what"}


def test_a_backup_can_be_put_back(wb, recorded, home):
    assert wb("backup", str(home / "copy.db")).code == 0
    assert wb("backup", str(home / "copy.db")).code == 3
    wb("record", "--text", "after the backup")
    found = wb("restore", str(home / "copy.db"), "--json").json
    assert found["cases"] == 1
    assert len(wb("list", "all", "--json").json) == 1
    assert wb("--db", found["kept"], "list", "all", "--columns", "number", "--json").out.count("number") == 2


def test_an_export_is_masked_and_made_harmless(wb, recorded, home):
    wb("record", "--text", "=1+1", "--customer", "@SUM(A1)")
    assert wb("export", str(home / "x.csv")).code == 0
    raw = (home / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert {row["Phone"] for row in rows} == {"138****8000", ""}
    assert {row["Customer"] for row in rows} == {"王芳", "'@SUM(A1)"}


def test_an_export_is_narrowed_and_unmasked_when_asked(wb, recorded, home):
    wb("record", "--text", "x", "--kind", "praise")
    file = home / "x.jsonl"
    assert wb("export", str(file), "--where", "kind=complaint", "--unmask").code == 0
    [case] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert case["phone"] == "13800138000"
    assert "13800138000" in case["text"]
    wb("export", str(home / "y.csv"), "--from", "2026-11-22", "--columns", "number,kind")
    assert (home / "y.csv").read_text("utf-8-sig").splitlines() == ["Number,Kind"]


MAPPING = """
source = "city"
[times]
formats = "iso"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "opened"
text = "what"
"""


@pytest.fixture
def table(home):
    (home / "map.toml").write_text(MAPPING, encoding="utf-8")
    (home / "in.csv").write_text(
        "id,opened,what\n1,2026-11-20 10:00,leak\n2,2026-11-20 11:00,noise\n", "utf-8"
    )
    return [str(home / "in.csv"), "--mapping", str(home / "map.toml")]


def test_a_table_is_imported_once(wb, table):
    assert wb("import", *table, "--dry-run", "--json").json["added"] == 2
    assert wb("list", "all", "--json").json == []
    first = {"read": 2, "added": 2, "updated": 0, "unchanged": 0, "rejected": 0}
    assert wb("import", *table, "--json").json == first
    assert wb("import", *table, "--json").json == first | {"added": 0, "unchanged": 2}


def test_faults_of_a_table_are_told_with_their_lines(wb, table, home):
    with (home / "in.csv").open("a", encoding="utf-8") as file:
        file.write("3,someday,smell\n")
    ended = wb("import", *table, "--json")
    assert ended.code == 6
    assert "4" in ended.err
    assert wb("list", "all", "--json").json == []
    ended = wb("import", *table, "--rejects", str(home / "rest.csv"), "--json")
    assert ended.code == 6
    assert ended.json == {"read": 3, "added": 2, "updated": 0, "unchanged": 0, "rejected": 1}
    assert "someday" in (home / "rest.csv").read_text("utf-8-sig")


def test_a_first_mapping_is_suggested(wb, table):
    shown = wb("import", table[0], "--suggest").out
    assert 'external_id = "id"' in shown
    ended = wb("import", table[0])
    assert ended.code == 0
    assert "--suggest" in ended.err  # says that it guessed


def test_keys_are_listed_and_exported(run, home):
    found = run("keys", "list", "--json").json
    assert any(each["action"] == "record" and "r" in each["keys"] for each in found)
    (home / "mine.toml").write_text(run("keys", "export").out, encoding="utf-8")
    assert run("keys", "check", str(home / "mine.toml")).code == 0
    (home / "bad.toml").write_text('extends = "default"\n[contexts.queue]\nclose = ["r"]\n', encoding="utf-8")
    ended = run("keys", "check", str(home / "bad.toml"))
    assert ended.code == 2
    assert "bad.toml:3" in ended.err
