"""Search by number, name, phone, unit and words of any length: tokens find, folded text verifies.

A document is the words of one entry. They stand in the entry and nowhere else: ``search_doc`` says which
entries have some and were not taken back. An act writes no tokens: these follow in steps (``settle``), of
which the sweep makes large ones. Documents above the newest with tokens are looked at one by one, and where
nobody sweeps the acts themselves keep them few, each with a small step.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.json import decode

from storage.engine import Db, Row
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.initials import runs
from workbench.domain.regexes import later
from workbench.domain.text import door, fold, phone_key
from workbench.domain.tokens import LONGEST_RUN, query, tokens
from workbench.domain.undone import taken_back

PAGE, LONG_PAGE = 200, 1000
NUMBER_ONLY = later(r"[+\d][\d\s()-]{6,}")  # as people write phone numbers
# where the library cuts words as we do, and one run is the whole word: what its index finds is there
_AS_INDEXED = later(f"[0-9a-z\u4e00-\u9fff]{{1,{LONGEST_RUN}}}")
_PARTS = later(r'["“]([^"“”]+)["”]|(\S+)')
END = (1 << 63) - 1
SIGNS_AMONG = 2_000  # newest documents in which signs alone are looked for: no index has them
WORDS_OF_AN_ACT = ("text", "outcome", "next", "reason", "remedy_sought")
# beside those, in this order, which is that of the index
_OF_A_CHANGE = ("customer", "phone", "site", "unit", "phone_key")
OF_WHOM: Mapping[str, tuple[str, ...]] = {
    acts.RECORD.id: ("number", "customer", "phone", "phone_key", "site", "unit", "external_id"),
    acts.CORRECT.id: _OF_A_CHANGE, acts.AMEND.id: _OF_A_CHANGE, acts.COMPLAINANT.id: _OF_A_CHANGE,
}  # fmt: skip
NAMES = ("customer", "site")  # which are found by their initials too
ADD_DOC = "INSERT INTO search_doc (doc_id, site_id) VALUES (?, ?)"
ADD_TOKENS = "INSERT INTO search_token (rowid, tokens) VALUES (?, ?)"
DROP_TOKENS = "INSERT INTO search_token (search_token, rowid, tokens) VALUES ('delete', ?, ?)"
BY_TOKENS = """
    SELECT e.event_no, e.case_id, {held} FROM search_token
      JOIN event e ON e.event_no = search_token.rowid
     WHERE search_token MATCH :match AND search_token.rowid < :below AND e.site_id = :site_id
     ORDER BY search_token.rowid DESC LIMIT :page
"""
BY_SCAN = """
    SELECT d.doc_id, e.case_id, e.act, e.data FROM search_doc d JOIN event e ON e.event_no = d.doc_id
     WHERE d.doc_id < :below AND d.doc_id > :above AND d.site_id = :site_id
     ORDER BY d.doc_id DESC LIMIT :page
"""
NEWEST_WITH_TOKENS = "SELECT max(id) FROM search_token_docsize"
NEWEST = "SELECT max(doc_id) FROM search_doc"
LAST_OF_NEWEST = "SELECT doc_id FROM search_doc ORDER BY doc_id DESC LIMIT 1 OFFSET ?"
WAITING = """
    SELECT count(*) FROM (
        SELECT 1 FROM search_doc
         WHERE doc_id > coalesce((SELECT max(id) FROM search_token_docsize), 0) LIMIT ?)
"""
WITHOUT_TOKENS = """
    SELECT d.doc_id, e.act, e.data FROM search_doc d JOIN event e ON e.event_no = d.doc_id
     WHERE d.doc_id > ? ORDER BY d.doc_id LIMIT ?
"""
OF_ENTRY = """
    SELECT d.doc_id, e.act, e.data FROM event e JOIN search_doc d ON d.doc_id = e.event_no
     WHERE e.site_id = ? AND e.case_id = ? AND e.seq = ?
