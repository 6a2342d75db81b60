"""Verdict, money, corrections and evidence by their verbs: exit codes, echoes, the JSON shape."""

import hashlib

import pytest

LATER = "2026-11-21T13:00:00+08:00"


@pytest.fixture
def case(wb):
    given = ["--text", "态度恶劣", "--about", "wang", "--category", "staff-conduct"]
    return wb("record", *given, "--json").json["number"]


def test_record_keeps_whom_the_case_is_about(wb, case):
    assert wb("show", case, "--json").json["about"] == "wang"


def test_a_case_is_looked_into_step_by_step(wb, case):
    assert wb("take", case).code == 0
    refused = wb("verify", case, "--verdict", "founded", "--text", "x")
    assert (refused.code, "mei handles" in refused.err) == (3, True)
    refused = wb("--as", "li", "verify", case, "--verdict", "founded", "--text", "x")
    assert (refused.code, "First: account." in refused.err) == (3, True)
    assert wb("account", case, "--text", "当时很忙").code == 0
    assert wb("--as", "wang", "verify", case, "--verdict", "founded", "--text", "x").code == 3
    words = ["--verdict", "partly", "--standard", "no-temper", "--cause", "service", "--fault", "ours"]
    found = wb("--now", LATER, "--as", "li", "verify", case, *words, "--text", "录音", "--json").json
    assert found["verdict"] == "partly"
    assert found["verification"] == {
        "inspected_at": None, "verdict": "partly", "standard": "no-temper", "cause": "service",
        "accounts": [{"person": "wang", "text": "当时很忙", "at": "2026-11-21T04:00:00.000000Z"}],
        "verified_by": "li", "verified_at": "2026-11-21T05:00:00.000000Z",
    }  # fmt: skip


def test_an_inspection_and_the_warranty(wb, recorded):
    found = wb("inspect", recorded, "--text", "窗框变形", "--warranty-until", "2028-06-30", "--json").json
    assert found["verification"]["inspected_at"] == "2026-11-21T04:00:00.000000Z"
    assert found["repair"] == {
        "engineer": None, "changes": 0, "warranty_until": "2028-06-30", "within_warranty": True,
    }  # fmt: skip


def test_a_prevention_echoes_when_it_is_due(wb, recorded):
    words = ["--text", "改图纸", "--owner", "chen", "--due", "明天 9:00"]
    assert "Sun 2026-11-22 09:00" in wb("prevent", recorded, *words).out
    duty = wb("show", recorded, "--json").json["duties"][0]
    assert (duty["id"], duty["kind"], duty["owner"], duty["state"]) == (1, "prevention", "chen", "open")


def test_money_is_promised_and_paid(wb, recorded):
    found = wb("compensate", recorded, "--amount", "300.5", "--text", "误工", "--json").json
    assert (found["compensation_total"], found["compensation"][0]["state"]) == ("300.50", "promised")
    paid = wb("pay", recorded, "1", "--json").json["compensation"][0]
    assert (paid["amount"], paid["state"], paid["paid_at"]) == (
        "300.50", "paid", "2026-11-21T04:00:00.000000Z",
    )  # fmt: skip
    assert wb("pay", recorded).code == 3


@pytest.fixture
def staffed(wb):
    for name, role in (
        ("zong", "head-office"),
        ("shen", "manager"),
        ("jin", "supervisor"),
        ("mei", "handler"),
    ):
        assert wb("--as", "zong", "staff", "add", name, "--role", role).code == 0
    return wb


def test_above_the_limit_it_is_asked_for_granted_or_refused(staffed, wb):
    number = wb("record", "--text", "x", "--impact", "severe", "--json").json["number"]
    asked = wb("compensate", number, "--amount", "800", "--json").json
    assert (asked["compensation"], asked["duties"][0]["kind"], asked["duties"][0]["owner"]) == (
        [], "approval", "jin",
    )  # fmt: skip
    assert wb("approve", number).code == 3
    assert wb("--as", "jin", "approve", number, "--amount", "801").code == 2
    granted = wb("--as", "jin", "approve", number, "1", "--amount", "700", "--text", "同意", "--json").json
    assert granted["compensation_total"] == "700.00"
    assert wb("close", number, "--outcome", "修好了", "--json").json["status"] == "open"
    assert wb("--as", "jin", "approve", number).code == 3
    assert wb("--as", "shen", "approve", number, "--json").json["status"] == "closed"


def test_what_is_only_asked_for_is_not_said_to_be_done(staffed, wb):
    number = wb("record", "--text", "x", "--impact", "severe", "--about", "jin", "--json").json["number"]
    assert wb("compensate", number, "--amount", "800").out.split("  ")[1:3] == ["Approval asked for", "Open"]
    assert "Sat 2026-11-21 16:00" in wb("close", number, "--outcome", "x").out
    assert "Approval asked for" in wb("show", number).out
    assert wb("account", number, "--ask").out.split("  ")[1] == "Account asked for"
    assert wb("account", number, "--text", "y").out.split("  ")[1] == "Account taken"
    said = wb("record", "--text", "x", "--impact", "severe", "--close", "--outcome", "x").out
    assert said.split("  ")[1:4] == ["Recorded", "Approval asked for", "Open"]
    assert said.strip().endswith("closing: request sent to shen, decision by 2026-11-21 16:00")
    said = wb("record", "--text", "x", "--close", "--outcome", "x").out.strip()
    assert said.split("  ")[1:4] == ["Recorded", "Closed the case", "Closed"]
    assert said.endswith("callback owed by mei, until 2026-11-23 12:00")
    assert wb("close", number[-3:], "--outcome", "x").code == 3


