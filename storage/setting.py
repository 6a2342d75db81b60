"""The rows of what the store keeps of itself, a text by its name."""

from storage.engine import Db


def get(db: Db, site_id: int, key: str) -> str:
    """Return a setting, or an empty text."""
    found = db.value("SELECT value FROM setting WHERE site_id = ? AND key = ?", (site_id, key))
    return str(found or "")


def put(db: Db, site_id: int, key: str, value: str) -> None:
    """Store a setting."""
    db.run(
        "INSERT INTO setting (site_id, key, value) VALUES (?, ?, ?)"
        " ON CONFLICT (site_id, key) DO UPDATE SET value = excluded.value",
        (site_id, key, value),
    )
