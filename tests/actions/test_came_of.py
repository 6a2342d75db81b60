"""What is said after an act is what was stored: done, asked of somebody else, and what is owed now."""

import pytest
from duty_support import office

from workbench import words
from workbench.domain import acts
from workbench.domain.acts import Authority
from workbench.wording.came_of import came_of
from workbench.wording.names import Names

PLACE = "金色家园"
GRAVE = {"site": PLACE, "impact": "severe"}
ABOVE = {  # what each act with a limit is asked for when it goes above the handler's
    "close": {"outcome": "修好了"},
    "compensate": {"amount": "90000", "text": "误工"},
    "pause": {"for": "third-party", "reason": "等配件", "until": "+60d"},
}


@pytest.fixture
def house(bench):
    """A store with people of every rank."""
    return office(bench)


@pytest.fixture(params=["en", "zh"])
def language(request):
    """Both languages, one after the other."""
    words.use(request.param)
    yield request.param
    words.use("en")


def told(house, case, act):
    """Return what is said of the newest act on a case."""
    desk = house.desk()
    return came_of(act, desk.timeline(case.case_id), case, desk.rules(case.policy))


def test_every_act_that_may_become_a_request_is_tried_here():
    assert set(ABOVE) == {act.id for act in acts.BY_ID.values() if act.authority is not Authority.NONE}


@pytest.mark.parametrize("act", ABOVE)
def test_above_the_authority_it_says_whom_the_request_went_to_and_by_when(house, language, act):
    case = house.act(house.record(**GRAVE), act, "mei", **ABOVE[act])
    came = told(house, case, act)
    duty = case.owed("approval")[0]
    assert came.asked
    for name in duty.data.get("informed", [duty.owner])[:3]:
        assert name in came.follows
    assert Names(house.desk().rules().policy).until(duty.due_at) in came.follows
    wanted = {"en": "request sent to", "zh": "已向"}[language]
    assert wanted in str(came)
    assert ("90,000" in str(came)) is (act == "compensate")


@pytest.mark.parametrize(
    ("act", "more"),
    [("close", {"outcome": "修好了"}), ("pause", {"for": "third-party", "reason": "等", "until": "+1d"})],
)
def test_within_the_authority_nobody_is_said_to_be_asked(house, act, more):
    case = house.act(house.record(site=PLACE), act, "mei", **more)
    came = told(house, case, act)
    assert (came.asked, came.done) == (False, (acts.BY_ID[act].done,))


def test_a_sum_within_the_limit_of_whoever_gives_it_is_no_request(house):
    case = house.act(house.record(site=PLACE), "compensate", "shen", amount="10", text="误工")
    assert str(told(house, case, "compensate")) == "Sum promised"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "recorded"),
        ({"close": True, "outcome": "好了"},
         "recorded and closed; callback owed by mei, until 2026-11-23 12:00"),
        ({"close": True, "outcome": "好了", "kind": "inquiry"}, "recorded and closed"),
        ({"close": True, "outcome": "好了", "impact": "severe"},
         "recorded; closing: request sent to shen, decision by 2026-11-21 16:00"),
    ],
)  # fmt: skip
def test_recording_says_whether_it_was_closed_too(house, given, said):
    case = house.record("mei", site=PLACE, **given)
    assert str(told(house, case, "record")) == said


def test_a_granted_closing_says_who_owes_the_callback(house):
    case = house.act(house.record("mei", **GRAVE), "close", "mei", outcome="修好了")
    case = house.act(case, "approve", "shen")
    assert str(told(house, case, "approve")).startswith("Approved; callback owed by mei, until")


def test_what_came_after_the_act_does_not_count(house):
    case = house.record("mei", site=PLACE)
    house.act(case, "close", "mei", outcome="修好了")
    assert str(told(house, case, "record")) == "recorded"
