"""A store on a disk, or in a folder, that may only be read: read by every verb with --read-only, nothing is written."""

import os

import pytest
from processes import run as process

READS = {
    "list": ("list", "all"), "show": ("show", "{number}"), "why": ("why", "{number}"), "search": ("search", "漏水"),
    "summary": ("summary",), "analyze": ("analyze",), "check": ("check",), "export": ("export", "{home}/out.csv"),
    "staff list": ("staff", "list"), "policy show": ("policy", "show"), "inbox": ("inbox",), "no verb": (),
    "backup": ("backup", "{home}/b.db"), "receipt": ("receipt", "{number}"),
}  # fmt: skip


@pytest.fixture
def view(wb, recorded, home):
    """The folder of the store, seen through a mount that may only be read."""
    folder, at = home / "data", home / "view"
    for each in (folder, at):
        each.mkdir()
    (home / "store.db").rename(folder / "store.db")
    for end in ("-wal", "-shm"):
        if (home / f"store.db{end}").exists():
            (home / f"store.db{end}").rename(folder / f"store.db{end}")
    if os.geteuid() or process(["mount", "--bind", str(folder), str(at)]).returncode:
        pytest.skip("only root may mount")
    process(["mount", "-o", "remount,ro,bind", str(at)], check=True)
    yield at / "store.db"
    process(["umount", str(at)], check=True)


@pytest.mark.parametrize("what", READS)
def test_every_reading_verb_reads_it(wb, view, recorded, home, what):
    words = [word.format(number=recorded, home=home) for word in READS[what]]
    done = wb("--db", view, "--read-only", *words)
    assert done.code == 0, done.err


def test_what_would_write_says_why_not_and_how_to_read(wb, view, recorded):
    for words in (("note", recorded, "--text", "x"), ("list",)):
        refused = wb("--db", view, *words)
        assert refused.code == 7
        assert "may only be read" in refused.err
        assert f"workbench --db {view} --read-only" in refused.err
    refused = wb("--db", view, "--read-only", "note", recorded, "--text", "x")
    assert (refused.code, "--read-only" in refused.err) == (7, True)


def test_the_doctor_names_the_disk(wb, view):
    done = wb("--db", view, "doctor", "--json")
    wrong = [each["topic"] for each in done.json["findings"] if not each["ok"]]
    assert (done.code, wrong) == (7, ["mount"])
