"""A file closes what stands here, by verbs and by keys: above authority it asks, and behind a gate it is refused."""

from pathlib import Path

import pytest
from regimes.by_keys import NUMBER, WIDE, Enter, moment
from regimes.walk import Open

from workbench.desk import Desk
from workbench.exchange import importing, mapping_file, vocabulary
from workbench.exchange.sniff import sniff

MAPPING = """\
source = "line"
clocks = "policy"
[times]
formats = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
customer = "customer"
phone = "phone"
site = "site"
category = "category"
flags = "flags"
[closing]
at = "closed"
outcome = "outcome"
"""
HEADER = "id,received,text,customer,phone,site,category,flags,closed,outcome"
ROW = "L1,2026-11-25 09:00,厨房漏水,王芳,13800138000,金色家园,construction-quality,media,{closed},{outcome}"
OPEN, CLOSED = ROW.format(closed="", outcome=""), ROW.format(closed="2026-11-25 11:00", outcome="已修好")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str, str]:
    """Return the mapping, the file in which the case is open, and the one in which it is closed."""
    made = []
    for name, lines in (
        ("line.toml", MAPPING),
        ("open.csv", f"{HEADER}\n{OPEN}\n"),
        ("closed.csv", f"{HEADER}\n{CLOSED}\n"),
    ):
        (tmp_path / name).write_text(lines, encoding="utf-8")
        made.append(str(tmp_path / name))
    return made[0], made[1], made[2]


def test_vanke_a_file_closes_nothing_above_the_authority_of_whoever_imports_it(
    open_house: Open, files: tuple[str, str, str]
) -> None:
    house = open_house("vanke")
    mapping, opened, closed = files
    assert house.do("11-25 10:00", "mei", "import", opened, "--mapping", mapping)["added"] == 1
    assert house.do("11-25 12:00", "mei", "import", closed, "--mapping", mapping)["updated"] == 1
    (case,) = house.do("11-25 12:00", "he", "list", "all")
    assert (case["status"], case["severity"]) == ("open", 1)
    assert house.do("11-25 12:05", "mei", "import", closed, "--mapping", mapping)["unchanged"] == 1
    shown = house.said("11-25 12:05", "he", "show", case["number"]).out
    assert "Approval" in shown
    assert "已修好" in shown
    assert house.do("11-25 12:10", "he", "approve", case["number"])["outcome"] == "已修好"
    assert house.do("11-25 12:15", "he", "import", closed, "--mapping", mapping)["unchanged"] == 1
    house.refused("11-25 12:15", "he", "undo", case["number"])
    assert house.problems("11-25 12:20") == []


def test_mingyuan_a_closing_of_now_waits_for_its_gate(open_house: Open, files: tuple[str, str, str]) -> None:
    house = open_house("mingyuan")
    mapping, opened, closed = files
    house.do("11-25 10:00", "ma", "import", opened, "--mapping", mapping)
    ended = house.said("11-25 12:00", "ma", "import", closed, "--mapping", mapping)
    assert ended.code == 6
    assert "First:" in ended.err
    assert house.do("11-25 12:00", "he", "list", "all")[0]["status"] == "open"
    assert house.problems("11-25 12:00") == []


async def test_vanke_the_request_of_a_file_is_decided_at_the_desk(
    enter: Enter, files: tuple[str, str, str]
) -> None:
    mapping, opened, closed = files
    room = enter("vanke", "zh", WIDE)
    for file in (opened, closed):
        room.clock.at = moment("11-25 12:00")
        desk = Desk(room.store, "mei", room.clock)
        sniffed = sniff(Path(file))
        known = vocabulary.of_policy(desk.rules().policy)
        read = mapping_file.parse(
            Path(mapping).read_text(encoding="utf-8"), "line.toml", sniffed.headers, known
        )
        assert importing.run(importing.Job(desk, sniffed, read)).stored == 1
    async with room.seat("11-25 12:30", "he") as he:
        found = NUMBER.search(he.picture)
        assert found
        room.number = found[0]
        assert room.case().status == "open"
        await he.press("d")
        await he.goes_to("待审批", "已修好")
        await he.press("enter")
        await he.save()
        room.stored("approve", "he", act="close", asked_by="mei")
        he.sees_not("按 u 撤销")
        await he.press("escape", "u")
        await he.sees("不能撤销")
    assert room.case().status == "closed"
