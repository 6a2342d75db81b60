"""``summary --explain`` of sums: the cases say themselves what the sum is made of."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from desks import Bench
from nights_support import a_random_past

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def store(run, home, clock):
    bench = Bench(home / "store.db", clock)
    yield bench
    bench.store.close()


def amounts(run, now, name, cases, first, last):
    """What a sum is made of on each of its cases, as the case itself says; days are those of UTC+8."""
    within = range_of(first, last)
    for number in cases:
        case = run("--now", now, "--json", "show", number).json
        if name == "claimed":
            yield [case["claim"]] if case["claim"] and within(case["received_at"]) else []
        elif name == "unpaid":
            yield [each["amount"] for each in case["compensation"] if each["state"] == "promised"]
        else:
            at = "paid_at" if name == "paid" else "at"
            yield [each["amount"] for each in case["compensation"] if each[at] and within(each[at])]


def range_of(first, last):
    def within(text):
        return first <= datetime.fromisoformat(text).astimezone(ZONE).date() <= last

    return within


@pytest.mark.parametrize("seed", range(3))
def test_each_sum_of_money_is_what_its_cases_say(store, run, seed):
    days = a_random_past(store, seed)
    for number in range(6):  # what a random past has little of
        case = store.record(claim=str(100 + number))
        store.act(case, "compensate", amount="20.50")
        if number % 2:
            store.act(case, "pay")
    now, first, last = store.clock().isoformat(), days[0], store.clock().astimezone(ZONE).date()
    span = ("--from", first.isoformat(), "--to", last.isoformat())
    found = run("--now", now, "--json", "--read-only", "summary", *span).json["sums"]
    for name, value in found.items():
        told = run("--now", now, "--json", "summary", *span, "--explain", f"sums.{name}").json
        each = list(amounts(run, now, name, told["cases"], first, last))
        assert all(each), name
        assert sum(Decimal(amount) for amounts_of in each for amount in amounts_of) == Decimal(value) > 0, (
            name
        )
        assert told["counted"] == sum(map(len, each)), name
