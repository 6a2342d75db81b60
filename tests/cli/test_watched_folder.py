"""``import --watch``: a folder that is looked at again and again; the tests stop the time between two looks."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from processes import PIPE, WORKBENCH, start

from storage.run_lock import alone
from tests.cli.conftest import Run
from tests.exchange.letter_support import eml, letter
from workbench.cli import watching

MAPPING = 'source = "s"\n[times]\nformats = "iso"\n[fields]\nexternal_id = "id"\nreceived_at = "at"\ntext = "text"\n'


@pytest.fixture
def inbox(home: Path) -> Path:
    path = home / "inbox"
    path.mkdir()
    return path


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return how to say what happens between the looks; after the last of it Ctrl-C is pressed."""

    def told(*happens: Callable[[], object]) -> None:
        left = iter(happens)

        def pause(ended: Event, seconds: float) -> None:
            assert seconds == 10
            if happening := next(left, None):
                happening()
            else:
                signal.raise_signal(signal.SIGINT)

        monkeypatch.setattr(watching, "pause", pause)

    return told


def nothing() -> None:
    """Let a look pass."""


def test_files_are_taken_as_they_come_until_ctrl_c(
    wb: Run, home: Path, inbox: Path, between: Callable[..., None]
) -> None:
    (home / "m.toml").write_text(MAPPING, "utf-8")
    later = inbox / "a.csv"
    between(lambda: later.write_text("id,at,text\n1,2026-06-02 09:00,leak\n"), nothing,
            lambda: eml(inbox, letter()), nothing)  # fmt: skip
    done = wb("--json", "import", "--watch", inbox, "--mapping", home / "m.toml")
    assert done.code == 130
    first, second = map(json.loads, done.out.splitlines())
    assert (first["file"], first["good"], first["added"]) == ("a.csv", True, 1)
    assert (second["file"], second["to"], second["added"]) == ("m.eml", str(inbox / "done/m.eml"), 1)
    assert done.err.splitlines()[0] == f"Watching {inbox} every 10 s; Ctrl-C ends it."
    assert "what lies in the folder is taken the next time" in done.err
    assert len(wb("--json", "list", "all").json) == 2


def test_a_file_that_fails_is_told_in_a_line(wb: Run, inbox: Path, between: Callable[..., None]) -> None:
    (inbox / "a.csv").write_text("no,table\n")
    between(nothing)
    assert wb("import", "--watch", inbox).out.startswith("a.csv -> failed: ")


def test_a_second_watcher_is_refused(wb: Run, home: Path, inbox: Path) -> None:
    with alone(home / "store.db", f"watch-{watching._named(inbox)}"):
        refused = wb("import", "--watch", str(inbox) + "/.")
    assert (refused.code, refused.out) == (7, "")
    assert "Another run is at it already" in refused.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--watch", "none"], "there is no folder none"),
        (["--watch", ".", "x.csv"], "A watched folder takes no such option"),
        (["--watch", ".", "--rejects", "x.csv"], "--rejects"),
        ([], "Say which file."),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(wb: Run, words: list[str], said: str) -> None:
    refused = wb("import", *words)
    assert refused.code == 2
    assert said in refused.err


def test_the_program_ends_by_ctrl_c_and_takes_next_to_nothing_idle(wb: Run, inbox: Path) -> None:
    child = start([*WORKBENCH, "import", "--watch", inbox], stdout=PIPE, stderr=PIPE, encoding="utf-8")
    assert child.stderr is not None
    assert child.stderr.readline().startswith("Watching")
    child.send_signal(signal.SIGINT)
    _out, err = child.communicate()
    assert (child.returncode, "Traceback" in err) == (130, False)


def test_a_look_at_an_idle_folder_takes_less_than_20_ms_of_a_core(inbox: Path) -> None:
    """That is 0.2 % of a core where a look is taken every 10 s; 100 files lie there that are none of ours."""
    from time import process_time

    from workbench.exchange.arriving import EVERY, Folder

    for n in range(100):
        (inbox / f"{n}.pdf").touch()
    folder = Folder(inbox, lambda path: pytest.fail(str(path)), pytest.fail)
    begun = process_time()
    for _ in range(100):
        assert list(folder.look()) == []
    assert (process_time() - begun) / 100 < 0.002 * EVERY


def test_for_reading_only_nothing_is_watched(wb, tmp_path):
    (tmp_path / "in").mkdir()
    assert wb("--read-only", "import", "--watch", tmp_path / "in").code == 7
    assert not list((tmp_path / "in").iterdir())
