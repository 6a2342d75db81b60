"""A store that was multiplied is found, sorted and searched like one that was told."""

from pathlib import Path

import pytest

from storage import search
from storage.engine import connect
from tests.bench import grow
from tests.bench.places import Effort, Places

BASE, TIMES = 40, 3


def test_every_case_stands_many_times_with_a_key_and_a_number_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grow, "BASE", BASE)
    places = Places(tmp_path, BASE * TIMES, Effort.ONCE)
    few, many = connect(places.store(BASE), read_only=True), connect(grow.grow(places), read_only=True)
    for table in grow.OF_A_CASE:
        counted = f"SELECT count(*) FROM {table} WHERE case_id > 0"
        assert many.value(counted) == few.value(counted) * TIMES, table
    in_order = [row[0] for row in many.all("SELECT received_at FROM cases ORDER BY case_id")]
    assert in_order == sorted(in_order)
    site_id = many.value("SELECT site_id FROM cases")
    for case_id, number in many.all("SELECT case_id, number FROM cases"):
        assert list(search.case_ids(many, site_id, number)) == [case_id]
    assert len(list(search.case_ids(many, site_id, "漏水"))) == TIMES * len(
        list(search.case_ids(few, site_id, "漏水"))
    )
    assert many.value("PRAGMA integrity_check") == "ok"
    for db in (few, many):
        db.connection.close()
