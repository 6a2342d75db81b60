"""A disk that fills in a later batch: what is in the store stays, is told, and is not taken twice."""

from contextlib import contextmanager

import pytest

from storage.check import check
from tests.exchange.conftest import HEADER, Importer
from tests.exchange.test_importing import line
from workbench.domain.errors import StoreFullError
from workbench.exchange import importing


@contextmanager
def room_for(importer: Importer, pages: int):
    """Let the store grow by ``pages`` only: SQLite reports this limit and a full disk as the same."""
    store = importer.bench.store
    with store._lent() as db:
        db.value(f"PRAGMA max_page_count = {db.value('PRAGMA page_count') + pages}")
        store._idle.append(db)
        yield
        store._idle.remove(db)
        db.value("PRAGMA max_page_count = 1000000")


def test_what_was_written_before_the_disk_filled_is_told_and_importing_again_completes_it(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 20)
    path = importer.write("big.csv", HEADER, *(line(id=n, text="漏水" * 900) for n in range(200)))
    with room_for(importer, 250), pytest.raises(StoreFullError) as full:
        importer.run(path)
    [(stored,)] = importer.all("SELECT count(*) FROM cases")
    assert 0 < stored < 200
    assert full.value.exit_code == 7
    assert str(full.value).startswith(
        f"The disk is full; this was not written. Free some space and try again. {stored} rows of the file"
    )
    assert "nothing was changed" not in str(full.value)
    again = importer.run(path)
    assert (again.added, again.unchanged) == (200 - stored, stored)
    assert check(importer.bench.store, importer.bench.desk().rules_in).as_dict()["problems"] == []


def test_a_disk_that_is_full_at_once_has_no_rows_to_tell_of(importer: Importer) -> None:
    path = importer.write("big.csv", HEADER, *(line(id=n, text="漏水" * 900) for n in range(200)))
    with room_for(importer, 3), pytest.raises(StoreFullError, match=r"try again\.$"):
        importer.run(path)
    assert importer.all("SELECT 1 FROM event WHERE case_id > 0") == []
