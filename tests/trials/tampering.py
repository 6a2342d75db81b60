"""Somebody with a SQLite tool: each kind of tampering, at a random place, against a seal that was kept elsewhere."""

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from desks import NOON, Bench, Clock
from processes import ROOT, apart

from storage.check import check
from storage.engine import Db, Error
from storage.store import Store
from trials.erased import erased_copy, goes_on
from trials.frame import STILL, Counts, warm
from workbench.desk import Desk
from workbench.domain.errors import StoreError
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.setup import people, units
from workbench.setup.calendar_days import set_day
from workbench.watch.nights import keep

sys.path.insert(0, str(ROOT / "tests" / "storage"))
from storage_support import a_full_store, raw, rehash, reseal

TITLE = "tampering of every kind at random places, against a seal kept elsewhere (row 16)"
FULL, SMALL = 1000, 48
AN_ERASURE = 50  # tries, then other persons are erased
Tamper = Callable[[Db, Random, int], None]


def _of(column: str, value: str) -> Tamper:
    """Return a change of one column of one entry of a case."""

    def tamper(db: Db, chance: Random, site: int) -> None:
        db.run(f"UPDATE event SET {column} = {value} WHERE event_no = ?", (_an_entry(db, chance)[0],))

    return tamper


def _sql(sql: str) -> Tamper:
    return lambda db, chance, site: _changed(db.run(sql, {"site": site, "n": chance.randrange(1_000_000)}))


def _changed(rows: int) -> None:
    assert rows, "nothing there to tamper with"


def _an_entry(db: Db, chance: Random, least: int = 1) -> tuple[int, int, int]:
    """Draw an entry of a case; what was erased is as likely as what was not, where there is any."""
    rows = db.all("SELECT event_no, case_id, seq FROM event WHERE case_id <> 0 AND seq >= ?", (least,))
    gone = {no for (no,) in db.all("SELECT event_no FROM event WHERE salt IS NULL")}
    if gone and chance.random() < 0.5:
        rows = [row for row in rows if row[0] in gone] or rows
    return chance.choice(rows)


def _middle(db: Db, chance: Random, _site: int) -> None:
    _, case_id, _ = _an_entry(db, chance, 3)
    db.run("DELETE FROM event WHERE case_id = ? AND seq = 2", (case_id,))


def _last(db: Db, _chance: Random, _site: int) -> None:
    db.run("DELETE FROM event WHERE event_no = (SELECT max(event_no) FROM event)")


def _whole_case(db: Db, chance: Random, _site: int) -> None:
    case_id = _an_entry(db, chance)[1]
    for table in ("event", "clock", "duty", "notice", "cases"):
        db.run(f"DELETE FROM {table} WHERE case_id = ?", (case_id,))
    for no, (old,) in enumerate(db.all("SELECT event_no FROM event ORDER BY event_no"), 1):
        db.run("UPDATE event SET event_no = ? WHERE event_no = ?", (no, old))
    reseal(db)


def _swapped(db: Db, chance: Random, _site: int) -> None:
    _, case_id, _ = _an_entry(db, chance, 3)
    for new, old in ((999, 2), (2, 3), (3, 999)):
        db.run("UPDATE event SET seq = ? WHERE case_id = ? AND seq = ?", (new, case_id, old))


def _forged(db: Db, chance: Random, site: int) -> None:
    """Change what an entry says, and make chain and seals anew, as somebody who knows the code would."""
    no, case_id, _ = _an_entry(db, chance)
    db.run("UPDATE event SET actor = 'somebody' WHERE event_no = ?", (no,))
    rehash(db, site, case_id)


def _taken_out(db: Db, chance: Random, _site: int) -> None:
    """Erase an entry that no erasure in the log names."""
    rows = db.all("SELECT event_no FROM event WHERE case_id <> 0 AND salt IS NOT NULL")
    db.run("UPDATE event SET salt = NULL, data = NULL WHERE event_no = ?", chance.choice(rows))


