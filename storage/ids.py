"""Keys of cases and events, and the numbers that people see. See docs/decisions/0002-ids.md."""

import os

from storage.engine import Db

EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC
MS_BITS = 41
COUNTER_BITS = 12
STORE_BITS = 10
Op = bytes | str  # the id of an act: 16 bytes that we made, or the text that a script gave


def next_case_id(db: Db, site_id: int, at_ms: int) -> int:
    """Return a time-ordered 63-bit key, greater than every key of this store.

    41 bits of milliseconds since 2020 (``at_ms`` is Unix time), 10 bits of store, 12 of counter. The
    newest key + 1 wins where it is greater, so that frozen clocks and bulk imports never clash.
    """
    newest = db.value("SELECT max(case_id) FROM cases")
    since_epoch = min(max(at_ms - EPOCH_MS, 0), (1 << MS_BITS) - 1)
    from_clock = (since_epoch << (STORE_BITS + COUNTER_BITS)) | (site_id << COUNTER_BITS)
    return max(from_clock, newest + 1) if newest is not None else from_clock


NEXT_IN_DAY = """
    INSERT INTO counter (site_id, day, last) VALUES (:site_id, :day, 1)
    ON CONFLICT (site_id, day) DO UPDATE SET last = counter.last + 1 RETURNING last
"""


def next_numbers(db: Db, site_id: int, day: str) -> int:
    """Take the next sequence number of ``day`` (YYYY-MM-DD)."""
    return int(db.value(NEXT_IN_DAY, {"site_id": site_id, "day": counted_day(day)}))


def counted_day(day: str) -> str:
    """Return the day as numbers print it, without the century: days that look alike share their sequence."""
    return day[2:]


def number(code: str, day: str, sequence: int) -> str:
    """Return the case number that a customer quotes: code, day, sequence, check digit."""
    body = f"{day[2:4]}{day[5:7]}{day[8:10]}{sequence:04d}"
    return f"{code}{body[:6]}-{body[6:]}{check_digit(body)}"


_QUASIGROUP = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits: str) -> str:
    """Return Damm's check digit: it shows every wrong digit and every swapped pair of neighbours.

    Source: H. M. Damm, Total anti-symmetrische Quasigruppen, 2004.
    """
    interim = 0
    for digit in digits:
        interim = int(_QUASIGROUP[interim][int(digit)])
    return str(interim)


def new_op_id(at_ms: int) -> bytes:
    """Return an id for one act: time-ordered (``at_ms`` is Unix time), so that its index grows at the end."""
    return op_time(at_ms) + os.urandom(10)


def op_time(at_ms: int) -> bytes:
    """Return the six bytes with which the id of an act begins."""
    return max(at_ms, 0).to_bytes(6, "big")
