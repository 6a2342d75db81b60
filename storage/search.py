"""Search by number, name, phone, unit and words of any length: tokens find, folded text verifies.

An act writes the document of its entry and no tokens: these follow in steps (``settle``), of which the sweep
makes large ones. Documents above the newest with tokens are looked at one by one, and where nobody sweeps the
acts themselves keep them few, each with a small step.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from storage.engine import Db, Row
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.regexes import later
from workbench.domain.text import door, fold, phone_key
from workbench.domain.tokens import query, tokens
from workbench.domain.undone import taken_back

PAGE, LONG_PAGE = 200, 1000
NUMBER_ONLY = later(r"[+\d][\d\s()-]{6,}")  # as people write phone numbers
_PARTS = later(r'["“]([^"“”]+)["”]|(\S+)')
END = (1 << 63) - 1
WORDS_OF_AN_ACT = ("text", "outcome", "next", "reason", "remedy_sought")
ADD_DOC = "INSERT INTO search_doc (doc_id, site_id, case_id, folded) VALUES (?, ?, ?, ?)"
ADD_TOKENS = "INSERT INTO search_token (rowid, tokens) VALUES (?, ?)"
DROP_TOKENS = "INSERT INTO search_token (search_token, rowid, tokens) VALUES ('delete', ?, ?)"
BY_TOKENS = """
    SELECT d.doc_id, d.case_id, d.folded FROM search_token
      JOIN search_doc d ON d.doc_id = search_token.rowid
     WHERE search_token MATCH :match AND search_token.rowid < :below AND d.site_id = :site_id
     ORDER BY search_token.rowid DESC LIMIT :page
"""
BY_SCAN = """
    SELECT doc_id, case_id, folded FROM search_doc
     WHERE doc_id < :below AND doc_id > :above AND site_id = :site_id ORDER BY doc_id DESC LIMIT :page
"""
NEWEST_WITH_TOKENS = "SELECT max(id) FROM search_token_docsize"
NEWEST = "SELECT max(doc_id) FROM search_doc"
WITHOUT_TOKENS = "SELECT doc_id, folded FROM search_doc WHERE doc_id > ? ORDER BY doc_id LIMIT ?"
MERGE = "INSERT INTO search_token (search_token, rank) VALUES ('merge', ?)"
MOST_WAITING = 1024  # documents without tokens: a search looks at them in some 3 ms
EVERY = 8  # entries: so many documents an act gives tokens at most, when too many wait
STEP, WORTH_A_STEP = 256, 64  # of the sweep
PAGES_IN_ACT, PAGES_IN_STEP = 24, 250  # that are merged


def document(case: Case, event: Event) -> str:
    """Return the folded words of ``event`` that can be searched; empty if it has none."""
    words = [str(event.data[name]) for name in WORDS_OF_AN_ACT if event.data.get(name)]
    if event.act == acts.RECORD.id:
        words += [case.number, case.customer, case.phone, phone_key(case.phone), case.site, case.unit]
        words += [case.external_id or ""]
    elif event.act in (acts.CORRECT.id, acts.AMEND.id, acts.COMPLAINANT.id):
        words += [str(event.data.get(name) or "") for name in ("customer", "phone", "site", "unit")]
        words += [phone_key(str(event.data.get("phone") or ""))]
    elif event.act in (acts.APPROVE.id, acts.REQUEST_APPROVAL.id):
        words += [str(event.data["asked"].get("outcome") or "")]
    return fold("\n".join(word for word in words if word))


def add(db: Db, case: Case, new: list[Event], numbers: list[int]) -> None:
    """Store the documents of new events; ``numbers`` are their event numbers."""
    for event, number in zip(new, numbers, strict=True):
        for seq in taken_back(event):
            _drop(db, case, seq)
        if event.act != acts.UNDO.id and (folded := document(case, event)):
            db.run(ADD_DOC, (number, case.site_id, case.case_id, folded))
        if number % EVERY == 0 and number - with_tokens(db) > MOST_WAITING:
            _give_tokens(db, EVERY)
            db.run(MERGE, (PAGES_IN_ACT,))


def with_tokens(db: Db) -> int:
    """Return the newest document that has tokens: every one before it has them too; 0 for none."""
    return int(db.value(NEWEST_WITH_TOKENS) or 0)


def _give_tokens(db: Db, most: int) -> int:
    """Give tokens to the oldest ``most`` documents that have none; return how many there were."""
    found = db.all(WITHOUT_TOKENS, (with_tokens(db), most))
    db.run_many(ADD_TOKENS, [(doc_id, tokens(folded)) for doc_id, folded in found])
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


def add_many(db: Db, docs: Sequence[Row]) -> None:
    """Store documents (``ADD_DOC``) newer than all others, with their tokens."""
    catch_up(db)
    db.run_many(ADD_DOC, docs)
    db.run_many(ADD_TOKENS, [(doc[0], tokens(doc[3])) for doc in docs])


def put(db: Db, doc: Row) -> None:
    """Store a document again (``ADD_DOC``) under the number that it had."""
    db.run(ADD_DOC, doc)
    if doc[0] <= with_tokens(db):
        db.run(ADD_TOKENS, (doc[0], tokens(doc[3])))


def drop(db: Db, doc_id: int, folded: str) -> None:
    """Take a document away, with its tokens where it has them."""
    if doc_id <= with_tokens(db):
        db.run(DROP_TOKENS, (doc_id, tokens(folded)))
    db.run("DELETE FROM search_doc WHERE doc_id = ?", (doc_id,))


def _drop(db: Db, case: Case, seq: int) -> None:
    row = db.one(
        "SELECT d.doc_id, d.folded FROM event e JOIN search_doc d ON d.doc_id = e.event_no"
        " WHERE e.site_id = ? AND e.case_id = ? AND e.seq = ?",
        (case.site_id, case.case_id, seq),
    )
    if row:
        drop(db, *row)


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


def case_ids(db: Db, site_id: int, text: str) -> Iterator[int]:
    """Yield the keys of the cases that hold ``text``, the newest mention first, each once.

    Of several words each has to stand in one entry, wherever; what is quoted stands there to the letter. For
    each of them the answers are those of a LIKE over the folded text.
    """
    wanted = words(text)
    if not wanted:
        return
    seen = set[int]()
    for case_id, folded in _candidates(db, site_id, wanted):
        if case_id not in seen and all(word in folded for word in wanted):
            seen.add(case_id)
            yield case_id


def _candidates(db: Db, site_id: int, wanted: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield documents that may hold what is wanted, the newest first: case and folded text."""
    match = " AND ".join(found for word in wanted if (found := query(word)))
    newest = with_tokens(db)
    yield from _pages(db, BY_SCAN, {"site_id": site_id, "above": newest if match else 0, "below": END})
    if match:
        yield from _pages(db, BY_TOKENS, {"site_id": site_id, "match": match, "below": newest + 1})


def _pages(db: Db, sql: str, given: dict[str, Any]) -> Iterator[tuple[int, str]]:
    most = PAGE
    while True:
        page = db.all(sql, given | {"page": most})
        yield from ((case_id, folded) for _, case_id, folded in page)
        if len(page) < most:
            return
        given["below"] = page[-1][0]
        most = LONG_PAGE  # whoever reads on may read to the end
