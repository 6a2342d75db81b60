"""Input that is meant to hurt: one sentence, the right exit code, and nothing changed."""

import os
import signal
import sys
from contextlib import suppress

import pytest
from processes import PIPE, WORKBENCH, TimeoutExpired, run, start

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
ROWS = "id,at,text\n1,2026-01-01 10:00:00,leak\n"
MAPPING = """
source = "t"
times.zone = "Asia/Shanghai"
times.formats = "%Y-%m-%d %H:%M:%S"
fields = {external_id = "id", received_at = "at", text = "text"}
"""


@pytest.fixture
def table(tmp_path):
    (tmp_path / "rows.csv").write_text(ROWS)
    (tmp_path / "m.toml").write_text(MAPPING)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["summary", "--markdown", ""],
        ["analyze", "--markdown", "/"],
        ["keys", "export", "--to", "   "],
        ["summary", "--markdown", "no\nsuch/x.md"],
        ["export", "x" * 300 + ".csv"],
        ["list", "x" * 100_000],
        ["calendar", "set", "--day", "2026-11-23", "--works", "yes", "--calendar", "x" * 100_000],
        ["keys", "check", "no\nsuch"],
        ["import", "/dev/zero", "--suggest"],
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_a_hostile_value_gives_one_short_sentence(wb, words):
    done = wb(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert len(done.err) < 700


@pytest.mark.parametrize(("words", "code"), [(["backup"], 7), (["restore"], 2)])
def test_a_name_that_is_too_long_is_refused(wb, tmp_path, words, code):
    done = wb(*words, str(tmp_path / ("x" * 300)))
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)


def test_an_unknown_number_is_shown_short_and_on_one_line(wb):
    done = wb("show", "9\n" * 5000)
    assert done.code == 4
    assert done.err.count("\n") == 1
    assert len(done.err) < 80


@POSIX
@pytest.mark.parametrize("words", [["export"], ["summary", "--markdown"], ["keys", "export", "--to"]])
def test_a_pipe_or_a_device_is_not_replaced_by_a_file(wb, tmp_path, words):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    done = wb(*words, str(pipe))
    assert (done.code, done.out) == (2, "")
    assert "is a pipe or a device" in done.err
    assert pipe.is_fifo()


@POSIX
def test_links_that_go_round_in_a_circle_are_replaced_or_refused_but_never_a_bug(wb, tmp_path):
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    assert wb("export", str(loop)).code in (0, 2)
    loop.unlink(missing_ok=True)
    loop.symlink_to(loop)
    done = wb("backup", str(loop))
    assert done.code == 3
    assert "exists already" in done.err


@pytest.mark.parametrize("name", ["rows.csv", "m.toml"])
def test_rejects_never_take_the_place_of_what_is_read(wb, table, name):
    before = (table / name).read_text()
    done = wb("import", table / "rows.csv", "--mapping", table / "m.toml", "--rejects", table / name)
    assert done.code == 2
    assert "is being read" in done.err
    assert (table / name).read_text() == before


@POSIX
def test_a_pipe_is_no_table_and_no_mapping(wb, table):
    os.mkfifo(table / "pipe.csv")
    assert wb("import", table / "pipe.csv", "--suggest").code == 2
    done = wb("import", table / "rows.csv", "--mapping", table / "pipe.csv")
    assert done.code == 2
    assert "it is a pipe or a device" in done.err


@POSIX
def test_a_pipe_is_no_store(run, home, monkeypatch):
    pipe = home / "pipe.db"
    os.mkfifo(pipe)
    monkeypatch.setenv("WORKBENCH_DB", str(pipe))
    assert run("--read-only", "list").code == 7
    assert run("list").code == 7


def test_json_is_json_where_a_text_is_asked_for(wb):
    assert wb("--json", "keys", "export", "vim").json["toml"].lstrip().startswith("#")
    assert "[clocks.response]" in wb("--json", "policy", "show", "--toml").json["toml"]


