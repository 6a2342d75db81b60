"""The answers of the search are those of LIKE over the folded texts, whatever the texts are."""

import random
import re

import pytest

from storage import search
from storage.check import check
from storage.engine import scratch
from workbench.domain.text import fold, phone_key
from workbench.domain.tokens import TOKENIZER
from workbench.watch.sweep import sweep

PARTS = (
    "漏水", "漏", "水管", "厨房", "电梯停运", "３号楼", "1栋2单元", "ABC", "abc", "ＡＢＣ", "Straße", "İstanbul", "ﬁre",
    "13800138000", "138 0013 8000", "100%", "a_b", "\\", "'", '"', "*", "。", "，", " ", "\n", "😀", "𠮷", "㼆", "ㄅ", "가",
    "é", "e\u0301", "OR", "AND", "NEAR", "-", "[/]", "\u202e", "٣", "ไทย", "ЖКХ", "ὈΔΟΣ", "ー", "々", "〇",
)  # fmt: skip


def texts(chance, many, longest):
    return ["".join(chance.choices(PARTS, k=chance.randint(1, longest))) for _ in range(many)]


@pytest.fixture
def beside(filled):
    """The documents as texts of their own, beside the store: entry, case, folded words."""
    texts = scratch()
    texts.run("CREATE TABLE doc (doc_id INTEGER PRIMARY KEY, case_id INTEGER, folded TEXT)")
    with filled.store.reading() as db:
        rows = db.all(
            "SELECT doc_id, case_id, act, data FROM search_doc d JOIN event e ON e.event_no = d.doc_id"
        )
    told = [(doc_id, case_id, search.words_of(act, data)) for doc_id, case_id, act, data in rows]
    texts.run_many("INSERT INTO doc VALUES (?, ?, ?)", told)
    yield texts
    texts.connection.close()


def by_like(texts, text):
    """Return what LIKE finds for each word, or for what stands in quotes, written by hand."""
    whole = fold(text).strip()
    sought = [whole] if is_number(whole) else parts(whole)
    patterns = [f"%{escaped(phone_key(each) if is_number(each) else each)}%" for each in sought]
    like = " AND ".join(["folded LIKE ? ESCAPE '\\'"] * len(patterns))
    rows = texts.all(f"SELECT case_id FROM doc WHERE {like} ORDER BY doc_id DESC", patterns)
    return list(dict.fromkeys(row[0] for row in rows))


def is_number(text):
    """A telephone number is found however it is written."""
    return bool(re.fullmatch(r"[+\d][\d\s()-]{6,}", text) and phone_key(text))


def escaped(text):
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def parts(text):
    found, rest = [], text
    while rest := rest.lstrip():
        end = next((at for at in range(1, len(rest)) if rest[at] in '"”“'), -1) if rest[0] in '"“' else -1
        if end > 1 and rest[end] != "“":
            found.append(rest[1:end])
            rest = rest[end + 1 :]
        else:
            word = re.split(r"\s", rest, maxsplit=1)[0]
            found.append(word)
            rest = rest[len(word) :]
    return found


@pytest.fixture(params=["none", "some", "all", "by acts"])
def filled(request, bench, monkeypatch):
    """Cases and notes of random parts, some of them undone; so many documents have tokens."""
    if request.param == "by acts":
        monkeypatch.setattr(search, "MOST_WAITING", 20)
    if request.param == "some":
        monkeypatch.setattr(search, "WORTH_A_STEP", 10)
        monkeypatch.setattr(search, "STEP", 7)
    chance = random.Random(3)
    for text in texts(chance, 60, 6):
        if not text.strip():
            continue
        case = bench.record(text=text, customer=chance.choice(PARTS), unit="3-502", phone="138-0013-8000")
        for note in texts(chance, 2, 4):
            if note.strip():
                bench.act(case, "note", text=note)
        if request.param == "some" and chance.random() < 0.1:
            bench.store.write(search.settle)
        if chance.random() < 0.5 and bench.now(case).version > 1:
            bench.act(case, "undo")
    if request.param == "all":
        bench.store.write(search.catch_up)
    with bench.store.reading() as db:
        newest, with_tokens = db.value("SELECT max(doc_id) FROM search_doc"), search.with_tokens(db)
    assert {"none": with_tokens == 0, "all": with_tokens == newest}.get(
        request.param, 0 < with_tokens < newest
    )
    return bench


