"""A check by several processes finds what one finds, in the same order; Ctrl-C and a lost helper end it cleanly."""

import os
import pickle
import signal
from contextlib import nullcontext
from functools import partial

import pytest
from processes import PIPE, python, start
from storage_support import raw

from storage import check_cases
from storage.check import Helpers, check
from storage.spread import Work, alone, spread
from workbench.desk import rules_of
from workbench.domain.errors import StoreDamagedError, StoreError, UsageError

pytest_plugins = ["full_store"]

DAMAGES = (
    "UPDATE cases SET customer = customer || 'x' WHERE case_id = (SELECT min(case_id) FROM cases)",
    "UPDATE cases SET severity = 1 WHERE case_id = (SELECT max(case_id) FROM cases)",
    "UPDATE event SET actor = 'boss' WHERE act IN ('close', 'note')",
    "DELETE FROM clock WHERE clock = 'callback'",
    "DELETE FROM search_doc WHERE doc_id % 5 = 0",
    "UPDATE counter SET last = last + 1",
    "INSERT INTO clock SELECT site_id, case_id + 1, clock, cycle, state, calendar, due_at, stopped_at, holder"
    " FROM clock LIMIT 1",
)


@pytest.fixture
def many_parts(full, monkeypatch):
    """The full store, checked by parts of one case each, and spread however small it is."""
    monkeypatch.setattr(check_cases, "SIZE", 1)
    monkeypatch.setattr("storage.check.WORTH", 1)
    return full


def found(bench, count):
    helpers = Helpers(count, rules_of) if count else None
    return check(bench.store, bench.desk().rules_in, None, helpers).as_dict()


def test_two_processes_find_nothing_where_one_finds_nothing(many_parts):
    alone_found = found(many_parts, 0)
    assert alone_found["problems"] == []
    assert found(many_parts, 2) == alone_found


def test_two_processes_find_what_one_finds_in_the_same_order(many_parts):
    with raw(many_parts.path) as db:
        for sql in DAMAGES:
            db.run(sql)
    alone_found = found(many_parts, 0)
    assert len(alone_found["problems"]) > 10
    assert found(many_parts, 2) == alone_found


def test_parts_of_any_size_find_the_same(many_parts, monkeypatch):
    with raw(many_parts.path) as db:
        for sql in DAMAGES:
            db.run(sql)
    small = found(many_parts, 0)
    monkeypatch.setattr(check_cases, "SIZE", 1000)
    assert found(many_parts, 0) == small


def test_what_breaks_every_part_is_told_once(many_parts):
    with raw(many_parts.path) as db:
        db.run("UPDATE event SET act = 'erase', data = 'x' WHERE case_id = 0")
    said = [each["what"] for each in found(many_parts, 0)["problems"]]
    broken = [each for each in said if "cannot be read" in each]
    assert broken
    assert len(set(broken)) == len(broken)
    assert [each["what"] for each in found(many_parts, 2)["problems"]] == said


def halves(opened, part):
    if part == opened:
        raise UsageError("{part} is odd.", option="--part", part=part)
    return part / 2


def test_results_come_in_the_order_of_the_parts_whatever_is_begun_first():
    work = Work(partial(nullcontext, -1), halves)
    seen = []
    parts = list(range(40))
    given = spread(work, parts, 2, lambda done, of: seen.append((done, of)), order=lambda part: -part)
    assert given == list(alone(work, parts)) == [part / 2 for part in parts]
    assert seen[-1] == (40, 40)


def test_a_sentence_of_a_helper_is_that_of_one_process():
    work = Work(partial(nullcontext, 7), halves)
    with pytest.raises(UsageError, match="7 is odd") as said:
        spread(work, range(10), 2)
    assert said.value.option == "--part"


def end_itself(opened, part):
    os._exit(9)


def test_a_helper_that_is_ended_from_outside_is_told():
    with pytest.raises(StoreError, match="ended from outside"):
        spread(Work(partial(nullcontext, 0), end_itself), range(4), 2)


@pytest.mark.parametrize("kind", [StoreDamagedError, UsageError])
def test_an_error_is_the_same_after_it_went_to_another_process(kind):
    there = kind("{n} of {path}", n=3, path="x")
    again = pickle.loads(pickle.dumps(there))
    assert (type(again), str(again), vars(again)["said"].values) == (kind, "3 of x", there.said.values)


STOPPED = """
import signal, sys, time
from contextlib import nullcontext
from functools import partial
from storage.spread import Work, spread

def slow(opened, part):
    time.sleep(0.02)
    return part

def tell(done, of):
    if done == 4:
        print("at work", flush=True)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what runs behind it ignore that
    try:
        spread(Work(partial(nullcontext, 0), slow), range(100_000), 2, tell)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of a group of processes")
def test_ctrl_c_ends_all_processes_and_nobody_complains(tmp_path):
    script = tmp_path / "stopped.py"
    script.write_text(STOPPED)
    command = [*python("")[:-2], script]
    with start(command, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True) as child:
        assert child.stdout.readline() == "at work\n"
        os.killpg(child.pid, signal.SIGINT)
        said = child.stderr.read()  # ends only when every process has closed it
        assert child.wait() == 130
    assert said == ""