def test_show_prints_money_verdict_and_what_is_owed(staffed, wb):
    number = wb("record", "--text", "x", "--about", "jin", "--impact", "looks", "--json").json["number"]
    wb("take", number)
    wb("ask", number, "--of", "shen", "--text", "who comes?")
    wb("compensate", number, "--amount", "300")
    wb("pay", number)
    wb("account", number, "--text", "y")
    wb("visit", number, "--at", "+1h")
    wb("visited", number, "--missed")
    wb("promise", number, "--text", "z", "--due", "+1h")
    wb("keep", number)
    found = ["verify", number, "--verdict", "founded", "--cause", "repair", "--text", "z"]
    wb("--as", "shen", *found)
    shown = wb("show", number).out
    for line in ("Against: jin", "Paid: 300.00 yuan", "Verdict: founded  by shen", "Root cause: Repair work",
                 "Request: shen  who comes?", "Account: jin: y"):  # fmt: skip
        assert line in shown
    assert "  Sum paid  sum 1, yuan 300.00" in shown
    assert "  Visit settled  nobody came" in shown
    assert "  Promise settled  promise 1, kept" in shown
    assert shown.count("First asked") == 1


def test_a_correction_shows_old_and_new_and_masks_both(wb, recorded):
    found = wb(
        "amend", recorded, "--phone", "13900139000", "--people", "10", "--reason", "听错", "--json"
    ).json
    assert (found["phone"], found["people"], found["severity"]) == ("139****9000", 10, 1)
    data = found["timeline"][-1]["data"]
    assert data["was"] == {"phone": "138****8000", "people": None}
    shown = wb("show", recorded).out
    assert not {"13800138000", "13900139000"} & set(shown.split())
    assert wb("amend", recorded, "--people", "10").code == 3


def test_flags_may_be_set_and_taken_away_several_at_a_time(wb, recorded):
    wb("amend", recorded, "--flag", "media", "--flag", "march")
    found = wb("amend", recorded, "--flag", "conflict", "--no-flag", "media", "--no-flag", "march", "--json")
    assert found.json["flags"] == ["conflict"]


def test_evidence_is_name_size_and_digest(wb, recorded, tmp_path):
    (tmp_path / "签字.pdf").write_bytes(b"%PDF")
    words = [tmp_path / "签字.pdf", "--kind", "signature", "--text", "客户签收"]
    (one,) = wb("attach", recorded, *words, "--json").json["evidence"]
    assert one == {
        "id": 1, "name": "签字.pdf", "kind": "signature", "size": 4, "text": "客户签收",
        "sha256": hashlib.sha256(b"%PDF").hexdigest(), "kept": True,
    }  # fmt: skip


def test_a_penalty_is_a_proposal_on_the_timeline(wb, recorded):
    found = wb("penalty", recorded, "--on", "wang", "--text", "扣分", "--json").json["timeline"][-1]
    assert (found["act"], found["data"]["on"]) == ("penalty", "wang")


WRONG = [
    (["verify", "--verdict", "guilty", "--text", "x"], "--verdict"),
    (["verify", "--text", "x"], "--verdict"),
    (["verify", "--verdict", "founded", "--text", ""], "--text"),
    (["account", "--text", "x"], "--of"),
    (["cause", "--cause", "x", "--text", "x"], "--cause"),
    (["inspect"], "--text"),
    (["inspect", "--text", "x", "--warranty-until", "20280630"], "--warranty-until"),
    (["prevent", "--text", "x"], "--owner"),
    (["prevent", "--text", "x", "--owner", "chen", "--due", "soon"], "--due"),
    (["compensate", "--amount", "1e5"], "--amount"),
    (["compensate", "--amount", ""], "--amount"),
    (["compensate"], "--amount"),
    (["pay", "x"], "ID"),
    (["approve", "0"], "ID"),
    (["amend", "--people", "0"], "--people"),
    (["amend", "--mood", "9"], "--mood"),
    (["attach", "/nowhere/at/all", "--kind", "photo"], "FILE"),
    (["attach", ".", "--kind", "photo"], "FILE"),
    (["penalty", "--text", "x"], "--on"),
]


@pytest.mark.parametrize(("words", "option"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_use_names_the_option_in_one_sentence(wb, recorded, words, option):
    verb, *rest = words
    positional = rest[:1] if verb in ("pay", "approve", "attach") else []
    ended = wb(verb, recorded, *positional, *rest[len(positional) :])
    assert (ended.code, ended.out) == (2, "")
    assert option in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_a_verdict_on_an_old_version_is_a_conflict(wb, recorded):
    wb("note", recorded, "--text", "x")
    assert (
        wb("--as", "li", "verify", recorded, "--verdict", "founded", "--text", "x", "--seen", "1").code == 5
    )


def test_the_summary_has_the_rates(wb, recorded):
    wb("--as", "li", "verify", recorded, "--verdict", "founded", "--standard", "no-temper", "--text", "x")
    wb("compensate", recorded, "--amount", "100")
    found = wb("summary", "--json").json
    assert [found[name] for name in ("founded_rate", "breach_rate", "defect_rate", "compensation_total")] == [
        1.0, 0.0, 1.0, "100.00",
    ]  # fmt: skip
    assert wb("analyze", "--json").json["by_standard"] == {"no-temper": 1}
