"""Seals that were printed before schema 4: the chain of that day, worked out again from the entries.

An entry that was erased since cannot be hashed again; whoever erased it left the digest of that day in the
house log (``inner``), and a wrong one gives a wrong seal.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from storage import house
from storage.check_report import Problem, note
from storage.engine import Db, Row
from workbench.domain.house import ERASE, UPGRADE
from workbench.words import N_, Said

NO_HASH = "0" * 64
SCHEMA = 4
ENTRIES = """
    SELECT event_no, site_id, case_id, seq, op_id, at, actor, act, data, salt FROM event
     WHERE event_no <= ? ORDER BY event_no
"""


class Before(NamedTuple):
    """How many entries were there when the chain was made anew, and how many of them did not fit."""

    entries: int
    faults: int
    named: tuple[int, ...]


def before(db: Db, site_id: int) -> Before:
    """Return what the house log says of the chain before; no entries where the store began with schema 4."""
    for told in house.entries(db, site_id, (UPGRADE,)):
        if told.data.get("schema") == SCHEMA:
            return Before(told.data["entries"], told.data["faults"], tuple(told.data["named"]))
    return Before(0, 0, ())


def faults(known: Before) -> Iterator[Problem]:
    """Yield what did not fit when the chain was made anew, which hides it."""
    if known.faults:
        said = N_("{n} entries did not fit when the store was brought to schema 4: {named}")
        yield note(Said(said, n=known.faults, named=", ".join(str(each) for each in known.named)))


def old_seal(db: Db, site_id: int, entries: int) -> str:
    """Return the seal of the first ``entries`` entries as schema 3 worked it out."""
    inner = _inner_of_erased(db, site_id)
    seal, heads = NO_HASH, dict[int, str]()
    for row in db.stream(ENTRIES, (entries,)):
        digest = _digest(row, inner)
        link = sha256(heads.get(row[2], NO_HASH).encode() + digest).hexdigest()
        heads[row[2]] = link
        seal = sha256(f"{seal}{link}".encode()).hexdigest()
    return seal


def inner_digest(row: Row) -> bytes:
    """Return the salted digest of an entry of schema 3; ``row`` as ``ENTRIES`` reads it, not erased."""
    _, site_id, case_id, seq, op_id, at, by, act, data, salt = row
    op = op_id.hex() if isinstance(op_id, bytes) else op_id
    body = f"{site_id}|{case_id}|{seq}|{op}|{at}|{act}|{by}|{data}"
    return sha256(f"{salt.hex()}{body}".encode()).digest()


def _digest(row: Row, inner: Mapping[str, str]) -> bytes:
    if row[8] is None or row[9] is None:
        try:
            return bytes.fromhex(inner.get(str(row[0]), ""))
        except (TypeError, ValueError):
            return b""
    return inner_digest(row)


def _inner_of_erased(db: Db, site_id: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for told in house.entries(db, site_id, (ERASE,)):
        found |= told.data.get("inner", {})
    return found
