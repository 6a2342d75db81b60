"""Nights that cron missed are made up for, each named by its day; two runs never meet."""

import os

import pytest
from processes import PIPE, python, start

from storage.run_lock import alone
from workbench.domain.errors import StoreBusyError


def evening(wb, day, *words):
    return wb("--now", f"2026-11-{day:02} 23:50", "summary", *words)


def pages(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(home):
    (home / "pages").mkdir()
    return home / "pages"


@pytest.fixture
def kept(wb, folder):
    """A store whose newest page is of 21 November."""
    assert evening(wb, 21, "--html", folder).code == 0
    return wb


def test_two_pages_in_one_file_are_refused_and_nothing_is_written(wb, home):
    done = evening(wb, 21, "--html", home / "page", "--markdown", home / "page")
    assert done.code == 2
    assert "--html" in done.err
    assert "--markdown" in done.err
    assert not (home / "page").exists()


def test_a_page_in_a_folder_is_named_by_its_day(kept, folder, home):
    assert pages(folder) == ["summary-2026-11-21.html"]
    done = evening(kept, 21, "--markdown", home / "{date}.md", "--eml", home / "e-{date}.eml")
    assert done.code == 0
    assert (home / "2026-11-21.md").exists()
    assert (home / "e-2026-11-21.eml").exists()


def test_the_nights_since_the_last_page_are_made_in_order(kept, folder):
    done = evening(kept, 25, "--html", folder, "--catch-up", "--json")
    assert done.code == 0
    assert done.json["caught_up"] == ["2026-11-22", "2026-11-23", "2026-11-24"]
    assert done.json["date"] == "2026-11-25"
    assert pages(folder) == [f"summary-2026-11-{day}.html" for day in range(21, 26)]
    assert "2026-11-23" in (folder / "summary-2026-11-23.html").read_text()


def test_what_was_made_up_for_is_not_missing_again(kept, folder):
    evening(kept, 25, "--html", folder, "--catch-up")
    for path in folder.iterdir():
        path.unlink()
    done = evening(kept, 26, "--html", folder, "--catch-up", "--json")
    assert (done.json["caught_up"], pages(folder)) == ([], ["summary-2026-11-26.html"])


def test_nobody_missed_what_nobody_asked_for(wb, folder):
    done = evening(wb, 25, "--html", folder, "--catch-up", "--json")
    assert (done.code, done.json["caught_up"]) == (0, [])


def test_at_most_31_nights_are_made_up_for(kept, folder):
    done = kept("--now", "2027-01-31 23:50", "summary", "--html", folder, "--catch-up", "--json")
    assert len(done.json["caught_up"]) == 31
    assert done.json["caught_up"][-1] == "2027-01-30"


@pytest.mark.parametrize("words", [["--html", "{home}/page.html"], ["--site", "x"]])
def test_what_would_write_one_page_over_another_is_refused(kept, home, words):
    done = evening(kept, 25, "--catch-up", *(word.format(home=home) for word in words))
    if words[0] == "--site" and "--site" not in kept("summary", "--help").out:
        pytest.skip("no part of the house can be asked for")
    assert (done.code, done.out) == (2, "")
    assert not (home / "page.html").exists()


def test_while_one_run_makes_the_pages_another_is_refused(kept, folder, home):
    with alone(home / "store.db", "evening"):
        done = evening(kept, 25, "--html", folder, "--catch-up")
        assert (done.code, done.out, pages(folder)) == (7, "", ["summary-2026-11-21.html"])
        assert "Another run is at it" in done.err
        assert evening(kept, 25).code == 0  # whoever only looks waits for nobody
    assert evening(kept, 25, "--html", folder, "--catch-up").code == 0


def test_the_lock_goes_with_its_holder(tmp_path):
    store = tmp_path / "s.db"
    code = (
        "import sys, pathlib; from storage.run_lock import alone\n"
        f"with alone(pathlib.Path({str(store)!r}), 'evening'): print('held', flush=True); sys.stdin.read()"
    )
    with start(python(code), stdin=PIPE, stdout=PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusyError), alone(store, "evening"):
            pass
        holder.kill()
        holder.wait()
        with alone(store, "evening"):
            assert (tmp_path / "s.db.evening.lock").exists()
    if os.name == "posix":
        assert (tmp_path / "s.db.evening.lock").stat().st_mode & 0o077 == 0


def test_a_store_that_is_only_read_makes_up_for_nothing(kept, folder):
    done = kept("--read-only", "--now", "2026-11-25 23:50", "summary", "--html", folder, "--catch-up")
    assert (done.code, pages(folder)) == (7, ["summary-2026-11-21.html"])


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_group_that_shares_the_store_shares_the_lock(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    before = os.umask(0o077)
    try:
        with alone(shared / "s.db", "evening"):
            assert (shared / "s.db.evening.lock").stat().st_mode & 0o777 == 0o660
    finally:
        os.umask(before)


def test_a_late_record_is_a_correction_on_the_next_page_and_on_that_of_its_night(kept, folder, home):
    number = kept(
        "--now", "2026-11-23 08:00", "--json", "record", "--text", "x", "--received", "2026-11-21 10:00"
    ).json["number"]
    assert kept("--now", "2026-11-23 08:01", "summary", "--html", folder).code == 0
    page = (folder / "summary-2026-11-23.html").read_text()
    [row] = [
        each
        for each in page.split("<tr>")
        if number in each and "2026-11-21</td>" in each and "Received" in each
    ]
    assert "<td>0</td><td>1</td>" in row
    assert (
        kept("--now", "2026-11-23 08:02", "summary", "--date", "2026-11-21", "--html", home / "old.html").code
        == 0
    )
    old = (home / "old.html").read_text()
    assert "Corrections of earlier nights" in old
    assert "The page of that night is kept as it was printed at 2026-11-21 23:50" in old
