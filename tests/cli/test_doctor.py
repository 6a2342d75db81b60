"""``doctor`` names the one at fault and what mends it, whether or not the store can be opened."""

import grp
import os
import shlex
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desks import NOON
from processes import PIPE, python, start
from processes import run as process

from storage import copies, doctor, engine, faults, mounts, timing
from workbench import config
from workbench.domain.timing import Mark


def findings(ended):
    return {each["topic"]: each for each in reversed(ended.json["findings"])}


def test_all_is_well(wb):
    done = wb("doctor", "--json")
    assert done.code == 0
    assert done.err == ""
    assert done.json["well"] is True
    assert {each["topic"] for each in done.json["findings"]} >= {
        "mount", "folder", "file", "private", "space", "library", "umask", "copies", "store", "clock",
    }  # fmt: skip
    assert all(each["ok"] for each in done.json["findings"])


@pytest.mark.parametrize(("language", "said"), [("en", "ok  store:"), ("zh", "正常  库: ")])
def test_it_speaks_both_languages(wb, home, language, said):
    (home / "store.db").chmod(0o604)
    home.chmod(0o755)
    done = wb("--lang", language, "doctor")
    assert said in done.out


def test_a_staff_list_without_logins_is_said_to_bind_nobody(wb):
    assert "--login" in findings(wb("doctor", "--json"))["logins"]["what"]
    assert wb("staff", "add", "mei", "--login", "mei").code == 0
    assert findings(wb("doctor", "--json"))["logins"]["what"] == "1 of 1 people are known by their login"


def test_where_there_is_no_store_init_is_named(run, home):
    done = run("doctor", "--json")
    assert done.code == 7
    assert findings(done)["file"]["mend"] == f"workbench --db {home}/store.db init"
    assert not (home / "store.db").exists()


def test_where_there_is_no_folder_it_is_said(run, home):
    done = run("--db", home / "none" / "s.db", "doctor", "--json")
    assert (done.code, findings(done)["folder"]["ok"]) == (7, False)


def spoil_file(path):
    path.write_bytes(b"no store at all" * 1000)


def spoil_page(path):
    content = bytearray(path.read_bytes())
    content[8192:60000] = b"\xff" * (60000 - 8192)
    path.write_bytes(content)


def spoil_version(path):
    with engine.sqlite.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_file, "is not a Workbench store"),
        (spoil_page, "is damaged"),
        (spoil_version, "newer Workbench"),
        (lambda path: path.write_bytes(b""), "not a Workbench store"),
        (lambda path: (path.unlink(), path.mkdir()), "is not a Workbench store"),
        (lambda path: (path.unlink(), os.mkfifo(path)), "is not a Workbench store"),
    ],
)
def test_a_store_that_does_not_open_is_examined_all_the_same(wb, home, spoil, said):
    for end in ("-wal", "-shm"):
        Path(f"{home}/store.db{end}").unlink(missing_ok=True)
    spoil(home / "store.db")
    done = wb("doctor", "--json")
    assert done.code == 7
    assert said in findings(done)["store"]["what"]
    assert findings(done)["space"]["ok"]


def test_a_network_file_system_is_named(wb, home, monkeypatch):
    (home / "table").write_text(f"30 21 0:30 / {home} rw shared:1 - nfs4 srv:/x rw\n")
    monkeypatch.setattr(mounts, "TABLE", home / "table")
    done = wb("doctor", "--json")
    assert (done.code, findings(done)["network"]["ok"]) == (7, False)
    refused = wb("list")
    assert refused.code == 7
    assert "network file system (nfs4" in refused.err


def test_a_full_disk_is_named(wb, monkeypatch):
    monkeypatch.setattr(faults, "room", lambda folder: 5 << 10)
    found = findings(wb("doctor", "--json"))["space"]
    assert (found["ok"], found["mend"].split()[0]) == (False, "df")


def test_an_old_library_is_named(wb, monkeypatch):
    monkeypatch.setattr(engine, "WAL_IS_SAFE", False)
    found = findings(wb("doctor", "--json"))
    assert found["library"]["mend"] == 'pip install "pysqlite3>=0.6.1"'
    assert found["library"]["ok"] is False


@pytest.mark.parametrize(
    ("now", "ok"),
    [
        ("2026-11-21T12:00:00+08:00", True),
        ("2026-11-21T11:56:00+08:00", True),
        ("2026-11-21T11:54:00+08:00", False),
        ("1970-01-01T00:10:00+00:00", False),
    ],
)
def test_a_clock_behind_the_newest_entry_is_named(wb, recorded, home, now, ok):
    db = engine.connect(home / "store.db")  # as where the machine's own clock has timed an entry
    timing.put(db, int(db.value("SELECT value FROM setting WHERE key = 'site_id'")), Mark(NOON))
    db.connection.close()
    assert findings(wb("--now", now, "doctor", "--json"))["clock"]["ok"] is ok


def test_what_everybody_may_read_is_named_and_the_command_mends_it(wb, home, monkeypatch):
    drafts = config.state_folder() / "drafts"
    drafts.mkdir(parents=True)
    kept = home / "store.db.before-restore-20261120T000000"
    for each in (drafts / "a.json", kept):
        each.write_text("x")
        each.chmod(0o644)
    (home / "store.db").chmod(0o664)
    monkeypatch.setattr(doctor, "_reached_by_all", lambda folder: True)  # as where the tests' folder is open
    found = findings(wb("doctor", "--json"))["private"]
    assert found["ok"] is False
    for each in (home / "store.db", kept, drafts / "a.json"):
        assert str(each) in found["what"]
    process(["sh", "-c", found["mend"]], check=True)
    assert findings(wb("doctor", "--json"))["private"]["ok"]


