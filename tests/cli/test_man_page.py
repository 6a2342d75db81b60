"""The manual page: of every verb, option and key, in both languages, and man and groff have nothing to say."""

import re
import shutil

import pytest
from processes import run as start

from workbench import words
from workbench.cli import app, man_page
from workbench.cli.options import GLOBALS
from workbench.cli.registry import HEADINGS, NAMES, load
from workbench.wording.cells import width

CELLS = 80


@pytest.fixture(params=words.LANGUAGES)
def page(request) -> str:
    words.use(request.param)
    return man_page.page()


def shown(page: str, tmp_path, columns: int = CELLS) -> str:
    """Return the page as a reader sees it, without its overstrikes."""
    file = tmp_path / "workbench.1"
    file.write_text(page, encoding="utf-8")
    env = {"MANWIDTH": str(columns), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MAN_KEEP_FORMATTING": ""}
    done = start(["man", "-l", str(file)], env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return re.sub(r".\x08|\x1b\[[0-9;]*m", "", done.stdout)


def test_groff_finds_nothing_wrong(page, tmp_path):
    if not shutil.which("groff"):
        pytest.skip("groff is not here")
    file = tmp_path / "workbench.1"
    file.write_text(page, encoding="utf-8")
    done = start(["groff", "-K", "utf8", "-man", "-ww", "-Tutf8", str(file)])
    assert (done.returncode, done.stderr) == (0, "")


def test_groff_would_say_what_is_wrong(tmp_path):
    """The control of the test above."""
    if not shutil.which("groff"):
        pytest.skip("groff is not here")
    file = tmp_path / "workbench.1"
    file.write_text('.TH X 1 "" ""\n.SH A\n.nonsense\n\\*[none]\n', encoding="utf-8")
    assert "nonsense" in start(["groff", "-K", "utf8", "-man", "-ww", "-Tutf8", str(file)]).stderr


@pytest.mark.parametrize("columns", [60, CELLS])
def test_man_shows_it_whole(page, columns, tmp_path):
    if not shutil.which("man"):
        pytest.skip("man is not here")
    text = shown(page, tmp_path, columns)
    assert [line for line in text.splitlines() if width(line) > columns] == []
    for name in NAMES:
        assert re.search(rf"^   {name}\b", text, re.MULTILINE), name
        for parameter in app.build(load(name)).params:
            assert all(option in text for option in parameter.opts if option.startswith("--")), (
                name,
                parameter,
            )
    for option in GLOBALS:
        assert re.search(rf"^ +{option}\b", text, re.MULTILINE), option


def test_each_heading_exit_code_and_key_is_there(page):
    for heading in HEADINGS:
        assert f"\n.SH {man_page._section(words._(heading.title)).removeprefix('.SH ')}\n" in page
    for code in man_page.STATUS:
        assert f"\n\\fB{code}\\fR\n" in page
    assert "\n\\fBt  F6\\fR\n" in page


def test_a_line_of_text_is_never_a_command(page):
    asked = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert asked == {".TH", ".SH", ".SS", ".TP", ".nh", ".ad"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--to 'x'", "\\-\\-to \\(aqx\\(aq"),
        (".hidden", "\\&.hidden"),
        ("a\\b ~ ^", "a\\eb \\(ti \\(ha"),
        ("漏水，三天", "漏\\:水，\\:三\\:天"),
        ("（甲）乙", "（甲）\\:乙"),
        ("写 --db 时", "写 \\-\\-db 时"),
    ],
)
def test_signs_are_what_they_are(text, expected):
    assert man_page.plain(text) == expected


def test_the_verb_prints_it(wb):
    done = wb("man")
    assert done.code == 0
    assert done.out.startswith(".TH WORKBENCH 1 ")
    assert wb("man", "--json").json["roff"].rstrip("\n") == done.out.rstrip("\n")
    assert "名称" in wb("--lang", "zh", "man").out.replace("\\:", "")
