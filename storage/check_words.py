"""The search index against the documents that it was made from.

The index is read word by word, the documents one by one, and both add up to a sum for each of 65,536
groups of words; only where the sums differ is each document looked up by itself.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, cycle
from zlib import crc32

from storage import search
from storage.check_report import Ordered, Problem, note
from storage.engine import Db, Row
from workbench.domain.tokens import terms
from workbench.words import N_, Said

GROUPS = 1 << 16
ROW_PRIME, PLACE_PRIME = 1_000_003, 4093
PLACES = range(1, PLACE_PRIME + 1)
VOCABULARY = "CREATE VIRTUAL TABLE temp.search_word USING fts5vocab('main', 'search_token', 'instance')"
INDEXED = f"""
    SELECT term, sum((doc % {ROW_PRIME} + 1) * ("offset" % {PLACE_PRIME} + 1)), count(*)
      FROM temp.search_word GROUP BY term
"""  # noqa: S608 (numbers of ours)
DOCS = """
    SELECT d.doc_id, e.act, e.data FROM search_doc d LEFT JOIN event e ON e.event_no = d.doc_id
     ORDER BY d.doc_id
"""
SIZES = "SELECT id FROM search_token_docsize ORDER BY id"
LOST_DOCS = """
    SELECT d.doc_id FROM search_doc d LEFT JOIN event e ON e.event_no = d.doc_id
     WHERE coalesce(e.case_id, 0) = 0 ORDER BY d.doc_id
"""
OF_NO_CASE = N_("A search entry belongs to no case (key {key}).")


def words(db: Db) -> Iterator[Problem]:
    """Yield documents that the search index does not have as they are, and what it has besides."""
    indexed = Ordered(db.stream(SIZES))
    sums = [0] * GROUPS
    newest = search.with_tokens(db)
    for doc in db.stream(DOCS):
        if doc[0] > newest:  # it is given its tokens later
            break
        for (extra,) in indexed.before(doc[0]):
            yield note(Said(N_("The search index has an entry {key} that is not there."), key=extra))
        if not indexed.at(doc[0]):
            yield _missing(db, doc)
            continue
        _add(sums, doc[0], _terms(doc))
    for (extra,) in indexed.before(1 << 63):
        yield note(Said(N_("The search index has an entry {key} that is not there."), key=extra))
    yield from _differing(db, sums)


def _terms(doc: Row) -> list[str]:
    """Return what the index has to hold of a document, as ``DOCS`` reads it."""
    _, act, data = doc
    return terms(search.words_of(act, data))


def lost(db: Db) -> Iterator[Problem]:
    """Yield search texts of entries that are not there."""
    for (key,) in db.stream(LOST_DOCS):
        yield note(Said(OF_NO_CASE, key=key))


def _missing(db: Db, doc: Row) -> Problem:
    found = db.one(
        "SELECT c.number, e.seq FROM event e JOIN cases c ON c.case_id = e.case_id WHERE e.event_no = ?",
        (doc[0],),
    )
    number, seq = found or (None, None)
    return note(Said(N_("The search index lacks the words of the entry.")), number, seq)


@lru_cache(1 << 16)
def _group_of(term: str) -> int:
    """Return the group of a word."""
    return crc32(term.encode()) % GROUPS


def _add(sums: list[int], doc_id: int, listed: list[str]) -> None:
    weight = doc_id % ROW_PRIME + 1
    for group, place in zip(map(_group_of, listed), cycle(PLACES), strict=False):
        sums[group] += weight * place + 1


def _differing(db: Db, sums: list[int]) -> Iterator[Problem]:
    db.run("PRAGMA query_only = OFF")  # for the temporary view of the index; the store itself is only read
    db.run(VOCABULARY)
    try:
        for term, total, count in db.stream(INDEXED):
            group = _group_of(term)
            sums[group] -= total + count
    finally:
        db.run("DROP TABLE temp.search_word")
    if any(sums):
        found = list(_faulty(db, sums))
        named = chain(found, () if found else (note(Said(N_("The search index differs from the texts."))),))
        yield from named


def _faulty(db: Db, sums: list[int]) -> Iterator[Problem]:
    """Yield the documents whose words the index does not have in their order."""
    for doc in db.stream(DOCS):
        if doc[0] > search.with_tokens(db):
            return
        listed = _terms(doc)
        if not any(sums[_group_of(term)] for term in listed):
            continue
        match = '"' + " ".join(listed) + '"'
        sql = "SELECT 1 FROM search_token WHERE search_token MATCH ? AND rowid = ?"
        if db.value(sql, (match, doc[0])) is None:
            yield _missing(db, doc)
