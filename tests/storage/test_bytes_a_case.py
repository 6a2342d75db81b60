"""What a case takes on the disk, with its six entries, its clocks, its indexes and its search: a count of pages.

Of two sizes of one store, so that what a store of no case takes is left out.
"""

import random
from datetime import timedelta

import pytest

from storage import create, search

MOST = 4_800  # bytes; pages of some fifty indexes are begun and not yet full
FEW, MANY = 40, 160
OPEN = 0.12
WORDS = "漏水 电梯 停运 保安 态度 停车费 装修 押金 噪音 扰民 门窗 开裂 墙面 空鼓 暖气 不热 维修 师傅 迟到 爽约".split()
CATEGORIES = ("construction-quality", "property-management", "repair-service", "staff-conduct")


@pytest.fixture
def dice(monkeypatch):
    """Numbers that are the same in every run; the store's own takes part in the size of keys."""
    monkeypatch.setattr(create.secrets, "randbelow", lambda _: 650)
    return random.Random(7)


def words(dice, least, most):
    return "，".join("".join(dice.choices(WORDS, k=2)) for _ in range(dice.randint(least, most))) + "。"


def a_case(bench, dice):
    """Write six entries by people, some hours apart."""
    person = f"h{dice.randrange(60):02d}"
    case = bench.record(
        person, text=words(dice, 3, 11), customer="王" + dice.choice("伟芳娜敏"),
        phone=f"138{dice.randrange(10**8):08d}", site=f"云栖花园{dice.randrange(200)}期",
        unit=f"{dice.randrange(1, 40)}-{dice.randrange(101, 3204)}", category=dice.choice(CATEGORIES),
    )  # fmt: skip
    told = [("take", {}), ("reply", {"text": words(dice, 2, 4)}), ("note", {"text": words(dice, 2, 4)})]
    if dice.random() < OPEN:
        told += [("note", {"text": words(dice, 2, 4)}), ("heard", {"text": words(dice, 2, 4)})]
    else:
        told += [("close", {"outcome": words(dice, 2, 4)}), ("callback", {"reached": "yes", "csi": "4"})]
    for act, given in told:
        bench.clock.at += timedelta(minutes=dice.randrange(1, 120))
        bench.act(case, act, person, **given)


def pages_of(bench, dice, cases):
    """Return the pages of the store once it has so many cases, and all of them can be searched."""
    with bench.store.reading() as db:
        there = db.value("SELECT count(*) FROM cases")
    for _ in range(cases - there):
        a_case(bench, dice)
    while bench.store.write(search.settle):
        pass
    with bench.store.reading() as db:
        assert db.value("SELECT count(*) FROM event WHERE case_id <> 0") >= 6 * cases
        return db.value("SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count")


def test_a_case_of_six_entries_takes_no_more_bytes_than_it_did(dice, bench):
    few = pages_of(bench, dice, FEW)
    grown = pages_of(bench, dice, MANY) - few
    assert 4096 * grown / (MANY - FEW) <= MOST
