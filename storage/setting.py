"""The rows of what the store keeps of itself, a text by its name: few, and read at once in a unit of work.

Those whose names begin with ``LONG`` are large, and read one by one.
"""

from storage.engine import Db

LONG = "policy_form "
ALL = f"SELECT site_id, key, value FROM setting WHERE key NOT GLOB '{LONG}*'"  # noqa: S608 (our name)
ONE = "SELECT value FROM setting WHERE site_id = ? AND key = ?"


def get(db: Db, site_id: int, key: str) -> str:
    """Return a setting, or an empty text."""
    if key.startswith(LONG) or not db.in_unit:
        return str(db.value(ONE, (site_id, key)) or "")
    if db.settings is None:
        db.settings = {(site, name): str(value) for site, name, value in db.all(ALL)}
    return db.settings.get((site_id, key), "")


def put(db: Db, site_id: int, key: str, value: str) -> None:
    """Store a setting."""
    db.settings = None
    db.run(
        "INSERT INTO setting (site_id, key, value) VALUES (?, ?, ?)"
        " ON CONFLICT (site_id, key) DO UPDATE SET value = excluded.value",
        (site_id, key, value),
    )
