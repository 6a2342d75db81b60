"""The index is tried with the real FTS5 against LIKE, which is what people expect of a search."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine import sqlite
from workbench.domain import tokens as tokens_module
from workbench.domain.text import fold
from workbench.domain.tokens import LONGEST_RUN, MOST_RUNS, TOKENIZER, query, tokens

ALPHABET = "漏水业主反映了a1Bé ，-'\"*\u0301\u3000Ａｂ𠮷ー々ß"
TEXTS = st.lists(st.text(ALPHABET, max_size=12), min_size=1, max_size=8)
QUERIES = st.text(ALPHABET, min_size=1, max_size=6)


def index(texts, tokenized=tokens):
    db = sqlite.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE search USING fts5(tokens, content='', tokenize=\"{TOKENIZER}\")")
    db.executemany(
        "INSERT INTO search (rowid, tokens) VALUES (?, ?)",
        [(at, tokenized(fold(t))) for at, t in enumerate(texts)],
    )
    return db


def found(db, texts, words):
    """Search as the store does: the index finds, the folded text decides."""
    expression = query(words)
    assert expression is not None
    hits = [row for (row,) in db.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,))]
    return {row for row in hits if fold(words) in fold(texts[row])}


def like(texts, words):
    return {at for at, text in enumerate(texts) if fold(words) in fold(text)}


@settings(max_examples=400)
@given(TEXTS, QUERIES)
def test_the_index_finds_what_like_finds(texts, words):
    if query(words) is None:
        assert tokens(fold(words)) == ""
        return
    assert found(index(texts), texts, words) == like(texts, words)


@settings(max_examples=200)
@given(st.text(ALPHABET, min_size=1, max_size=60), st.data())
def test_every_piece_of_a_text_finds_it(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    piece = folded[start : data.draw(st.integers(start, len(folded)))]
    if query(piece) is not None and piece in fold(text) and fold(piece) == piece:
        assert found(index([text]), [text], piece) == {0}


def test_without_the_last_character_the_same_trial_finds_a_miss():
    texts = ["卫生间漏"]

    def pairs_only(text):
        return " ".join(token for token in tokens(text).split(" ") if len(token) == 2)

    assert found(index(texts), texts, "漏") == {0}
    assert found(index(texts, pairs_only), texts, "漏") != like(texts, "漏")


def test_without_the_tokenizer_option_the_same_trial_finds_a_miss():
    texts = ["résumé", "resume"]
    db = sqlite.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE search USING fts5(tokens)")
    db.executemany("INSERT INTO search (rowid, tokens) VALUES (?, ?)", enumerate(map(tokens, texts)))
    hits = {row for (row,) in db.execute("SELECT rowid FROM search WHERE search MATCH ?", (query("é"),))}
    assert hits == {0, 1}, "FTS5 strips accents unless told not to"
    assert found(index(texts), texts, "é") == {0}


def test_every_indexed_character_comes_out_of_fts5_as_it_went_in():
    characters = [
        character
        for character in map(chr, range(0x110000))
        if tokens_module._RUN.fullmatch(character) and fold(character) == character
    ]
    assert len(characters) > 100_000
    db = index(characters, lambda character: character * 2)
    db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(search, instance)")
    stored = dict(db.execute("SELECT doc, term FROM vocabulary"))
    assert [c for at, c in enumerate(characters) if stored.get(at) != c * 2] == []


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("漏水了", "漏水 水了 了"),
        ("Ａ座3楼", "a座 座3 3楼 楼"),
        ("Wi-Fi", "wi i fi i"),
        ("漏", "漏"),
        ("，！ \x00", ""),
        ("", ""),
    ],
)
def test_a_text_becomes_pairs_and_last_characters(text, indexed):
    assert tokens(fold(text)) == indexed


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("漏", '"漏"*'),
        ("漏水", '"漏水"'),
        ("漏水了", '"漏水 水了"'),
        ("A座 漏水", '"a座 座 漏水"'),  # the first run has ended
        ("漏 水", '"漏"'),  # the second may go on
        ('" OR *', '"or"'),
        ("，", None),
        ("", None),
        ("\x00\ud800", None),
    ],
)
def test_a_query_becomes_phrases(words, expression):
    assert query(words) == expression


def test_a_query_of_any_length_is_answered():
    long_run = "漏水" * 3000
    many_runs = " ".join(chr(0x4E00 + at) for at in range(3000))
    texts = [long_run, many_runs, "漏水 乁 一"]
    db = index(texts)
    assert found(db, texts, long_run) == {0}
    assert found(db, texts, many_runs) == {1}
    assert query(long_run).count(" ") == LONGEST_RUN - 2
    assert query(many_runs).count(" ") == MOST_RUNS - 2
