"""Each cause for which a store cannot serve has a sentence of its own, and the command that mends it."""

import os
import resource
from errno import EDQUOT
from pathlib import Path

import pytest
from places_support import as_nobody, mounted, only_root, open_place, read_only_view
from processes import PIPE, python, run, start
from storage_support import raw

from storage import engine, faults, mounts
from storage.backup import backup
from storage.create import create
from storage.meaning import in_our_words
from storage.store import Store
from workbench.domain.errors import StoreBusyError, StoreError, StoreFullError
from workbench.policy import loading

CHANGE = "INSERT OR REPLACE INTO setting SELECT site_id, 'x', hex(randomblob(9)) FROM setting LIMIT 1"


@pytest.fixture
def place(clock):
    only_root()
    with open_place(clock) as path:
        yield path


def rights(**modes):
    """Set the mode of ``file``, ``folder``, ``wal``, ``shm``; somebody has the store open meanwhile."""

    def arrange(path):
        ends = {"file": path, "folder": path.parent, "wal": f"{path}-wal", "shm": f"{path}-shm"}
        for name, mode in modes.items():
            os.chmod(ends[name], mode)

    return arrange


# what SQLite needs of a place differs without a log to write ahead: these are told of that mode
in_wal = pytest.mark.skipif(not engine.WAL_IS_SAFE, reason="needs a store in WAL mode")

TABLE = {
    "all is well": ("write", rights(), "done 2", ()),
    "a folder without write": (
        "write", rights(folder=0o755), "7 StoreReadOnlyError The store cannot be written: you may not write to"
        " its folder {folder}, which belongs to root, group root;", ("folder", "setfacl -m u:nobody:wx {folder}"),
    ),
    "a folder without write, to read": ("read", rights(folder=0o755), "done 1", ("folder", "")),
    "a folder that may not be entered": (
        "read", rights(folder=0o700), "7 StoreReadOnlyError The store cannot be opened: you may not enter the"
        " folder {folder}, which belongs to root.", ("folder", "setfacl -m u:nobody:x {folder}"),
    ),
    "a file without write": (
        "write", rights(file=0o644), "7 StoreReadOnlyError The store cannot be written: you may not write to"
        " {path}, which belongs to root, group root, mode 0644.", ("file", "setfacl -m u:nobody:rw {path}"),
    ),
    "a file without write, to read": ("read", rights(file=0o644), "done 1", ("file", "")),
    "a file without read": (
        "read", rights(file=0o600), "7 StoreReadOnlyError The store cannot be opened: you may not read {path},",
        ("file", "setfacl -m u:nobody:rw {path}"),
    ),
}  # fmt: skip
OPEN = {
    "all is well while others work": ("write", rights(), "done 2", ()),
    "an index without read": (
        "write", rights(shm=0o600), "7 StoreReadOnlyError The store cannot be opened: you may not read {path}-shm,",
        ("shm", "{path}-shm"),
    ),
    "a log without write": (
        "write", rights(wal=0o444), "7 StoreReadOnlyError The store cannot be written: you may not write to"
        " {path}-wal,", ("wal", "{path}-wal"),
    ),
    "a log without read": (
        "read", rights(wal=0o600), "7 StoreReadOnlyError The store cannot be opened: you may not read {path}-wal,",
        ("wal", "{path}-wal"),
    ),
    "a folder without write while others work": ("read", rights(folder=0o755), "done 1", ("folder", "")),
}  # fmt: skip


def judge(done, path, expected, fault):
    said = done.stdout.splitlines()
    assert said, done.stderr
    assert said[0].startswith(expected.format(path=path, folder=path.parent)), done.stdout
    topic, mend = fault or ("", "")
    named = [line.split(" ", 2)[1:] for line in said[1:] if line.startswith("fault")]
    if not topic:
        assert [each for each in named if each[0] != "private"] == []
        return
    assert named[0][0] == topic, done.stdout
    assert mend.format(path=path, folder=path.parent) in named[0][1]
    if said[0].startswith("7"):
        assert named[0][1] in said[0]  # the error itself names the command


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=in_wal if name == "a folder without write" else ()) for name in TABLE]
)
def test_the_one_at_fault_is_named_with_what_mends_it(place, tmp_path, name):
    how, arrange, expected, fault = TABLE[name]
    arrange(place)
    judge(as_nobody(place, how, tmp_path / "warm.db"), place, expected, fault)


