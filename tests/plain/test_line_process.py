"""The line mode as a process: by a pipe, on a terminal that only writes lines, and on one that can do more."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desks import Bench
from processes import WORKBENCH, python, run

from storage.check import check
from tests.bench.terminal import Terminal
from workbench import words
from workbench.wording.cells import width

ON_TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal needs POSIX")
WHOLE = (
    "r", "厨房漏水三天", ".", "王芳", "13800138000", "金色家园", "3-502", ".",
    "t", "e", "已请师傅上门", ".", "", "c", "水管已换好", ".", ".", "b", "1", "5", ".", "R", "又漏了", ".", "q", "q",
)  # fmt: skip
DONE = ["record", "take", "reply", "close", "callback", "reopen"]
HOSTILE = "A\x1b]52;c;RVZJTA==\x07\x1b[2J\x9b2J\r\u202eB\x7f[@click=app.quit]x[/]"
EMPTY = "\n" + " " * 200 + "\n"  # a line of blanks that is wider than the terminal


def command(bench: Bench, *options: str, who: str = "mei", language: str = "en") -> list[str]:
    return [*WORKBENCH, "--db", str(bench.path), "--as", who, "--lang", language, *options]


def told(bench: Bench) -> list[str]:
    """Return the acts of people on the newest case, from a store that is sound."""
    assert check(bench.store, bench.desk().rules_in).problems == []
    with bench.store.reading() as db:
        key = db.value("SELECT max(case_id) FROM cases")
    return [event.act for event in bench.desk().timeline(key) if event.by != "system"]


@contextmanager
def program(
    bench: Bench, tmp_path: Path, term: str, *options: str, language: str = "en"
) -> Iterator[Terminal]:
    """Run the program on a terminal that calls itself ``term``."""
    whole = ["/usr/bin/env", f"TERM={term}", *command(bench, *options, language=language)]
    terminal = Terminal(whole, 80, 24, {"XDG_STATE_HOME": str(tmp_path / "state")})
    try:
        terminal.wait_for(rb"q", 60)
        yield terminal
    finally:
        terminal.close()


def type_lines(terminal: Terminal, *lines: str) -> None:
    """Type lines as fast as the program reads them."""
    for line in lines:
        os.write(terminal.fd, f"{line}\n".encode())
        terminal.settle(0.1, 5)


# ------------------------------------------------------------ by a pipe


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_whole_case_by_a_pipe(language: str, bench: Bench) -> None:
    ended = run(command(bench, "--plain", language=language), stdin=None, input="\n".join(WHOLE) + "\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert told(bench) == DONE
    assert not set(ended.stdout) & {"\x1b", "\r", "\x08"}
    assert [line for line in ended.stdout.splitlines() if width(line) > 80] == []


def test_an_end_in_the_middle_stores_nothing_by_half(bench: Bench) -> None:
    bench.record()
    ended = run(command(bench, "--plain"), stdin=None, input="c 1\n修好了\n")
    assert ended.returncode == 0
    assert "What you typed is kept as a draft." in ended.stdout
    assert told(bench) == ["record"]


def test_bytes_that_are_no_text_do_not_end_it(bench: Bench) -> None:
    bench.record()
    typed = b"n 1\n" + "漏水".encode("gbk") + b"\xff\x00ok\n.\nq\n"
    ended = run(command(bench, "--plain"), stdin=None, input=typed, text=False)
    assert ended.returncode == 0
    assert told(bench) == ["record", "note"]


def test_hostile_text_is_said_as_pictures(bench: Bench) -> None:
    text = HOSTILE + EMPTY + HOSTILE
    case = bench.record(text=text, customer=HOSTILE, site=HOSTILE[:40], unit=HOSTILE[:40], phone=HOSTILE)
    bench.act(case, "reply", text=text)
    bench.act(case, "take", HOSTILE.replace("\r", ""))
    ended = run(
        command(bench, "--plain"),
        stdin=None,
        input=f"1\n=\ny\n,\n{HOSTILE}\nn\n{HOSTILE}\n!\nq\n/ {HOSTILE}\nq\n",
    )
    assert ended.returncode == 0, ended.stderr
    assert not [sign for sign in ended.stdout if sign in "\x1b\x9b\r\u202e\x7f\x07"]
    assert "␛]52" in ended.stdout


def test_without_the_option_and_a_terminal_the_queue_is_printed_as_ever(bench: Bench) -> None:
    bench.record()
    ended = run(command(bench), env=dict(os.environ) | {"TERM": "dumb"})
    assert ended.returncode == 0
    assert ended.stdout.startswith("Number")


def test_neither_the_screens_library_nor_that_of_the_verbs_is_loaded(bench: Bench) -> None:
    code = (
        "import sys; from workbench.__main__ import main; code = main(sys.argv[1:]);"
        "print([each for each in ('textual', 'typer', 'rich') if each in sys.modules], code)"
    )
    words_ = command(bench, "--plain")[len(WORKBENCH) :]
    ended = run(python(code, *words_), stdin=None, input="\n".join(WHOLE[:10]) + "\n?\n,\nq\nq\n")
    assert ended.stdout.splitlines()[-1] == "[] 0"


def test_two_conversations_at_once_keep_the_store_whole(bench: Bench) -> None:
    from processes import PIPE, start

    typed = "\n".join([*WHOLE[:-1], *WHOLE]) + "\n"
    both = [start(command(bench, "--plain", who=who), stdin=PIPE, stdout=PIPE) for who in ("mei", "li")]
    for each in both:
        each.stdin.write(typed.encode())
        each.stdin.close()
    said = [each.stdout.read().decode() for each in both]
    assert [each.wait() for each in both] == [0, 0], said
    for each in both:
        each.stdout.close()
    assert told(bench)
    with bench.store.reading() as db:
        assert db.value("SELECT count(*) FROM cases") >= 2
        texts = [
            text for (text,) in db.all("SELECT data ->> 'text' FROM event WHERE act IN ('record', 'heard')")
        ]
    assert texts.count("厨房漏水三天") == 4, "two of each, recorded or put onto the earlier case"


# ------------------------------------------------------------ on a terminal


@ON_TERMINAL
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
def test_a_whole_case_on_a_terminal(term: str, language: str, bench: Bench, tmp_path: Path) -> None:
    options = () if term == "dumb" else ("--plain",)
    with program(bench, tmp_path, term, *options, language=language) as terminal:
        type_lines(terminal, *WHOLE[:-2])
        written = bytes(terminal.written)
    assert told(bench) == DONE
    assert not re.findall(rb"\x1b[^[]|\x1b\[[0-9;?]*[A-JL-Za-z]", written), (
        "no cursor is placed, nothing coloured"
    )
    if term == "dumb":
        assert b"\x1b" not in written
        assert not re.findall(rb"\r(?!\n)", written)


@ON_TERMINAL
def test_ctrl_c_goes_back_and_stores_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    with program(bench, tmp_path, "dumb") as terminal:
        type_lines(terminal, "c 1")
        terminal.wait_for(rb"told[^\r\n]*[\r\n]+> ", 20)
        type_lines(terminal, "修好了")
        terminal.wait_for("修好了[\r\n]+> ".encode(), 20)  # taken: the signal throws away what was not read
        os.write(terminal.fd, b"\x03")
        terminal.wait_for(rb"Back; nothing is stored. What you typed is kept as a draft.", 20)
        type_lines(terminal, "c 1", "", "", "", "")
        terminal.wait_for(rb"Closed", 20)
    assert told(bench) == ["record", "close"]


@ON_TERMINAL
def test_what_was_typed_outlives_a_terminal_that_goes(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    with program(bench, tmp_path, "dumb") as terminal:
        type_lines(terminal, "n 1", "第一行")
        terminal.wait_for("第一行[\r\n]+> ".encode(), 20)
        type_lines(terminal, "第二行")
        terminal.wait_for("第二行[\r\n]+> ".encode(), 20)
        os.kill(terminal.pid, signal.SIGHUP)
        terminal.settle(0.3, 5)
    kept = next((tmp_path / "state").rglob("drafts/*.json")).read_text("utf-8")
    assert "第一行\\n第二行" in kept
    assert told(bench) == ["record"]


@ON_TERMINAL
def test_a_line_that_the_terminal_may_have_cut_is_said_to_be(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    with program(bench, tmp_path, "dumb") as terminal:
        type_lines(terminal, "n 1", "x" * 5000)
        terminal.wait_for(rb"may have cut this one", 20)
