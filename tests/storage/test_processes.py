"""Several processes on one file: nobody's change is lost, whatever happens to them."""

import os
import random
from collections import Counter

import pytest
from processes import PIPE, python, run
from processes import start as started

from storage.check import check
from workbench.domain.errors import ConflictError, RefusedError

ACTS = 200
WRITER = """
import sys
from pathlib import Path
from storage.store import Store
from workbench import clock
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.errors import ConflictError
path, case_id, person, many = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
desk = Desk(Store(path), person, clock.now)
def say(line):
    sys.stdout.write(f"{line}\\n")  # in one piece: another may write to the same pipe
    sys.stdout.flush()
say("ready")
sys.stdin.readline()
"""
NOTES = """
for n in range(many):
    doing.do(desk, "note", case_id, {"text": f"{person} {n}"})
    say(person)
"""
GRADES = """
level, done, stale = 0, 0, 0
while done < many:
    seen = desk.case(case_id)
    to = seen.severity % 4 + 1
    try:
        doing.do(desk, "regrade", case_id, {"level": str(to), "reason": f"{person} saw {seen.severity}"}, seen=seen.version)
        done += 1
    except ConflictError:
        stale += 1
print(done, stale)
"""
TAKES = """
from workbench.domain.errors import RefusedError
for key in map(int, sys.argv[5].split(",")):
    try:
        doing.do(desk, "take", key, {})
        say(key)
    except RefusedError:
        pass
"""


def start(bench, case_id, person, code, many=ACTS, *more, stdout=PIPE):
    command = python(WRITER + code, bench.path, case_id, person, many, *more)
    return started(command, stdin=PIPE, stdout=stdout, text=True)


def let_go(writers):
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()


def all_at_once(writers):
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    let_go(writers)
    said = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * len(writers)
    return said


def test_two_processes_that_write_200_acts_each_lose_none(bench):
    case = bench.record()
    all_at_once([start(bench, case.case_id, person, NOTES) for person in ("li", "wu")])
    timeline = bench.desk().timeline(case.case_id)
    assert Counter(event.by for event in timeline) == {"mei": 1, "li": ACTS, "wu": ACTS}
    assert [event.seq for event in timeline] == list(range(1, 2 * ACTS + 2))
    for person in ("li", "wu"):
        texts = [event.data["text"] for event in timeline if event.by == person]
        assert texts == [f"{person} {n}" for n in range(ACTS)]
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_deciding_acts_of_two_processes_never_rest_on_a_state_that_has_passed(bench):
    case = bench.record()
    said = all_at_once([start(bench, case.case_id, person, GRADES, 60) for person in ("li", "wu")])
    timeline = [event for event in bench.desk().timeline(case.case_id) if event.act == "regrade"]
    assert len(timeline) == 120
    assert [event.data["reason"].rpartition(" ")[2] for event in timeline] == [
        str(event.data["from"]) for event in timeline
    ]
    assert sum(int(line.split()[1]) for line in said) > 0  # they did get into each other's way


def test_a_case_is_taken_by_one_of_two_processes_only(bench):
    cases = [bench.record() for _ in range(40)]
    keys = ",".join(str(case.case_id) for case in cases)
    said = all_at_once([start(bench, 0, person, TAKES, 0, keys) for person in ("li", "wu")])
    taken = [line for each in said for line in each.split()]
    assert sorted(taken) == sorted(str(case.case_id) for case in cases)
    assert all(bench.now(case).handler in ("li", "wu") for case in cases)


def test_what_a_stale_act_is_told_names_who_was_first(bench):
    case = bench.record()
    bench.act(case, "note", "li", text="x")
    with pytest.raises(ConflictError, match="li") as stale:
        bench.act(case, "close", "wu", seen=1, outcome="done")
    assert stale.value.exit_code == 5
    assert bench.act(case, "note", "wu", seen=1, text="adding acts join").version == 3
    with pytest.raises(RefusedError):
        bench.act(bench.act(case, "take", "li"), "take", "wu")


def killed_in_the_middle(bench, case_id, people, after):
    """Return who was acknowledged, a name an act, until both writers were killed ``after`` so many."""
    inside, outside = os.pipe()
    with open(inside, encoding="utf-8") as said:
        writers = [start(bench, case_id, person, NOTES, 100_000, stdout=outside) for person in people]
        os.close(outside)
        assert [said.readline() for _ in writers] == ["ready\n"] * len(writers)
        let_go(writers)
        lines = [said.readline() for _ in range(after)]
        for writer in writers:
            writer.kill()
        for writer in writers:
            writer.communicate()
        return [line.strip() for line in (*lines, *said)]


def test_after_kill_9_at_any_moment_every_acknowledged_act_is_there(bench):
    """The log of acknowledgements is kept outside: by this process, from what the writers printed."""
    case = bench.record()
    chance = random.Random(9)
    acknowledged, people = Counter(), [(f"w{round_}-1", f"w{round_}-2") for round_ in range(10)]
    for pair in people:
        acknowledged.update(killed_in_the_middle(bench, case.case_id, pair, chance.randint(1, 20)))
    stored = Counter(event.by for event in bench.desk().timeline(case.case_id))
    assert acknowledged.total() > 50
    for person in (person for pair in people for person in pair):
        count = acknowledged[person]
        assert count <= stored[person] <= count + 1, person  # one may be stored and not yet said
    assert check(bench.store, bench.desk().rules_in).problems == []


LIVE = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
live = {str(path), f"{path}-wal", f"{path}-shm", f"{path}-journal"}
touched, on = [], [False]
def hook(event, arguments):
    if on[0] and event in ("open", "os.open", "os.rename", "os.remove", "os.truncate", "shutil.copyfile"):
        touched.extend((event, str(name)) for name in arguments[:2] if str(name) in live)
sys.addaudithook(hook)
from datetime import date
from storage.backup import Restorer, backup, restore
from storage.doctor import examine
from storage.check import check
from storage.create import create
from storage.store import Store
from workbench import clock
from workbench.actions import doing
from workbench.policy import loading
from workbench.desk import Desk
from workbench.setup.calendar_days import set_day
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep
create(path, code="A", policy="default", text=loading.load("default")[1], at=clock.now(), by="x")
on[0] = True
desk = Desk(Store(path), "li", clock.now)
case = doing.record(desk, {"text": "漏水"})
doing.do(desk, "close", case.case_id, {"outcome": "x"})
sweep(desk)
summary(desk, one_day(date(2026, 11, 21)))
set_day(desk, "office", date(2027, 5, 3), False)
backup(desk.store, path.with_name("copy"))
restore(path.with_name("copy"), path, clock.now(), Restorer("li", "li", "copy"))
examine(path, clock.now())
assert check(desk.store, desk.rules_in).problems == []
desk.store.watch().changed()
desk.store.close()
control = open(path, "rb")
control.close()
print(touched)
"""


def test_nothing_but_sqlite_ever_opens_the_live_files(tmp_path):
    """Opening and closing them in this process would drop SQLite's locks; the last entry is the control."""
    path = tmp_path / "s.db"
    done = run(python(LIVE, path))
    assert done.stdout == f"[('open', '{path}')]\n", done.stdout + done.stderr
