"""Wrong use: one plain sentence that names the option, the exit code of the contract, nothing changed."""

import pytest

USAGE = [
    (["record"], "--text"),
    (["record", "--text", " "], "--text"),
    (["record", "--text", "x", "--kind", "complant"], "complaint"),
    (["record", "--text", "x", "--people", "0"], "--people"),
    (["record", "--text", "x", "--people", ""], "--people"),
    (["record", "--text", "x", "--claim", "1e3"], "--claim"),
    (["record", "--text", "x", "--claim", "-5"], "--claim"),
    (["record", "--text", "x", "--mood", "6"], "--mood"),
    (["record", "--text", "x", "--flag", "news"], "--flag"),
    (["record", "--text", "x", "--received", "20261121"], "--received"),
    (["record", "--text", "x", "--received", "2026"], "--received"),
    (["record", "--text", "x", "--received", "2026-11-20"], "--received"),
    (["record", "--text", "x", "--received", ""], "--received"),
    (["record", "--text", "x", "--close"], "--outcome"),
    (["record", "--text", "x", "--outcome", "y"], "--outcome"),
    (["record", "--txt", "x"], "--text"),
    (["record", "--text"], "--text"),
    (["record", "--text", "x", "y"], '"y"'),
    (["record", "--close=yes", "--text", "x"], "--close"),
    (["promise", "N", "--text", "x"], "--due"),
    (["promise", "N", "--text", "x", "--due", "20261130"], "--due"),
    (["pause", "N", "--reason", "x", "--for", "rain", "--until", "+1h"], "--for"),
    (["pause", "N", "--for", "parts", "--until", "+1h"], "--reason"),
    (["regrade", "N", "--level", "5", "--reason", "x"], "--level"),
    (["regrade", "N", "--reason", "x"], "--level"),
    (["close", "N"], "--outcome"),
    (["close", "N", "--outcome", "x", "--resolution", "half"], "--resolution"),
    (["callback", "N"], "--reached"),
    (["callback", "N", "--reached", "no", "--csi", "3"], "--csi"),
    (["callback", "N", "--reached", "no", "--still-a-problem"], "--still-a-problem"),
    (["callback", "N", "--reached", "yes", "--nps", "11"], "--nps"),
    (["keep", "N", "one"], "ID"),
    (["take", "N", "--seen", "x"], "--seen"),
    (["take", "N", "--db", "x"], "before the verb"),
    (["assign", "N"], "--to"),
    (["show"], "NUMBER"),
    (["list", "nextdue"], "next-due"),
    (["list", "--limit", "many"], "--limit"),
    (["list", "--limit", "-1"], "--limit"),
    (["list", "--columns", "nummer"], "--columns"),
    (["list", "--where", "severity"], "--where"),
    (["list", "--where", "seveity=1"], "severity"),
    (["list", "--where", "severity=high"], "--where"),
    (["list", "--where", "status=opened"], "--where"),
    (["list", "--where", "kind=complant"], "complaint"),
    (["list", "--where", "hot=perhaps"], "--where"),
    (["list", "--where", "overdue>1"], "--where"),
    (["list", "--where", "claim=much"], "--where"),
    (["list", "--where", "phone=138****8000"], "--where"),
    (["list", "--where", "received_at>=2026-11-01"], "--where"),
    (["search", " "], "look for"),
    (["summary", "--date", "20261121"], "--date"),
    (["summary", "--date", "2026"], "--date"),
    (["summary", "--date", "2026-11-20", "--week", "2026-W47"], "--week"),
    (["summary", "--date", "2026-11-20", "--from", "2026-11-20"], "--from"),
    (["summary", "--month", "2026-11", "--to", "2026-11-20"], "--to"),
    (["summary", "--week", "2026-W54"], "--week"),
    (["summary", "--week", "47"], "2026-W48"),
    (["summary", "--month", "2026-13"], "--month"),
    (["summary", "--month", "2201-01"], "--month"),
    (["summary", "--month", ""], "2026-11"),
    (["summary", "--from", "2026-11-21", "--to", "2026-11-01"], "--to"),
    (["summary", "--unit", "x"], "--unit"),
    (["summary", "--unit", "x", "--site", "y"], "--site"),
    (["summary", "--site", "nowhere"], "nowhere"),
    (["summary", "--handler", "nobody"], "nobody"),
    (["summary", "--handler", " "], "--handler"),
    (["analyze", "--month", "2026-11", "--date", "2026-11-01"], "--month"),
    (["analyze", "--site", "nowhere"], "nowhere"),
    (["analyze", "--from", "2026-11-21", "--to", "2026-11-01"], "--to"),
    (["export", "no-such-folder/x.csv"], "FILE"),
    (["export", "x.pdf"], "FILE"),
    (["export", "x.csv", "--queue", "al"], "--queue"),
    (["export", "x.csv", "--columns", "nummer"], "--columns"),
    (["export", "x.csv", "--from", "2026"], "--from"),
    (["import", "no-such-file.csv"], "no-such-file.csv"),
    (["policy", "show", "vankee"], "vanke"),
    (["policy", "use", "nope"], "nope"),
    (["policy"], "check"),
    (["policy", "shw"], "policy show"),
    (["calendar", "set", "--day", "2026-11-21", "--works", "no"], "--calendar"),
    (["keys", "check", "nope"], "nope"),
    (["keys", "export", "vi"], "vim"),
    (["staff", "add", "x", "--role", "king"], "--role"),
    (["sites", "add", " "], "NAME"),
    (["help", "tuor"], "tour"),
    (["backup", "no-such-folder/x.db"], "FILE"),
    (["demo", "--cases", "none"], "--cases"),
    (["demo", "--cases"], "--cases"),
    (["demo", "x"], '"x"'),
    (["demo", "--tour=yes"], "--tour"),
    (["clse"], "close"),
    ([""], "--help"),
    (["--now", "20261121", "list"], "--now"),
    (["--now", "2026-11-21", "list"], "--now"),
    (["--lang", "fr", "list"], "--lang"),
    (["--as", "", "list"], "--as"),
    (["--db"], "--db"),
    (["--read-only=yes", "list"], "--read-only"),
    (["--jsn", "list"], "--json"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "named"), USAGE, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_wrong_usage_is_one_sentence_that_names_what_is_wrong(wb, recorded, words, named):
    before = wb("list", "all", "--json").out
    ended = wb(*[recorded if word == "N" else word for word in words])
    assert ended.code == 2
    assert ended.out == ""
    assert named in ended.err
    assert "Traceback" not in ended.err
    assert "Usage:" not in ended.err
    assert wb("list", "all", "--json").out == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_usage_error_speaks_the_users_language(wb, language):
    said = wb("--lang", language, "record", "--text", "x", "--people", "0").err
    assert said.startswith("--people: ")
    assert said.isascii() == (language == "en")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["take", "N"], 0),
        (["record", "--text", "x", "--received", "+2h"], 3),
        (["record", "--text", "x", "--external-id", "EXT-9"], 3),
        (["reopen", "N", "--reason", "x"], 3),
        (["init"], 3),
        (["promise", "N", "--text", "x", "--due", "2026-11-01 10:00"], 3),
        (["policy", "use", "default"], 3),
        (["show", "A261121-99999"], 4),
        (["show", "9"], 4),
        (["show", ""], 4),
        (["staff", "remove", "nobody"], 4),
        (["take", "N", "--seen", "0"], 5),
        (["--db", "/nonexistent/store.db", "list"], 7),
        (["--read-only", "note", "N", "--text", "x"], 7),
        (["--read-only", "sweep"], 7),
        (["--read-only", "list"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_exit_codes_are_those_of_the_contract(wb, recorded, words, code):
    ended = wb(*[recorded if word == "N" else word for word in words])
    assert ended.code == code, ended.err
    assert bool(ended.err) == (code != 0)


def test_whoever_holds_a_case_is_named_when_it_cannot_be_taken(wb, recorded):
    wb("--as", "li", "take", recorded)
    ended = wb("--as", "li", "take", recorded)
    assert ended.code == 3
    assert "li" in ended.err


def test_a_missing_store_names_init(run):
    for words in ([], ["list"], ["record", "--text", "x"]):
        ended = run(*words)
        assert ended.code == 7
        assert "init" in ended.err


def test_a_wrong_variable_of_the_environment_is_named(wb, monkeypatch):
    monkeypatch.setenv("WORKBENCH_NOW", "noon")
    assert "WORKBENCH_NOW" in wb("list").err
    monkeypatch.setenv("WORKBENCH_LANG", "fr")
    assert "WORKBENCH_LANG" in wb("list").err


def test_another_file_is_not_a_store(run, home):
    (home / "store.db").write_text("hello, this is a text and no database, and it is long enough")
    ended = run("list")
    assert ended.code == 7
    assert (home / "store.db").read_text().startswith("hello")


def test_ctrl_c_ends_with_130(wb, monkeypatch):
    def interrupted(*_args, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.cli.listing.show", interrupted)
    assert wb("list").code == 130


def test_a_bug_leaves_a_masked_report_and_ends_with_1(wb, monkeypatch, home):
    phone = "138" + "00138000"  # a report holds lines of the source as they are

    def broken(*_args, **_named):
        raise ZeroDivisionError(f"caused by {phone}")

    monkeypatch.setattr("workbench.cli.listing.show", broken)
    ended = wb("list")
    assert ended.code == 1
    assert "Traceback" not in ended.err
    [report] = list(home.rglob("crashes/*.txt"))
    text = report.read_text("utf-8")
    assert "ZeroDivisionError" in text
    assert "listing" in text or "looking" in text
    assert phone not in text