KINDS: dict[str, Tamper] = {
    "what an entry holds": _of("data", "json_set(data, '$.text', 'x')"), "who": _of("actor", "'somebody'"),
    "when": _of("at", "'2026-11-20T00:00:00.000000Z'"), "which act": _of("act", "CASE act WHEN 'note' THEN 'reply' ELSE 'note' END"),
    "an entry out of the middle": _middle, "the last entry": _last, "a whole case": _whole_case, "two entries swapped": _swapped,
    "forged with chain and seals": _forged, "the row of a case": _sql("UPDATE cases SET handler = 'somebody'"),
    "erased without an erasure": _taken_out, "a verdict": _sql("UPDATE clock SET state = 'met' WHERE state <> 'met'"),
}  # fmt: skip
OF_THE_HOUSE: dict[str, Tamper] = {
    "a role raised": _sql("UPDATE staff SET role = 'head-office' WHERE name = 'li'"),
    "somebody added": _sql("INSERT INTO staff (site_id, name, role, active, unit, post, substitute)"
                           " VALUES (:site, 'somebody', 'head-office', 1, '', '', '')"),
    "the log": _sql("DELETE FROM event WHERE case_id = 0 AND seq = (SELECT max(seq) FROM event WHERE case_id = 0)"),
    "the text of a policy": _sql("UPDATE policy SET text = text || char(10) || '# x'"),
    "the author of a policy": _sql("UPDATE policy SET actor = 'somebody'"),
    "a day of a calendar": _sql("UPDATE calendar_day SET works = 1 - works"),
    "a counter": _sql("UPDATE counter SET last = last + 5"),
    "a place": _sql("DELETE FROM site WHERE site_id = :site"),
    "a figure of a kept page": _sql("UPDATE night SET printed = json_set(printed, '$.received', -1)"),
    "who made a page": _sql("UPDATE night SET actor = 'somebody'"),
    "up to where a page knew": _sql("UPDATE night SET head = head - 1"),
    "a page taken out": _sql("DELETE FROM night WHERE day = (SELECT min(day) FROM night)"),
}  # fmt: skip


def run(n: int, room: Path) -> Counts:
    """Tamper ``n`` times, half of them where persons were erased, and look at untouched stores."""
    warm(room)
    counts: Counts = apart(lambda: tried(n, room, KINDS, kept=True))
    clean: Counts = apart(lambda: untouched(n, room))
    counts.figures["untouched"] = f"{clean.tries}, {clean.wrong} alarms"
    counts.tries, counts.wrong = counts.tries + clean.tries, counts.wrong + clean.wrong
    counts.told += clean.told
    return counts


def controls(room: Path) -> dict[str, Counts]:
    """Check without the seal that was kept elsewhere."""
    warm(room)
    return {
        "no seal kept elsewhere": apart(
            lambda: tried(6, room, {"forged with chain and seals": _forged}, kept=False)
        )
    }


def tried(n: int, room: Path, kinds: dict[str, Tamper], *, kept: bool) -> Counts:
    """Tamper by each of ``kinds`` in turn; ``kept``: the seal of just before is elsewhere."""
    counts, missed, chance = Counts(), Counter[str](), Random(16)
    made, erased = room / "made.db", room / "erased.db"
    seal, site = _a_house(made)
    seals = [seal, ""]
    for at in range(n):
        if at % AN_ERASURE == 0:
            erased_copy(made, erased, chance)
            seals[1] = _seal_of(erased)
        name = list(kinds)[at // 2 % len(kinds)]
        path = room / f"{at}.db"
        shutil.copyfile((made, erased)[at % 2], path)
        with raw(path) as db:
            db.run("PRAGMA foreign_keys = OFF")
            try:
                kinds[name](db, chance, site)
            except (AssertionError, Error) as why:
                counts.figures[f"not here: {name}"] = str(why)[:40]
                path.unlink()
                continue
        counts.tries += 1
        missed[name] += not _seen(path, seals[at % 2] if kept else None)
        path.unlink()
    for name, times in (+missed).items():
        counts.wrong += times - 1
        counts.fault(f"not seen {times} times: {name}")
    return counts


def _a_house(path: Path) -> tuple[str, int]:
    bench = Bench(path, Clock(NOON))
    a_full_store(bench)
    _organised(bench)
    seal, site = check(bench.store, None).seal, bench.store.site_id
    bench.store.close()
    return seal, site


def _seal_of(path: Path) -> str:
    store = Store(path)
    seal = check(store, None).seal
    store.close()
    return seal


def untouched(n: int, room: Path) -> Counts:
    """Look at ``n`` stores at which nobody did wrong, and at as many in which persons were erased by the verb.

    The seal kept elsewhere is older than what happened since, the erasures included.
    """
    counts, chance = Counts(), Random(61)
    made, path = room / "kept.db", room / "clean.db"
    seal, _site = _a_house(made)
    for _ in range(n):
        shutil.copyfile(made, path)
        goes_on(path, chance)
        counts.expect(not _seen(path, seal), "an alarm, and nobody has touched it")
        erased = erased_copy(path, path, chance)
        goes_on(path, chance)
        counts.expect(not _seen(path, seal), f"an alarm over a lawful erasure of {erased}")
        path.unlink()
    counts.tries = 2 * n
    return counts


def _organised(bench: Bench) -> None:
    people.add_person(bench.desk(), "mei", {"role": "head-office"})
    people.add_person(bench.desk(), "li", {"role": "handler"})
    units.add_site(bench.desk(), "金色家园")
    set_day(bench.desk(), "office", date(2027, 5, 3), False)
    today = bench.clock().date()
    for day in (today - timedelta(days=1), today):
        keep(bench.desk(), day, summary(bench.desk(), one_day(day)))


def _seen(path: Path, seal: str | None) -> bool:
    try:
        store = Store(path)
        try:
            return bool(check(store, Desk(store, "x", STILL).rules_in, seal).problems)
        finally:
            store.close()
    except StoreError:
        return True
