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

    After a break the stored seal is taken as it is, so that each break is told once.
    """
    seal, count = events.NO_HASH, 0
    seen = events.NO_HASH.hex() if kept and kept.entries == 0 else None
    for event_no, digest, stored, case_id, seq in db.stream(SEALS):
        count += 1
        if event_no != count:
            yield note(Said(MISSING, n=event_no - count, no=event_no), _number(db, case_id), seq)
            count = event_no
        elif events.sealed(seal, digest) != stored:
            yield note(Said(UNFIT, no=event_no), _number(db, case_id), seq)
        seal = stored
        if case_id == HOUSE:
            tally.house += 1
        else:
            tally.events += 1
        if kept and event_no == kept.entries:
            seen = stored.hex()
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
    """Yield that entries are missing, or that the seal of the newest does not fit it and the one before.

    ``tally`` has counted the entries, those of the house too.
    """
    count = tally.events + tally.house
    last, *before = db.all(f"{SEALS} DESC LIMIT 2") or [(0, b"", events.NO_HASH, 0, 0)]
    event_no, digest, stored, case_id, seq = last
    if event_no != count:
        yield note(Said(MISSING, n=event_no - count, no=event_no), _number(db, case_id), seq)
    elif count and events.sealed(before[0][2] if before else events.NO_HASH, digest) != stored:
        yield note(Said(UNFIT, no=event_no), _number(db, case_id), seq)
    tally.seal = f"{count}:{stored.hex()}"


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