def test_what_stands_in_a_folder_of_ones_own_is_read_by_nobody(wb, home):
    (home / "store.db").chmod(0o664)
    home.chmod(0o700)
    assert findings(wb("doctor", "--json"))["private"]["ok"]


def test_what_is_left_of_a_backup_is_named_and_goes_at_the_next(wb, home):
    part = home / ".b.db.0a1b2c3d.part"
    part.write_text("half")
    (home / "other.part").write_text("not ours")
    done = wb("doctor", "--json")
    assert (done.code, findings(done)["copies"]["mend"]) == (7, f"rm -- {part}")
    assert wb("backup", home / "b.db").code == 0
    assert not part.exists()
    assert (home / "other.part").exists()
    assert wb("doctor").code == 0


def test_a_copy_on_which_somebody_works_is_left_alone(wb, home):
    """The control: what is being written now is not stale."""
    part = home / ".b.db.0a1b2c3d.part"
    with copies.at_work(home):
        part.write_text("half")
        assert findings(wb("doctor", "--json"))["copies"]["ok"]
        assert wb("backup", home / "b.db").code == 0
        assert part.exists()
    assert not findings(wb("doctor", "--json"))["copies"]["ok"]


def test_what_a_restore_kept_is_named_once_it_is_old(wb, home):
    kept = home / "store.db.before-restore-20261001T000000"
    kept.write_text("x")
    noon = datetime.fromisoformat("2026-11-21T12:00:00+08:00")
    for days, ok in ((29, True), (31, False)):
        then = (noon - timedelta(days=days)).timestamp()
        os.utime(kept, (then, then))
        assert findings(wb("doctor", "--json"))["copies"]["ok"] is ok


# ---------------------------------------------------------------- others who have it open

OPEN = """
import sys
if sys.argv[2] == "another":
    sys.modules["pysqlite3"] = None
from pathlib import Path
from storage.engine import connect, sqlite
db = connect(Path(sys.argv[1]))
db.value("SELECT count(*) FROM cases")
print(sqlite.sqlite_version, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("library", ["the same", "another"])
def test_a_program_with_another_sqlite_is_named(wb, home, library):
    if not Path("/proc/locks").exists():
        pytest.skip("this system does not tell")
    with start(python(OPEN, home / "store.db", library), stdin=PIPE, stdout=PIPE, text=True) as other:
        version = other.stdout.readline().strip()
        found = findings(wb("doctor", "--json"))["versions"]
        other.stdin.close()
    if (version != engine.LIBRARY) != (library == "another"):
        pytest.skip("one library only is installed here")
    assert found["ok"] is (library == "the same")
    if library == "another":
        assert f"(pid {other.pid}," in found["what"]


# ---------------------------------------------------------------- a store that a group shares


@pytest.fixture
def group():
    """A group of this machine that this user can give files to, and that is not his first."""
    mine = range(1, 60_000) if os.geteuid() == 0 else os.getgroups()
    found = [each for each in grp.getgrall() if each.gr_gid in mine and each.gr_gid != os.getegid()]
    if not found:
        pytest.skip("needs a second group")
    return found[0]


def mode(path):
    return path.stat().st_mode & 0o7777


def test_a_new_store_is_its_owners_only_whatever_the_umask(run, home):
    before = os.umask(0)
    try:
        path = home / "a" / "b" / "s.db"
        assert run("--db", path, "init").code == 0
    finally:
        os.umask(before)
    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)


def test_a_store_for_a_group_is_the_groups_whatever_the_umask(run, home, group):
    before = os.umask(0o077)
    try:
        path = home / "shared" / "s.db"
        assert run("--db", path, "init", "--group", group.gr_name).code == 0
    finally:
        os.umask(before)
    assert (mode(path), mode(path.parent)) == (0o660, 0o2770)
    assert {path.stat().st_gid, path.parent.stat().st_gid} == {group.gr_gid}
    assert run("--db", path, "doctor").code == 0


def test_a_folder_that_is_no_groups_is_refused_with_the_command(run, home, group):
    refused = run("init", "--group", group.gr_name)
    assert refused.code == 3
    assert not (home / "store.db").exists()
    command = refused.err.partition("To make it so: ")[2].strip()
    process(["sh", "-c", command], check=True)
    assert run("init", "--group", group.gr_name).code == 0


def test_an_unknown_group_is_wrong_usage(run, home):
    refused = run("--db", home / "x" / "s.db", "init", "--group", "no-such-group")
    assert refused.code == 2
    assert refused.err.startswith("--group: There is no group no-such-group")
    assert not (home / "x").exists()


def test_a_folder_that_does_not_hand_on_the_group_is_named_and_mended(run, home, group):
    path = home / "shared" / "s.db"
    assert run("--db", path, "init", "--group", group.gr_name).code == 0
    process(["chmod", "g-s", str(path.parent)], check=True)
    found = findings(run("--db", path, "doctor", "--json"))["group"]
    assert found["ok"] is False
    assert shlex.split(found["mend"])[0] == "chgrp"
    process(["sh", "-c", found["mend"]], check=True)
    assert run("--db", path, "doctor").code == 0


def test_a_trial_store_is_said_to_be_one_and_its_times_are_no_fault_of_the_clock(wb):
    assert wb("--now", "2031-01-01 09:00", "record", "--text", "x").code == 0
    done = wb("doctor")
    assert (done.code, "A trial store" in done.out) == (0, True), done.out
