"""Search by number, name, phone, unit and words of any length: tokens find, folded text verifies."""

from collections.abc import Iterator

from storage.engine import Db
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.regexes import later
from workbench.domain.text import door, fold, phone_key
from workbench.domain.tokens import query, tokens
from workbench.domain.undone import taken_back

PAGE, LONG_PAGE = 200, 1000
NUMBER_ONLY = later(r"[+\d][\d\s()-]{6,}")  # as people write phone numbers
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
     WHERE doc_id < :below AND site_id = :site_id ORDER BY doc_id DESC LIMIT :page
"""


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
            db.run(ADD_TOKENS, (number, tokens(folded)))


def _drop(db: Db, case: Case, seq: int) -> None:
    row = db.one(
        "SELECT d.doc_id, d.folded FROM event e JOIN search_doc d ON d.doc_id = e.event_no"
        " WHERE e.site_id = ? AND e.case_id = ? AND e.seq = ?",
        (case.site_id, case.case_id, seq),
    )
    if row:
        db.run(DROP_TOKENS, (row[0], tokens(row[1])))
        db.run("DELETE FROM search_doc WHERE doc_id = ?", (row[0],))


def _sought(text: str) -> str:
    """Return the folded words to look for; a phone number is looked for as its digits alone."""
    folded = fold(door(text)).strip()
    return phone_key(folded) if NUMBER_ONLY.fullmatch(folded) and phone_key(folded) else folded


def case_ids(db: Db, site_id: int, text: str) -> Iterator[int]:
    """Yield the keys of the cases that hold ``text``, the newest mention first, each once.

    The answers are those of a LIKE over the folded text.
    """
    wanted = _sought(text)
    if not wanted:
        return
    match = query(wanted)
    sql = BY_TOKENS if match else BY_SCAN
    below, seen = (1 << 63) - 1, set[int]()
    most = PAGE
    while True:
        page = db.all(sql, {"match": match, "below": below, "site_id": site_id, "page": most})
        for _, case_id, folded in page:
            if wanted in folded and case_id not in seen:
                seen.add(case_id)
                yield case_id
        if len(page) < most:
            return
        below = page[-1][0]
        most = LONG_PAGE  # whoever reads on may read to the end
