"""A fact that nobody has heard of: its record, and where it is stored its column, are all that it needs."""

import csv
import json

import pytest

from tests import processes

NO_RECORD = ""
# ``returns`` is kept by the fold of a timeline and, so far, no fact
NEW_FACT = """
made_up = Fact("returns", "Came back", Kind.WHOLE, Origin.KEPT, True, Privacy.NEUTRAL, True, Export.AT_ONCE,
               Mapped.NEVER, False, Judges.NOTHING, zh=("返修次数",))
facts.BY_NAME["returns"] = made_up
facts.NAMES = tuple(facts.BY_NAME)
from storage import schema
schema.TABLES = tuple(
    sql[:-1] + ", returns INTEGER NOT NULL)" if sql.startswith("CREATE TABLE cases") else sql
    for sql in schema.TABLES
)
"""
# ``about`` is a fact that no file brings
OPENED = """
facts.BY_NAME["about"] = facts.ABOUT._replace(
    filtered=True, export=Export.AT_ONCE, mapped=Mapped.ANYTHING, privacy=Privacy.PERSONAL
)
"""
PROGRAM = """
import sys
from workbench.domain import facts
from workbench.domain.fact import Export, Fact, Judges, Kind, Mapped, Origin, Privacy
{page}
from workbench.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def program(home):
    """Return a caller of the program whose page of facts was changed before anything else was loaded."""

    def run(page, *words):
        return processes.run(processes.python(PROGRAM.format(page=page), *words))

    return run


def came_back(program, page):
    program(page, "init")
    program(page, "record", "--text", "漏水")
    number = json.loads(program(page, "record", "--text", "又漏", "--json").stdout)["number"]
    program(page, "close", number, "--outcome", "修好了")
    assert program(page, "reopen", number, "--reason", "没好").returncode == 0
    return number


def test_a_new_record_with_a_column_is_listed_filtered_exported_and_checked(program, tmp_path):
    number = came_back(program, NEW_FACT)
    [found] = json.loads(program(NEW_FACT, "list", "all", "--where", "returns>=1", "--json").stdout)
    assert (found["number"], found["returns"]) == (number, 1)
    assert "Came back" in program(NEW_FACT, "list", "--columns", "number,returns").stdout
    file = tmp_path / "out.csv"
    program(NEW_FACT, "export", file, "--raw")
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert sorted((row["number"] == number, row["returns"]) for row in rows) == [(False, "0"), (True, "1")]
    assert program(NEW_FACT, "check").returncode == 0


def test_without_its_record_the_same_is_refused(program, tmp_path):
    came_back(program, NO_RECORD)
    assert program(NO_RECORD, "list", "--where", "returns>=1").returncode == 2
    assert program(NO_RECORD, "list", "--columns", "returns").returncode == 2
    assert program(NO_RECORD, "export", tmp_path / "out.csv", "--columns", "returns").returncode == 2


MAPPING = """
source = "elsewhere"
[fields]
external_id = "id"
received_at = "at"
text = "text"
about = "against"
"""


def taken_in(program, page, folder):
    (folder / "in.csv").write_text("id,at,text,against\n1,2026-11-01 09:00:00,吵架,li 13800138000\n", "utf-8")
    (folder / "map.toml").write_text('times = { formats = "%Y-%m-%d %H:%M:%S" }' + MAPPING, "utf-8")
    program(page, "init")
    return program(page, "import", folder / "in.csv", "--mapping", folder / "map.toml")


def test_a_record_that_opens_a_fact_to_files_filters_and_masks_is_enough(program, tmp_path):
    assert taken_in(program, OPENED, tmp_path).returncode == 0
    listed = program(OPENED, "list", "all", "--where", "about~li", "--json").stdout
    assert [case["about"] for case in json.loads(listed)] == ["li 138****8000"]
    program(OPENED, "export", tmp_path / "out.csv", "--columns", "about", "--raw")
    assert (tmp_path / "out.csv").read_text("utf-8-sig").split() == ["about", "li", "138****8000"]


def test_with_the_record_as_it_is_the_file_is_refused(program, tmp_path):
    done = taken_in(program, NO_RECORD, tmp_path)
    assert (done.returncode, "about" in done.stderr) == (2, True)
    assert program(NO_RECORD, "list", "all", "--where", "about~li", "--json").stdout == "[]\n"
