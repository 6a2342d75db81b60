"""Evidence beside the store: on disk before its entry, verified, backed up, put back, and gone when erased."""

import hashlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from desks import Bench
from processes import Child

from storage import evidence
from storage.backup import Restorer, backup, restore
from storage.check import check
from storage.store import Store
from workbench.domain.errors import NotFoundError, RefusedError, StoreDamagedError, StoreFullError
from workbench.reports.evidence import file_of
from workbench.setup import persons

WATER = b"\xff\xd8water"
DIGEST = hashlib.sha256(WATER).hexdigest()
WHO = Restorer("mei", "mei", "b")
PHONE = "13800138000"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(WATER)
    return path


def folder(bench: Bench) -> Path:
    return evidence.folder_of(bench.store.path)


def names(bench: Bench) -> list[str]:
    return sorted(each.name for each in folder(bench).iterdir())


def wrong(bench: Bench) -> list[tuple[str | None, int | None, str]]:
    found = check(bench.store, bench.desk().rules_in).problems
    return [(each.number, each.seq, str(each.what)) for each in found]


def attached(bench: Bench, photo: Path, **facts: str):  # type: ignore[no-untyped-def]
    return bench.act(bench.record(**facts), "attach", file=str(photo), kind="photo")


def test_a_copy_lies_beside_the_store_for_its_owner_only(bench: Bench, photo: Path) -> None:
    case = attached(bench, photo)
    assert case.evidence[0].kept
    assert names(bench) == [DIGEST]
    assert (folder(bench) / DIGEST).read_bytes() == WATER
    assert folder(bench).stat().st_mode & 0o777 == 0o700
    assert (folder(bench) / DIGEST).stat().st_mode & 0o777 == 0o600
    photo.unlink()
    found = file_of(bench.desk(), case.case_id, "1")
    assert (found.name, found.path.read_bytes()) == ("photo.jpg", WATER)
    assert wrong(bench) == []


def test_the_same_file_twice_is_kept_once(bench: Bench, photo: Path) -> None:
    attached(bench, photo)
    attached(bench, photo)
    assert names(bench) == [DIGEST]


def test_a_file_that_is_too_large_for_the_policy_is_refused_and_nothing_is_left(
    bench: Bench, tmp_path: Path
) -> None:
    with (tmp_path / "film").open("wb") as file:
        file.truncate((100 << 20) + 1)
    case = bench.record()
    with pytest.raises(RefusedError, match="film is larger than 100 MB"):
        bench.act(case, "attach", file=str(tmp_path / "film"), kind="recording")
    assert (names(bench), bench.now(case).version) == ([], 1)


def test_a_full_disk_says_so_and_writes_no_entry(
    bench: Bench, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "")

    case = bench.record()
    monkeypatch.setattr(evidence.os, "fsync", full)
    with pytest.raises(StoreFullError, match="cannot be kept in"):
        bench.act(case, "attach", file=str(photo), kind="photo")
    monkeypatch.undo()
    assert (names(bench), bench.now(case).version) == ([], 1)


