"""Many writes in one transaction: all of them, or none."""

import pytest

from workbench.actions import doing


def counted(bench):
    with bench.store.reading() as db:
        return db.value("SELECT count(*) FROM cases")


def test_writes_that_belong_together_are_seen_together(bench):
    from workbench.desk import Desk

    def both(joined):
        desk = Desk(joined, "mei", bench.clock)
        case = doing.record(desk, {"text": "a"})
        doing.do(desk, "take", case.case_id, {})
        assert desk.case(case.case_id).handler == "mei"
        assert counted(bench) == 0

    bench.store.write_together(both)
    assert counted(bench) == 1


def test_one_that_fails_takes_all_back(bench):
    from workbench.desk import Desk

    def fails(joined):
        doing.record(Desk(joined, "mei", bench.clock), {"text": "a"})
        raise KeyError("x")

    with pytest.raises(KeyError):
        bench.store.write_together(fails)
    assert counted(bench) == 0
