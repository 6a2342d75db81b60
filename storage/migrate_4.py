"""From schema 3 to 4: the evidence. A digest in each entry, hashes as bytes, a timeline of the house.

The event table is written anew: an entry's hash comes to cover the digest of what it holds, so that who,
when and what of an erased entry cannot be altered, and the hash before it is not stored twice. The old chain
and the old seals are verified on the way; what did not fit stands in the house log for ever, since the new
chain would hide it. A seal that was kept elsewhere is worked out again from the entries.
"""

import json
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

ADDED: tuple[tuple[str, str], ...] = (  # table, column as it is declared
    ("cases", "head BLOB"),
    ("cases", "restricted_at TEXT"),
    ("staff", "login TEXT"),
    ("campaign_contact", "restricted_at TEXT"),
)
DROPPED = (
    ("cases", "head"),  # as text
    ("cases", "gist"),  # the first words of the text
    ("clock", "target_seconds"),
    ("clock", "started_at"),
)
MADE: tuple[str, ...] = (  # tables and indexes
    "CREATE INDEX event_in_doubt ON event (site_id, event_no) WHERE timed = 'doubt' OR read_at IS NOT NULL",
    "CREATE INDEX case_restricted ON cases (site_id, phone_key) WHERE restricted_at IS NOT NULL",
)
SHORTER: tuple[str, ...] = (  # indexes that had the key of the case twice
    "CREATE INDEX queue_live ON cases (site_id, due_key, severity, received_at) WHERE status <> 'done'",
    "CREATE INDEX queue_callbacks ON cases (site_id, due_key, severity, received_at) WHERE status = 'closed'",
    "CREATE INDEX queue_waiting ON cases (site_id, pause_until, severity, received_at)"
    " WHERE status = 'waiting'",
    "CREATE INDEX queue_hot ON cases (site_id, due_key, severity, received_at)"
    " WHERE status <> 'done' AND hot = 1",
    "CREATE INDEX queue_will_be_hot ON cases (site_id, hot_at) WHERE hot_at IS NOT NULL",
    "CREATE INDEX queue_promises ON cases (site_id, promise_due_at, severity, received_at)"
    " WHERE promise_due_at IS NOT NULL",
    "CREATE INDEX queue_waiting_for_us ON cases (site_id, waits_since, severity, received_at)"
    " WHERE waits_since IS NOT NULL",
    "CREATE INDEX case_done ON cases (site_id, done_at) WHERE status = 'done'",
    "CREATE INDEX case_phone ON cases (site_id, phone_key) WHERE phone_key <> ''",
    "CREATE INDEX case_place ON cases (site_id, site, unit) WHERE unit <> ''",
    "CREATE INDEX case_part ON cases (site_id, part_of) WHERE part_of IS NOT NULL",
)
FILLED: tuple[str, ...] = (  # statements that write what the old entries say into the new columns
    "INSERT INTO search_token (search_token, rank) VALUES ('automerge', 0)",
    "UPDATE cases SET head = (SELECT e.hash FROM event e WHERE e.site_id = cases.site_id"
    " AND e.case_id = cases.case_id ORDER BY e.seq DESC LIMIT 1)",
    "UPDATE clock SET due_at = NULL WHERE stopped_at IS NOT NULL",
    "UPDATE cases SET due_key = '9999' WHERE next_due_at IS NULL",  # sorts behind every due time
    # nobody can tell by which clock they were made: they count as the machine's own
    "INSERT INTO setting (site_id, key, value) SELECT site_id, 'clock', '{\"newest\": \"' || max(at) || '\"}'"
    " FROM event WHERE case_id <> 0 GROUP BY site_id",
)
SEARCH = (  # which entries have words: the words themselves stand in the entries
    "ALTER TABLE search_doc RENAME TO search_doc_3",
    "CREATE TABLE search_doc (doc_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL)",
    "INSERT INTO search_doc (doc_id, site_id) SELECT doc_id, site_id FROM search_doc_3 ORDER BY doc_id",
)
EVENT = """CREATE TABLE event (
        event_no INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, case_id INTEGER NOT NULL,
        seq INTEGER NOT NULL, op_id BLOB NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,
        hash BLOB NOT NULL, seal BLOB, data TEXT, salt BLOB, digest BLOB,
        typed_by TEXT, read_at TEXT, timed TEXT)"""