def test_the_copy_is_on_disk_before_its_entry(
    bench: Bench, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list[str]()
    sync, write, flush = evidence.copies.sync, Store.write, os.fsync
    monkeypatch.setattr(evidence.os, "fsync", lambda file: (order.append("file"), flush(file)))
    monkeypatch.setattr(evidence.copies, "sync", lambda path: (order.append("folder"), sync(path)))
    monkeypatch.setattr(Store, "write", lambda self, work: (order.append("entry"), write(self, work))[1])
    case = bench.record()
    order.clear()
    bench.act(case, "attach", file=str(photo), kind="photo")
    assert (
        order.index("file")
        < max(at for at, what in enumerate(order) if what == "folder")
        < order.index("entry")
    )


@pytest.mark.parametrize("step", ["file", "name", "entry"])
def test_whoever_is_killed_leaves_no_entry_without_its_file(
    bench: Bench, photo: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, path = bench.record(), bench.store.path
    bench.store.close()

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def mortal(say: Callable[[str], None]) -> None:
        places = {"file": (evidence, "_copied"), "name": (Path, "replace"), "entry": (Store, "write")}
        bench.store = Store(path)
        bench.desks.clear()
        with monkeypatch.context() as patch:
            patch.setattr(*places[step], die)
            bench.act(case, "attach", file=str(photo), kind="photo")

    child = Child(mortal)
    child.end()
    assert child.code == -signal.SIGKILL
    bench.store = Store(path)
    bench.desks.clear()
    assert bench.now(case).evidence == ()
    assert wrong(bench) == []
    bench.act(case, "attach", file=str(photo), kind="photo")
    assert names(bench) == [DIGEST]  # nothing half is left


def test_check_names_the_entry_whose_file_is_missing_or_changed(bench: Bench, photo: Path) -> None:
    case = attached(bench, photo)
    (folder(bench) / DIGEST).write_bytes(b"other")
    assert wrong(bench) == [(case.number, 2, f"The file of the evidence was changed: {DIGEST}")]
    with pytest.raises(StoreDamagedError, match="proves nothing"):
        file_of(bench.desk(), case.case_id, "1")
    (folder(bench) / DIGEST).unlink()
    assert wrong(bench) == [
        (case.number, 2, f"The file of the evidence is missing or cannot be read: {DIGEST}")
    ]
    with pytest.raises(StoreDamagedError, match="is missing"):
        file_of(bench.desk(), case.case_id, "1")


def test_an_entry_of_before_keeps_working(bench: Bench, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench import actions

    old = actions.of("attach")
    monkeypatch.setattr(type(old), "known", lambda self, desk, given: self.prepare(given))
    case = attached(bench, photo)
    assert not folder(bench).exists()
    assert (case.evidence[0].kept, case.evidence[0].sha256) == (False, DIGEST)
    assert wrong(bench) == []
    with pytest.raises(RefusedError, match=f"the file stays elsewhere. SHA-256: {DIGEST}"):
        file_of(bench.desk(), case.case_id, "1")
    with pytest.raises(NotFoundError):
        file_of(bench.desk(), case.case_id, "2")


def test_a_backup_takes_the_files_along_and_restore_puts_them_back(
    bench: Bench, photo: Path, tmp_path: Path
) -> None:
    attached(bench, photo)
    target = tmp_path / "b" / "night.backup"
    target.parent.mkdir()
    assert backup(bench.store, target).problems == []
    assert (target.with_name("night.backup.evidence") / DIGEST).read_bytes() == WATER
    path = bench.store.path
    (folder(bench) / DIGEST).write_bytes(b"other")
    bench.store.close()
    assert restore(target, path, bench.clock(), WHO).lost == []
    bench.store = Store(path)
    bench.desks.clear()
    assert (folder(bench) / DIGEST).read_bytes() == WATER
    assert wrong(bench) == []


def test_what_is_lost_is_named_and_the_backup_is_written_all_the_same(
    bench: Bench, photo: Path, tmp_path: Path
) -> None:
    case = attached(bench, photo)
    (folder(bench) / DIGEST).unlink()
    [lost] = backup(bench.store, tmp_path / "night.backup").problems
    assert (lost.number, lost.seq) == (case.number, 2)
    assert (tmp_path / "night.backup").exists()


def test_erasing_a_person_removes_their_files_and_no_other(bench: Bench, photo: Path, tmp_path: Path) -> None:
    (tmp_path / "shared.jpg").write_bytes(b"shared")
    case = attached(bench, photo, phone=PHONE)
    bench.act(case, "attach", file=str(tmp_path / "shared.jpg"), kind="photo")
    attached(bench, tmp_path / "shared.jpg")
    bench.act(case, "close", outcome="修好了")
    gone = persons.erase(bench.desk(), PHONE, "asked for it")
    assert (gone.evidence, gone.attachments) == (1, [])
    assert names(bench) == [hashlib.sha256(b"shared").hexdigest()]
    assert wrong(bench) == []
    with pytest.raises(RefusedError, match="erased by law"):
        file_of(bench.desk(), case.case_id, "1")


def test_a_copy_that_an_erasure_tidied_up_before_its_entry_is_asked_for_again(
    bench: Bench, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = evidence.keep

    def tidied(*given: object) -> evidence.Kept:
        found = kept(*given)  # type: ignore[arg-type]
        persons.tidy(bench.desk("bo"))
        return found

    case = bench.record()
    with monkeypatch.context() as patch:
        patch.setattr(evidence, "keep", tidied)
        with pytest.raises(RefusedError, match="do the same again"):
            bench.act(case, "attach", file=str(photo), kind="photo")
    bench.act(case, "attach", file=str(photo), kind="photo")
    assert wrong(bench) == []


def test_what_is_not_ours_in_the_folder_stays_and_stops_no_erasure(bench: Bench, photo: Path) -> None:
    case = attached(bench, photo, phone=PHONE)
    folder = evidence.folder_of(bench.path)
    (folder / "lost+found").mkdir()
    (folder / "notes.txt").write_text("ours", "utf-8")
    bench.act(case, "close", outcome="修好了")
    assert persons.erase(bench.desk(), PHONE, "asked for it").evidence == 1
    assert names(bench) == ["lost+found", "notes.txt"]
