"""What may come next on a command line, asked by real shells; of customers nothing is said."""

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from processes import run

from keymaps import SHIPPED
from storage.queues import QUEUES
from workbench import words
from workbench.cli import completing
from workbench.cli.completion_values import FILES, SHELLS
from workbench.cli.options import GLOBALS
from workbench.cli.registry import NAMES
from workbench.cli.shells import script
from workbench.policy.loading import shipped

ROOT = Path(__file__).parents[2]
Next = Callable[..., list[str]]


@pytest.fixture
def next_() -> Next:
    """Return what says which words may come next; a blank at the end begins a new one."""
    words.use("en")

    def asked(line: str) -> list[str]:
        return [value for value, _said in completing.candidates(line.split(" "))]

    return asked


@pytest.fixture
def house(wb) -> str:
    """A store with two people, a site, and a case that one of them holds; returns its number."""
    for command in (
        ["staff", "add", "mei", "--role", "supervisor"],
        ["staff", "add", "He Jing", "--role", "handler"],
        ["sites", "add", "云栖花园"],
    ):
        assert wb("--as", "mei", *command).code == 0
    return str(
        wb(
            "--as",
            "He Jing",
            "record",
            "--text",
            "漏水",
            "--customer",
            "王芳",
            "--phone",
            "13800138000",
            "--json",
        ).json["number"]
    )


def test_verbs_come_with_their_heading(next_):
    assert set(next_("")) == {name.split()[0] for name in NAMES}
    assert next_("cl") == ["close", "clock"]
    assert {said for value, said in completing.candidates(["clo"]) if value == "close"} == {"Act on a case"}


@pytest.mark.parametrize("name", NAMES)
def test_every_verb_names_its_options(name, next_):
    found = next_(f"{name} --")
    assert {"--json", "--help"} <= set(found)
    assert all(each.startswith("--") for each in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--", [*GLOBALS]),
        ("--lang ", ["zh", "en"]),
        ("--keys ", [*SHIPPED, FILES[0]]),
        ("--lang zh lis", ["list"]),
        ("policy ", ["list", "show", "check", "simulate", "use"]),
        ("policy sh", ["show"]),
        ("record --category staff", ["staff-conduct"]),  # of the default policy
        ("policy show ", [*shipped(), FILES[0]]),
        ("analyze c", ["causes", "clusters", "customers"]),
        ("import x --encoding utf-8 --enc", []),
        ("import x --encoding ", []),
        ("keys check ", [*SHIPPED, FILES[0]]),
        ("init --policy mi", ["mingyuan", FILES[0]]),
        ("list ", [*QUEUES]),
        ("list un", ["unassigned"]),
        ("regrade X --level ", ["1", "2", "3", "4"]),
        ("completion ", [*SHELLS]),
        ("import ", [FILES[0]]),
        ("nonsense ", []),
        ("list mine more ", ["--where"]),
        ("list --limit 3 --li", []),
        ("list --where x --wh", ["--where"]),
    ],
)
def test_what_needs_no_store(line, expected, next_):
    found = next_(line)
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


def test_the_store_gives_staff_sites_words_and_ones_own_cases(house, next_, monkeypatch):
    assert next_("assign X --to ") == ["He Jing", "mei"]
    assert next_("--as mei assign X --to he") == ["He Jing"]
    assert next_("record --site ") == ["云栖花园"]
    assert "staff-conduct" in next_("record --category ")
    assert next_("record --about mei,h") == ["mei,He Jing"]
    monkeypatch.setenv("WORKBENCH_STAFF", "mei")
    assert next_("close ") == []


def test_names_of_campaigns_and_views_are_known_where_they_are_asked_for(house, wb, home, next_):
    (home / "list.csv").write_text("customer,phone\n王芳,13800138000\n", encoding="utf-8")
    assert (
        wb(
            "--as", "mei", "campaign", "new", "Autumn calls", str(home / "list.csv"), "--kind", "goodwill"
        ).code
        == 0
    )
    assert wb("views", "save", "Leaks of mine", "mine").code == 0
    assert next_("campaign show ") == ["Autumn calls"]
    assert next_("views remove ") == next_("list --view ") == ["Leaks of mine"]
    assert next_("campaign new ") == []
    assert next_("staff away ") == ["He Jing", "mei"]