@pytest.mark.parametrize("name", OPEN)
def test_a_side_file_at_fault_is_named(place, tmp_path, name):
    how, arrange, expected, fault = OPEN[name]
    with raw(place) as writer:
        if writer.value("PRAGMA journal_mode") != "wal":
            pytest.skip("needs a store in WAL mode")
        writer.run(CHANGE)
        for end in ("-wal", "-shm"):
            os.chmod(f"{place}{end}", 0o666)
        arrange(place)
        judge(as_nobody(place, how, tmp_path / "warm.db"), place, expected, fault)
        place.parent.chmod(0o777)


@in_wal
def test_a_disk_that_may_only_be_read_says_so_and_how_to_read(place, tmp_path):
    with read_only_view(place.parent) as view:
        store = view / place.name
        expected = (
            "7 StoreReadOnlyError The store cannot be opened: {path} lies on a disk that may only be read"
        )
        done = as_nobody(store, "write", tmp_path / "warm.db")
        judge(done, store, expected, ("mount", "remount,rw"))
        assert f"workbench --db {store} --read-only" in done.stdout


@pytest.mark.parametrize("working", [False, True], ids=["at rest", "while others work"])
def test_a_disk_that_may_only_be_read_is_read(place, tmp_path, working):
    with read_only_view(place.parent) as view, raw(place) as writer:
        if working:
            writer.run(CHANGE)
        else:
            writer.connection.close()
        done = as_nobody(view / place.name, "read", tmp_path / "warm.db")
        assert done.stdout.startswith("done 1"), done.stdout + done.stderr


def test_entries_that_only_a_writer_can_bring_in_are_not_left_out_in_silence(place, tmp_path):
    """A writer was killed: its log is there, the index is not."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom storage.engine import connect\n"
        "db = connect(Path(sys.argv[1]))\ndb.run('PRAGMA wal_autocheckpoint = 0')\n"
        "db.run(sys.argv[2])\nos._exit(0)"
    )
    run(python(code, place, CHANGE))
    if not Path(f"{place}-wal").exists():
        pytest.skip("needs a store in WAL mode")
    Path(f"{place}-shm").unlink()
    for end in ("", "-wal"):
        os.chmod(f"{place}{end}", 0o644)
    place.parent.chmod(0o755)
    done = as_nobody(place, "read", tmp_path / "warm.db")
    assert done.stdout.startswith("7 StoreReadOnlyError"), done.stdout + done.stderr
    assert f"{place}-wal holds entries" in done.stdout
    assert f"cp {place} {place}-wal rescue/" in done.stdout


def _read_while_somebody_writes(reader, place):
    with reader.reading() as db:
        assert db.value("SELECT count(*) FROM cases") == 1
        with raw(place) as writer:  # its log is brought in when it closes
            writer.run(CHANGE)


@in_wal
def test_whoever_reads_without_locks_hears_that_somebody_wrote(place, tmp_path):
    with read_only_view(place.parent) as view:
        reader = Store(view / place.name, read_only=True)
        watch = reader.watch()
        assert watch.changed() is False
        with pytest.raises(StoreBusyError, match="wrote to the store while it was read"):
            _read_while_somebody_writes(reader, place)
        assert watch.changed() is True
        with reader.reading() as db:  # and the next look is whole again
            assert db.value("SELECT count(*) FROM cases") == 1
        watch.close()
        reader.close()


# ---------------------------------------------------------------- room


def test_a_full_disk_names_the_disk(tmp_path, clock):
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=3m", "none") as small:
        path = small / "s.db"
        create(path, code="A", policy="default", text=loading.load("default")[1], at=clock(), by="x")
        store = Store(path)
        (small / "filler").write_bytes(b"x" * (os.statvfs(small).f_bavail * os.statvfs(small).f_frsize))
        with pytest.raises(StoreFullError) as full:
            store.write(lambda db: db.run("INSERT INTO setting SELECT 1, 'x', hex(randomblob(90000))"))
        assert str(full.value) == (
            "The disk is full; this was not written. Free some space and try again."
            f" {small} has room for 0 kB only. To mend it: df -h {small}"
        )
        store.close()


@in_wal
def test_a_store_on_a_full_disk_is_read(tmp_path, clock):
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=3m", "none") as small:
        path = small / "s.db"
        create(path, code="A", policy="default", text=loading.load("default")[1], at=clock(), by="x")
        (small / "filler").write_bytes(b"x" * (os.statvfs(small).f_bavail * os.statvfs(small).f_frsize))
        reader = Store(path, read_only=True)
        with reader.reading() as db:
            assert db.value("SELECT count(*) FROM policy") == 1
        reader.close()
        with pytest.raises(StoreFullError, match="disk is full"):
            Store(path)


LIMITED = """
import resource, sys
from pathlib import Path
from storage.store import Store
from workbench.domain.errors import StoreError
store = Store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, resource.RLIM_INFINITY))
try:
    store.write(lambda db: db.run("INSERT INTO setting SELECT 1, 'x', hex(randomblob(900000))"))
