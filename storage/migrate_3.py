"""From schema 2 to 3: what follows from a customer's word, from being passed on, and from whose turn it is.

New columns stand at the end of their table, as SQLite adds them, so that an upgraded store and a new one are
the same to the letter. ``FILLED`` gives them what folding the timelines gives.
"""

from typing import Any

ADDED: tuple[tuple[str, str], ...] = (("policy", "grammar INTEGER"),)  # table, column as it is declared
MADE: tuple[str, ...] = ()  # tables and indexes
# statements that write what the old entries say into the new columns
FILLED: tuple[str, ...] = ("UPDATE policy SET grammar = 1",)


def upgrade(database: Any) -> None:
    """Bring a store of schema 2 to schema 3; inside the transaction of the caller."""
    for table, column in ADDED:
        database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in (*MADE, *FILLED):
        database.execute(statement)
