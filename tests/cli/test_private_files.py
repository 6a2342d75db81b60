"""What is made holds personal data: it is its owner's only, whatever the umask; what is there keeps its rights."""

import grp
import os
import stat

import pytest

from screens.drafts import Drafts
from workbench import config, crash
from workbench.domain.errors import RefusedError


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _nothing_taken_away():
    """A umask that takes nothing away, so that what is private was made so."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.xlsx"])
def test_an_export_is_its_owners_only(wb, recorded, home, name):
    (home / name).touch(mode=0o666)
    assert wb("export", home / name).code == 0
    assert mode(home / name) == 0o600


def test_a_summary_and_a_backup_are_their_owners_only(wb, recorded, home):
    assert wb("summary", "--html", home / "s.html", "--markdown", home / "s.md").code == 0
    assert wb("backup", home / "b.db").code == 0
    assert {mode(home / name) for name in ("s.html", "s.md", "b.db")} == {0o600}


def test_a_crash_report_lies_in_a_folder_of_ones_own(home, clock):
    path = crash.report(ValueError("call 13800138000"), clock())
    assert mode(path) == 0o600
    assert {mode(folder) for folder in (path.parent, path.parent.parent)} == {0o700}
    assert "13800138000" not in path.read_text()


def test_a_draft_lies_in_a_folder_of_ones_own(home):
    drafts = Drafts(home / "s.db", "mei")
    drafts.save("record", {"text": "call 13800138000"})
    assert [mode(file) for file in drafts.folder.iterdir()] == [0o600]
    assert {mode(folder) for folder in (drafts.folder, config.state_folder())} == {0o700}


@pytest.mark.parametrize("rights", [0o600, 0o640, 0o660, 0o664])
@pytest.mark.parametrize("damaged", [False, True], ids=["healthy", "damaged"])
def test_a_store_keeps_its_rights_and_its_group_when_a_backup_is_put_back(
    wb, recorded, home, rights, damaged
):
    store = home / "store.db"
    assert wb("backup", home / "b.db").code == 0
    if damaged:
        for end in ("-wal", "-shm"):
            (home / f"store.db{end}").unlink(missing_ok=True)
        store.write_bytes(b"no store any more" * 500)
    store.chmod(rights)
    group = 4242 if os.geteuid() == 0 else store.stat().st_gid
    os.chown(store, -1, group)
    assert wb("restore", home / "b.db").code == 0
    assert (mode(store), store.stat().st_gid) == (rights, group)
    [kept] = home.glob("store.db.before-restore-*")
    assert mode(kept) | rights == rights  # never more


def test_a_group_that_one_is_not_in_gets_nothing_of_the_copy(wb, recorded, home, monkeypatch):
    """Its own group is not what the store was shared with."""
    store = home / "store.db"
    assert wb("backup", home / "b.db").code == 0
    for end in ("-wal", "-shm"):
        (home / f"store.db{end}").unlink(missing_ok=True)
    store.write_bytes(b"no store any more" * 500)
    store.chmod(0o660)
    if os.geteuid():
        pytest.skip("only root may give a file to another group")
    os.chown(store, -1, 4242)

    def refused(*_given):
        raise PermissionError

    monkeypatch.setattr(os, "chown", refused)
    assert wb("restore", home / "b.db").code == 0
    assert mode(store) == 0o600


def test_a_temporary_copy_is_never_readable_by_others(wb, recorded, home, monkeypatch):
    """Looked at in the middle of each backup and restore: when the copy is verified."""
    from storage import backup

    seen = []

    def looked_at(copy, *how):
        seen.append(mode(copy))
        return verify(copy, *how)

    verify = backup._verify
    monkeypatch.setattr(backup, "_verify", looked_at)
    (home / "store.db").chmod(0o664)
    assert wb("backup", home / "b.db").code == 0
    assert wb("restore", home / "b.db").code == 0
    assert wb("--db", home / "new.db", "restore", home / "b.db").code == 0
    assert set(seen) == {0o600}


def test_a_folder_that_is_no_groups_is_left_as_it_is(home, tmp_path):
    """The control of ``init --group``: nothing is opened that somebody else made."""
    from storage import private

    folder = tmp_path / "there"
    folder.mkdir(mode=0o755)
    with pytest.raises(RefusedError):
        private.folder_for(folder, grp.getgrgid(os.getegid()).gr_name)
    assert mode(folder) == 0o755
