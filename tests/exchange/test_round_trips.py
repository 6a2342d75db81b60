"""A file that export wrote comes back by import as it went out, whatever its form and its language."""

import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from desks import Bench, Clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.test_export import wish
from tests.exchange.test_shields import CELLS
from workbench import words
from workbench.exchange import importing, mapping_file, own, vocabulary
from workbench.exchange.export import export
from workbench.exchange.sniff import sniff
from workbench.exchange.suggest import suggest

FORMS = [("o.csv", False), ("o.csv", True), ("o.jsonl", False), ("o.xlsx", False), ("o.xlsx", True)]
SAME = (
    "kind", "category", "channel", "text", "people", "claim", "impact", "flags", "fault", "mood", "remedy_sought",
    "site", "unit", "customer", "phone", "handler", "outcome", "resolution", "accepted",
)  # fmt: skip


@pytest.fixture(params=words.LANGUAGES)
def language(request):
    before = words.language()
    words.use(request.param)
    yield request.param
    words.use(before)


def brought(bench: Bench, path: Path):
    desk = bench.desk()
    file = sniff(path)
    policy = desk.rules().policy
    known = vocabulary.of_policy(policy)
    text = suggest(file, path.stem, policy.zone, known)
    return importing.run(importing.Job(desk, file, mapping_file.parse(text, "own", file.headers, known)))


def lived(bench: Bench) -> None:
    """Cases that a spreadsheet would spoil, open and closed."""
    hostile = {
        "text": "=1+1\n'=2\n3-1", "customer": "00123", "unit": "3-1", "site": "'1/2", "phone": "+86 13800138000",
        "remedy_sought": "1E5", "claim": "123456789012.50", "flag": "media march", "people": "10", "mood": "2",
        "impact": "partly", "kind": "repair", "channel": "wechat", "category": "construction-quality",
    }  # fmt: skip
    case = bench.record(received="2026-11-20 23:30", **hostile)
    bench.act(case, "take")
    done = bench.record(
        kind="inquiry", text="''-5", unit="2026-11-02", customer="上午9:30", phone="123456789012"
    )
    bench.clock.pass_(hours=2, seconds=7)
    bench.act(done, "close", outcome="@ok\n00", resolution="limited", accepted="yes")
    third = bench.record(kind="inquiry", text="x")
    bench.act(third, "close", outcome="好", resolution="none", accepted="no", next="可以找集团")


def facts_of(bench: Bench) -> list[dict[str, object]]:
    path = bench.path.with_name("facts.jsonl")
    export(bench.desk(), path, wish(bench, unmask=True, reason="test"))
    rows = [json.loads(line) for line in path.read_bytes().splitlines()]
    kept = [
        {name: row[name] for name in SAME}
        | {name: (row[name] or "")[:19] for name in ("received_at", "closed_at")}
        | {"claim": row["claim"] and float(row["claim"])}
        for row in rows
    ]
    return sorted(kept, key=lambda row: (row["received_at"], str(row["text"])))


@pytest.mark.parametrize(("name", "raw"), FORMS)
def test_a_file_comes_back_in_another_house_as_it_went_out(bench, tmp_path, language, name, raw) -> None:
    lived(bench)
    export(bench.desk(), tmp_path / name, wish(bench, raw=raw, unmask=True, reason="test"))
    other = Bench(tmp_path / "other.db", Clock(bench.clock()))
    words.use("en" if language == "zh" else "zh")  # whoever reads it speaks another language
    assert brought(other, tmp_path / name).json() == {
        "read": 3, "added": 3, "updated": 0, "unchanged": 0, "rejected": 0,
    }  # fmt: skip
    assert facts_of(other) == facts_of(bench)
    assert brought(other, tmp_path / name).unchanged == 3


@pytest.mark.parametrize(("name", "raw"), FORMS)
def test_a_file_changes_nothing_where_it_came_from(bench, tmp_path, language, name, raw) -> None:
    lived(bench)
    before = facts_of(bench)
    export(bench.desk(), tmp_path / name, wish(bench, raw=raw))  # phones masked: they must not come back so
    assert brought(bench, tmp_path / name).json() == {
        "read": 3, "added": 0, "updated": 0, "unchanged": 3, "rejected": 0,
    }  # fmt: skip
    assert facts_of(bench) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(texts=st.lists(CELLS, min_size=4, max_size=4), raw=st.booleans())
def test_every_text_comes_back_sign_by_sign(tmp_path_factory, texts, raw) -> None:
    folder = tmp_path_factory.mktemp("round")
    bench = Bench(folder / "a.db", Clock())
    bench.record(
        **dict(zip(("customer", "site", "unit", "remedy_sought"), texts, strict=True)), text=f"x{texts[0]}"
    )
    export(bench.desk(), folder / "o.csv", wish(bench, raw=raw, unmask=True, reason="test"))
    other = Bench(folder / "b.db", Clock())
    assert brought(other, folder / "o.csv").added == 1
    assert facts_of(other) == facts_of(bench)


def test_times_of_a_workbook_come_back_to_the_second(bench, tmp_path) -> None:
    dice, start = Random(5), int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
    for _ in range(200):
        at = datetime.fromtimestamp(start + dice.randrange(200_000_000), UTC)
        bench.record(received=at.isoformat())
    export(bench.desk(), tmp_path / "o.xlsx", wish(bench))
    other = Bench(tmp_path / "other.db", Clock(bench.clock()))
    assert brought(other, tmp_path / "o.xlsx").added == 200
    assert [row["received_at"] for row in facts_of(other)] == [row["received_at"] for row in facts_of(bench)]


def test_a_file_of_somebody_else_is_not_taken_for_ours() -> None:
    assert own.own_of(["编号", "受理时间", "内容"], [["1", "2026-11-02", "x"]]) is None
    assert own.own_of(["number", "received_at"], []) is None
    assert own.own_of(["number", "received_at", "text", "more"], []) is None
    assert own.own_of(["编号", "受理时间", "内容"], [["A261121-00013", "2026-11-02", "x"]]) is not None


def test_lines_that_are_no_objects_are_refused_with_their_number(bench, tmp_path) -> None:
    bench.record()
    export(bench.desk(), tmp_path / "o.jsonl", wish(bench))
    with (tmp_path / "o.jsonl").open("a", encoding="utf-8") as file:
        file.write('[1]\n{"number": \n')
    counts = brought(Bench(tmp_path / "other.db", Clock()), tmp_path / "o.jsonl")
    assert (counts.read, counts.rejected, [line for line, _said in counts.faults]) == (3, 2, [2, 3])
