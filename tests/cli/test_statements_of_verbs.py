"""How many statements a verb asks of the store, whatever that holds: each costs a process as the first of its kind."""

import pytest

from storage import engine, store

# verb: (statements at most, words)
MOST = {
    "show": (27, ["--read-only", "show", "N"]),
    "show --json": (27, ["--read-only", "show", "N", "--json"]),
    "note": (37, ["note", "N", "--text", "已联系客户"]),
    "list": (31, ["--read-only", "list", "--limit", "20"]),
    "list --json": (28, ["--read-only", "list", "--limit", "20", "--json"]),
}


@pytest.fixture
def asked(monkeypatch):
    """What is asked of the store by connections that are opened from now on, once they are set up."""
    found: list[str] = []

    def connect(*given, **more):
        db = engine.connect(*given, **more)
        db.connection.set_trace_callback(found.append)
        return db

    monkeypatch.setattr(store, "connect", connect)
    return found


def statements(asked, wb, words):
    """Run a verb and return what it asked; what the library asks itself stands behind two dashes."""
    asked.clear()
    assert wb(*words).code == 0
    return [" ".join(each.split()) for each in asked if not each.startswith("--")]


@pytest.mark.parametrize("verb", MOST)
def test_no_verb_asks_more_of_the_store_than_it_did(wb, recorded, asked, verb):
    most, words = MOST[verb]
    said = [recorded if word == "N" else word for word in words]
    first = statements(asked, wb, said)
    assert 0 < len(first) <= most, first
    for _ in range(5):
        wb("record", "--text", "厨房漏水", "--site", "金色家园")
    assert len(statements(asked, wb, said)) <= most
