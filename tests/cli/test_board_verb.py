"""``board``: its document as docs/verbs.md has it; each figure is what the line beside it lists; who may see it."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Run

from workbench.desk import Desk

PAGE = Path(__file__).parents[2] / "docs" / "verbs.md"
PLACE, ELSEWHERE = "金色家园", "湖畔"


@pytest.fixture
def busy(wb: Run) -> Run:
    """A house of two sites with late, due, silent, closed and requested cases."""
    for words in (
        ["units", "add", "集团", "--tier", "group"],
        ["sites", "add", PLACE, "--under", "集团"],
        ["sites", "add", ELSEWHERE, "--under", "集团"],
        ["staff", "add", "zong", "--role", "head-office", "--unit", "集团"],
        ["--as", "zong", "staff", "add", "mei", "--role", "handler", "--unit", PLACE],
        ["--as", "zong", "staff", "add", "yun", "--role", "handler", "--unit", ELSEWHERE],
    ):
        assert wb(*words).code == 0, words
    made = [
        _recorded(wb, "mei", PLACE, "2026-11-20 08:00"),
        _recorded(wb, "yun", ELSEWHERE, "2026-11-21 11:50"),
    ]
    made += [_recorded(wb, "mei", PLACE, "2026-11-21 11:00") for _ in range(3)]
    assert wb("take", made[0]).code == 0
    assert wb("heard", made[0], "--text", "怎么还没有人来").code == 0
    assert wb("close", made[2], "--outcome", "好了").code == 0
    assert wb("take", made[3]).code == 0
    assert wb("compensate", made[3], "--amount", "100000", "--text", "补偿").code == 0
    return wb


def _recorded(wb: Run, by: str, site: str, received: str) -> str:
    ended = wb("--as", by, "record", "--text", "漏水", "--site", site, "--received", received, "--json")
    assert ended.code == 0, ended.err
    return str(ended.json["number"])


def figures(found: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield each figure of the document under the name by which ``lists`` has it."""
    for name in ("open", "waiting", "overdue", "due", "unassigned", "silence", "requests", "opinions"):
        yield name, found[name]
    for name in ("silence_over_4h", "silence_over_24h", "requests_overdue", "opinions_overdue"):
        yield name.replace("_", ".", 1), found[name]
    for hour in found["by_hour"]:
        yield f"by_hour.{hour['since']}", hour["due"]
    for section, field in (("by_person", "handler"), ("by_unit", "unit"), ("by_site", "site")):
        for line in found[section]:
            for column in ("overdue", "due", "unsolved"):
                yield f"{section}.{line[field] or ''}.{column}", line[column]


@pytest.mark.parametrize("part", [(), ("--unit", "集团"), ("--site", PLACE)])
@pytest.mark.parametrize("person", ["zong", "mei"])
def test_each_figure_is_what_its_line_lists(busy: Run, person: str, part: tuple[str, ...]) -> None:
    found = busy("--as", person, "board", *part, "--json").json
    told = dict(figures(found))
    assert set(told) == set(found["lists"])
    assert sum(count > 0 for count in told.values()) > 10
    wrong = {}
    for name, line in found["lists"].items():
        program, *words = shlex.split(line)
        assert program == "workbench"
        listed = busy("--as", person, *words, "--json")
        assert listed.code == 0, (line, listed.err)
        if len(listed.json) != told[name]:
            wrong[name] = (told[name], len(listed.json), line)
    assert wrong == {}


def test_a_line_of_another_figure_lists_another_number(busy: Run) -> None:
    """The control."""
    found = busy("--as", "zong", "board", "--json").json
    words = shlex.split(found["lists"]["overdue"])[1:]
    assert len(busy("--as", "zong", *words, "--json").json) == found["overdue"] != found["open"]


def test_the_document_is_as_the_page_of_verbs_says(busy: Run) -> None:
    section = re.search(r"^### `board`\n(.*?)^### ", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert section is not None
    said = set(re.findall(r"[a-z_0-9]+", " ".join(re.findall(r"`([a-z_0-9, ]+)`", section[1]))))
    found = busy("--as", "zong", "board", "--json").json
    inner = {key for name in ("by_hour", "by_person", "by_unit", "by_site") for key in found[name][0]}
    assert {*found, *inner} <= said
    assert (found["unit"], found["site"], found["exact"]) == (None, None, True)
    assert len(found["by_hour"]) == 24
    assert all(len(line["by_hour"]) == 24 for line in found["by_person"])
    assert found["at"] == "2026-11-21T04:00:00.000000Z"
    assert found["by_hour"][0]["since"] == "2026-11-21T04:00:00.000000Z"
    assert found["due_until"] == "2026-11-22T04:00:00.000000Z"


def test_a_pipe_gets_plain_lines_and_every_list(busy: Run) -> None:
    ended = busy("--as", "zong", "board")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0] == "Board 2026-11-21 12:00, all that zong reads"
    assert any(re.fullmatch(r"Overdue +\d+ +workbench list overdue", line) for line in lines)
    assert {"Due by hour", "By person", "By unit", "By site"} <= set(lines)
    assert "\x1b" not in ended.out
    assert busy("--lang", "zh", "--as", "zong", "board").out.startswith(
        "看板 2026-11-21 12:00，zong 可见的全部工单"
    )


def test_each_reads_what_is_in_sight(busy: Run) -> None:
    whole, part = (busy("--as", who, "board", "--json").json for who in ("zong", "yun"))
    assert {line["site"] for line in whole["by_site"]} == {PLACE, ELSEWHERE}
    assert {line["site"] for line in part["by_site"]} == {ELSEWHERE}
    assert part["open"] == 1


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        (("--unit", "没有"), "--unit"),
        (("--site", "没有"), "--site"),
        (("--unit", "集团", "--site", PLACE), "--site"),
    ],
)
def test_a_part_that_is_not_there_is_refused(busy: Run, typed: tuple[str, ...], option: str) -> None:
    ended = busy("--as", "zong", "board", *typed)
    assert (ended.code, option in ended.err) == (2, True)


def test_who_may_not_see_the_summary_may_not_see_the_board(
    busy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "owns_store", lambda self: False)
    ended = busy("--as", "stranger", "board")
    assert ended.code == 3
    assert "zong" in ended.err


def test_an_empty_house_is_told_what_to_do(wb: Run) -> None:
    assert "workbench record --text TEXT records a case" in wb("board").out
    found = wb("board", "--json").json
    assert (found["open"], found["by_person"], found["silent_since"]) == (0, [], None)


@pytest.mark.parametrize("now", ["2026-11-28 12:00", "2028-11-21 12:00"])
def test_a_week_and_two_years_on_it_still_says_what_the_lists_say(busy: Run, now: str) -> None:
    found = json.loads(busy("--as", "zong", "--now", now, "board", "--json").out)
    told = dict(figures(found))
    assert told["overdue"] > 0 == told["due"]
    for name in ("open", "overdue", "silence.over_24h", "by_person.mei.overdue", "opinions.overdue"):
        words = shlex.split(found["lists"][name])[1:]
        assert len(busy("--as", "zong", "--now", now, *words, "--json").json) == told[name], name


def test_reading_alone_writes_nothing(busy: Run, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    before = store.read_bytes()
    assert busy("--read-only", "--as", "zong", "board").code == 0
    assert store.read_bytes() == before
