"""Every act of the menu by keys: what a person presses is on disk when the screen says so."""

from pathlib import Path
from typing import Any

import pytest
from desks import Bench

from tests.screens.support import last_event, opened, press

Before = list[tuple[str, str, dict[str, Any]]]
DISPATCHED: Before = [("assign", "mei", {"to": "li", "reason": "更近"}), ("dispatch", "li", {"to": "mei"})]
ACTS: list[tuple[str, Before, list[str], dict[str, Any]]] = [
    ("dispatch", [], ["d", "text:li"], {"to": "li"}),
    ("accept", DISPATCHED, ["a"], {"duty": 1}),
    ("refuse", DISPATCHED, ["x", "text:没空"], {"duty": 1, "reason": "没空"}),
    ("ask", [], ["h", "text:li", "tab", "text:查防水"], {"owner": "li", "text": "查防水"}),
    ("answer", [("ask", "li", {"of": "mei", "text": "查"})], ["r", "text:已查"], {"duty": 1, "text": "已查"}),
    ("tell", [], ["t", "text:li", "tab", "text:看"], {"informed": ["li"]}),
    ("seen", [("tell", "li", {"to": "mei", "text": "看"})], ["s"], {"notices": [1]}),
    ("tier", [], ["T", "text:2", "tab", "text:li"], {"step": 2, "to": "li"}),
    ("inspect", [], ["i", "text:防水破损", "tab", "text:2"], {"text": "防水破损", "within_warranty": True}),
    ("account", [], ["n", "text:li", "tab", "text:到场了"], {"of": "li", "text": "到场了"}),
    ("verify", [], ["v", "text:3", *["tab"] * 4, "text:无责"], {"verdict": "unfounded"}),
    ("cause", [], ["u", "text:2", "tab", "text:漏做"], {"cause": "construction"}),
    ("prevent", [], ["w", "text:交底", "tab", "text:li"], {"owner": "li", "text": "交底"}),
    ("audit", [("close", "li", {"outcome": "x"})], ["Q", "text:1"], {"met": ["acknowledged"], "failed": []}),
    ("compensate", [], ["m", "text:300"], {"amount": "300.00"}),
    ("pay", [("compensate", "mei", {"amount": "300"})], ["M"], {"id": 1}),
    ("penalty", [], ["P", "text:li", "tab", "text:失约"], {"on": "li", "text": "失约"}),
    ("visit", [], ["b", "text:+1d"], {"duty": 1}),
    ("visited", [("visit", "mei", {"at": "+1d"})], ["B"], {"duty": 1}),
    ("engineer", [], ["e", "text:li"], {"to": "li"}),
    ("complainant", [], ["A", "text:老赵"], {"customer": "老赵"}),
    ("press", [], ["p", "text:今天答复"], {"text": "今天答复"}),
    ("escalate", [], ["l", "text:li", "tab", "text:超权限"], {"to": "li", "reason": "超权限"}),
    ("taskforce", [], ["f", "text:li", "tab", "text:li,mei"], {"head": "li", "members": ["li", "mei"]}),
    ("confirm", [("taskforce", "li", {"head": "li", "members": "mei"})], ["c"], {"duties": [1]}),
]  # fmt: skip


@pytest.mark.parametrize(("act", "before", "keys", "data"), ACTS, ids=[row[0] for row in ACTS])
async def test_a_letter_of_the_menu_and_what_it_asks_for_end_on_the_timeline(
    act: str, before: Before, keys: list[str], data: dict[str, Any], bench: Bench, tmp_path: Path
) -> None:
    case = bench.record()
    if act not in ("verify", "audit"):  # which nobody does on what they handled
        bench.act(case, "take")
    for action, person, given in before:
        bench.act(case, action, person, **given)
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "ctrl+k", *keys, "ctrl+o")
    stored = [each for each in bench.desk().timeline(case.case_id) if each.act == act][-1:]
    assert [{name: each.data.get(name) for name in data} for each in stored] == [data]


async def test_evidence_is_put_on_record_by_its_file(bench: Bench, tmp_path: Path) -> None:
    case = bench.record()
    proof = tmp_path / "a.jpg"
    proof.write_bytes(b"x" * 10)
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "comma", "H", f"text:{proof}", "tab", "text:3", "ctrl+o")
    event = last_event(bench.desk(), case)
    assert (event.act, event.data["name"], event.data["kind"], event.data["size"]) == (
        "attach",
        "a.jpg",
        "photo",
        10,
    )


@pytest.mark.parametrize(("key", "act"), [("L", "link"), ("J", "merge"), ("I", "identify")])
async def test_another_case_is_named_by_the_end_of_its_number(
    key: str, act: str, bench: Bench, tmp_path: Path
) -> None:
    other, case = bench.record(), bench.record()
    async with opened(bench.desk(), tmp_path) as (_app, pilot):
        await press(pilot, "j", "comma", key, f"text:{other.number[-5:]}", "ctrl+o")
    assert last_event(bench.desk(), case).act == act
