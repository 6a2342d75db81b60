"""When a byte is seen at the end of a line is the sum of its way there, its turn, and its way back."""

from tests.bench import throttle
from tests.bench.throttle import FarEnd, Line


class Program:
    """Writes ``sizes`` bytes, each after so many seconds, by a clock of its own."""

    fd = 1

    def __init__(self, *written: tuple[float, int]) -> None:
        self.at, self.written = 0.0, list(written)

    def now(self) -> float:
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += seconds

    def read(self, quiet: float) -> bytes:
        if not self.written or self.written[0][0] > quiet:
            self.at += quiet
            return b""
        after, size = self.written.pop(0)
        self.at += after
        return bytes(size)

    def rests(self) -> bool:
        return True


def seen(monkeypatch, line: Line, *written: tuple[float, int]) -> tuple[int, int, int]:  # type: ignore[no-untyped-def]
    """Return what somebody saw of an answer: begun, ended (ms), bytes."""
    program = Program(*written)
    monkeypatch.setattr(throttle, "perf_counter", program.now)
    monkeypatch.setattr(throttle.os, "write", lambda _fd, _key: None)
    monkeypatch.setattr(throttle.select, "select", lambda _r, _w, _x, seconds: program.pause(seconds))
    found = FarEnd(program, line).press(b"j")  # type: ignore[arg-type]
    return round(found.begun), round(found.ended), found.size


def test_a_line_that_takes_no_time_shows_what_the_program_does(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert seen(monkeypatch, Line(), (0.03, 900), (0.08, 100)) == (30, 110, 1000)


def test_the_way_there_and_back_and_the_turn_of_each_byte_are_counted(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    slow = Line(rate=1000, flight=0.2)
    assert seen(monkeypatch, slow, (0.03, 100)) == (431, 530, 100)
    assert seen(monkeypatch, slow, (0.03, 500), (0.1, 500)) == (431, 1430, 1000), (
        "the second waits for the first"
    )


def test_an_answer_of_many_bytes_is_over_the_limit(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The control."""
    from tests.bench.line import ENDED, SLOW

    assert seen(monkeypatch, SLOW, (0.05, 3_000))[1] < ENDED < seen(monkeypatch, SLOW, (0.05, 12_000))[1]


def test_who_types_on_sees_what_came_meanwhile_only_when_it_has_come(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    program = Program((0.1, 500), (0.1, 500))
    monkeypatch.setattr(throttle, "perf_counter", program.now)
    monkeypatch.setattr(throttle.select, "select", lambda _r, _w, _x, seconds: program.pause(seconds))
    far = FarEnd(program, Line(rate=1000, flight=0.2))  # type: ignore[arg-type]
    far.listen(0.15)
    assert round(program.at, 2) == 0.15
    assert round(far.catch_up(), 2) == 1.3  # the second waits for the first