def test_ones_own_open_cases_come_by_their_numbers_alone(house, wb, next_):
    assert wb("--as", "He Jing", "take", house).code == 0
    found = completing.candidates(["--as", "He Jing", "close", ""])
    assert [value for value, _said in found] == [house]
    assert not any(told in str(found) for told in ("王芳", "138", "漏水"))
    assert completing.candidates(["--as", "He Jing", "close", "X"]) == []


@pytest.mark.parametrize(
    "line", ["--db /nowhere/at/all.db assign X --to ", "--now yesterdayish close ", "--as", "close --to"]
)
def test_what_cannot_be_answered_says_nothing_and_ends_well(line, capsys):
    assert completing.run(["--", *line.split(" ")]) == 0
    assert capsys.readouterr().err == ""


def test_nothing_is_written_by_asking(house, home, next_):
    store = home / "store.db"
    before = store.read_bytes()
    next_("assign X --to ")
    next_("close ")
    assert store.read_bytes() == before


def test_before_an_option_is_asked_for_neither_typer_nor_textual_is_loaded(house):
    code = (
        "import sys; from workbench.__main__ import main\n"
        "main(['completion', 'words', '--', 'cl'])\n"
        "print(sorted({'typer', 'textual'} & {name.split('.')[0] for name in sys.modules}))"
    )
    done = run([sys.executable, "-c", code], check=True)
    assert done.stdout.splitlines() == ["close\tAct on a case", "clock\tCare for the store", "[]"]


# ------------------------------------------------------------ by real shells


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the program on the path, as an installation does."""
    folder = tmp_path / "bin"
    folder.mkdir()
    file = folder / "workbench"
    file.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec {sys.executable} -m workbench "$@"\n', encoding="utf-8"
    )
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("WORKBENCH_LANG", "en")


def by_bash(here: Path, typed: list[str]) -> list[str]:
    said = " ".join(f"'{each}'" for each in ["workbench", *typed])
    code = (
        f"cd {here}\n{script('bash')}\nCOMP_WORDS=({said}); COMP_CWORD={len(typed)}; _workbench\n"
        'for each in "${COMPREPLY[@]}"; do echo "$each"; done'
    )
    return run(["bash", "--norc", "-c", code], check=True).stdout.splitlines()


def by_zsh(here: Path, typed: list[str]) -> list[str]:
    said = " ".join(f"'{each}'" for each in ["workbench", *typed])
    code = (
        f"cd {here}\n"
        'compdef() { :; }; _files() { print -rl -- *(N); }; compadd() { print -rl -- "${(@)values}"; }\n'
        f"{script('zsh')}\nwords=({said}); CURRENT={len(typed) + 1}; _workbench"
    )
    return run(["zsh", "-f", "-c", code]).stdout.splitlines()


def by_fish(here: Path, typed: list[str]) -> list[str]:
    line = " ".join(["workbench", *(each.replace(" ", "\\ ") for each in typed)])
    code = f"cd {here}\n{script('fish')}\ncomplete -C '{line}'"
    found = run(["fish", "--no-config", "-c", code], check=True).stdout.splitlines()
    return [each.partition("\t")[0] for each in found]


ASK = {"bash": by_bash, "zsh": by_zsh, "fish": by_fish}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell, house, home, program):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    ask = partial(ASK[shell], home)
    (home / "calls 1.csv").write_text("", encoding="utf-8")
    assert set(ask(["cl"])) == {"close", "clock"}
    assert set(ask(["policy", "s"])) == {"show", "simulate"}
    assert ask(["list", "--lim"]) == ["--limit"]
    quoted = {"bash": ["He\\ Jing"]}
    assert ask(["assign", "X", "--to", "He"]) == quoted.get(shell, ["He Jing"])
    assert "calls 1.csv" in [each.replace("\\", "") for each in ask(["import", "cal"])]
    assert ask(["nonsense", ""]) in ([], [""])


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_is_printed_and_understood_by_it(shell, wb, tmp_path):
    done = wb("completion", shell)
    assert done.code == 0
    assert wb("completion", shell, "--json").json["script"].rstrip("\n") == done.out.rstrip("\n")
    if shutil.which(shell):
        file = tmp_path / "script"
        file.write_text(done.out, encoding="utf-8")
        assert run([shell, "-n", str(file)], check=True).stderr == ""


def test_another_shell_is_refused(wb):
    done = wb("completion", "cmd")
    assert done.code == 2
    assert "bash" in done.err
