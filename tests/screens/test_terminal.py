"""The real program on a real pseudo-terminal: what reaches the terminal, and in what state it is left."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desks import Bench
from processes import WORKBENCH, python

from tests.bench.terminal import Terminal
from workbench.watch.sweep import sweep

NUMBER = rb"A\d{6}-\d{5}"
ON, OFF = b"\x1b[?1049h", b"\x1b[?1049l"
HOSTILE = {
    "osc52": "A\x1b]52;c;RVZJTA==\x1b\\B",
    "csi": "A\x1b[2J\x1b[HB",
    "c1": "A\x9b2JB",
    "title": "A\x1b]0;PWNED\x07B",
    "closing tag": "x[/]y",
    "tag": "[a=b:",
    "click": "[@click=app.quit]here[/]",
    "link": "[link='http://evil']z[/link]",
    "override": "a\u202ecba\u202c d",
    "zero width": "a\u200bb\ufeffc",
    "marks": "e" + "\u0301" * 300,
    "long": "长" * 20_000,
    "returns": "a\r\nb\rc",
    "surrogate": "a\ud800b",
    "delete": "a\x7fb",
    "nul": "a\x00b",
}
FORBIDDEN = (
    b"\x1b]52",
    b"\x1b]0;",
    b"\xc2\x9b",
    "\u202e".encode(),
    "\u200b".encode(),
    b"\x00",
    b"\x7f",
    b"\r" + b"c",
)


def started(bench: Bench, tmp_path: Path, **env: str) -> Terminal:
    """Start the program as a person would, in English, at the test's time."""
    words = [*WORKBENCH, "--db", str(bench.path), "--as", "mei", "--lang", "en"]
    return Terminal(words, 120, 40, {"XDG_STATE_HOME": str(tmp_path / "state"), **env})


@contextmanager
def program(bench: Bench, tmp_path: Path, **env: str) -> Iterator[Terminal]:
    """Run the program, and end it."""
    terminal = started(bench, tmp_path, **env)
    try:
        yield terminal
    finally:
        terminal.close()


def type_into(terminal: Terminal, *keys: bytes) -> None:
    """Press keys one after another, waiting until each has been drawn."""
    for key in keys:
        os.write(terminal.fd, key)
        terminal.settle(0.16, 5)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_whole(number: int, bench: Bench, tmp_path: Path) -> None:
    bench.record()
    with program(bench, tmp_path) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle(0.3)
        os.kill(terminal.pid, number)
        terminal.listen(1.5)
        assert terminal.written.count(ON) == terminal.written.count(OFF) == 1
        assert terminal.written.rfind(b"\x1b[?25h") > terminal.written.rfind(b"\x1b[?25l"), (
            "the cursor is back"
        )
        assert b"\x1b[?1000h" not in terminal.written, "the mouse was never taken"


def test_what_was_typed_outlives_a_killed_terminal(bench: Bench, tmp_path: Path) -> None:
    typed = "楼上漏水，没人管"
    killed = started(bench, tmp_path)
    killed.wait_for(b"To do", 60)
    killed.settle(0.3)
    type_into(killed, b"r", b"\t", typed.encode())
    for _ in range(200):  # a pause in typing, as long as it takes
        if any(typed in kept.read_text("utf-8") for kept in (tmp_path / "state").rglob("drafts/*.json")):
            break
        killed.listen(0.05)
    os.kill(killed.pid, signal.SIGKILL)
    os.waitpid(killed.pid, 0)
    os.close(killed.fd)
    with program(bench, tmp_path) as again:
        again.wait_for(b"To do", 60)
        again.settle(0.3)
        type_into(again, b"r")
        again.wait_for(typed.encode(), 20)


def test_hostile_text_reaches_the_terminal_as_pictures_only(bench: Bench, tmp_path: Path) -> None:
    for text in HOSTILE.values():
        case = bench.record(text=text, customer=text[:200], site=text[:50], unit=text[:50], phone=text[:50])
        bench.act(case, "note", text=text)
        bench.act(case, "promise", text=text[:200], due="+1d")
        bench.act(case, "assign", to=text[:30].replace("\x00", ""), reason=text[:30])
    with program(bench, tmp_path) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle(0.5)
        type_into(terminal, *[b"j"] * len(HOSTILE), b"c", b"\x1b", b"K", b"\x1b")
        type_into(terminal, b"\r", *[b"["] * len(HOSTILE), b"y", b"q", b"r")
        found = [sign for sign in FORBIDDEN if sign in terminal.written]
        shown = terminal.text().decode(errors="replace")
        os.kill(terminal.pid, 0)  # still there
    assert not found
    assert terminal.written.count(b"\x1b[2J") <= 1
    assert "PWNED" in shown
    assert "[@click=app.quit]" in shown