except StoreError as why:
    print(why.exit_code, type(why).__name__, why)
"""


def test_a_limit_on_files_names_the_limit(bench):
    done = run(python(LIMITED, bench.path))
    assert done.stdout == (
        "7 StoreFullError The store may not grow; this was not written. files may not grow beyond 146 kB here (a"
        " limit of the shell or service). To mend it: ulimit -f unlimited\n"
    ), done.stderr
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_quota_names_the_quota(bench, monkeypatch):
    """No disk here has quotas: the answer of the system is put in its place."""
    monkeypatch.setattr(faults, "_probed", lambda folder: EDQUOT)
    refused = OSError("disk I/O error")
    said = str(in_our_words(refused, bench.path))
    assert said.endswith(f"your quota on the disk of {bench.path.parent} is used up. To mend it: quota -s")


def test_a_disk_error_where_there_is_room_is_no_full_disk(bench):
    """The control: nothing is blamed that was not found."""
    error = in_our_words(OSError("disk I/O error"), bench.path)
    assert str(error) == "The disk refused to read or write the store; this was not done."
    assert not [name for name in os.listdir(bench.path.parent) if name.endswith(".probe")]


# ---------------------------------------------------------------- others


HOLD = """
import sys
from pathlib import Path
from storage.engine import connect
db = connect(Path(sys.argv[1]))
db.run("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_locked_store_names_who_holds_it(bench):
    with start(python(HOLD, bench.path), stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with bench.store._lent() as mine:
            mine.run("PRAGMA busy_timeout = 20")
            with pytest.raises(StoreBusyError) as busy:
                mine.run("BEGIN IMMEDIATE")
            mine.run("PRAGMA busy_timeout = 10000")
        other.stdin.close()
    assert str(busy.value).startswith("The store is busy: another program holds it. Try again.")
    if Path("/proc/locks").exists():
        assert f"(pid {other.pid}," in str(busy.value)


def table_of(kind, point):
    return (
        f"21 1 254:0 / / rw - ext4 /dev/a rw\n30 21 0:30 / {point} rw,relatime shared:1 - {kind} srv:/x rw\n"
    )


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "ceph"])
def test_a_store_on_a_network_file_system_is_refused_with_the_reason(
    bench, monkeypatch, clock, kind, tmp_path
):
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "mountinfo")
    mounts.TABLE.write_text(table_of(kind, bench.path.parent))
    for refused in (
        lambda: Store(bench.path),
        lambda: Store(bench.path, read_only=True),
        lambda: create(tmp_path / "new.db", code="A", policy="default", text="", at=clock(), by="x"),
    ):
        with pytest.raises(StoreError, match=f"network file system \\({kind}") as error:
            refused()
        assert error.value.exit_code == 7
        assert "mv " in str(error.value)
    assert not (tmp_path / "new.db").exists()


def test_a_backup_may_lie_on_a_network_file_system(bench, monkeypatch, tmp_path):
    (tmp_path / "share").mkdir()
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "mountinfo")
    mounts.TABLE.write_text(table_of("nfs4", tmp_path / "share"))
    assert backup(bench.store, tmp_path / "share" / "b").problems == []


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs"])
def test_a_store_on_a_disk_of_this_machine_is_opened(bench, monkeypatch, kind, tmp_path):
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "mountinfo")
    mounts.TABLE.write_text(table_of(kind, bench.path.parent))
    Store(bench.path).close()


def test_names_in_the_table_of_mounts_are_read_as_the_system_writes_them(monkeypatch, tmp_path):
    (tmp_path / "a b").mkdir()
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "mountinfo")
    mounts.TABLE.write_text(table_of("nfs", f"{tmp_path}/a\\040b") + "nonsense\n")
    assert mounts.mount_of(tmp_path / "a b" / "x.db") == mounts.Mount(tmp_path / "a b", "nfs")
    assert mounts.mount_of(tmp_path / "x.db").kind == "ext4"


def test_where_there_is_no_table_the_command_is_read(monkeypatch, tmp_path):
    command = tmp_path / "mount"
    command.write_text(
        "#!/bin/sh\necho '/dev/disk3s1 on / (apfs, local)'\necho 'u@h:/x on /Volumes/a b (smbfs, nodev)'\n"
    )
    command.chmod(0o755)
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "none")
    monkeypatch.setattr(mounts, "COMMAND", str(command))
    mounts._told.cache_clear()
    assert mounts.mount_of(Path("/Volumes/a b/s.db")).is_network
    assert not mounts.mount_of(Path("/Users/x/s.db")).is_network
    mounts._told.cache_clear()
