"""What an entry takes on the disk: a third less than in schema 3."""

import gzip
from pathlib import Path

from storage_support import raw

from storage.store import Store


def bytes_of(db, entries):
    """Return the bytes of all texts and blobs of the first ``entries`` entries."""
    columns = [row[1] for row in db.all("PRAGMA table_info(event)")]
    each = " + ".join(
        f"CASE WHEN typeof({name}) IN ('text', 'blob') THEN length(CAST({name} AS BLOB)) ELSE 0 END"
        for name in columns
    )
    return db.value(f"SELECT sum({each}) FROM event WHERE event_no <= ?", (entries,))


def test_the_entries_of_an_older_store_take_a_third_less_than_they_did(tmp_path):
    path = tmp_path / "third.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "schema_3.db.gz").read_bytes()))
    with raw(path) as db:
        entries = db.value("SELECT count(*) FROM event")
        before = bytes_of(db, entries)
    Store(path).close()
    with raw(path) as db:
        after = bytes_of(db, entries)
    assert entries == 49
    assert after * 3 <= before * 2, (before, after)
