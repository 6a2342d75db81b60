"""What the form for a new case shows is what saving does: the same plan, compared over random forms."""

import re
from random import Random
from typing import Any

import pytest
from duty_support import office
from msgspec.structs import replace

from workbench.actions import doing, foreseen
from workbench.domain.errors import OfferError, RefusedError, UsageError
from workbench.rules import cluster, second_complaints
from workbench.setup import restricting

PLACE = "金色家园"
LEAK = {"site": PLACE, "category": "repair-service"}
PHONES = [f"1380000000{number}" for number in range(4)]
KEPT = "13900000009"  # of a person whose data are only kept
NUMBER = re.compile(r"A\d{6}-\d{5}")
COUNTED = "SELECT (SELECT count(*) FROM event) || (SELECT group_concat(value) FROM setting)"


def form(random: Random) -> dict[str, str]:
    """Return a form as somebody may have filled it by now; few values, so that much belongs together."""
    given = {
        "text": random.choice(["漏水", "又漏了", "电梯坏了"]),
        "phone": random.choice(["", KEPT, *PHONES, *PHONES]),
        "customer": random.choice(["", "王女士"]),
        "site": random.choice(["", "湖畔", PLACE, PLACE, PLACE, "无此处"]),
        "unit": random.choice(["", "3-502"]),
        "kind": random.choice(["complaint", "complaint", "repair", "inquiry"]),
        "category": random.choice(["repair-service", "repair-service", "staff-conduct", "other"]),
        "impact": random.choice(["", "", "none", "looks", "partly", "severe"]),
        "people": random.choice(["", "", "12"]),
        "flag": random.choice(["", "", "media", "lawsuit"]),
        "claim": random.choice(["", "0", "90000"]),
        "about": random.choice(["", "", "", "jin", "mei"]),
        "received": random.choice(["", "", "2026-11-20 09:00", "2026-09-01 10:00", "2027-01-01 10:00"]),
        "not_repeat": random.choice(["", "", "", "yes"]),
    }
    if random.random() < 0.6:
        given |= {
            "close": "yes",
            "outcome": random.choice(["修好了", "修好了", "退您 300 元", "24 小时内回复您"]),
            "resolution": random.choice(["", "", "limited", "none"]),
            "accepted": random.choice(["", "yes", "no"]),
            "next": random.choice(["", "可以投诉到住建局"]),
        }
    return {name: value for name, value in given.items() if value}


def stored(bench: Any, person: str, given: dict[str, str]) -> tuple[Any, str]:
    """Record a form; return the case as it then stands, or why it was refused."""
    try:
        case = doing.record(bench.desk(person), given)
    except (UsageError, RefusedError) as why:
        return None, NUMBER.sub(foreseen.NO_NUMBER, str(why))
    return bench.desk(person).case(case.case_id), ""


def foreseen_as(bench: Any, person: str, given: dict[str, str]) -> tuple[Any, str]:
    """Return what the form shows, and why it would be refused."""
    try:
        shown = foreseen.preview(bench.desk(person), given)
    except (UsageError, RefusedError) as why:
        return None, str(why)
    return shown.case, str(shown.refused or "")


def differing(bench: Any, clock: Any, seed: int, forms: int = 40) -> list[Any]:
    """Return the forms for which what was shown is not what was stored, with both."""
    random, found = Random(seed), []
    for _ in range(forms):
        person, given = random.choice(["mei", "bo", "jin", "shen", "lu"]), form(random)
        shown, foretold = foreseen_as(bench, person, given)
        case, refused = stored(bench, person, given)
        if case is not None and shown is not None:
            shown = replace(shown, case_id=case.case_id, number=case.number)
        if foretold != refused or (case is not None and shown != case):
            found.append((given, foretold, refused, shown, case))
        clock.pass_(hours=random.choice([0, 1, 30]))
    return found


@pytest.fixture
def house(bench):
    """A store with people of every rank, and one case of a person whose data are only kept."""
    office(bench)
    bench.record(phone=KEPT, site=PLACE)
    restricting.restrict(bench.desk("zong"), KEPT, "本人要求")
    return bench


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_form_shows_is_stored(house, clock, seed):
    assert differing(house, clock, seed) == []


@pytest.mark.parametrize(
    ("rules", "name", "blind"),
    [
        (cluster, "find", lambda *_given: cluster.Found()),
        (second_complaints, "earlier", lambda *_given: None),
    ],
)
def test_a_form_that_is_blind_for_other_cases_is_found_out(house, clock, monkeypatch, rules, name, blind):
    sees = foreseen.preview

    def preview(*given):
        with monkeypatch.context() as blinded:
            blinded.setattr(rules, name, blind)
            return sees(*given)

    monkeypatch.setattr(foreseen, "preview", preview)
    assert any(differing(house, clock, seed) for seed in range(4))


def test_looking_ahead_stores_nothing(house):
    with house.store.reading() as db:
        before = db.value(COUNTED)
    foreseen.preview(house.desk(), LEAK | {"close": "yes", "outcome": "修好了"})
    with house.store.reading() as db:
        assert db.value(COUNTED) == before


def test_the_third_of_a_cluster_is_shown_with_its_level_and_its_closing_as_a_request(house):
    for phone in PHONES[:2]:
        house.record(phone=phone, **LEAK)
    shown = foreseen.preview(house.desk(), LEAK | {"phone": PHONES[2], "close": "yes", "outcome": "好了"})
    assert (shown.case.severity, shown.case.status, len(shown.found.to_rise)) == (2, "open", 2)
    assert [duty.owner for duty in shown.case.owed("approval")] == ["jin"]


def test_a_closing_that_is_refused_leaves_the_case_in_sight(house):
    shown = foreseen.preview(house.desk(), LEAK | {"close": "yes", "outcome": "退您 300 元"})
    assert isinstance(shown.refused, OfferError)
    assert (shown.case.status, shown.case.site) == ("open", PLACE)
