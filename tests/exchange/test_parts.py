"""What belongs to cases leaves as tables of its own, masked and guarded as cases are."""

import csv
import io
import json

import pytest
from desks import Bench

from tests.exchange.test_export import wish
from workbench.exchange.export import export
from workbench.exchange.parts import PARTS, WHAT
from workbench.reports.case_json import as_json


def lived(bench: Bench):
    """A case with something in every table."""
    case = bench.record(text="打 13912345678\n=1", site="金色家园", phone="13800138000")
    bench.act(case, "take")
    bench.act(case, "promise", text="明天打 13912345678", due="+2h")
    bench.act(case, "dispatch", to="工程部", text="请查 13912345678")
    bench.act(case, "compensate", amount="120.50", text="赔打 13912345678")
    bench.clock.pass_(hours=1)
    bench.act(case, "callback", reached="yes", csi="4", nps="9", text="3-1")
    return bench.now(case)


def table(bench: Bench, path, what: str, **more):
    export(bench.desk(), path, wish(bench, what=what, **more))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_each_table_has_the_rows_that_the_case_has(bench, tmp_path) -> None:
    case = lived(bench)
    with bench.store.reading() as db:
        desk = bench.desk()
        timeline = desk.timeline(case.case_id)
        told = as_json(case, timeline, desk.now(), desk.rules_in(db, case.policy))
    found = {what: table(bench, tmp_path / f"{what}.jsonl", what) for what in PARTS}
    assert {len(rows) for rows in found.values()} != {0}
    for what, rows in found.items():
        assert rows, what
        assert {row["number"] for row in rows} == {case.number}
        assert {row["site"] for row in rows} == {"金色家园"}
    same = {"clocks": ("state", "due_at", "overdue"), "duties": ("kind", "owner", "text", "due_at", "state"),
            "promises": ("text", "due_at", "state")}  # fmt: skip
    for what, names in same.items():
        assert [[row[name] for name in names] for row in found[what]] == [
            [each[name] for name in names] for each in told[what]
        ]
    assert [(row["seq"], row["act"], row["by"]) for row in found["events"]] == [
        (each["seq"], each["act"], each["by"]) for each in told["timeline"]
    ]
    assert [row["data"] for row in found["events"]] == [each["data"] for each in told["timeline"]]
    [call] = found["callbacks"]
    assert (call["reached"], call["csi"], call["nps"], call["still_a_problem"]) == (True, 4, 9, False)
    [sum_] = found["money"]
    assert (sum_["amount"], sum_["state"]) == ("120.50", told["compensation"][0]["state"])


@pytest.mark.parametrize("what", PARTS)
@pytest.mark.parametrize("name", ["o.csv", "o.jsonl"])
@pytest.mark.parametrize("raw", [False, True])
def test_phones_are_masked_in_every_table_unless_they_are_asked_for(bench, tmp_path, what, name, raw) -> None:
    lived(bench)
    assert table(bench, tmp_path / name, what, raw=raw)
    text = (tmp_path / name).read_text("utf-8-sig")
    assert "13912345678" not in text
    assert "13800138000" not in text
    table(bench, tmp_path / name, what, raw=raw, unmask=True)
    full = (tmp_path / name).read_text("utf-8-sig")
    assert ("13912345678" in full) == (
        what in ("events", "duties", "promises", "money")
    )  # else nothing was hidden


def test_for_people_they_are_in_words_and_local_time_and_guarded(bench, tmp_path) -> None:
    lived(bench)
    [call] = table(bench, tmp_path / "o.csv", "callbacks")
    told = {name: call[name] for name in ("When", "Reached", "Satisfaction", "Still a problem", "Text")}
    assert told == {
        "When": "2026-11-21 13:00:00", "Reached": "yes", "Satisfaction": "4", "Still a problem": "no", "Text": "'3-1",
    }  # fmt: skip
    first, *_ = table(bench, tmp_path / "o.csv", "events")
    assert (first["Act"], first["When"]) == ("Recorded", "2026-11-21 12:00:00")
    assert first["Text"] == "打 139****5678\n'=1"
    clock, *_ = table(bench, tmp_path / "o.csv", "clocks")
    assert (clock["Clock"], clock["State"], clock["Overdue"], clock["Due"]) == (
        "Response", "running", "no", "2026-11-21 15:00:00",
    )  # fmt: skip


def test_a_workbook_of_sums_sums(bench, tmp_path) -> None:
    from python_calamine import CalamineWorkbook

    lived(bench)
    export(bench.desk(), tmp_path / "o.xlsx", wish(bench, what="money", columns=("number", "amount", "at")))
    _head, row = CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()
    assert row[1] == 120.5
    assert f"{row[2]:%Y-%m-%d %H:%M}" == "2026-11-21 12:00"


def test_a_call_that_was_taken_back_was_none(bench, tmp_path) -> None:
    case = bench.record()
    bench.act(case, "callback", reached="yes", csi="1")
    bench.act(case, "undo")
    assert table(bench, tmp_path / "o.jsonl", "callbacks") == []
    assert len(table(bench, tmp_path / "o.jsonl", "events")) == 3


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("name", ["o.csv", "o.jsonl", "o.xlsx"])
def test_no_cases_give_a_table_without_rows(bench, tmp_path, what, name) -> None:
    assert export(bench.desk(), tmp_path / name, wish(bench, what=what)) == 0


def test_an_unknown_column_names_the_nearest(bench, tmp_path) -> None:
    from workbench.domain.errors import UsageError

    with pytest.raises(UsageError, match="did you mean due_at"):
        export(bench.desk(), tmp_path / "o.csv", wish(bench, what="clocks", columns=("due_a",)))
