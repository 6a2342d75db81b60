"""``export --what`` and ``exports list``: whose cases, who may, what stands in the log and in the summary."""

import csv
import stat
import sys

import pytest
from cli.conftest import Run

from tests.processes import PIPE, start
from workbench.exchange.parts import WHAT

PLACE, ELSEWHERE = "金色家园", "湖畔"


@pytest.fixture
def house(wb: Run) -> Run:
    """Mei works at one site, yun at another, ro reads; zong is head office. A case is here, one elsewhere."""
    for words in (
        ["units", "add", "集团", "--tier", "group"], ["sites", "add", PLACE, "--under", "集团"],
        ["sites", "add", ELSEWHERE, "--under", "集团"],
        ["staff", "add", "zong", "--role", "head-office", "--unit", "集团"],
    ):  # fmt: skip
        assert wb(*words).code == 0
    for name, role, unit in (
        ("mei", "handler", PLACE),
        ("yun", "handler", ELSEWHERE),
        ("ro", "reader", "集团"),
    ):
        assert wb("--as", "zong", "staff", "add", name, "--role", role, "--unit", unit).code == 0
    for by, site in (("mei", PLACE), ("yun", ELSEWHERE)):
        given = ["--site", site, "--phone", "13800138000", "--json"]
        number = wb("--as", by, "record", "--text", "漏水 13912345678", *given).json["number"]
        for act in (
            ["take", number], ["promise", number, "--text", "明天", "--due", "+2h"],
            ["dispatch", number, "--to", "zong", "--text", "请查"], ["callback", number, "--reached", "yes", "--csi", "4"],
            ["compensate", number, "--amount", "10", "--text", "水费"],
        ):  # fmt: skip
            assert wb("--as", by, *act).code == 0, act
    return wb


