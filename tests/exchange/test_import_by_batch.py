"""What an import costs does not grow by a statement a row, a row is read once, and a day is read once."""

import os
import resource
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import pytest

from storage import bulk, clusters, second_complaints
from storage.check import check
from storage.engine import Db
from tests.exchange.conftest import HEADER, SMALL, Importer, small_row
from workbench.domain.errors import StoreFullError
from workbench.exchange import importing, keeper, whens
from workbench.exchange.convert import Converter
from workbench.exchange.parked import Parked
from workbench.exchange.rejects import Rejects
from workbench.rules import cluster
from workbench.rules.second_complaints import earlier

MANY, FEW = 90, 30
POLICY = 'clocks = "policy"\n' + SMALL.replace('[target]\ncolumn = "due"\n', "").replace(
    'phone = "phone"', 'phone = "phone"\nsite = "site"\nunit = "unit"\ncategory = "category"'
)
PLACED = "id,received,text,customer,phone,site,unit,category,closed,outcome,replied,reply"


def closed(n: int) -> str:
    return small_row(n, "2026-11-03 09:00:00", "修好了")


def placed(n: int, day: int, *, home: int, site: str = "", category: str = "repair-service") -> str:
    """Return a line of a closed case of a customer of his own."""
    when = datetime(2026, 7, 1, 9, tzinfo=UTC) + timedelta(days=day)
    return (
        f"{n},{when:%Y-%m-%d %H:%M:%S},漏水,客户{home},{13800000000 + home},{site or f'{n}号'},1-{home},"
        f"{category},{when + timedelta(days=1):%Y-%m-%d %H:%M:%S},修好了,,"
    )