def test_a_name_that_is_no_unicode_is_a_person_all_the_same(wb, monkeypatch):
    monkeypatch.setenv("WORKBENCH_STAFF", "m\udcff")
    assert wb("--json", "list", "mine").json == []
    assert wb("staff", "remove", "n\udcff").code == 4


def test_a_blank_name_in_the_environment_is_none(wb, monkeypatch):
    monkeypatch.setenv("WORKBENCH_STAFF", "   ")
    assert wb("--json", "where").json["person"].strip()


def test_a_policy_full_of_faults_is_not_listed_without_end(wb, tmp_path):
    (tmp_path / "p.toml").write_text("".join(f"x{n} = 1\n" for n in range(3000)))
    done = wb("policy", "check", str(tmp_path / "p.toml"))
    assert done.code == 2
    assert done.err.count("\n") == 101
    assert " more\n" in done.err


# ---------------------------------------------------------------- streams and signals


def program(path, *words, **more):
    """Start the program in a process of its own."""
    command = [*WORKBENCH, "--lang", "en", "--db", str(path), *map(str, words)]
    return start(command, **({"stdout": PIPE, "stderr": PIPE} | more))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["list"], ["--version"], ["list", "--help"], ["check"]], ids=" ".join)
def test_a_full_disk_behind_standard_output_is_said(wb, home, words):
    with open("/dev/full", "w") as full:
        told = program(home / "store.db", *words, stdout=full)
        said = told.communicate()[1].decode()
    assert told.returncode == 7
    assert said == "Standard output cannot be written: the disk is full.\n"


@POSIX
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "2>/dev/full"])
@pytest.mark.parametrize(("words", "code"), [("list", 0), ("show zzzzz", 4)])
def test_the_exit_code_holds_where_a_stream_is_closed(wb, home, closed, words, code):
    command = f'"{sys.executable}" -m workbench --db "{home}/store.db" {words} {closed}'
    done = run(["sh", "-c", command], text=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)


def _minding(number):
    """Let a process mind a signal that whoever runs the tests ignores, as nohup does."""
    return lambda: signal.signal(number, signal.SIG_DFL)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_half_written_file(wb, table, home, number):
    (table / "many.csv").write_text(ROWS + "".join(f"{n},2026-01-01 10:00:00,x\n" for n in range(2, 200_000)))
    words = ["import", table / "many.csv", "--mapping", table / "m.toml", "--rejects", table / "r.csv"]
    with program(home / "store.db", *words, preexec_fn=_minding(number)) as running:
        while not (left := list(table.glob(".r.csv.*"))) and running.returncode is None:
            with suppress(TimeoutExpired):
                running.communicate(timeout=0.01)
        running.send_signal(number)
        running.communicate()
    assert left
    assert running.returncode == 128 + number
    assert not list(table.glob(".r.csv.*"))
    assert wb("--json", "check").json["problems"] == []


@POSIX
@pytest.mark.parametrize("room", [0, 4_000, 60_000])
@pytest.mark.parametrize(
    "words",
    [["export", "f.csv"], ["export", "f.xlsx"], ["export", "f.jsonl"], ["summary", "--html", "f.html"],
     ["backup", "f.db"], ["--db", "f.db", "init"]],
    ids=" ".join,
)  # fmt: skip
def test_a_disk_that_fills_up_leaves_nothing_behind(wb, home, words, room):
    """A limit on the size of files stands for the disk."""
    import resource

    wb("record", "--text", "x" * 5_000)
    folder = home / "out"
    folder.mkdir()
    command = [*WORKBENCH, "--lang", "en", *words[:-1]]
    command += [words[-1]] if words[-1] == "init" else [str(folder / words[-1])]
    command = [str(folder / word) if word == "f.db" else word for word in command]
    done = run(
        command,
        text=False,
        env=os.environ | {"TMPDIR": str(home)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    left = [file.name for file in folder.iterdir()]
    assert done.returncode in ((0, 2, 7) if room else (2, 7))
    assert b"Traceback" not in done.stderr
    if done.returncode:
        assert left == []
        assert done.stdout == b""
        assert done.stderr.count(b"\n") == 1
