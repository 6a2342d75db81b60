"""A campaign from its file to its answers, by verbs."""

import csv
import io

import pytest

FILE = "客户姓名,客户电话,小区,房号,是否同意\n王芳,13800138001,金色家园,3-501,是\n李雷,13800138002,金色家园,3-502,否\n"


@pytest.fixture
def file(home):
    path = home / "c.csv"
    path.write_text(FILE, encoding="gb18030")
    return str(path)


@pytest.fixture
def begun(wb, file):
    assert wb("campaign", "new", "club", "--kind", "goodwill", file, "--by", "2026-12-31").code == 0
    return wb


def test_a_campaign_is_begun_once_from_a_file(wb, file):
    words = ("campaign", "new", "club", file, "--kind", "after-sale", "--json")
    assert wb(*words, "--dry-run").json["added"] == 2
    assert wb("campaign", "list", "--json").json == []
    first = wb(*words)
    assert "GB18030" in first.err
    assert "phone = 客户电话" in first.err
    assert first.json == {
        "campaign": "club", "kind": "after-sale", "read": 2, "added": 2, "updated": 0, "unchanged": 0, "rejected": 0,
    }  # fmt: skip
    assert wb(*words).json["unchanged"] == 2
    [found] = wb("campaign", "list", "--json").json
    assert (found["name"], found["by"], found["figures"]["contacts"], found["figures"]["refused"]) == (
        "club", None, 2, 1,
    )  # fmt: skip


def test_faults_end_with_6_and_rejected_rows_go_aside(wb, home):
    path, aside = home / "c.csv", home / "rest.csv"
    path.write_text(FILE + "韩梅,无,,,\n", encoding="utf-8")
    words = ("campaign", "new", "club", str(path), "--kind", "after-sale")
    ended = wb(*words)
    assert ended.code == 6
    assert "line 4" in ended.err
    assert wb("campaign", "list", "--json").json == []
    ended = wb(*words, "--rejects", str(aside), "--json")
    assert (ended.code, ended.json["added"], ended.json["rejected"]) == (6, 2, 1)
    assert "韩梅" in aside.read_text("utf-8-sig")


def test_next_call_and_case_follow_one_another(begun):
    shown = begun("campaign", "next", "club", "--json").json
    assert (shown["contact"]["id"], shown["contact"]["phone"]) == (1, "138****8001")
    assert begun("campaign", "next", "club", "--reveal", "--json").json["contact"]["phone"] == "13800138001"
    ended = begun(
        "campaign", "call", "club", "1", "--reached", "yes", "--csi", "1", "--text", "漏水 13900139000",
        "--record-case", "--json",
    )  # fmt: skip
    contact = ended.json["contact"]
    assert (contact["unhappy"], contact["text"]) == (True, "漏水 139****9000")
    case = begun("show", contact["case"], "--json").json
    assert (case["channel"], case["kind"], case["customer"]) == ("callback", "complaint", "王芳")
    ended = begun("campaign", "next", "club", "--json").json
    assert ended == {"campaign": "club", "contact": None, "next_try_at": None}
    assert "Nobody is left" in begun("campaign", "next", "club").out


def test_show_gives_figures_and_contacts_and_no_number_in_full(begun):
    begun("campaign", "call", "club", "1", "--reached", "yes", "--csi", "4", "--nps", "10", "--mood", "5")
    found = begun("campaign", "show", "club", "--json").json
    assert (found["kind"], found["figures"]["csi_mean"], found["figures"]["nps"]) == ("goodwill", 4.0, 100.0)
    assert [each["id"] for each in found["contacts"]] == [1, 2]
    for words in (("campaign", "show", "club"), ("campaign", "list"), ("campaign", "next", "club")):
        shown = begun(*words)
        assert shown.code == 0
        assert "138001380" not in shown.out
    assert "4/10/5" in begun("campaign", "show", "club").out
    assert len(begun("campaign", "show", "club", "--limit", "1", "--json").json["contacts"]) == 1


def test_a_try_that_reached_nobody_says_when_the_next_one_is(begun):
    begun("campaign", "call", "club", "1", "--reached", "no", "--again", "+2h")
    assert "Sat 2026-11-21 14:00" in begun("campaign", "next", "club").out


def test_a_next_try_at_night_comes_in_the_morning_and_the_echo_says_so(begun):
    ended = begun("campaign", "call", "club", "1", "--reached", "no", "--again", "2026-11-23 23:00")
    called = ended.out + ended.err
    assert "(moved into the hours in which one may ring)" in called
    assert (
        "Tue 2026-11-24 09:00" in begun("--now", "2026-11-23T23:30:00+08:00", "campaign", "next", "club").out
    )
    assert "moved" not in begun("campaign", "call", "club", "1", "--reached", "no", "--again", "+2h").out


def test_answers_are_exported_and_a_closed_campaign_stays_closed(begun, home):
    ended = begun("campaign", "export", "club", str(home / "a.csv"), "--json")
    assert ended.json == {"file": str(home / "a.csv"), "contacts": 2}
    rows = list(csv.DictReader(io.StringIO((home / "a.csv").read_text("utf-8-sig"))))
    assert [row["phone"] for row in rows] == ["138****8001", "138****8002"]
    assert begun("campaign", "close", "club", "--json").json["closed_by"] == "mei"
    assert begun("campaign", "close", "club").code == 3
    assert begun("campaign", "call", "club", "1", "--reached", "yes").code == 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("call", "club", "x", "--reached", "yes"), 2, "ID"),
        (("call", "club", "1"), 2, "--reached"),
        (("call", "club", "1", "--reached", "yes", "--csi", ""), 2, "--csi"),
        (("call", "club", "1", "--reached", "yes", "--nps", "11"), 2, "--nps"),
        (("call", "club", "1", "--reached", "yes", "--seen", "3"), 0, ""),
        (("call", "club", "7", "--reached", "yes"), 4, "no contact 7"),
        (("call", "club", "2", "--reached", "yes"), 3, "does not agree"),
        (("next", "clubs"), 4, "club"),
        (("export", "club", "x.xlsx"), 2, ".csv"),
        (("new", "club", "missing.csv", "--kind", "goodwill"), 2, "missing.csv"),
        (("new", "club", "missing.csv"), 2, "--kind"),
        (("show", "club", "--limit", "-1"), 2, "--limit"),
    ],
)
def test_a_wrong_call_ends_with_its_code_and_a_sentence(begun, words, code, said):
    ended = begun("campaign", *words)
    assert ended.code == code
    assert said in ended.err


def test_a_day_that_is_none_is_refused_before_anything_is_written(wb, file):
    for day, code in (("20261231", 2), ("2026-11-20", 3), ("", 2)):
        assert wb("campaign", "new", "club", file, "--kind", "goodwill", "--by", day).code == code
    assert wb("campaign", "list", "--json").json == []