INDEXES = (
    "CREATE UNIQUE INDEX event_of_case ON event (site_id, case_id, seq)",
    "CREATE INDEX event_at ON event (site_id, at, act)",
    "CREATE UNIQUE INDEX event_recorded ON event (site_id, op_id) WHERE act = 'record'",
)
OLD = """
    SELECT event_no, site_id, case_id, seq, op_id, at, actor, act, data, salt, prev, hash, seal
      FROM event_3 ORDER BY event_no
"""
WRITE = """
    INSERT INTO event (event_no, site_id, case_id, seq, op_id, at, actor, act, data, salt, digest, hash, seal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SITE = "SELECT cast(value AS INTEGER) FROM setting WHERE key = 'site_id'"
SETTINGS = "SELECT key, value FROM setting WHERE key IN ('code', 'site_id')"
# what the house did before it had a timeline, in the order of its times
HOUSE = """
    SELECT at, actor, what, 'list', before, after, NULL FROM list_log
     UNION ALL
    SELECT at, actor, 'calendar set', 'calendar', calendar, day, json_array(works, name) FROM calendar_log
     UNION ALL
    SELECT at, actor, 'policy use', 'policy', name, text, json_array(version, grammar) FROM policy
     ORDER BY at
"""
# the lists as they were found, by the names and keys under which the fold of the house log has them
FOUND = {
    "calendar_day": (2, "SELECT calendar, day, works, name, at, actor FROM calendar_day"),
    "staff": (
        1, "SELECT name, role, active, unit, post, step, away_from, away_until, substitute FROM staff"),
    "unit": (
        1, "SELECT name, tier, parent FROM unit UNION ALL SELECT name, NULL, parent FROM site"),
    "wave": (
        1, "SELECT wave, site, category, since, until, reason, at, actor, withdrawn_at, withdrawn_by"
        " FROM wave"),
    "surge": (
        1, "SELECT warning, subject, site, category, fact, at, state, decided_at, decided_by, reason, owner,"
        " due_at, answered_at, answered_by, answer FROM warning WHERE case_id IS NULL"),
    "campaign": (
        1, "SELECT campaign, name, kind, by_day, at, actor, closed_at, closed_by FROM campaign"),
}  # fmt: skip
OF_CUSTOMERS = (
    ("campaign contact", "SELECT campaign, contact, identity, customer, phone, site, unit, consent, at,"
     " actor AS by FROM campaign_contact ORDER BY campaign, contact"),
    ("campaign call", "SELECT campaign, contact, entry, at, actor AS by, act, reached, csi, nps, mood, text,"
     " again_at, case_id FROM campaign_call ORDER BY campaign, contact, entry"),
)  # fmt: skip
BATCH = 5_000
SEAL_EVERY = 16  # entries, of which one keeps its seal
OP_ID = re.compile("[0-9a-f]{32}")
MOST_NAMED = 100  # faults of the old chain that are named; all are counted


class _Fact(NamedTuple):
    """One thing that befell the house before."""

    at: str
    by: str
    act: str
    data: dict[str, Any]


def upgrade(database: Any) -> None:
    """Bring a store of schema 3 to schema 4; inside the transaction of the caller."""
    database.execute("ALTER TABLE event RENAME TO event_3")
    database.execute("DROP INDEX event_of_case")
    database.execute("DROP INDEX event_at")
    database.execute(EVENT)
    end = _Writer(database)
    faults = end.rewrite()
    for statement in INDEXES:
        database.execute(statement)
    for table, column in DROPPED:
        database.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table, column in ADDED:
        database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    end.tell_the_house(faults)
    for statement in SHORTER:
        database.execute(f"DROP INDEX {statement.split()[2]}")
    for statement in (*SHORTER, *MADE, *FILLED, *SEARCH):
        database.execute(statement)
    for table in ("event_3", "search_doc_3", "list_log", "calendar_log"):
        database.execute(f"DROP TABLE {table}")


class _Writer:
    """Writes the entries anew, and those of the house behind them."""

    def __init__(self, database: Any) -> None:
        self.database = database
        self.number, self.seal = 0, bytes(32)
        self.old_seal = "0" * 64
        self.heads: dict[int, bytes] = {}
        self.rows: list[tuple[Any, ...]] = []

    def rewrite(self) -> list[int]:
        """Write every entry; return the numbers of those that did not fit into the old chain."""
        faults: list[int] = []
        last: dict[int, str] = {}
        for row in self.database.execute(OLD):
            case_id = row[2]
            data, salt, prev, link, seal = row[8:13]
            fits = row[0] == self.number + 1 and prev == last.get(case_id, "0" * 64)
            fits = fits and _old_hash(row) in (link, None)
            expected = sha256(f"{self.old_seal}{link}".encode()).hexdigest()
            if not fits or seal != expected:
                faults.append(row[0])
            last[case_id], self.old_seal = link, seal
            self.number = row[0]
            entry = (*row[1:4], _short(row[4]), *row[5:8])
            self._write(entry, data, bytes.fromhex(salt) if salt else None)
        self._flush()
        return faults

    def tell_the_house(self, faults: list[int]) -> None:
        """Write the timeline of the house: what its lists and policies tell, and that it was brought here."""
        site_id = next(self.database.execute(SITE), (None,))[0]
        if site_id is None:  # killed in the middle of init
            return
        entries, seal = self.number, self.old_seal
        facts = [_house_fact(row) for row in self.database.execute(HOUSE).fetchall()]
        own = dict(self.database.execute(SETTINGS).fetchall())
        first = facts[0] if facts else _Fact("1970-01-01T00:00:00.000000Z", "system", "", {})
        told = {"site_id": site_id, "code": own.get("code", "")}
        facts.insert(0, _Fact(first.at, first.by, "init", told))
        told = {"schema": 4, "entries": entries, "seal": seal, "faults": len(faults),
                "named": faults[:MOST_NAMED], "found": self._found()}  # fmt: skip
        facts.append(_Fact(facts[-1].at, "system", "upgrade", told))
        for seq, fact in enumerate(chain(facts, self._of_customers(facts[-1].at)), 1):
            self.number += 1
            op_id, data = os.urandom(16), json.dumps(fact.data, ensure_ascii=False)
            self._write((site_id, 0, seq, op_id, fact.at, fact.by, fact.act), data, os.urandom(16))
        self._flush()

    def _found(self) -> dict[str, list[Any]]:
        """Return the lists as they stand: what was there before anybody wrote down how they change."""
        found: dict[str, list[Any]] = {}
        for name, (length, sql) in FOUND.items():
            rows = list(_named(self.database.execute(sql)))
            kept = [(list(row.values())[:length], row) for row in rows]
            if name == "calendar_day":
                kept = [(key, {n: row[n] for n in ("works", "name", "at", "actor")}) for key, row in kept]
            if name == "staff":
                kept = [(key, row | {"active": bool(row["active"])}) for key, row in kept]
            found[name] = kept
        return found

    def _of_customers(self, at: str) -> Iterator[_Fact]:
        """Yield the customers of the campaigns and their calls, which bring their times along."""
        for act, sql in OF_CUSTOMERS:
            for row in _named(self.database.execute(sql)):
                yield _Fact(at, "system", act, row)

    def _write(self, entry: tuple[Any, ...], data: str | None, salt: bytes | None) -> None:
        site_id, case_id, seq, op_id, at, by, act = entry
        digest = sha256((salt or b"") + (data or "").encode()).digest()
        op = op_id.hex() if isinstance(op_id, bytes) else f"text:{op_id}"
        body = f"{site_id}|{case_id}|{seq}|{op}|{at}|{act}|||0||{by}"
        link = sha256(self.heads.get(case_id, bytes(32)) + digest + body.encode()).digest()
        self.seal = sha256(self.seal + link).digest()
        self.heads[case_id] = link
        kept = None if self.number % SEAL_EVERY else self.seal
        self.rows.append((self.number, *entry, data, salt, None if salt else digest, link, kept))
        if len(self.rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self.database.conn.executemany(WRITE, self.rows)
        self.rows.clear()


def _short(op_id: str) -> bytes | str:
    """Return the id of an act as 16 bytes, which is how its digits were made; another text as it is."""
    digits = OP_ID.fullmatch(op_id)
    return bytes.fromhex(op_id) if digits else op_id


def _named(cursor: Any) -> Iterator[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _old_hash(row: tuple[Any, ...]) -> str | None:
    """Return what the old hash of an entry must be; None for one that was erased, which nobody can tell."""
    _, site_id, case_id, seq, op_id, at, by, act, data, salt, prev, _, _ = row
    if data is None or salt is None:
        return None
    body = f"{site_id}|{case_id}|{seq}|{op_id}|{at}|{act}|{by}|{data}"
    inner = sha256(f"{salt}{body}".encode()).digest()
    return sha256(prev.encode() + inner).hexdigest()


def _house_fact(row: tuple[Any, ...]) -> _Fact:
    at, by, act, kind, one, two, three = row
    if kind == "list":
        data = {"before": json.loads(one) if one else None, "after": json.loads(two) if two else None}
    elif kind == "calendar":
        works, name = json.loads(three)
        data = {"calendar": one, "day": two, "works": bool(works), "name": name}
    else:
        version, grammar = json.loads(three)
        data = {"version": version, "name": one, "grammar": grammar,
                "digest": sha256(two.encode()).hexdigest()}  # fmt: skip
    return _Fact(at, by, act, data)
