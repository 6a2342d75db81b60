"""What only a process of its own can show: what is loaded, pipes, terminals."""

import json
import os
import sys

import pytest
from processes import WORKBENCH, CompletedProcess, python, run, start

ON_TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal needs POSIX")


def ran(*words: str) -> CompletedProcess[str]:
    """Run the program without a terminal."""
    return run([*WORKBENCH, *words])


def loaded_by(*words: str) -> set[str]:
    """Return the modules that a call has loaded."""
    code = (
        "import sys, json; from workbench.__main__ import main\n"
        f"main({list(words)!r})\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)"
    )
    done = run(python(code), check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "words", [["list"], ["show", "N"], ["record", "--text", "x"], ["close", "N", "--outcome", "x"]], ids=str
)
def test_a_verb_loads_neither_textual_nor_what_is_heavy(wb, recorded, words):
    loaded = loaded_by(*[recorded if word == "N" else word for word in words])
    assert "typer" in loaded
    assert loaded.isdisjoint({"textual", "rich", "sqlite_utils", "pydantic"})


def test_figures_and_files_never_load_textual(wb, home):
    for words in (["summary"], ["export", str(home / "x.csv")], ["check"], ["--help"], ["keys", "list"]):
        assert loaded_by(*words).isdisjoint({"textual", "pydantic"}), words


@pytest.mark.parametrize("words", [[], ["demo", "--cases", "3"], ["--version"]], ids=str)
def test_without_a_verb_typer_is_not_loaded(wb, words):
    assert loaded_by(*words).isdisjoint({"typer", "textual"})


def test_without_a_verb_and_a_terminal_the_queue_is_printed_with_the_verbs(wb, recorded):
    done = ran()
    assert done.returncode == 0
    assert recorded in done.stdout
    assert "record" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_the_demonstration_is_printed_without_a_terminal(home):
    done = ran("--lang", "zh", "demo", "--cases", "8")
    assert done.returncode == 0
    assert done.stdout.count("A26") >= 4
    assert not (home / "store.db").exists()


@pytest.mark.parametrize(("words", "person"), [([], "何静"), (["--supervisor"], "沈岚")])
def test_whoever_opens_the_demonstration_sits_there_as_a_clerk_or_as_the_supervisor(home, words, person):
    done = run([*WORKBENCH, "--lang", "zh", "--plain", "demo", "--cases", "8", *words])
    assert done.returncode == 0
    assert done.stdout.startswith(f"Workbench; {person}; ")
    assert ("待办：审批" in done.stdout) == bool(words)  # what waits for a decision comes first there


def test_the_tour_needs_a_screen_and_says_where_it_can_be_read(home):
    done = ran("--lang", "en", "demo", "--cases", "3", "--tour")
    assert done.returncode == 0
    assert "workbench help tour" in done.stderr


def test_a_reader_who_leaves_early_is_no_fault(wb):
    for _ in range(60):
        wb("record", "--text", "很长的话" * 200)
    command = f"{sys.executable} -m workbench list --json"
    done = run(["bash", "-c", f"set -o pipefail; {command} | head -c 10"])
    assert done.returncode == 0
    assert done.stderr == ""


def test_bytes_that_are_no_text_become_text(wb):
    done = run([*WORKBENCH, "record", "--text", b"caf\xe9", "--json"])
    assert done.returncode == 0
    assert json.loads(done.stdout)["text"] == "caf\ufffd"


def drawn(words: list[str], **environment: str) -> tuple[int, str]:
    """Run the program on a terminal and return the exit code and what it wrote there."""
    inside, outside = os.openpty()
    streams = {"stdin": outside, "stdout": outside, "stderr": outside}
    with start([*WORKBENCH, *words], **streams, env=os.environ | environment) as process:
        os.close(outside)
        written = b""
        while True:
            try:
                part = os.read(inside, 65536)
            except OSError:  # the other end is closed: all has been written
                break
            if not part:
                break
            written += part
    os.close(inside)
    return process.returncode, written.decode("utf-8")


@ON_TERMINAL
def test_a_missing_store_on_a_terminal_says_how_to_begin(home):
    code, text = drawn([])
    assert code == 7
    assert "workbench demo" in text
    assert "init" in text


@ON_TERMINAL
def test_a_table_on_a_terminal_obeys_no_color(wb, recorded):
    _, coloured = drawn(["list", "--columns", "number,text"], TERM="xterm-256color", COLUMNS="100")
    _, plain = drawn(["list", "--columns", "number,text"], TERM="xterm-256color", NO_COLOR="1", COLUMNS="100")
    assert recorded in plain
    assert "\x1b[3" not in plain
    assert recorded in coloured


@ON_TERMINAL
def test_markup_in_a_complaint_is_text_on_a_terminal(wb):
    wb("record", "--text", "[/] [link=x]y[/] :smile: \x1b]52;c;eA==\x07")
    _, text = drawn(["list", "--columns", "text"], TERM="xterm-256color", COLUMNS="100")
    assert "[/] [link=x]y[/] :smile:" in text
    assert "\x1b]" not in text