def count(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> Counter[str]:
    """Count the calls of a method."""
    calls = Counter[str]()
    real: Callable[..., Any] = getattr(where, name)

    def counted(*given: Any, **more: Any) -> Any:
        calls[name] += 1
        return real(*given, **more)

    monkeypatch.setattr(where, name, counted)
    return calls


def statements(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> int:
    """Return how many statements ``work`` gives to SQLite; one for many rows is one."""
    with monkeypatch.context() as patched:
        each = [count(patched, Db, name) for name in ("run", "run_many", "all", "keys", "stream")]
        work()
    return sum(calls.total() for calls in each)


def imported(importer: Importer, rows: list[str], clocks: str) -> None:
    head, mapping = (PLACED, POLICY) if clocks == "policy" else (HEADER, SMALL)
    counts = importer.run(importer.write("f.csv", head, *rows), mapping)
    assert counts.added == len(rows)


@pytest.mark.parametrize("clocks", ["mapped", "policy"])
def test_more_rows_need_no_more_statements(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, clocks: str
) -> None:
    row = (lambda n: placed(n, n % 20, home=n)) if clocks == "policy" else closed
    imported(importer, [row(0)], clocks)  # the rules are read
    few = [row(n) for n in range(1, FEW)]
    many = [row(n) for n in range(FEW, FEW + MANY)]
    needed = statements(monkeypatch, lambda: imported(importer, few, clocks))
    assert 0 < statements(monkeypatch, lambda: imported(importer, many, clocks)) <= needed


def test_a_row_that_comes_back_is_looked_at_by_itself(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: statements are counted."""
    first = [placed(n, 0, home=n, site="同园") for n in range(FEW)]
    again = [placed(FEW + n, 5, home=n, site="同园") for n in range(FEW)]
    apart = [placed(3 * FEW + n, 5, home=1000 + n) for n in range(FEW)]
    imported(importer, first, "policy")
    alone = statements(monkeypatch, lambda: imported(importer, apart, "policy"))
    assert statements(monkeypatch, lambda: imported(importer, again, "policy")) > alone + FEW
    assert importer.all("SELECT count(*) FROM cases WHERE repeat_of IS NOT NULL") == [(FEW,)]


@pytest.mark.parametrize("aside", [False, True])
def test_a_row_is_read_once_unless_rows_are_put_aside_as_they_stand(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, aside: bool
) -> None:
    calls = count(monkeypatch, Converter, "incoming")
    more = {"rejects": Rejects(BytesIO(), HEADER.split(","))} if aside else {}
    assert importer.small(*(closed(n) for n in range(FEW)), **more).added == FEW
    assert calls.total() == (2 * FEW if aside else FEW)


def test_what_is_written_is_what_was_checked(importer: Importer) -> None:
    path = importer.write("small.csv", HEADER, closed(1), closed(2))

    def changed(at: importing.Progress) -> None:
        if at.step == "check":
            importer.write("small.csv", HEADER, "no", "table")

    assert importer.run(path, progress=changed).added == 2
    assert importer.all("SELECT external_id FROM cases ORDER BY 1") == [("1",), ("2",)]


def test_rows_that_wait_come_back_in_order_and_are_not_held_in_memory() -> None:
    waiting = Parked()
    for n in range(5):
        waiting.put(bytes([n]) * (n * 100))
    assert list(waiting.batches()) == [bytes([n]) * (n * 100) for n in range(5)]
    assert os.fstat(waiting.file.fileno()).st_size >= 1000
    waiting.close()


def test_where_there_is_no_room_for_them_a_sentence_says_so() -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    waiting = Parked()
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        with pytest.raises(StoreFullError, match="cannot be written"):
            waiting.put(bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)


def test_a_time_that_stands_in_many_rows_is_read_once(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = count(monkeypatch, whens.Times, "read")
    importer.small(*(closed(n) for n in range(FEW)))
    assert calls.total() == 3  # received, due and closed of all of them


def test_no_more_cases_are_held_than_are_written_at_once_and_the_store_is_the_same(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    real = bulk.add

    def add(db: Db, new: Any, *given: Any) -> None:
        sizes.append(len(new))
        real(db, new, *given)

    monkeypatch.setattr(bulk, "add", add)
    monkeypatch.setattr(keeper, "AT_ONCE", 4)
    imported(importer, [placed(n, n % 3, home=n % 5, site="同园") for n in range(10)], "policy")
    assert sizes == [4, 4, 2]
    assert check(importer.bench.store, importer.bench.desk().rules_in).problems == []
    numbers = [row[0] for row in importer.all("SELECT number FROM cases ORDER BY case_id")]
    assert [number[8:12] for number in numbers[:4]] == ["0001", "0001", "0001", "0002"]
    assert importer.all("SELECT count(DISTINCT case_id), max(case_id) - min(case_id) FROM cases") == [(10, 9)]


def test_whoever_belongs_to_others_is_among_those_that_are_looked_at(importer: Importer) -> None:
    dice = Random(3)
    rows = [
        placed(
            n, dice.randrange(120), home=dice.randrange(40), site=f"{dice.randrange(8)}园",
            category=dice.choice(("repair-service", "staff-conduct")),
        )
        for n in range(120)
    ]  # fmt: skip
    imported(importer, rows, "policy")
    desk = importer.bench.desk()
    with importer.bench.store.reading() as db:
        keys = list(db.keys("SELECT case_id FROM cases"))
        rule = desk.rules_in(db).policy.severity.cluster
        assert rule
        crowded = clusters.crowded(db, keys, rule.complainants, rule.months)
        likely = second_complaints.with_one_before(db, keys)
        cases = [desk.case_in(db, key) for key in keys]
        rules = {case.case_id: desk.rules_in(db, case.policy) for case in cases}
        clustered = {case.case_id for case in cases if cluster.find(db, case, rules[case.case_id]).reasons}
        second = {
            case.case_id for case in cases if case.repeat_of or earlier(desk, db, case, rules[case.case_id])
        }
    assert clustered <= crowded < set(keys)
    assert second <= likely < set(keys)
    assert clustered
    assert second


@pytest.mark.parametrize("day", ["2026-01-31 23:30:00", "2026-03-31 00:30:00", "2026-02-28 12:00:00"])
def test_the_first_and_the_last_moment_of_a_month_of_others_are_looked_at(
    importer: Importer, day: str
) -> None:
    """A cluster's month ends with some member; the calendar has months of 28 to 31 days."""
    at = datetime.fromisoformat(day)
    days = [at, at - timedelta(days=31), at + timedelta(days=31), at - timedelta(days=40)]
    rows = [
        placed(n, 0, home=n, site="同园").replace("2026-07-01 09:00:00", f"{when:%Y-%m-%d %H:%M:%S}")
        for n, when in enumerate(days)
    ]
    imported(importer, rows, "policy")
    with importer.bench.store.reading() as db:
        key = db.keys("SELECT case_id FROM cases ORDER BY case_id LIMIT 1")
        assert clusters.crowded(db, list(key), 3, 1) == {key[0]}
        assert clusters.crowded(db, list(key), 4, 1) == set()
