"""Stores that go on, and stores out of which people were taken as the law asks: at neither did anybody do wrong."""

import shutil
from pathlib import Path
from random import Random

from storage import persons as stored
from storage.store import Store
from trials.frame import STILL
from workbench.actions import doing
from workbench.desk import Desk
from workbench.setup import persons

PHONES = ("13800138000", "13800138001", "13800138002")  # of whom the full store of the tests speaks


def goes_on(path: Path, chance: Random) -> None:
    """Let people act, so that no two stores are alike."""
    store = Store(path)
    desk = Desk(store, "mei", STILL)
    with store.reading() as db:
        keys = [key for (key,) in db.all("SELECT case_id FROM cases")]
    for _ in range(chance.randint(1, 3)):
        text = f"{chance.choice(PHONES)} 又来电 {chance.randrange(1_000_000)}"
        doing.do(desk, chance.choice(("note", "heard")), chance.choice(keys), {"text": text})
    store.close()


def erased_copy(made: Path, path: Path, chance: Random) -> list[str]:
    """Copy ``made`` and erase one to all of the persons whose cases are done; return their phones."""
    if path != made:
        shutil.copyfile(made, path)
    store = Store(path)
    gone = chance.sample(PHONES, chance.randint(1, len(PHONES)))
    for phone in gone:
        _as_erased(Desk(store, "mei", STILL), phone)
    with store.reading() as db:
        assert db.value("SELECT count(*) FROM event WHERE salt IS NULL"), "nothing was erased"
    store.close()
    return gone


def _as_erased(desk: Desk, phone: str) -> None:
    with desk.store.reading() as db:
        found = stored.cases_of(db, desk.store.site_id, phone)
    for case in found:
        if case.status in persons.UNSOLVED:
            doing.do(desk, "close", case.key, {"outcome": "x"})
    persons.erase(desk, phone, "asked for")
