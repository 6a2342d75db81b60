"""Files and mappings in a temporary folder, imported into the store of ``bench``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desks import Bench

from storage.engine import Row
from workbench.exchange import importing, mapping_file, sniff, vocabulary
from workbench.exchange.counts import Counts

MAPPINGS = Path(__file__).parent.parent / "mappings"
SMALL = """
source = "small"
[times]
formats = "%Y-%m-%d %H:%M:%S"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
customer = "customer"
phone = "phone"
[target]
column = "due"
[closing]
at = "closed"
outcome = "outcome"
[[entries]]
act = "reply"
at = "replied"
text = "reply"
"""
HEADER = "id,received,text,customer,phone,due,closed,outcome,replied,reply"
ROW = "{id},2026-11-01 09:00:00,厨房漏水,张三,13800138000,2026-11-02 09:00:00,{closed},{outcome},,"


def small_row(row_id: object, closed: str = "", outcome: str = "") -> str:
    """Return a line of a file that ``SMALL`` maps."""
    return ROW.format(id=row_id, closed=closed, outcome=outcome)


class Importer:
    """Imports files that a test writes."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.bench = bench
        self.folder = folder

    def write(self, name: str, *lines: str, encoding: str = "utf-8") -> Path:
        """Write a file of lines."""
        path = self.folder / name
        path.write_bytes("\n".join([*lines, ""]).encode(encoding))
        return path

    def job(self, path: Path, mapping: Path | str = SMALL, person: str = "mei", **more: Any) -> importing.Job:
        """Return the import of ``path`` by a mapping file, or by its text."""
        desk = self.bench.desk(person)
        known = vocabulary.of_policy(desk.rules().policy)
        text = mapping if isinstance(mapping, str) else mapping.read_text(encoding="utf-8")
        file = sniff.sniff(path)
        return importing.Job(desk, file, mapping_file.parse(text, "test.toml", file.headers, known), **more)

    def run(self, path: Path, mapping: Path | str = SMALL, **more: Any) -> Counts:
        """Import ``path``."""
        return importing.run(self.job(path, mapping, **more))

    def small(self, *rows: str, **more: Any) -> Counts:
        """Import rows of the small file."""
        return self.run(self.write("small.csv", HEADER, *rows), **more)

    def all(self, sql: str) -> list[Row]:
        """Read the store."""
        with self.bench.store.reading() as db:
            return db.all(sql)

    def verdicts(self, clock: str = "target") -> dict[str, int]:
        """Return how many clocks of an id stand in which state."""
        rows = self.all(f"SELECT state, count(*) FROM clock WHERE clock = '{clock}' GROUP BY state")
        return {row[0]: row[1] for row in rows}


@pytest.fixture
def importer(bench: Bench, tmp_path: Path) -> Importer:
    return Importer(bench, tmp_path)


Make = Callable[..., Path]