def sites(path) -> set[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["site"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("what", WHAT)
def test_each_table_holds_what_is_in_sight_and_no_more(house: Run, home, what: str) -> None:
    for person, seen in (("mei", {PLACE}), ("yun", {ELSEWHERE}), ("zong", {PLACE, ELSEWHERE})):
        file = home / "o.csv"
        assert house("--as", person, "export", file, "--what", what, "--raw").code == 0
        assert sites(file) == seen, person


@pytest.mark.parametrize("what", WHAT)
def test_each_table_with_phones_in_full_is_for_whoever_may(house: Run, home, what: str) -> None:
    file = home / "o.csv"
    for person, code in (("mei", 3), ("ro", 3), ("xu", 3), ("zong", 0)):
        ended = house("--as", person, "export", file, "--what", what, "--unmask", "--reason", "查")
        assert ended.code == code, (person, ended.err)
        assert file.exists() == (code == 0)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert house("--as", "ro", "export", home / "r.csv", "--what", what).code == 0  # masked, whoever may read


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["--unit", "集团"], {PLACE, ELSEWHERE}), (["--site", PLACE], {PLACE}), (["--handler", "yun"], {ELSEWHERE}),
        (["--site", PLACE, "--handler", "yun"], set()), (["--month", "2026-11"], {PLACE, ELSEWHERE}),
        (["--month", "2026-10"], set()), (["--unit", "集团", "--month", "2026-11"], {PLACE, ELSEWHERE}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("what", ["cases", "money"])
def test_a_part_of_the_house_and_a_month_can_be_asked_for(house: Run, home, what, words, seen) -> None:
    file = home / "o.csv"
    assert house("--as", "zong", "export", file, "--what", what, "--raw", *words).code == 0
    assert sites(file) == seen
    assert house("--as", "mei", "export", file, "--what", what, "--raw", *words).code == 0
    assert sites(file) == seen & {PLACE}  # whoever reads a unit sees no more by naming another


@pytest.mark.parametrize("words", [["--unit", "nowhere"], ["--unit", "集团", "--site", PLACE],
                                   ["--month", "2026-11", "--from", "2026-11-01"], ["--month", "soon"]])  # fmt: skip
def test_a_part_that_is_not_there_or_said_twice_is_wrong_usage(house: Run, home, words) -> None:
    ended = house("--as", "zong", "export", home / "o.csv", *words)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert not (home / "o.csv").exists()


def test_what_is_only_kept_leaves_in_no_table(house: Run, home) -> None:
    assert house("--as", "zong", "person", "restrict", "13800138000", "--reason", "本人要求").code == 0
    for what in WHAT:
        file = home / "o.jsonl"
        assert house("--as", "zong", "export", file, "--what", what).code == 0
        assert file.read_text("utf-8") == "", what


def test_the_list_says_who_took_what_and_the_summary_counts(house: Run, home) -> None:
    assert house("--as", "zong", "--json", "exports", "list").json == []
    house("--as", "mei", "export", home / "masked.csv")
    words = ["--unmask", "--reason", "法院", "--where", "kind=complaint", "--from", "2026-11-01"]
    assert house("--as", "zong", "export", home / "o.xlsx", "--what", "clocks", *words).code == 0
    [entry] = house("--as", "zong", "--json", "exports", "list").json
    assert {name: entry[name] for name in ("by", "what", "filter", "rows", "people", "unmasked", "file", "reason")} == {
        "by": "zong", "what": "clocks", "filter": "--where kind=complaint --from 2026-11-01", "rows": 2, "people": 1,
        "unmasked": True, "file": "o.xlsx", "reason": "法院",
    }  # fmt: skip
    shown = house("--as", "zong", "exports", "list").out
    assert "zong" in shown
    assert "clocks" in shown
    assert house("--as", "zong", "summary", "--json").json["exports"] == {"n": 1, "with_phones": 1}
    assert house("--as", "zong", "summary", "--date", "2026-11-20", "--json").json["exports"] == {
        "n": 0, "with_phones": 0,
    }  # fmt: skip


def test_a_person_given_out_stands_in_the_list_too(house: Run, home) -> None:
    assert house("--as", "zong", "person", "export", "13800138000", home / "p.json").code == 0
    [entry] = house("--as", "zong", "--json", "exports", "list").json
    assert (entry["what"], entry["unmasked"], entry["file"]) == ("person", True, "p.json")


def test_the_list_is_for_whoever_may_read_the_log(house: Run, monkeypatch) -> None:
    monkeypatch.setattr("workbench.desk.Desk.owns_store", lambda self: False)
    assert house("--as", "mei", "exports", "list").code == 3
    assert house("--as", "zong", "exports", "list").code == 0


def test_the_answer_counts_cases_and_rows(house: Run, home) -> None:
    told = house("--as", "zong", "export", home / "o.csv", "--what", "promises", "--json").json
    assert (told["what"], told["cases"], told["rows"]) == ("promises", 2, 2)


def test_an_unknown_table_is_wrong_usage(house: Run, home) -> None:
    ended = house("--as", "zong", "export", home / "o.csv", "--what", "event")
    assert (ended.code, "--what" in ended.err, "events" in ended.err) == (2, True, True)


def test_progress_is_for_a_terminal_only(house: Run, home, monkeypatch) -> None:
    assert "\r" not in house("--as", "zong", "export", home / "o.csv").err
    monkeypatch.setattr(sys.stderr.__class__, "isatty", lambda self: True, raising=False)
    assert "\r2 of 2 cases\n" in house("--as", "zong", "export", home / "o.csv").err


def test_ctrl_c_ends_with_130_and_leaves_nothing_half(house: Run, home) -> None:
    file = home / "o.csv"
    file.write_text("old")
    script = "\n".join((
        "import os, signal, sys",
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell behind which tests run ignores it",
        "from workbench.exchange import case_pages",
        "whole = case_pages.across",
        "def slow(*given):",
        "    for page in whole(*given):",
        "        yield page",
        "        os.kill(os.getpid(), signal.SIGINT)",
        "case_pages.across = slow",
        "from workbench.__main__ import main",
        f"sys.exit(main(['--as', 'zong', 'export', {str(file)!r}]))",
    ))  # fmt: skip
    process = start([sys.executable, "-c", script], stdout=PIPE, stderr=PIPE)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in said) == (130, False)
    assert file.read_text() == "old"
    assert [one.name for one in home.iterdir() if one.name.endswith(".tmp")] == []
