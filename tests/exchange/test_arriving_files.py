"""A watched folder: what lies still is taken once, and nothing is lost or doubled, whoever is killed when."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from letter_support import eml, letter, mbox
from processes import Child

from storage.check import check
from storage.run_lock import alone
from tests.exchange.conftest import HEADER, SMALL, Importer, small_row
from workbench.domain.errors import StoreBusyError, StoreFullError, UsageError
from workbench.exchange import arrived, arriving
from workbench.exchange.arriving import Folder, Moved, Taken
from workbench.exchange.one_file import Taker


class Watched:
    """A folder that is watched, and what was told."""

    def __init__(self, importer: Importer, path: Path, mapping: Path | None) -> None:
        self.importer, self.path, self.told = importer, path, list[str]()
        self.taker = Taker(importer.bench.desk("mei"), mapping, "", lambda: False)
        self.folder = Folder(path, self.taker.take, self.told.append)

    def looks(self, many: int = 2) -> list[Moved]:
        return [moved for _ in range(many) for moved in self.folder.look()]

    def ids(self) -> list[str]:
        return [name for (name,) in self.importer.all("SELECT external_id FROM cases ORDER BY external_id")]


def small(folder: Path, name: str, *ids: object) -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *map(small_row, ids), ""]), "utf-8")
    return path


def below(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def watched(importer: Importer, inbox: Path, mapping: Path) -> Watched:
    return Watched(importer, inbox, mapping)


def test_a_file_is_taken_when_two_looks_find_it_the_same(watched: Watched, inbox: Path) -> None:
    small(inbox, "a.csv", 1, 2)
    assert watched.looks(1) == []
    small(inbox, "a.csv", 1, 2, 3)  # its writer goes on
    assert watched.looks(1) == []
    [moved] = watched.looks(1)
    assert (moved.name, moved.to, moved.taken.good) == ("a.csv", inbox / "done/a.csv", True)
    assert watched.ids() == ["1", "2", "3"]
    assert below(inbox) == ["done/a.csv", "done/a.csv.report.txt"]
    assert "3 rows: 3 added" in (inbox / "done/a.csv.report.txt").read_text("utf-8")
    assert watched.looks(3) == []
    assert watched.told == []


def test_mail_comes_by_a_folder_as_well(watched: Watched, inbox: Path) -> None:
    eml(inbox, letter())
    mbox(inbox, letter(ident="b@x"), letter(ident="c@x"))
    assert [moved.to.parent.name for moved in watched.looks()] == ["done", "done"]
    assert watched.ids() == ["<a@x>", "<b@x>", "<c@x>"]


def test_a_file_that_cannot_be_taken_fails_with_its_lines_and_the_others_go_on(
    watched: Watched, inbox: Path
) -> None:
    small(inbox, "a.csv", 1, 1)
    (inbox / "b.xlsx").write_bytes(b"no workbook")
    small(inbox, "c.csv", 3)
    mbox(inbox, letter(), b"\nno headers", name="d.mbox")
    assert {moved.name: moved.to.parent.name for moved in watched.looks()} == {
        "a.csv": "failed", "b.xlsx": "failed", "c.csv": "done", "d.mbox": "failed",
    }  # fmt: skip
    assert watched.ids() == ["3", "<a@x>"]
    assert "lines 2, 3" in (inbox / "failed/a.csv.report.txt").read_text("utf-8")
    assert "message 2: is no message" in (inbox / "failed/d.mbox.report.txt").read_text("utf-8")


def test_what_is_no_file_of_ours_stays(watched: Watched, inbox: Path) -> None:
    for name in (".a.csv", "~$a.xlsx", "a.csv.part", "a.pdf"):
        small(inbox, name, 1)
    (inbox / "b.csv").mkdir()
    (inbox / "c.csv").symlink_to(inbox / "a.pdf")
    os.mkfifo(inbox / "d.csv")
    assert watched.looks(3) == []
    assert watched.ids() == []


NAMES = [
    "a\x1b[31m.csv",
    "a\nb.csv",
    "--help.csv",
    "\u202egpj.csv",
    " .csv",
    "x" * 250 + ".csv",
    "漏" * 80 + ".csv",
]


@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"\xff.csv")], ids=range(len(NAMES) + 1))
def test_hostile_names_arrive(watched: Watched, inbox: Path, name: str) -> None:
    small(inbox, name, 1)
    [moved] = watched.looks()
    assert moved.to.read_text("utf-8").startswith("id,")
    assert len(list((inbox / "done").iterdir())) == 2
    assert watched.told == []
    arriving.told(moved).encode()


def test_a_name_that_came_before_gets_a_number(watched: Watched, inbox: Path) -> None:
    for ident in range(3):
        small(inbox, "day.csv.gz".removesuffix(".gz"), ident)
        watched.looks()
    assert [name for name in below(inbox) if not name.endswith(".txt")] == [
        "done/day.2.csv", "done/day.3.csv", "done/day.csv",
    ]  # fmt: skip
    assert watched.ids() == ["0", "1", "2"]


def test_a_file_that_is_changed_while_it_is_read_is_taken_again(
    watched: Watched, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(inbox, "a.csv", 1)
    taken = watched.folder.take

    def slow(path: Path) -> Taken:
        found = taken(path)
        small(inbox, "a.csv", 1, 2)
        monkeypatch.setattr(watched.folder, "take", taken)
        return found

    monkeypatch.setattr(watched.folder, "take", slow)
    assert watched.looks(2) == []
    assert [moved.taken.counts["added"] for moved in watched.looks(2)] == [1]
    assert watched.ids() == ["1", "2"]


def test_a_folder_that_vanishes_is_told_once_and_waited_for(watched: Watched, inbox: Path) -> None:
    away = inbox.rename(inbox.with_name("away"))
    assert watched.looks(5) == []
    [said] = watched.told
    assert "cannot be looked at: it is not there" in said
    small(away, "a.csv", 1)
    away.rename(inbox)
    assert len(watched.looks()) == 1


def test_what_cannot_be_moved_is_taken_once_and_told_once(
    watched: Watched, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(inbox, "a.csv", 1)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", _refusing)
        assert watched.looks(4) == []
    [said] = watched.told
    assert said == "a.csv is in the store and cannot be moved to done: you lack the right. It is tried again."
    monkeypatch.setattr(watched.folder, "take", None)  # not taken again
    [moved] = watched.looks(1)
    assert moved.taken.counts["added"] == 1


def _refusing(*_: object) -> None:
    raise PermissionError(13, "")


def test_while_the_store_is_full_every_file_waits_and_the_looks_grow_rare(
    watched: Watched, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(inbox, "a.csv", 1)
    small(inbox, "b.csv", 2)
    tries, taken = list[str](), watched.folder.take

    def full(path: Path) -> Taken:
        tries.append(path.name)
        raise StoreFullError("The disk is full.")

    monkeypatch.setattr(watched.folder, "take", full)
    watched.looks(101)
    assert watched.told == ["The disk is full."]
    assert (set(tries), len(tries)) == ({"a.csv"}, 7)  # after 1, 2, 4 ... 32 looks
    monkeypatch.setattr(watched.folder, "take", taken)
    watched.looks(33)
    assert watched.ids() == ["1", "2"]


def test_a_report_that_cannot_be_written_leaves_the_file(
    watched: Watched, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(inbox, "a.csv", 1)

    def full(*_: object, **__: object) -> None:
        raise StoreFullError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(arrived, "whole", full)
        assert watched.looks(3) == []
    assert watched.told == ["The disk is full."]
    assert below(inbox) == ["a.csv"]
    assert len(watched.looks(1)) == 1


def test_a_folder_that_cannot_be_used_is_refused_in_a_sentence(inbox: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        arrived.ensure_usable(inbox / "none")
    (inbox / "done").write_text("")
    with pytest.raises(UsageError, match="nothing can be moved to done and failed"):
        arrived.ensure_usable(inbox)


def test_two_watchers_do_not_take_one_folder(importer: Importer) -> None:
    with (
        alone(importer.bench.store.path, "watch-x"),
        pytest.raises(StoreBusyError),
        alone(importer.bench.store.path, "watch-x"),
    ):
        pass


# ---------------------------------------------------------------- killed between any two steps


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _after(function: Callable[..., object]) -> Callable[..., None]:
    def done(*given: object, **more: object) -> None:
        function(*given, **more)
        _die()

    return done


STEPS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "before it is taken": lambda patch: patch.setattr(Taker, "take", _die),
    "when it is in the store": lambda patch: patch.setattr(Taker, "take", _after(Taker.take)),
    "before the report": lambda patch: patch.setattr(arrived, "whole", _die),
    "before the move": lambda patch: patch.setattr(Path, "rename", _die),
    "after the move": lambda patch: patch.setattr(Path, "rename", _after(Path.rename)),
}


@pytest.mark.parametrize("step", STEPS)
def test_whoever_is_killed_loses_and_doubles_nothing(
    importer: Importer, inbox: Path, mapping: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(inbox, "a.csv", 1, 2)
    eml(inbox, letter(), name="b.eml")
    store = importer.bench.store
    path, site = store.path, importer
    store.close()

    def mortal(say: Callable[[str], None]) -> None:
        with monkeypatch.context() as patch:
            STEPS[step](patch)
            _reopened(site, path, inbox, mapping).looks()

    child = Child(mortal)
    child.end()
    assert child.code == -signal.SIGKILL
    again = _reopened(importer, path, inbox, mapping)
    again.looks()
    assert again.ids() == ["1", "2", "<a@x>"]
    kept = [name for name in below(inbox) if not name.endswith(".txt")]
    assert kept == ["done/a.csv", "done/b.eml"]
    assert {f"{name}.report.txt" for name in kept} <= set(below(inbox))
    bench = importer.bench
    assert check(bench.store, bench.desk().rules_in).as_dict()["problems"] == []


def _reopened(importer: Importer, path: Path, inbox: Path, mapping: Path) -> Watched:
    from storage.store import Store

    importer.bench.store = Store(path)
    importer.bench.desks.clear()
    return Watched(importer, inbox, mapping)


def test_a_report_masks_phones_and_shows_no_control_raw(watched: Watched, inbox: Path) -> None:
    path = small(inbox, "q\x1b[31m\nTaken: all well.csv")
    path.write_text(f"{HEADER}\n1,13912345678\n", "utf-8")
    [moved] = watched.looks()
    report = (moved.to.parent / f"{moved.to.name}.report.txt").read_text("utf-8")
    assert moved.to.parent.name == "failed"
    assert "13912345678" not in report
    assert "\x1b" not in report + arriving.told(moved)
    assert not any(line.startswith("Taken: all well") for line in report.splitlines())


def test_a_report_is_never_written_through_a_link(watched: Watched, inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("another's", "utf-8")
    (inbox / "failed").mkdir(exist_ok=True)
    (inbox / "failed/b.xlsx.report.txt").symlink_to(secret)
    (inbox / "b.xlsx").write_bytes(b"no workbook")
    watched.looks()
    assert secret.read_text("utf-8") == "another's"
    assert "another's" not in (inbox / "failed/b.xlsx.report.txt").read_text("utf-8")


def test_brackets_in_brackets_are_a_faulty_line_and_no_end(watched: Watched, inbox: Path) -> None:
    (inbox / "deep.jsonl").write_text('{"id": "1"}\n' + "[" * 20_000 + "\n", "utf-8")
    small(inbox, "c.csv", 3)
    assert {moved.name: moved.to.parent.name for moved in watched.looks()} == {
        "deep.jsonl": "failed",
        "c.csv": "done",
    }
