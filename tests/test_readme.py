"""What the READMEs and the newcomer's map say is so: their commands run, their names and links are there."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import verbs_page

from keymaps.names import canonical
from workbench.__main__ import main
from workbench.cli.registry import NAMES
from workbench.domain.acts import PERSONS

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
GUIDE = ROOT / "docs" / "guide.md"
PAGES = [*READMES, *(str(page.relative_to(ROOT)) for page in sorted((ROOT / "docs").rglob("*.md")))]
ROOMS = {"domain": "workbench/domain", "actions": "workbench/actions", "reports": "workbench/reports",
         "watch": "workbench/watch", "rules": "workbench/rules", "setup": "workbench/setup",
         "toml": "workbench/toml", "policy": "workbench/policy", "wording": "workbench/wording",
         "storage": "storage"}  # fmt: skip
CALLS = "编号,投诉内容,来电时间\n1,厨房漏水,2026-11-20 10:00\n"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(name: str) -> list[str]:
    """Return the lines of the shell blocks that call the program, without their comments."""
    blocks = re.findall(r"```sh\n(.*?)```", read(name), re.DOTALL)
    lines = [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [
        part.strip() for line in lines for part in line.split("&&") if part.strip().startswith("workbench ")
    ]


@pytest.mark.parametrize("name", READMES)
def test_the_commands_of_a_readme_run_one_after_the_other(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for variable in ("WORKBENCH_STAFF", "WORKBENCH_LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("WORKBENCH_DB", str(tmp_path / "store.db"))
    monkeypatch.setenv("HOME", str(tmp_path))
    Path("calls.csv").write_text(CALLS, encoding="utf-8")
    for command in commands(name):
        words = shlex.split(command)[1:]
        target = words.index(">") if ">" in words else len(words)
        capsys.readouterr()
        assert main(words[:target]) == 0, (command, capsys.readouterr().err)
        if target < len(words):
            Path(words[target + 1]).write_text(capsys.readouterr().out, encoding="utf-8")


def test_both_readmes_give_the_same_commands_and_keys():
    for what in (r"^workbench [^#\n]*?(?= *(?:#|$))", r"^\| `[^|]*\|", r"^\| [^|`]*\| (`[a-z ]+`) \|$"):
        first, second = (
            [re.sub(r'"[^"]*"', '""', each) for each in re.findall(what, read(name), re.MULTILINE)]
            for name in READMES
        )
        assert first == second


@pytest.mark.parametrize(("language", "name"), [("en", "README.md"), ("zh", "README.zh-CN.md")])
def test_a_readme_names_every_verb_and_no_other(language, name):
    assert verbs_page.with_table(read(name), language) == read(name), "run: python tests/verbs_page.py"
    rows = verbs_page.TABLE.search(read(name))[0]
    named = [word for row in rows.splitlines() for word in row.split("`")[1].split()]
    assert set(named) == {verb.split()[0] for verb in NAMES}


@pytest.mark.parametrize("name", READMES)
def test_the_keys_of_a_readme_are_those_of_the_keymap(name):
    keys = tomllib.loads(read("keymaps/default.toml"))["contexts"]["queue"]
    known = {key for each in keys.values() for key in each}
    section = re.search(r"(?:\| --- ){5}\|\n(.*?)\n\n", read(name), re.DOTALL)
    assert section
    written = re.findall(r"\| `([^`…])` ([A-Z][\w+]*)", section[1])
    assert len(written) > 15
    unknown = [pair for pair in written if pair[0] not in known or not known & {*canonical(pair[1])}]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", read(page))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_a_room_stands_on_the_map(room):
    named = set(re.findall(r"`([a-z0-9_]+)/?`", GUIDE.read_text(encoding="utf-8")))
    files = {file.stem for file in (ROOT / ROOMS[room]).glob("*.py")} - {"__init__"}
    if room == "actions":  # a file an act
        files -= set(PERSONS)
    assert {file for file in files if not file.startswith("check")} - named == set()


def test_no_file_on_the_map_is_missing():
    topics = re.split(r"^\*\*The .* by topic\*\*$", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    topics[-1] = topics[-1].partition("\n## ")[0]
    named = {name for each in topics for name in re.findall(r"`([a-z_]+)`", each)} - {
        "why_not",
        "plan",
        "actions",
    }
    there = {file.stem for folder in ROOMS.values() for file in (ROOT / folder).glob("*.py")}
    assert len(named) > 50
    assert named - there == set()


def test_the_lines_of_the_map_fit_a_screen():
    assert [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if len(line) > 120] == []