"""
MERGE = "INSERT INTO search_token (search_token, rank) VALUES ('merge', ?)"
MOST_WAITING = 256  # documents without tokens: a search reads their entries in some 10 ms
EVERY = 8  # entries: so many documents an act gives tokens at most, when too many wait
STEP, WORTH_A_STEP = 256, 64  # of the sweep
PAGES_IN_ACT, PAGES_IN_STEP = 24, 250  # that are merged


def document(act: str, data: Mapping[str, Any]) -> str:
    """Return the folded words of an entry that can be searched, with initials; empty if it has none."""
    return fold("\n".join([*_as_typed(act, data), *_initials(act, data)]))


def has_document(act: str, data: Mapping[str, Any]) -> bool:
    """Say whether an entry has words that can be searched, without folding all of them."""
    if act == acts.RECORD.id and data.get("number"):  # it is found by that
        return True
    words = _as_typed(act, data)
    return len(words) > 1 or any(map(fold, "".join(words)))


def _as_typed(act: str, data: Mapping[str, Any]) -> list[str]:
    words = [str(data[name]) for name in WORDS_OF_AN_ACT if data.get(name)]
    if named := OF_WHOM.get(act):
        known = {**data, "phone_key": phone_key(str(data.get("phone") or ""))}
        words += [str(known.get(name) or "") for name in named]
    if act in (acts.APPROVE.id, acts.REQUEST_APPROVAL.id):
        words.append(str(data["asked"].get("outcome") or ""))
    return [word for word in words if word]


def _initials(act: str, data: Mapping[str, Any]) -> list[str]:
    """Return the initials of the names that an entry gives, as ``workbench.domain.initials``."""
    if act not in OF_WHOM:
        return []
    return [run for name in NAMES if data.get(name) for run in runs(str(data[name]))]


def words_of(act: str, data: str | None) -> str:
    """Return the ``document`` of an entry as it is stored.

    What cannot be read has no words: it was tampered with, and the check names it.
    """
    try:
        return document(act, decode(data or "{}"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""


def add(db: Db, case: Case, new: list[Event], numbers: list[int]) -> None:
    """Store the documents of new events; ``numbers`` are their event numbers."""
    for event, number in zip(new, numbers, strict=True):
        for seq in taken_back(event):
            _drop(db, case, seq)
        if event.act != acts.UNDO.id and has_document(event.act, event.data):
            db.run(ADD_DOC, (number, case.site_id))
        if number % EVERY == 0 and db.value(WAITING, (MOST_WAITING + 1,)) > MOST_WAITING:
            _give_tokens(db, EVERY)
            db.run(MERGE, (PAGES_IN_ACT,))


def with_tokens(db: Db) -> int:
    """Return the newest document that has tokens: every one before it has them too; 0 for none."""
    return int(db.value(NEWEST_WITH_TOKENS) or 0)


def _give_tokens(db: Db, most: int) -> int:
    """Give tokens to the oldest ``most`` documents that have none; return how many there were."""
    found = db.all(WITHOUT_TOKENS, (with_tokens(db), most))
    db.run_many(ADD_TOKENS, [(doc_id, tokens(words_of(*held))) for doc_id, *held in found])
    return len(found)


def settle(db: Db) -> bool:
    """Give tokens to many documents and merge the index; return whether more are waiting.

    Runs inside a write transaction, of which it makes a short one.
    """
    if int(db.value(NEWEST) or 0) - with_tokens(db) < WORTH_A_STEP:
        return False
    given = _give_tokens(db, STEP)
    db.run(MERGE, (PAGES_IN_STEP,))
    return given == STEP


def catch_up(db: Db) -> None:
    """Give tokens to every document that has none: behind them others will be added with theirs."""
    while _give_tokens(db, STEP):
        pass


def add_many(db: Db, site_id: int, docs: Sequence[tuple[int, str]]) -> None:
    """Store documents newer than all others, with their tokens: number of the entry, folded words."""
    catch_up(db)
    db.run_many(ADD_DOC, [(doc_id, site_id) for doc_id, _ in docs])
    db.run_many(ADD_TOKENS, [(doc_id, tokens(folded)) for doc_id, folded in docs])


def change(db: Db, doc_id: int, before: str, after: str) -> None:
    """Follow an entry of which only ``after`` is left (folded, as ``before``), where it has a document."""
    if db.one("SELECT 1 FROM search_doc WHERE doc_id = ?", (doc_id,)):
        if doc_id <= with_tokens(db):
            db.run(DROP_TOKENS, (doc_id, tokens(before)))
            db.run(ADD_TOKENS, (doc_id, tokens(after)))
        if not after:
            drop(db, doc_id, after)


def drop(db: Db, doc_id: int, folded: str) -> None:
    """Take a document away, with its tokens where it has them; ``folded`` are its words."""
    if doc_id <= with_tokens(db):
        db.run(DROP_TOKENS, (doc_id, tokens(folded)))
    db.run("DELETE FROM search_doc WHERE doc_id = ?", (doc_id,))


def _drop(db: Db, case: Case, seq: int) -> None:
    if row := db.one(OF_ENTRY, (case.site_id, case.case_id, seq)):
        doc_id, *held = row
        drop(db, doc_id, words_of(*held))


def words(text: str) -> list[str]:
    """Return what has to be found, folded: each word, or what stands in quotes; a phone number is its digits.

    A number that is written with blanks is one.
    """
    folded = fold(door(text)).strip()
    if NUMBER_ONLY.fullmatch(folded) and phone_key(folded):
        return [phone_key(folded)]
    found = [quoted or plain for quoted, plain in _PARTS.findall(folded)]
    each = (phone_key(part) if NUMBER_ONLY.fullmatch(part) and phone_key(part) else part for part in found)
    return list(dict.fromkeys(filter(None, each)))


def only_signs(text: str) -> bool:
    """Say that there is something to be found, and no index for it."""
    wanted = words(text)
    return bool(wanted) and not any(map(query, wanted))


def case_ids(db: Db, site_id: int, text: str) -> Iterator[int]:
    """Yield the keys of the cases that hold ``text``, the newest mention first, each once.

    Of several words each has to stand in one entry, wherever; what is quoted stands there to the letter. For
    each of them the answers are those of a LIKE over the folded text; where all are signs without a letter
    or digit, over that of the newest ``SIGNS_AMONG``.
    """
    wanted = words(text)
    if not wanted:
        return
    seen = set[int]()
    for case_id, folded in _candidates(db, site_id, wanted):
        if case_id not in seen and (folded is None or all(word in folded for word in wanted)):
            seen.add(case_id)
            yield case_id


def _candidates(db: Db, site_id: int, wanted: Sequence[str]) -> Iterator[tuple[int, str | None]]:
    """Yield documents that may hold what is wanted, the newest first: case, and folded text.

    The text is None where the index by itself says that all of it is there.
    """
    match = " AND ".join(found for word in wanted if (found := query(word)))
    newest = with_tokens(db)
    above = newest if match else db.value(LAST_OF_NEWEST, (SIGNS_AMONG,)) or 0
    scanned = {"site_id": site_id, "above": above, "below": END}
    yield from _read(_pages(db, BY_SCAN, scanned))
    if match:
        given = {"site_id": site_id, "match": match, "below": newest + 1}
        if all(_AS_INDEXED.fullmatch(word) for word in wanted):
            yield from ((case_id, None) for case_id, *_ in _pages(db, BY_TOKENS.format(held="1"), given))
        else:
            yield from _read(_pages(db, BY_TOKENS.format(held="e.act, e.data"), given))


def _read(found: Iterable[Row]) -> Iterator[tuple[int, str]]:
    return ((case_id, words_of(act, data)) for case_id, act, data in found)


def _pages(db: Db, sql: str, given: dict[str, Any]) -> Iterator[Row]:
    most = PAGE
    while True:
        page = db.all(sql, given | {"page": most})
        yield from (row[1:] for row in page)
        if len(page) < most:
            return
        given["below"] = page[-1][0]
        most = LONG_PAGE  # whoever reads on may read to the end
