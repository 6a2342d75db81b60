"""What an act and a simulation reckon: how often what time brings is looked for, and a timeline is folded."""

import pytest

from storage import cases
from workbench.domain import upcoming
from workbench.domain.times import stamp


@pytest.fixture
def looks(monkeypatch):
    """The looks for what time brings, as they are made."""
    seen = []
    real = upcoming.next_moment

    def look(*given):
        seen.append(given)
        return real(*given)

    monkeypatch.setattr(upcoming, "next_moment", look)
    return seen


def test_an_act_looks_for_what_time_brings_once_where_nothing_is_due(bench, looks):
    case = bench.record()
    looks.clear()
    bench.act(case, "note", text="x")
    assert len(looks) == 1  # for the row that it leaves


def test_an_act_writes_down_what_is_due_by_the_row(bench, clock, looks):
    """The control: what the row says is due is looked for, and comes before the act."""
    case = bench.record()
    bench.act(case, "pause", until="+2d", **{"for": "parts"}, reason="x")
    clock.pass_(hours=49)
    with bench.store.reading() as db:
        assert cases.is_due(cases.stored(db, case.case_id), clock())
    looks.clear()
    bench.act(case, "note", text="x")
    assert len(looks) > 1
    assert [event.act for event in bench.desk().timeline(case.case_id)][-2:] == ["resume", "note"]


def test_a_row_is_due_from_its_moment_on_and_never_without_one(bench, clock):
    now = clock()
    assert cases.is_due({"watch_at": stamp(now)}, now)
    assert not cases.is_due({"watch_at": stamp(now)[:-8] + "999999Z"}, now)
    assert not cases.is_due({"watch_at": None}, now)
