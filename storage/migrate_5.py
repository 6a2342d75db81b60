"""From schema 4 to 5: nights that stand; who was asked first is told by an index."""

from typing import Any

MADE: tuple[str, ...] = (  # tables and indexes
    """CREATE TABLE night (
        site_id INTEGER NOT NULL, day TEXT NOT NULL, made_at TEXT NOT NULL, actor TEXT NOT NULL,
        head INTEGER NOT NULL, printed TEXT NOT NULL, last BLOB NOT NULL, digest BLOB NOT NULL,
        PRIMARY KEY (site_id, day))""",
    "DROP INDEX queue_handler",
    "CREATE INDEX queue_handler ON cases (site_id, handler, due_key, severity, received_at, case_id, status,"
    " first_asked) WHERE status <> 'done'",
)


def upgrade(database: Any) -> None:
    """Bring a store of schema 4 to schema 5; inside the transaction of the caller."""
    for statement in MADE:
        database.execute(statement)
