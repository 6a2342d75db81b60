"""Draws the pictures of the README anew from the demonstration: PYTHONPATH=. python tests/picture.py."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from screens.picture import svg
from storage.store import Store
from workbench import words
from workbench.demo import demo
from workbench.desk import Desk

DOCS = Path(__file__).parent.parent / "docs"
EVENING = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
ROWS_DOWN = ("j",) * 3


def draw(language: str, file: Path) -> None:
    """Write the queue of the demonstration to ``file``, in ``language``."""
    words.use(language)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        person = demo.build(path, EVENING)
        desk = Desk(Store(path), person, lambda: EVENING)
        file.write_text(svg(desk, (120, 34), ROWS_DOWN), encoding="utf-8")
        desk.store.close()


if __name__ == "__main__":
    draw("en", DOCS / "queue.svg")
    draw("zh", DOCS / "queue.zh.svg")
