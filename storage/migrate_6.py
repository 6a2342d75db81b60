"""From schema 5 to 6: names are found by their initials too, in the tokens of the entries that give them.

The words of an entry are those of schema 5, in its own manner; how they are folded and cut may not change
without a migration that makes the index anew (docs/decisions/0006-search.md).
"""

import json
from collections.abc import Mapping
from typing import Any

from workbench.domain.initials import runs
from workbench.domain.text import fold, phone_key
from workbench.domain.tokens import tokens

WORDS = ("text", "outcome", "next", "reason", "remedy_sought")
OF_A_NEW_CASE = ("number", "customer", "phone", "phone_key", "site", "unit", "external_id")
OF_A_CHANGE = ("customer", "phone", "site", "unit", "phone_key")
NAMES = ("customer", "site")
NEWEST = "SELECT max(id) FROM search_token_docsize"
PAGE = """
    SELECT d.doc_id, e.act, e.data FROM search_doc d JOIN event e ON e.event_no = d.doc_id
     WHERE d.doc_id > ? AND d.doc_id <= ? AND e.act IN ('record', 'correct', 'amend', 'complainant')
     ORDER BY d.doc_id LIMIT ?
"""
AT_ONCE = 2_000
DROP = "INSERT INTO search_token (search_token, rowid, tokens) VALUES ('delete', ?, ?)"
ADD = "INSERT INTO search_token (rowid, tokens) VALUES (?, ?)"
MERGE = "INSERT INTO search_token (search_token, rank) VALUES ('merge', 500)"


def upgrade(database: Any) -> None:
    """Bring a store of schema 5 to schema 6; inside the transaction of the caller.

    Entries that wait for their tokens are given them later, with the initials.
    """
    newest = next(database.execute(NEWEST))[0] or 0
    last = 0
    while found := database.execute(PAGE, (last, newest, AT_ONCE)).fetchall():
        last = found[-1][0]
        changed = [(doc_id, *_tokens(act, data)) for doc_id, act, data in found]
        changed = [each for each in changed if each[1] != each[2]]
        database.conn.executemany(DROP, [(doc_id, before) for doc_id, before, _ in changed])
        database.conn.executemany(ADD, [(doc_id, after) for doc_id, _, after in changed])
        database.execute(MERGE)


def _tokens(act: str, data: str | None) -> tuple[str, str]:
    """Return the tokens of an entry without initials, and with them.

    What cannot be read has none: it was tampered with, and the check names it.
    """
    try:
        held = json.loads(data or "{}")
        words = _words(act, held)
        initials = [run for name in NAMES if held.get(name) for run in runs(str(held[name]))]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", ""
    return tokens(fold("\n".join(words))), tokens(fold("\n".join([*words, *initials])))


def _words(act: str, data: Mapping[str, Any]) -> list[str]:
    words = [str(data[name]) for name in WORDS if data.get(name)]
    known = {**data, "phone_key": phone_key(str(data.get("phone") or ""))}
    named = OF_A_NEW_CASE if act == "record" else OF_A_CHANGE
    words += [str(known.get(name) or "") for name in named]
    return [word for word in words if word]
