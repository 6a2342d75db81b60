"""Who writes on which case: a hint beside the store that wakes nobody, is written seldom, and ends by itself."""

import json
import os
import signal
import stat
import time
from itertools import pairwise
from pathlib import Path

import pytest
from desks import Bench
from processes import PIPE, python
from processes import start as started

from storage import writing_now
from storage.writing_now import EXPIRES_SECONDS, RENEW_SECONDS, Note, Watch, Writing, folder_of

CASE = 912_205_755_188_297_733


class Seconds:
    """Seconds that stand still until a test moves them."""

    def __init__(self, at: float = 1000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    path.write_bytes(b"")
    path.chmod(0o600)
    return path


def write(note: Note, case_id: int | None = CASE) -> bool:
    """Do what is due; say whether anything was."""
    work = note.due(case_id)
    if work is not None:
        work()
    return work is not None


def watch(store: Path, clock: Seconds, **more) -> Watch:
    return Watch(store, "1-00000000", **{"wall": time.time, "clock": clock, **more})


def test_what_one_window_says_another_reads_and_its_own_it_leaves_out(store: Path) -> None:
    note, clock = Note(store, "李娜", time.time), Seconds()
    write(note)
    assert watch(store, clock).look() == [Writing("李娜", CASE)]
    assert Watch(store, note.name, time.time, clock).look() == []


def test_a_window_writes_once_in_ten_seconds_whatever_is_opened_and_closed(store: Path) -> None:
    clock = Seconds()
    note = Note(store, "li", time.time, clock)
    wrote = []
    for step in range(121):  # half a second each: a minute of haste
        clock.at = 1000 + step / 2
        if write(note, CASE + step % 3 if step % 5 else None):
            wrote.append(clock.at)
    assert len(wrote) <= 60 / RENEW_SECONDS + 1
    assert all(after - before >= RENEW_SECONDS for before, after in pairwise(wrote))


def test_a_window_without_a_form_writes_nothing_and_makes_no_folder(store: Path) -> None:
    note, clock = Note(store, "li", time.time), Seconds()
    assert not any(write(note, None) for _beat in range(100))
    assert watch(store, clock).look() == []
    assert not folder_of(store).exists()


def test_what_is_not_renewed_is_over_and_what_is_renewed_is_not(store: Path) -> None:
    clock = Seconds()
    note, other = Note(store, "li", time.time, clock), watch(store, clock)
    write(note)
    for _renewal in range(5):
        assert other.look()
        clock.at += RENEW_SECONDS
        write(note)
        _touch(note)
    assert other.look()
    clock.at += EXPIRES_SECONDS
    assert other.look()
    clock.at += 1
    assert other.look() == []


def _touch(note: Note) -> None:
    """Let the file have another time than before: a test writes faster than a file system counts."""
    path = note.folder / note.name
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1000))


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0, 3_600.0, -60.0])
def test_a_wall_clock_that_jumps_ends_nothing_and_keeps_nothing_alive(store: Path, jump: float) -> None:
    clock = Seconds()
    note = Note(store, "li", time.time, clock)
    write(note)
    wall = Seconds((note.folder / note.name).stat().st_mtime)
    other = watch(store, clock, wall=wall)
    assert other.look()
    wall.at += jump
    clock.at += EXPIRES_SECONDS
    assert other.look(), "it was written within its time"
    clock.at += 1
    assert other.look() == [], "and is over after it"


@pytest.mark.parametrize("age", [EXPIRES_SECONDS + 1, 86_400.0, -86_400.0])
def test_a_file_that_was_left_over_is_nothing_to_a_window_that_starts(store: Path, age: float) -> None:
    note = Note(store, "li", time.time)
    write(note)
    path = note.folder / note.name
    wall = Seconds(path.stat().st_mtime + age)
    assert watch(store, Seconds(), wall=wall).look() == []


def test_a_window_that_starts_counts_what_has_passed(store: Path) -> None:
    note, clock = Note(store, "li", time.time), Seconds()
    write(note)
    wall = Seconds((note.folder / note.name).stat().st_mtime + EXPIRES_SECONDS - 5)
    other = watch(store, clock, wall=wall)
    assert other.look()
    clock.at += 6
    assert other.look() == []


def test_leaving_takes_file_and_folder_away(store: Path) -> None:
    one, two = Note(store, "li", time.time), Note(store, "bo", time.time)
    write(one)
    write(two)
    one.release()
    assert watch(store, Seconds()).look() == [Writing("bo", CASE)]
    two.release()
    assert not folder_of(store).exists()


