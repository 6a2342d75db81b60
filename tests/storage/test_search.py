"""The answers of the search are those of LIKE over the folded texts, whatever the texts are."""

import random
import re

import pytest

from storage import search
from storage.check import check
from workbench.domain.text import fold, phone_key

PARTS = (
    "漏水", "漏", "水管", "厨房", "电梯停运", "３号楼", "1栋2单元", "ABC", "abc", "ＡＢＣ", "Straße", "İstanbul", "ﬁre",
    "13800138000", "138 0013 8000", "100%", "a_b", "\\", "'", '"', "*", "。", "，", " ", "\n", "😀", "𠮷", "㼆", "ㄅ", "가",
    "é", "e\u0301", "OR", "AND", "NEAR", "-", "[/]", "\u202e", "٣", "ไทย", "ЖКХ", "ὈΔΟΣ", "ー", "々", "〇",
)  # fmt: skip


def texts(chance, many, longest):
    return ["".join(chance.choices(PARTS, k=chance.randint(1, longest))) for _ in range(many)]


def by_like(db, site_id, text):
    wanted = fold(text).strip()
    if re.fullmatch(r"[\d\s()+\-.]*", wanted) and phone_key(wanted):
        wanted = phone_key(wanted)  # a telephone number is found however it is written
    escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = db.all(
        "SELECT case_id FROM search_doc WHERE site_id = ? AND folded LIKE ? ESCAPE '\\' ORDER BY doc_id DESC",
        (site_id, f"%{escaped}%"),
    )
    return list(dict.fromkeys(row[0] for row in rows))


@pytest.fixture
def filled(bench):
    """Cases and notes of random parts, some of them undone."""
    chance = random.Random(3)
    for text in texts(chance, 60, 6):
        if not text.strip():
            continue
        case = bench.record(text=text, customer=chance.choice(PARTS), unit="3-502", phone="138-0013-8000")
        for note in texts(chance, 2, 4):
            if note.strip():
                bench.act(case, "note", text=note)
        if chance.random() < 0.5 and bench.now(case).version > 1:
            bench.act(case, "undo")
    return bench


def test_every_search_gives_what_like_gives(filled):
    site_id, found = filled.store.site_id, 0
    with filled.store.reading() as db:
        for wanted in [*PARTS, *texts(random.Random(4), 300, 3)]:
            if fold(wanted).strip():
                expected = by_like(db, site_id, wanted)
                assert list(search.case_ids(db, site_id, wanted)) == expected, wanted
                found += len(expected)
    assert found > 500


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