def test_no_color_means_no_colour_and_nothing_is_lost_by_it(bench: Bench, tmp_path: Path) -> None:
    bench.record(people="12")
    with program(bench, tmp_path, NO_COLOR="1") as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle(0.5)
        type_into(terminal, b"j", b"r")
        codes = re.findall(rb"\x1b\[([0-9;]*)m", bytes(terminal.written))
        text = terminal.text()
    colours = [code for code in codes if re.search(rb"(^|;)(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;|$)", code)]
    assert not colours
    assert b"Major hot" in text
    assert b"> A261121" in text


def test_a_cursor_key_and_the_preview_after_it_cost_few_bytes(bench: Bench, tmp_path: Path) -> None:
    for at in range(45):
        bench.record(
            text=f"{at} 号楼电梯停运，物业三天没有派人维修。",
            customer="欧阳建国",
            phone=f"138000000{at:02}",
            people="12",
        )
    sweep(bench.desk())  # what time has brought is written before, so that only keys change the picture
    with program(bench, tmp_path) as terminal:
        terminal.wait_for(NUMBER, 60)
        terminal.settle(0.5)
        own, preview = [], []
        for _ in range(8):
            burst = terminal.press(b"j", 0.05)
            before = len(terminal.written)
            terminal.settle(0.35)
            own.append(burst.size)
            preview.append(len(terminal.written) - before)
    assert max(own) <= 2048
    assert max(preview) <= 6144


def test_a_bug_shows_no_personal_data_and_leaves_a_masked_report(bench: Bench, tmp_path: Path) -> None:
    bench.record(phone="13812345678", customer="王芳")
    breaking = (
        "import sys; sys.argv = ['workbench', '--db', %r, '--as', 'mei', '--lang', 'en'];"
        "from screens.queue.table import QueueTable\n"
        "def tick(self):\n    phone = '13812345678'\n    raise RuntimeError('call ' + phone)\n"
        "QueueTable.tick = tick\n"
        "from workbench.__main__ import main\nsys.exit(main())"
    )
    words = python(breaking % str(bench.path))
    terminal = Terminal(words, 120, 40, {"XDG_STATE_HOME": str(tmp_path / "state")})
    try:
        terminal.wait_for(b"report", 60)
        terminal.settle(0.3, 3)
    finally:
        terminal.close()
    assert b"13812345678" not in terminal.written
    reports = list((tmp_path / "state").rglob("crashes/*.txt"))
    assert len(reports) == 1
    said = reports[0].read_text("utf-8")
    assert "RuntimeError: call 138" in said
    assert "13812345678" not in said.partition("RuntimeError: ")[2]
    assert reports[0].stat().st_mode & 0o777 == 0o600


def test_bytes_that_are_no_text_do_not_end_the_program(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    with program(bench, tmp_path) as terminal:
        terminal.wait_for(NUMBER, 20)
        os.write(terminal.fd, "漏水".encode("gbk") + b"\xff\xfe")
        os.write(terminal.fd, b"n")
        os.write(terminal.fd, b"a\xffb")
        terminal.wait_for("a\ufffdb".encode(), 20)
        os.write(terminal.fd, b"\x0f")
        for _ in range(200):  # until it is stored, as long as it takes
            said = [event.data.get("text") for event in bench.desk().timeline(case.case_id)]
            if "a\ufffdb" in said:
                break
            terminal.listen(0.05)
    assert "a\ufffdb" in said


def test_ctrl_q_leaves_although_a_search_never_ends(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    slow = (
        "import sys, time; sys.argv = ['workbench', '--db', %r, '--as', 'mei', '--lang', 'en'];"
        "import screens.record_pane as record\n"
        "record.outlook = lambda *_given: time.sleep(3)\n"
        "from workbench.__main__ import main\nsys.exit(main())"
    )
    terminal = Terminal(
        [sys.executable, "-c", slow % str(bench.path)], 120, 40, {"XDG_STATE_HOME": str(tmp_path)}
    )
    terminal.wait_for(NUMBER, 20)
    os.write(terminal.fd, "r漏水\t陈建国\x11".encode())
    for _ in range(200):
        terminal.read(0.1)
        if OFF in terminal.written:
            break
    assert OFF in terminal.written, "the terminal is given back"
    _pid, status = os.waitpid(terminal.pid, 0)
    os.close(terminal.fd)
    assert os.waitstatus_to_exitcode(status) == 0
    assert "陈建国" in next(tmp_path.rglob("drafts/*.json")).read_text("utf-8"), "and what was typed is kept"
