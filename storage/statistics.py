"""Statistics of tables, which no store keeps: every plan is the one that was tested.

SQLite plans by them where somebody has run ANALYZE, and nobody runs it again: figures of a store of three
cases make it read a million rows one by one. Where they are fresh it plans anew at every value that is bound,
which costs an act more than they give.
"""

from storage.engine import Db
from workbench.domain.errors import StoreBusyError

KEPT = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'sqlite\\_stat_' ESCAPE '\\'"


def forget(db: Db) -> bool:
    """Take away what an ANALYZE has left; return whether there was anything.

    ``db`` has it in mind until it is closed.
    """
    if not db.all(KEPT):
        return False
    try:
        db.run("BEGIN IMMEDIATE")
    except StoreBusyError:
        return False  # whoever opens the store next does it
    for (name,) in db.all(KEPT):
        db.run(f"DROP TABLE {name}")
    db.run("COMMIT")
    return True