def test_every_search_gives_what_like_gives(filled, beside):
    site_id, found = filled.store.site_id, 0
    with filled.store.reading() as db:
        for wanted in [*PARTS, *texts(random.Random(4), 300, 3)]:
            if fold(wanted).strip():
                expected = by_like(beside, wanted)
                assert list(search.case_ids(db, site_id, wanted)) == expected, wanted
                found += len(expected)
    assert found > 500


WORDS = (
    "漏水 电梯停运",
    "电梯停运 漏水",
    '"漏水 电梯停运"',
    "“厨房”",
    '漏水 "3号楼"',
    '"',
    '""',
    "厨房  １３８",
    "138 0013 8000 漏",
)


def test_several_words_have_to_stand_in_one_entry_each_and_what_is_quoted_to_the_letter(filled, beside):
    chance, site_id = random.Random(6), filled.store.site_id
    pairs = [f"{chance.choice(PARTS)} {chance.choice(PARTS)}" for _ in range(200)]
    with filled.store.reading() as db:
        for wanted in [*WORDS, *(text for text in pairs if fold(text).strip())]:
            assert list(search.case_ids(db, site_id, wanted)) == by_like(beside, wanted), wanted


@pytest.mark.parametrize(
    ("wanted", "hits"),
    [
        ("漏水 王芳", 1),
        ("王芳 漏水", 1),
        ("王芳 电梯", 0),
        ('"漏水了 三天"', 1),
        ('"三天 漏水"', 0),
        ("三天 漏水", 1),
    ],
)
def test_two_words_are_found_in_any_order_and_a_quoted_text_only_as_it_stands(bench, wanted, hits):
    bench.record(text="厨房漏水了 三天", customer="王芳")
    bench.record(text="电梯停运", customer="李雷")
    for _settled in (False, True):
        with bench.store.reading() as db:
            assert len(list(search.case_ids(db, bench.store.site_id, wanted))) == hits
        bench.store.write(search.catch_up)


@pytest.mark.parametrize("wanted", ["？？", '"！ ？"', "？ ！"])
def test_signs_alone_are_looked_for_in_the_newest_entries_only(bench, monkeypatch, wanted):
    old, new = (bench.record(text=text).case_id for text in ("几时修好？？！ ？", "还没修好？？！ ？"))
    for number in range(6):
        bench.record(text=f"漏水{number}")
    with bench.store.reading() as db:
        assert list(search.case_ids(db, bench.store.site_id, wanted)) == [new, old]
        monkeypatch.setattr(search, "SIGNS_AMONG", 7)
        assert list(search.case_ids(db, bench.store.site_id, wanted)) == [new]
        assert list(search.case_ids(db, bench.store.site_id, f"{wanted} 修好")) == [new, old]  # the control


def test_of_a_quoted_text_with_blanks_few_others_are_read(bench, monkeypatch):
    for number in range(30):
        bench.record(text=f"漏水了三天 电梯停运{number}")
    wanted = bench.record(text="厨房漏水 电梯停运").case_id
    bench.store.write(search.catch_up)
    read = []
    real = search.words_of
    monkeypatch.setattr(search, "words_of", lambda act, data: read.append(act) or real(act, data))
    with bench.store.reading() as db:
        assert list(search.case_ids(db, bench.store.site_id, '"漏水 电梯"')) == [wanted]
        assert len(read) == 1
        assert len(list(search.case_ids(db, bench.store.site_id, "漏水 电梯"))) == 31


def waiting(bench):
    with bench.store.reading() as db:
        newest = search.with_tokens(db)
        return db.value("SELECT count(*) FROM search_doc WHERE doc_id > ?", (newest,))


def test_an_act_writes_no_tokens_and_the_sweep_does(bench):
    case = bench.record()
    for n in range(search.WORTH_A_STEP):
        bench.act(case, "note", text=f"第{n}次")
    assert waiting(bench) == search.WORTH_A_STEP + 1
    sweep(bench.desk())
    assert waiting(bench) == 0
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_where_nobody_sweeps_the_documents_without_tokens_stay_few(bench, monkeypatch):
    monkeypatch.setattr(search, "MOST_WAITING", 40)
    case, most = bench.record(), 0
    for n in range(200):
        if n % 50 == 0:
            case = bench.record()
        bench.act(case, "note", text=f"第{n}次")
        most = max(most, waiting(bench))
    assert 40 - search.EVERY < most <= 40 + search.EVERY
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_the_index_stays_in_few_segments_where_nobody_sweeps(bench, monkeypatch):
    """Each segment costs every search a look."""
    monkeypatch.setattr(search, "MOST_WAITING", 0)
    case = bench.record()
    for n in range(400):
        if n % 50 == 0:
            case = bench.record()
        bench.act(case, "note", text=f"第{n}次")
    with bench.store.reading() as db:
        assert db.value("SELECT count(DISTINCT segid) FROM search_token_idx") <= 16
        assert db.value("SELECT v FROM search_token_config WHERE k = 'automerge'") == 0