@pytest.mark.parametrize(("store_mode", "folder", "file"), [(0o600, 0o700, 0o600), (0o660, 0o2770, 0o660)])
def test_the_files_are_for_whom_the_store_is(store: Path, store_mode: int, folder: int, file: int) -> None:
    store.chmod(store_mode)
    note = Note(store, "li", time.time)
    before = os.umask(0o007)
    try:
        write(note)
    finally:
        os.umask(before)
    assert stat.S_IMODE(note.folder.stat().st_mode) == folder
    assert stat.S_IMODE((note.folder / note.name).stat().st_mode) == file


HOSTILE = {
    "no json": b"{", "nothing": b"", "a list": b"[1]", "no person": b'{"case": 1}', "no case": b'{"person": "li"}',
    "a case in words": b'{"person": "li", "case": "1"}', "yes": b'{"person": "li", "case": true}',
    "no key": b'{"person": "li", "case": 9223372036854775808}', "below": b'{"person": "li", "case": -1}',
    "a person by number": b'{"person": 1, "case": 1}', "bytes": b"\xff\xfe\x00", "deep": b"[" * 900,
    "long": b'{"person": "' + b"x" * 2000 + b'", "case": 1}',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_ours_is_nothing(store: Path, name: str) -> None:
    note = Note(store, "li", time.time)
    write(note)
    (note.folder / "7-deadbeef").write_bytes(HOSTILE[name])
    assert watch(store, Seconds()).look() == [Writing("li", CASE)]


def test_links_pipes_folders_and_other_names_are_left_alone(store: Path, tmp_path: Path) -> None:
    note = Note(store, "li", time.time)
    write(note)
    secret = tmp_path / "secret"
    secret.write_text(json.dumps({"person": "anna", "case": 1}))
    (note.folder / "1-aaaaaaaa").symlink_to(secret)
    os.mkfifo(note.folder / "2-aaaaaaaa")
    (note.folder / "3-aaaaaaaa").mkdir()
    (note.folder / "passwords.txt").write_text(secret.read_text())
    assert watch(store, Seconds()).look() == [Writing("li", CASE)]
    folder = folder_of(tmp_path / "linked.db")
    folder.symlink_to(note.folder)
    assert watch(tmp_path / "linked.db", Seconds()).look() == []


def test_a_link_in_the_place_of_the_own_file_is_not_followed(store: Path, tmp_path: Path) -> None:
    note = Note(store, "li", time.time)
    folder_of(store).mkdir()
    victim = tmp_path / "victim"
    victim.write_text("whole")
    (note.folder / note.name).symlink_to(victim)
    write(note)
    assert victim.read_text() == "whole"


def test_many_files_cost_no_more_than_some(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(store)
    folder.mkdir()
    for at in range(500):
        (folder / f"{at}-{at:08x}").write_text(json.dumps({"person": f"p{at}", "case": 1}))
    read: list[Path] = []
    real = writing_now._content
    monkeypatch.setattr(writing_now, "_content", lambda path: read.append(path) or real(path))
    other = watch(store, Seconds())
    assert len(other.look()) <= writing_now.MOST_FILES
    first = len(read)
    assert first <= writing_now.MOST_FILES
    other.look()
    assert len(read) == first, "what has not changed is not read again"


def test_where_nothing_can_be_written_nothing_is_said_and_nothing_breaks(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given, **_more):
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(Path, "mkdir", refuse)
    note = Note(store, "li", time.time)
    write(note)
    assert watch(store, Seconds()).look() == []
    note.release()


WRITER = """
import sys, time
from pathlib import Path
from storage.writing_now import Note
note = Note(Path(sys.argv[1]), "li", time.time)
note.due(int(sys.argv[2]))()
print("written", flush=True)
time.sleep(60)
"""


def test_another_process_is_seen_and_one_that_was_killed_expires(bench: Bench) -> None:
    changes = bench.store.watch()
    before = {path.name: path.read_bytes() for path in bench.path.parent.glob("*.db*") if path.is_file()}
    process = started(python(WRITER, str(bench.path), str(CASE)), stdout=PIPE)
    try:
        assert process.stdout.readline().strip() in ("written", b"written")
        clock = Seconds()
        other = Watch(bench.path, "1-00000000", clock=clock, wall=lambda: _newest(bench.path))
        assert other.look() == [Writing("li", CASE)]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        clock.at += EXPIRES_SECONDS
        assert other.look(), "nobody can tell yet"
        clock.at += 1
        assert other.look() == []
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert not changes.changed(), "the store wakes nobody"
    after = {path.name: path.read_bytes() for path in bench.path.parent.glob("*.db*") if path.is_file()}
    assert after == before


def _newest(store: Path) -> float:
    return max(path.stat().st_mtime for path in folder_of(store).iterdir())
