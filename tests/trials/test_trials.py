"""Each trial in small, in a process of its own; by hand they run for hours: docs/trials.md."""

import sys

import opens
import pytest
from processes import run

from trials import NAMES


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied, and disks mounted, as on Linux")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_and_every_control_sees_what_it_must(name: str) -> None:
    done = run([sys.executable, "-m", "tests.trials", name, "--small"])
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_opening_of_a_live_file_by_the_program_is_seen(bench) -> None:  # type: ignore[no-untyped-def]
    """The control of what ``conftest`` asks after every test."""
    opening = compile("open(path, 'rb').close()", f"{opens.PROGRAM[0]}made_up.py", "exec")
    with bench.store.reading():
        exec(opening, {"path": bench.path})
        assert opens.found == [str(bench.path)]
        opens.found.clear()
        bench.path.read_bytes()  # a test may, at its own risk
        assert opens.found == []


# ---------------------------------------------------------------- what the trials found


def test_who_takes_over_at_the_instant_of_a_stop_does_not_get_the_clock(bench) -> None:  # type: ignore[no-untyped-def]
    """After the clock went back, entries share an instant; the row must be what the timeline tells."""
    from storage.check import check

    case = bench.record()
    bench.act(case, "reply", text="x")
    bench.act(case, "assign", to="li")
    with bench.store.reading() as db:
        assert db.value("SELECT holder FROM clock WHERE clock = 'response'") is None
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_a_question_at_the_terminal_shows_no_sign_of_a_name_raw(wb_asked) -> None:  # type: ignore[no-untyped-def]
    assert wb_asked == [
        "a␛[2Jb holds 1 open cases and owes something on 0. Who takes them over? (Enter: nobody)"
    ]


@pytest.mark.parametrize("name", ["a\x00b", "a\ud800b"])
def test_a_backup_of_a_name_that_no_file_can_have_is_refused(bench, tmp_path, name) -> None:  # type: ignore[no-untyped-def]
    from storage.backup import backup
    from workbench.domain.errors import UsageError

    with pytest.raises(UsageError, match="cannot be written"):
        backup(bench.store, tmp_path / name)


@pytest.fixture
def wb_asked(bench, monkeypatch):  # type: ignore[no-untyped-def]
    """Return what is asked when somebody leaves who holds a case."""
    from workbench.cli import people

    asked: list[str] = []
    monkeypatch.setattr(people, "on_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda question, **_how: asked.append(question) or "")
    bench.act(bench.record(), "assign", to="a\x1b[2Jb")

    class Session:
        desk, json = bench.desk(), False

    people._asked_to_receive(Session(), "a\x1b[2Jb")  # type: ignore[arg-type]
    return asked
