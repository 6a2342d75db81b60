"""Where others have written to the terminal, or cleared it, the program draws all of it again."""

import os
import signal

import pytest
from processes import WORKBENCH
from wire_support import Screen

from tests.bench.terminal import Terminal

NUMBER = "A261121"
F5, DOWN = b"\x1b[15~", b"j"


@pytest.fixture
def terminal(bench, tmp_path):
    for _ in range(5):
        bench.record()
    words = [*WORKBENCH, "--db", str(bench.path), "--as", "mei", "--lang", "zh"]
    made = Terminal(words, 80, 24, {"XDG_STATE_HOME": str(tmp_path / "state")})
    made.wait_for(NUMBER.encode(), 60)
    made.settle(0.5)
    yield made
    made.close()


class Window:
    """What stands on the terminal by now."""

    def __init__(self, terminal):
        self.terminal, self.read = terminal, 0
        self.screen = Screen(80, 24)

    def lines(self):
        text = bytes(self.terminal.written[self.read :]).decode()
        self.read = len(self.terminal.written)
        self.screen.take(text)
        return self.screen.screen.display


def test_a_key_draws_everything_over_what_others_wrote(terminal):
    window = Window(terminal)
    before = window.lines()
    window.screen.take("\x1b[3;1HBroadcast message from root")
    os.write(terminal.fd, DOWN)
    terminal.settle(0.5)
    assert any("Broadcast" in line for line in window.lines())  # what stays the same is not written again
    os.write(terminal.fd, F5)
    terminal.settle(0.5)
    after = window.lines()
    assert not any("Broadcast" in line for line in after)
    assert after[2] == before[2]


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP])
def test_whoever_comes_back_from_the_shell_finds_all_of_it(terminal, stop):
    window = Window(terminal)
    assert any(NUMBER in line for line in window.lines())
    os.kill(terminal.pid, stop)
    terminal.settle(0.3)
    window.lines()
    window.screen.take("\x1b[2J\x1b[1;1H$ ls")
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.settle(0.8)
    after = window.lines()
    assert any(NUMBER in line for line in after)
    assert not any("$ ls" in line for line in after)
