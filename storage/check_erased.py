"""Which entries may have lost what they held: those that an erasure in the house log names, and no others.

What is left of an entry (``data`` without ``salt``) is what the erasure says by its digest; the digest of
what it held before stays in the chain.
"""

from collections.abc import Mapping
from hashlib import sha256

from storage import house
from storage.engine import Db
from workbench.domain.house import ERASE

Lawful = Mapping[tuple[int, int], str | None]  # case key (0: the house) and seq: digest of what is left


def lawful(db: Db, site_id: int) -> Lawful:
    """Return the entries that the house log names as erased; a later erasure counts."""
    found: dict[tuple[int, int], str | None] = {}
    for told in house.entries(db, site_id, (ERASE,)):
        named = told.data.get("entries")
        for key, entries in named.items() if isinstance(named, dict) else ():
            for seq, left in entries.items() if isinstance(entries, dict) else ():
                found[int(key), int(seq)] = left
    return found


def fits(left: str | None, data: str | None) -> bool:
    """Say whether ``data`` is what an erasure left of an entry; ``left`` is the digest it named."""
    return left == (None if data is None else left_digest(data))


def left_digest(data: str) -> str:
    """Return the digest by which an erasure names what it left of an entry, hexadecimal."""
    return sha256(data.encode()).hexdigest()
