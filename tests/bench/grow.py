"""A large store in minutes: one of ten thousand cases, each of them many times over, in the order of time.

What is found, sorted, counted and shown is as in a store that was told case by case; hashes and seals are not,
so that ``check`` finds fault with it. Every case has its own key and number, and is searched by that.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy

from storage import ids, search
from storage.engine import Db, connect
from storage.schema import INDEXES
from tests.bench.places import Places
from tests.bench.stores import COUNT
from workbench.domain.tokens import tokens

BASE = 10_000
KEY = 1 << ids.COUNTER_BITS  # the distance between two keys of the bench's own stores
OF_A_CASE = ("event", "cases", "clock", "duty", "notice", "warning")
ALL = (*OF_A_CASE, "search_doc")
SERIES = "WITH RECURSIVE turn (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM turn WHERE n + 1 < {times})"
NEW_KEY = "(((o.case_id / {key} - 1) * {times} + n + 1) * {key})"
SUBJECT = f"CASE WHEN o.case_id IS NULL THEN o.subject || '/' || n ELSE {NEW_KEY} || substr(o.subject, instr(o.subject, '/')) END"
NEW_ENTRY = "(o.{name} - 1) * {times} + n + 1"
CHANGED = {
    "event": {
        "event_no": NEW_ENTRY.format(name="event_no", times="{times}"), "op_id": "randomblob(16)",
        "seal": "CASE WHEN ((o.event_no - 1) * {times} + n + 1) % 16 = 0 THEN o.hash END",
        "data": "CASE o.act WHEN 'record' THEN renumbered(o.data, n) ELSE o.data END",
    },
    "cases": {"number": "numbered(o.number, n)", "ending": "backwards(numbered(o.number, n))"},
    "warning": {"warning": "(o.warning - 1) * {times} + n + 1", "subject": SUBJECT},
    "search_doc": {"doc_id": NEW_ENTRY.format(name="doc_id", times="{times}")},
}  # fmt: skip
DOCUMENTS = """
    SELECT d.doc_id, e.act, e.data, c.number FROM base.search_doc d
      JOIN base.event e ON e.event_no = d.doc_id JOIN base.cases c ON c.case_id = e.case_id ORDER BY d.doc_id
"""


def grow(places: Places) -> Path:
    """Make the large store of ``places``, whose size is a multiple of ``BASE``; return where it lies."""
    base = places.store(BASE)
    path, part = places.paths(places.size, swept=True)
    copy(base, part)
    with closing(connect(part).connection) as connection:
        _multiply(Db(connection), base, places.size // BASE)
    part.rename(path)
    return path


def _multiply(db: Db, base: Path, times: int) -> None:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000", "foreign_keys = OFF"):
        db.run(f"PRAGMA {pragma}")
    db.run("ATTACH ? AS base", (str(base),))
    _teach(db, times)
    for statement in INDEXES:
        db.run(f"DROP INDEX {statement.split(' ON ')[0].split()[-1]}")
    db.run("BEGIN")
    for table in ALL:
        _copy(db, table, times)
    db.run("INSERT INTO search_token (search_token) VALUES ('delete-all')")
    db.connection.executemany(search.ADD_TOKENS, _documents(db, times))
    db.run("DELETE FROM counter")
    db.run(COUNT)
    db.run("COMMIT")
    for statement in INDEXES:
        db.run(statement)
    db.run("DETACH base")
    db.run("PRAGMA journal_mode = WAL")


def numbered(number: str, turn: int, times: int) -> str:
    """Return the number of the ``turn``-th of the cases that stand for one, of which there are ``times``."""
    day = f"20{number[1:3]}-{number[3:5]}-{number[5:7]}"
    return ids.number(number[0], day, (int(number[8:-1]) - 1) * times + turn + 1)


def _teach(db: Db, times: int) -> None:
    def renumbered(data: str, turn: int) -> str:
        before, mark, after = data.partition('"number":"')
        number, end, rest = after.partition('"')
        return f"{before}{mark}{numbered(number, turn, times)}{end}{rest}"

    teach = db.connection.create_function
    teach("numbered", 2, lambda number, turn: numbered(number, turn, times), deterministic=True)
    teach("renumbered", 2, renumbered, deterministic=True)
    teach("backwards", 1, lambda text: text[::-1], deterministic=True)


def _copy(db: Db, table: str, times: int) -> None:
    names = [row[0] for row in db.all("SELECT name FROM pragma_table_info(?)", (table,))]
    changed = {"case_id": NEW_KEY} | CHANGED.get(table, {})
    made = [changed.get(name, f"o.{name}").format(key=KEY, times=times) for name in names]
    of_cases = "o.case_id > 0" if table in OF_A_CASE else "1"  # the house has one timeline
    db.run(f"DELETE FROM {table} AS o WHERE {of_cases}")
    db.run(
        f"INSERT INTO {table} ({', '.join(names)}) {SERIES.format(times=times)}"
        f" SELECT {', '.join(made)} FROM base.{table} o CROSS JOIN turn WHERE {of_cases}"
    )


def _documents(db: Db, times: int) -> Iterator[tuple[int, str]]:
    for doc_id, act, data, number in db.all(DOCUMENTS):
        words, told = tokens(search.words_of(act, data)), tokens(number.casefold())
        for turn in range(times):
            own = numbered(number, turn, times).casefold()
            yield (doc_id - 1) * times + turn + 1, words.replace(told, tokens(own))
