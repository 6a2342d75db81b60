"""Keys that never clash, and numbers that show a slip of the tongue."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import ids
from workbench.actions import doing

DIGITS = st.text("0123456789", min_size=1, max_size=16)


def right(digits):
    return ids.check_digit(digits[:-1]) == digits[-1]


@given(DIGITS)
def test_every_wrong_digit_is_seen(body):
    whole = body + ids.check_digit(body)
    for at, digit in enumerate(whole):
        for wrong in set("0123456789") - {digit}:
            assert not right(whole[:at] + wrong + whole[at + 1 :])


@given(DIGITS)
def test_every_swap_of_neighbours_is_seen(body):
    whole = body + ids.check_digit(body)
    for at in range(len(whole) - 1):
        if whole[at] != whole[at + 1]:
            assert not right(whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :])


@pytest.mark.parametrize(
    ("code", "day", "sequence", "number"),
    [
        ("A", "2026-11-21", 42, "A261121-00427"),
        ("A", "2026-11-21", 1, "A261121-00013"),
        ("B2", "2030-01-02", 9999, "B2300102-99994"),
        ("A", "2026-11-21", 123456, "A261121-1234566"),
    ],
)
def test_a_number_is_site_day_sequence_and_check_digit(code, day, sequence, number):
    assert ids.number(code, day, sequence) == number
    assert right("".join(filter(str.isdigit, number[len(code) :])))


def test_a_thousand_cases_at_a_frozen_clock_have_rising_keys_and_numbers_of_their_own(bench):
    desk, site_id, at_ms = bench.desk(), bench.store.site_id, int(bench.clock().timestamp() * 1000)

    def add(db):
        found = []
        for _ in range(5000):
            key = ids.next_case_id(db, site_id, at_ms)
            found.append(key)
            number = ids.number("A", "2026-11-21", ids.next_numbers(db, site_id, "2026-11-21"))
            db.run(COPY, {"key": key, "number": number, "ending": number[::-1]})
        return found

    first = doing.record(desk, {"text": "x"})
    keys = bench.store.write(add)
    assert keys == sorted(set(keys))
    assert keys[0] > first.case_id
    assert all(0 < key < 1 << 63 for key in keys)
    with bench.store.reading() as db:
        numbers = [row[0] for row in db.all("SELECT number FROM cases ORDER BY case_id")]
    assert len(set(numbers)) == 5001
    assert all(right(number[1:].replace("-", "")) for number in numbers)


def copying():
    from storage.cases import COLUMNS

    changed = {"case_id": ":key", "number": ":number", "ending": ":ending"}
    values = ", ".join(changed.get(name, name) for name in COLUMNS)
    return f"INSERT INTO cases ({', '.join(COLUMNS)}) SELECT {values} FROM cases ORDER BY case_id LIMIT 1"


COPY = copying()


def test_a_clock_that_goes_back_gives_no_key_twice_and_no_entry_before_the_last(bench):
    first = bench.record()
    bench.clock.at -= timedelta(days=400)
    second = bench.record()
    assert second.case_id == first.case_id + 1
    bench.act(first, "note", text="x")
    entries = bench.desk().timeline(first.case_id)
    assert entries[1].at == entries[0].at


def test_a_day_is_that_of_the_policys_zone(bench):
    bench.clock.at = bench.clock.at.replace(hour=15, minute=59)
    assert bench.record().number.startswith("A261121-")
    bench.clock.pass_(minutes=1)
    assert bench.record().number.startswith("A261122-0001")


def test_keys_say_when_and_where(bench):
    case = bench.record()
    assert (case.case_id >> 22) + ids.EPOCH_MS == int(bench.clock().timestamp() * 1000)
    assert (case.case_id >> 12) & 1023 == bench.store.site_id


def test_the_check_digit_is_that_of_the_published_example():
    assert ids.check_digit("572") == "4"
