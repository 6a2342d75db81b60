"""What an act costs the store: statements, and pages that it writes. Counts, which no crowded machine changes."""

import random
from functools import partial

import pytest

from storage import engine, search
from tests.bench.counting import CountedConnection, Tally, pages
from workbench.actions import doing
from workbench.desk import Desk

WORDS = "已联系客户，约定明日上午回电，客户情绪激动。厨房漏水三天无人上门，要求尽快处理。"
SITES = [f"花园{n}期" for n in range(400)]  # so many that nothing rises with its neighbours
# act: (statements at most, pages at most on the average of twenty cases; a page of room, as libraries of SQLite split them otherwise)
MOST = {
    "record": (14, 22),
    "take": (9, 5.5),
    "note": (10, 6),
    "reply": (11, 11),
    "promise": (11, 11),
    "heard": (12, 9),
    "close": (13, 17),
    "callback": (10, 13),
}
GIVEN = {
    "take": {}, "note": {"text": WORDS}, "reply": {"text": WORDS}, "promise": {"text": WORDS, "due": "+2d"},
    "heard": {"text": WORDS}, "close": {"outcome": WORDS}, "callback": {"reached": "yes", "csi": "4"},
}  # fmt: skip
ROUNDS, BEFORE = 20, 120


@pytest.fixture
def counted(bench):
    """A store with some cases, whose one connection counts; by the machine's clock, as people work."""
    desk = Desk(bench.store, "mei", bench.clock, uptime=lambda: None)
    dice = random.Random(4)
    for _ in range(BEFORE):
        record(desk, dice)
    (db,) = bench.store._idle
    db.value("PRAGMA journal_mode = WAL")
    db.run("PRAGMA synchronous = OFF")
    db.run("PRAGMA wal_autocheckpoint = 0")
    db.value("PRAGMA wal_checkpoint(TRUNCATE)")  # else the file has room that nobody sees filled
    tally = Tally()
    db.connection = CountedConnection(db.connection, tally)
    return desk, tally, dice


def record(desk, dice):
    given = {
        "text": WORDS, "customer": f"王{dice.choice('伟芳娜敏')}", "phone": f"138{dice.randrange(10**8):08d}",
        "site": dice.choice(SITES), "unit": f"{dice.randrange(1, 40)}-{dice.randrange(101, 999)}",
        "category": dice.choice(("construction-quality", "repair-service", "property-management")),
    }  # fmt: skip
    return doing.record(desk, given)


def cost(bench, tally, work):
    tally.statements, before = 0, pages(bench.path)
    result = work()
    return result, tally.statements, pages(bench.path) - before


@pytest.mark.skipif(not engine.WAL_IS_SAFE, reason="counts the log of a store in WAL mode")
def test_no_act_costs_more_statements_and_pages_than_it_did(bench, counted):
    desk, tally, dice = counted
    found = {act: [] for act in MOST}
    for _ in range(ROUNDS):
        case, *spent = cost(bench, tally, lambda: record(desk, dice))
        found["record"].append(spent)
        for act, given in GIVEN.items():
            work = partial(doing.do, desk, act, case.case_id, given)
            found[act].append(cost(bench, tally, work)[1:])
    for act, (statements, pages_at_most) in MOST.items():
        taken = sorted(each[0] for each in found[act])
        assert taken[len(taken) // 2] <= statements, (act, taken)
        written = [each[1] for each in found[act]]
        assert 0 < sum(written) / len(written) <= pages_at_most, (act, written)


def test_an_id_of_the_act_costs_one_look(bench, counted):
    desk, tally, dice = counted
    case = record(desk, dice)
    given = {"text": WORDS}
    _, plain, _ = cost(bench, tally, lambda: doing.do(desk, "note", case.case_id, given))
    _, named, _ = cost(bench, tally, lambda: doing.do(desk, "note", case.case_id, given, op_id="n1"))
    _, again, written = cost(bench, tally, lambda: doing.do(desk, "note", case.case_id, given, op_id="n1"))
    assert named == plain + 1
    assert written == 0
    assert again < plain


def test_entries_without_words_bring_no_step_of_the_search_index_nearer(bench, counted, monkeypatch):
    monkeypatch.setattr(search, "MOST_WAITING", 6)
    desk, tally, dice = counted
    case = record(desk, dice)
    doing.do(desk, "close", case.case_id, {"outcome": WORDS})
    bench.store.write(search.catch_up)
    silent = [
        cost(bench, tally, lambda: doing.do(desk, "callback", case.case_id, {"reached": "no"}))[1]
        for _ in range(3 * search.EVERY)
    ]
    assert max(silent) <= min(silent) + 1  # how many wait
    spent = [
        cost(bench, tally, lambda: doing.do(desk, "note", case.case_id, {"text": WORDS}))[1]
        for _ in range(2 * search.EVERY)
    ]
    assert max(spent) > MOST["note"][0] + 2  # the control


def test_where_nobody_sweeps_an_act_gives_tokens_to_few_documents_and_not_each_act_does(
    bench, counted, monkeypatch
):
    monkeypatch.setattr(search, "MOST_WAITING", 0)
    desk, tally, dice = counted
    case = record(desk, dice)
    bench.store.write(search.catch_up)
    spent = [
        cost(bench, tally, lambda: doing.do(desk, "note", case.case_id, {"text": WORDS}))[1]
        for _ in range(3 * search.EVERY)
    ]
    assert len([each for each in spent if each > MOST["note"][0]]) == 3
    assert max(spent) <= MOST["note"][0] + 5
