"""A disk that fills in the middle of a file or a backup: nothing half is left, what was there stays, exit 7."""

import os

import pytest
from processes import WORKBENCH, python, run

CONTACTS = "客户姓名,客户电话\n" + "".join(f"王{n},1380013{n:04}\n" for n in range(200))
PRECIOUS = "precious"


@pytest.fixture
def filled(wb, home):
    """A store with long cases and a campaign, and a folder on a disk of its own."""
    for n in range(40):
        assert wb("record", "--text", f"漏水 {n} " + "很长的话" * 500).code == 0
    (home / "contacts.csv").write_text(CONTACTS)
    assert wb("campaign", "new", "autumn", "--kind", "goodwill", home / "contacts.csv").code == 0
    small = home / "small"
    small.mkdir()
    if os.geteuid() or run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(small)]).returncode:
        pytest.skip("only root may mount a small file system")
    yield small
    run(["umount", str(small)], check=True)


def fill(folder, left):
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "filler").write_bytes(b"x" * (free - left))


OUT = {
    "export csv": ("out.csv", ("export", "{file}")),
    "export jsonl": ("out.jsonl", ("export", "{file}")),
    "export xlsx": ("out.xlsx", ("export", "{file}")),
    "summary markdown": ("out.md", ("summary", "--markdown", "{file}")),
    "summary html": ("out.html", ("summary", "--html", "{file}")),
    "analyze markdown": ("out.md", ("analyze", "--markdown", "{file}")),
    "campaign export": ("out.csv", ("campaign", "export", "autumn", "{file}")),
    "keys export": ("out.toml", ("keys", "export", "default", "--to", "{file}")),
}


@pytest.mark.parametrize("share", [0, 0.5], ids=["full at once", "full in the middle"])
@pytest.mark.parametrize("what", OUT)
def test_a_file_is_whole_or_not_there(wb, filled, what, share):
    name, words = OUT[what]
    target = filled / name
    words = [word.format(file=target) for word in words]
    done = wb(*words)
    assert done.code == 0, done.err  # the control: with room it is written
    size = target.stat().st_size
    target.write_text(PRECIOUS)
    fill(filled, int(size * share) // 4096 * 4096)
    done = wb(*words)
    assert done.code == 7
    assert "the disk is full" in done.err
    assert "Traceback" not in done.err
    assert sorted(each.name for each in filled.iterdir()) == ["filler", name]
    assert target.read_text() == PRECIOUS
    (filled / "filler").unlink()
    assert wb(*words).code == 0


@pytest.mark.parametrize("left", [0, 4096, 200_000], ids=str)
def test_a_backup_is_whole_or_not_there(wb, filled, left):
    fill(filled, left)
    done = wb("backup", filled / "b.db")
    assert done.code == 7
    assert "disk is full" in done.err
    assert [each.name for each in filled.iterdir()] == ["filler"]


def test_a_restore_that_finds_no_room_leaves_nothing(wb, filled, home):
    assert wb("backup", home / "b.db").code == 0
    fill(filled, 100_000)
    done = wb("--db", filled / "s.db", "restore", home / "b.db")
    assert (done.code, "disk is full" in done.err) == (7, True)
    assert [each.name for each in filled.iterdir()] == ["filler"]


LIMIT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
from workbench.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def _others(home):
    return sorted(each.name for each in home.iterdir() if not each.name.startswith("store.db-"))


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "b.db"])
def test_a_limit_on_files_leaves_nothing_half(wb, home, name):
    for n in range(40):
        assert wb("record", "--text", f"漏水 {n} " + "很长的话" * 500).code == 0
    verb = "backup" if name == "b.db" else "export"
    assert run([*WORKBENCH, verb, str(home / name)]).returncode == 0
    (home / name).unlink()
    before = _others(home)
    done = run(python(LIMIT, verb, home / name))
    assert done.returncode == 7, done.stderr
    assert "grow" in done.stderr
    assert _others(home) == before