def test_the_index_of_any_text_passes_the_check(filled):
    assert check(filled.store, filled.desk().rules_in).problems == []


def hits(bench, text):
    with bench.store.reading() as db:
        return list(search.case_ids(db, bench.store.site_id, text))


def test_what_was_undone_is_found_no_more_and_the_rest_still_is(bench):
    case = bench.record(text="厨房漏水")
    bench.act(case, "note", text="阀门生锈")
    assert hits(bench, "阀门") == [case.case_id]
    bench.act(case, "undo")
    assert hits(bench, "阀门") == []
    assert hits(bench, "漏") == [case.case_id]


@pytest.mark.parametrize(
    "wanted",
    [
        "A261121-00013",
        "00013",
        "王",
        "王芳",
        "138-0013",
        "13800138000",
        "金色",
        "3-502",
        "厨房漏水了",
        "EXT-7",
    ],
)
def test_a_case_is_found_by_number_name_phone_place_and_words(bench, wanted):
    case = bench.record(
        text="厨房漏水了三天",
        customer="王芳",
        phone="138-0013-8000",
        site="金色家园",
        unit="3-502",
        external_id="ext-7",
    )
    assert hits(bench, wanted) == [case.case_id]


@pytest.mark.parametrize("tokens", [False, True])
def test_a_case_is_found_by_the_initials_of_its_names_until_they_are_taken_back(bench, tokens):
    def found(text):
        if tokens:
            bench.store.write(search.catch_up)
        return hits(bench, text)

    done = bench.record(text="厨房漏水", customer="沈岚", site="碧水湾", phone="13800138000")
    bench.act(done, "close", outcome="修好了", resolution="full")
    bench.act(done, "callback", reached="yes", csi="5")
    bench.record(text="沈岚碧水湾", customer="Anna", site="A")  # words have no initials, names have
    assert [found(text) for text in ("sl", "SL", "ｓｌ", "bsw", "sl 漏水", "sl 电梯")] == [
        [done.case_id]
    ] * 5 + [[]]
    bench.act(done, "amend", customer="曾单", reason="听错了")
    assert [found(text) for text in ("zs", "cd", "sl")] == [[done.case_id]] * 3
    bench.act(done, "undo")
    assert [found(text) for text in ("zs", "sl")] == [[], [done.case_id]]
    assert check(bench.store, bench.desk().rules_in).problems == []


@pytest.mark.parametrize("text", ["", "\u200b", "\u200b\u2060", " ", "。", "漏", "\u200b漏"])
@pytest.mark.parametrize("reason", ["", "\u200b", "近"])
def test_an_entry_has_a_document_where_anything_is_left_when_it_is_folded(text, reason):
    data = {"text": text, "reason": reason}
    assert search.has_document("note", data) == bool(search.document("note", data))


def test_where_the_index_is_believed_the_library_keeps_every_pair_as_it_is():
    signs = [chr(code) for code in range(0x2000, 0xA000) if search._AS_INDEXED.fullmatch(chr(code))]
    signs += [sign for sign in map(chr, range(0x80)) if search._AS_INDEXED.fullmatch(sign)]
    db = scratch()
    db.run(f"CREATE VIRTUAL TABLE words USING fts5(tokens, content='', tokenize=\"{TOKENIZER}\")")
    db.run("CREATE VIRTUAL TABLE seen USING fts5vocab('words', 'row')")
    db.run_many("INSERT INTO words (rowid, tokens) VALUES (?, ?)", enumerate(f"{sign}漏" for sign in signs))
    kept = {term for (term,) in db.all("SELECT term FROM seen")}
    assert len(signs) > 20_000
    assert [sign for sign in signs if f"{sign}漏" not in kept] == []
    db.connection.close()
