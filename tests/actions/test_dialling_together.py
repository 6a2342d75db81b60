"""Several people who ring at once, each in a process of their own: nobody is given the same customer."""

import os
import signal
from pathlib import Path

import processes
import pytest
from desks import Bench
from processes import PIPE, Popen

DIALS = """
import sys
from pathlib import Path
from storage.claims import Claims
from storage.store import Store
from workbench import clock
from workbench.desk import Desk
from workbench.setup import dialling
from workbench.setup.dial_list import Wanted

path, who, claimed, rounds = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "claimed", int(sys.argv[4])
store = Store(path)
desk = Desk(store, who, clock.now)
claims = Claims(path, who, who, desk.now)
if not claimed:
    claims.take = lambda key: True
    claims.holder = lambda key: ""
for _round in range(rounds):
    sys.stdin.readline()
    found = dialling.offer(desk, claims, Wanted())
    print(found.phone if found else "", flush=True)
    sys.stdin.readline()
    if found:
        dialling.put(desk, found, "not-reached", {})
        claims.give_back(dialling.claim_key(desk, found.key))
"""


def window(bench: Bench, who: str, *, claimed: bool = True, rounds: int = 1) -> "Popen[str]":
    kind = "claimed" if claimed else "unclaimed"
    command = processes.python(DIALS, bench.path, who, kind, rounds)
    return processes.start(command, stdin=PIPE, stdout=PIPE, text=True)


def go_on(each: "Popen[str]") -> None:
    assert each.stdin is not None
    each.stdin.write("\n")
    each.stdin.flush()


def said(each: "Popen[str]") -> str:
    assert each.stdout is not None
    return each.stdout.readline().strip()


def filled(bench: Bench, many: int) -> list[str]:
    phones = [f"1380013{at:04d}" for at in range(many)]
    for phone in phones:
        bench.act(bench.record(phone=phone), "close", outcome="已修好")
    return phones


def ended(*windows: "Popen[str]") -> None:
    for each in windows:
        each.communicate(timeout=60)
        assert each.returncode == 0


@pytest.mark.parametrize("claimed", [True, False])
def test_two_windows_never_get_one_customer_and_without_claims_they_would(
    claimed: bool, bench: Bench
) -> None:
    filled(bench, 3)
    windows = [window(bench, who, claimed=claimed) for who in ("mei", "bo")]
    for each in windows:
        go_on(each)
    given = [said(each) for each in windows]
    assert all(given)
    assert (len(set(given)) == 2) is claimed
    for each in windows:
        each.kill()
        each.communicate(timeout=60)


def test_four_windows_ring_everybody_once(bench: Bench) -> None:
    phones = filled(bench, 24)
    windows = [window(bench, f"clerk{at}", rounds=7) for at in range(4)]
    given: list[str] = []
    for _turn in range(7):
        for each in windows:
            go_on(each)
        given += [said(each) for each in windows]
        for each in windows:
            go_on(each)
    ended(*windows)
    assert sorted(phone for phone in given if phone) == phones
    calls = [event for case in _cases(bench) for event in case if event.act == "callback"]
    assert len(calls) == 24


def _cases(bench: Bench) -> list:  # type: ignore[type-arg]
    with bench.store.reading() as db:
        keys = [row[0] for row in db.all("SELECT case_id FROM cases")]
    return [bench.desk().timeline(key) for key in keys]


def test_whoever_was_killed_keeps_a_customer_for_minutes_only(bench: Bench, tmp_path: Path) -> None:
    from storage.claims import Claims
    from workbench.setup import dialling
    from workbench.setup.dial_list import Wanted

    filled(bench, 1)
    killed = window(bench, "mei")
    go_on(killed)
    assert said(killed)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=60)
    theirs = Claims(bench.path, "bo", "bo", bench.clock)
    assert dialling.offer(bench.desk("bo"), theirs, Wanted()) is None
    bench.clock.pass_(minutes=5)
    assert dialling.offer(bench.desk("bo"), theirs, Wanted()) is not None


def test_a_claim_is_no_commit_and_wakes_nobody(bench: Bench) -> None:
    from storage.claims import Claims

    watch = bench.store.watch()
    watch.changed()
    claims = Claims(bench.path, "mei", "mei", bench.clock)
    assert claims.take("1|1")
    claims.give_back("1|1")
    assert not watch.changed()
    bench.record()
    assert watch.changed()
    watch.close()
