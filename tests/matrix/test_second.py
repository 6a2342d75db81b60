"""A second complaint is known on every road by which a case comes in, or by which it turns out to be one."""

from collections.abc import Callable, Mapping

import pytest
from matrix import files, roads
from matrix.axes import ROADS, Cell, has_road
from matrix.house import CAMPAIGN
from matrix.scene import Scene

from workbench.actions import doing
from workbench.domain import acts
from workbench.rules import second_complaints
from workbench.setup import campaign_calls

CATEGORY = "construction-quality"  # that of every case of the house
DECIDES = "the-head-office"


def _recorded(scene: Scene) -> int:
    given = {"text": "又漏了", "phone": scene.case.phone, "category": CATEGORY}
    return doing.record(scene.desk, given).case_id


def _imported(scene: Scene) -> int:
    own = files.row("new", at="", words="")
    spare = f"1380013{files.NAMES.index('new'):04d}"
    scene.house.clock.pass_(minutes=1)
    received = "2026-11-21 12:01"
    row = own.replace(spare, scene.case.phone).replace(files.RECEIVED, received)
    assert roads._import(scene, scene.person, acts.RECORD.id, row).added == 1
    with scene.store.reading() as db:
        return int(db.value("SELECT case_id FROM cases WHERE external_id = 'new'"))


def _from_a_campaign(scene: Scene) -> int:
    no = scene.house.contacts["closed"]
    called = campaign_calls.call(scene.desk, CAMPAIGN, no, {"reached": "yes"})
    given = campaign_calls.case_from(called.contact) | {"text": "又漏了", "category": CATEGORY}
    number = campaign_calls.record_case(scene.desk, CAMPAIGN, no, given).contact.case
    return scene.desk.find(number or "")


COMES_IN: Mapping[str, Callable[[Scene], int]] = {
    "key": _recorded,
    "verb": _recorded,
    "import": _imported,
    "campaign": _from_a_campaign,
}
NO_OTHER = ("bulk", "approval", "undo")  # by none of these does a case come in


def came_in(houses, road: str):
    house = houses["default"]
    at = house.clock.at

    def work(scene: Scene):
        scene.enter("close", outcome="好了")
        house.clock.pass_(minutes=1)
        key = COMES_IN[road](scene)
        second = scene.desk.case(key)
        back = [link.kind for link in scene.case.links if link.number == second.number]
        return second.repeat, second.repeat_of == scene.case.number, back

    try:
        return house.within(Cell("record", "closed", DECIDES, road), work)
    finally:
        house.clock.at = at


def test_every_road_by_which_a_case_comes_in_is_walked():
    assert {road for road in ROADS if has_road(acts.RECORD, road)} - set(NO_OTHER) == set(COMES_IN)


@pytest.mark.parametrize("road", COMES_IN)
def test_it_is_known_on_every_road(houses, road):
    assert came_in(houses, road) == (True, True, ["again"])


@pytest.mark.parametrize("road", COMES_IN)
def test_a_lost_rule_is_seen_on_every_road(houses, monkeypatch, road):
    monkeypatch.setattr(second_complaints, "earlier", lambda *_args: None)
    assert came_in(houses, road) == (False, False, [])
