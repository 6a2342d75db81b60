"""The chain of each case and the seals of the store: what cannot be changed without being seen."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from storage import check_before, check_erased, events
from storage.check_erased import Lawful
from storage.check_report import Problem, Tally, note
from storage.engine import Db, Row
from storage.house import HOUSE
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.words import N_, Said

SEALS = "SELECT event_no, hash, seal, case_id, seq FROM event ORDER BY event_no"
_SEAL = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
LONGEST_SHOWN = 100
LATEST = 2 * events.SEAL_EVERY  # entries: two of their seals are kept at least
MISSING = N_("{n} entries are missing before entry {no} of the store.")
UNFIT = N_("The seal of entry {no} of the store does not fit what it covers.")


class Kept(NamedTuple):
    """A seal that was kept elsewhere: how many entries it covers, and its hash."""

    entries: int
    digest: str


def kept_seal(text: str | None) -> Kept | None:
    """Return a seal as it was printed, ``COUNT:HASH``; None for none.

    Raises:
        UsageError: it is not one.
    """
    if text is None:
        return None
    found = _SEAL.fullmatch(text.strip())
    if not found:
        raise UsageError(
            N_("{seal} is not a seal; it looks like 1234:9f86…, as the summary prints it."),
            option="--seal",
            seal=gist(text, LONGEST_SHOWN),
        )
    return Kept(int(found[1]), found[2])


def seals(db: Db, site_id: int, tally: Tally, kept: Kept | None) -> Iterator[Problem]:
    """Yield entries that are missing and seals that do not fit, in the order in which they were written.

    Most seals are worked out; those that are kept are compared. After a break the stored seal is taken as it
    is, so that each break is told once.
    """
    seal, count = events.NO_HASH, 0
    seen = events.NO_HASH.hex() if kept and kept.entries == 0 else None
    for event_no, digest, stored, case_id, seq in db.stream(SEALS):
        count += 1
        if event_no != count:
            yield note(Said(MISSING, n=event_no - count, no=event_no), _number(db, case_id), seq)
            count = event_no
        elif not _fits(event_no, stored, events.sealed(seal, digest)):
            yield note(Said(UNFIT, no=event_no), _number(db, case_id), seq)
        seal = stored or events.sealed(seal, digest)
        if case_id == HOUSE:
            tally.house += 1
        else:
            tally.events += 1
        if kept and event_no == kept.entries:
            seen = seal.hex()
    tally.seal = f"{count}:{seal.hex()}"
    known = check_before.before(db, site_id)
    yield from check_before.faults(known)
    if kept and 0 < kept.entries <= known.entries:
        seen = check_before.old_seal(db, site_id, kept.entries)
    if kept and seen is None:
        yield note(Said(N_("The seal covers {n} entries, the store has {count}: some were lost or removed."),
                        n=kept.entries, count=count))  # fmt: skip
    elif kept and seen != kept.digest:
        yield note(
            Said(
                N_("The first {n} entries are not those of the seal that was kept elsewhere."), n=kept.entries
            )
        )


def newest(db: Db, tally: Tally) -> Iterator[Problem]:
    """Yield that entries are missing, or that the newest seals do not fit what stands between them.

    ``tally`` has counted the entries, those of the house too.
    """
    count, tail, seal = tally.events + tally.house, events.tail(db), None
    for event_no, digest, stored, case_id, seq in reversed(db.all(f"{SEALS} DESC LIMIT {LATEST}")):
        seal = events.NO_HASH if event_no == 1 else seal
        expected = None if seal is None else events.sealed(seal, digest)
        if event_no == tail.event_no and event_no != count:
            yield note(Said(MISSING, n=event_no - count, no=event_no), _number(db, case_id), seq)
        elif expected and not _fits(event_no, stored, expected):
            yield note(Said(UNFIT, no=event_no), _number(db, case_id), seq)
        seal = stored or expected
    tally.seal = f"{count}:{tail.seal.hex()}"


def _fits(event_no: int, stored: bytes | None, seal: bytes) -> bool:
    """Say whether an entry keeps ``seal``, or none where none has to be kept."""
    return stored == seal or (stored is None and event_no % events.SEAL_EVERY > 0)


def _number(db: Db, case_id: int) -> str | None:
    found = db.value("SELECT number FROM cases WHERE case_id = ?", (case_id,))
    return str(found) if found else None


def chain(
    site_id: int, number: str | None, rows: Iterable[Row], tally: Tally, lawful: Lawful
) -> Iterator[Problem]:
    """Yield the entries of one timeline that do not follow each other or are not what was hashed.

    Rows are as ``check_cases.EVENTS`` reads them. What an erased entry held is gone with its ``salt``; its
    digest stays, and with it who, when and what. An erasure in the house log has to name it.
    """
    last = events.NO_HASH
    for place, row in enumerate(rows, 1):
        seq, data, salt, link = row[1], row[6], row[7], row[9]
        if seq != place:
            said = Said(N_("Entry {seq} stands where {place} should."), seq=seq, place=place)
            yield note(said, number, seq)
        named = salt is None and (row[0], seq) in lawful
        if named and check_erased.fits(lawful[row[0], seq], data):
            tally.erased += 1
            data = None
        elif (data, salt) == (None, None):
            tally.erased += 1
            yield note(Said(N_("What the entry held is gone, and no erasure names it.")), number, seq)
        if not _is_what_was_written(site_id, row, last, erased=(data, salt) == (None, None)):
            yield note(Said(N_("The entry is not what was written.")), number, seq)
        last = link


def _is_what_was_written(site_id: int, row: Row, last: bytes, *, erased: bool) -> bool:
    case_id, seq, op_id, at, by, act, data, salt, digest, link, _, *extra = row
    try:
        if not erased:
            if digest is not None:
                return False
            digest = events.digest_of(salt, data)
        body = events.body_of(site_id, case_id, seq, op_id, at, by, act, *extra)
        return bool(events.chained(last, body, digest) == link)
    except (TypeError, AttributeError):  # whoever altered it left another kind of value
        return False
