"""A file changes what its source owns; on a case that people have acted on it adds words and asks for a look."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange.conftest import SMALL, Importer, small_row
from organisation_support import furnished

from storage import queues
from storage.check import check
from storage.queues import View
from workbench.domain.cases import Case
from workbench.reports import desk as decisions

FULL = SMALL.replace(
    'phone = "phone"', 'phone = "phone"\nhandler = "handler"\nflags = "flags"\npeople = "people"'
)
HEADER = "id,received,text,customer,phone,due,closed,outcome,replied,reply,handler,flags,people"
ROW = {
    "id": "1", "received": "2026-11-01 09:00:00", "text": "厨房漏水", "customer": "张三", "phone": "13800138000",
    "due": "2026-11-02 09:00:00", "flags": "media", "people": "12",
}  # fmt: skip


@pytest.fixture
def importer(bench, tmp_path: Path) -> Iterator[Importer]:
    yield Importer(furnished(bench), tmp_path)
    assert check(bench.store, bench.desk().rules_in).problems == []


def taken(importer: Importer, **cells: str) -> Case:
    """Import the row with these cells, and return its case."""
    values = ROW | cells
    line = ",".join(values.get(name, "") for name in HEADER.split(","))
    counts = importer.run(importer.write("rows.csv", HEADER, line), FULL, person="zong")
    assert counts.rejected == 0, counts.faults
    [(key,)] = importer.all("SELECT case_id FROM cases")
    return importer.bench.desk("zong").case(key)


CHANGED = {
    "closing": {"closed": "2026-11-03 10:00:00", "outcome": "修好了"},
    "level": {"flags": "", "people": "1"},
    "handler": {"handler": "bo"},
    "customer": {"customer": "李四", "phone": "13900139000"},
    "times": {"due": "2026-12-02 09:00:00", "received": "2026-11-05 09:00:00"},
}
KEPT = (
    "status",
    "severity",
    "handler",
    "customer",
    "phone",
    "clocks",
    "received_at",
    "outcome",
    "flags",
    "people",
)


@pytest.mark.parametrize("what", CHANGED)
def test_nothing_changes_on_a_case_that_somebody_has_touched_and_somebody_owes_a_look(importer, what):
    before = importer.bench.act(taken(importer), "take", "mei")
    promised = importer.bench.act(before, "promise", "mei", text="明天修好", due="+1d")
    after = taken(importer, **CHANGED[what])
    assert {name: getattr(after, name) for name in KEPT} == {name: getattr(promised, name) for name in KEPT}
    assert [(duty.kind, duty.owner) for duty in after.owed()] == [("promise", "mei"), ("look", "mei")]


@pytest.mark.parametrize("what", CHANGED)
def test_nobody_has_touched_it_so_that_it_follows_its_file(importer, what):
    before = taken(importer)
    after = taken(importer, **CHANGED[what])
    assert any(getattr(after, name) != getattr(before, name) for name in KEPT)
    assert after.owed("look") == ()


@pytest.mark.parametrize("what", CHANGED)
def test_the_same_file_again_says_nothing_new(importer, what):
    importer.bench.act(taken(importer), "note", "mei", text="已联系")
    after = taken(importer, **CHANGED[what])
    assert taken(importer, **CHANGED[what]).version == after.version


def test_a_look_by_somebody_is_no_act(importer):
    importer.bench.act(taken(importer), "reveal", "mei")
    assert not taken(importer, **CHANGED["closing"]).unsolved


def test_what_was_only_said_stands_in_the_queue_and_on_the_desk_until_it_is_answered(importer):
    case = importer.bench.act(taken(importer), "take", "mei")
    importer.bench.clock.pass_(hours=1)
    case = taken(importer, **CHANGED["closing"])
    entry = importer.bench.desk().timeline(case.case_id)[-1]
    assert (entry.act, "修好了" in entry.data["text"]) == ("correct", True)
    bench = importer.bench
    with bench.store.reading() as db:
        waiting = list(queues.ids(db, bench.store.site_id, View("waiting-for-us", "mei", bench.clock())))
    assert waiting == [case.case_id]
    assert [row.kind for row in decisions.rows(bench.desk("mei")) if row.section == decisions.MINE] == [
        "look"
    ]
    bench.act(case, "answer", "mei", text="还没修好，继续办")
    with bench.store.reading() as db:
        assert not list(queues.ids(db, bench.store.site_id, View("waiting-for-us", "mei", bench.clock())))


def test_an_entry_that_only_adds_is_added(importer):
    importer.bench.act(taken(importer), "take", "mei")
    case = taken(importer, replied="2026-11-03 10:00:00", reply="已回电")
    assert [event.act for event in importer.bench.desk().timeline(case.case_id)][-1] == "reply"
    assert case.owed("look") == ()


def test_a_case_that_its_source_opens_again_stays_closed_here_and_somebody_looks(importer):
    case = taken(importer, **CHANGED["closing"])
    case = importer.bench.act(case, "note", "mei", text="客户很满意")
    after = taken(importer)
    assert (after.unsolved, len(after.owed("look"))) == (False, 1)


def test_a_dry_run_says_that_the_case_would_change(importer):
    importer.bench.act(taken(importer), "take", "mei")
    line = small_row(1, "2026-11-03 10:00:00", "修好了")
    assert importer.small(line, dry_run=True, person="zong").updated == 1
