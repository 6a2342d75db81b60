"""Audits and the indicators of a unit against a recount by hand of what the timelines say."""

from collections import Counter, defaultdict
from datetime import timedelta
from math import ceil
from random import Random
from statistics import mean, median

import pytest
from desks import Bench, Clock
from recounts.histories import history, told, when

from storage.part import Part
from workbench import words
from workbench.domain.errors import RefusedError, UsageError
from workbench.policy import loading
from workbench.reports import audits
from workbench.reports.kpi import CLOCK, kpi
from workbench.reports.scope import Scope

QUESTIONS = ("acknowledged", "learned", "every-point")
PARTS = (Part(), Part(sites=("A",)), Part(handler="li"))


class House:
    """A random history with audits, over some months; what was taken back is among it."""

    def __init__(self, folder, seed):
        words.use("en")
        self.bench, self.chance = (
            Bench(folder / "store.db", Clock(), loading.load("default")[1]),
            Random(seed),
        )
        cases = []
        for _ in range(4):
            cases += history(self.bench, self.chance, many=70)
            for _ in range(25):
                self.audited(cases)
            self.bench.clock.pass_(days=self.chance.choice((3, 12)))
        desk = self.bench.desk()
        self.zone = desk.rules().zone
        self.timelines = {case.case_id: desk.timeline(case.case_id) for case in cases}
        self.cases = {key: told(timeline) for key, timeline in self.timelines.items()}
        self.levels = {key: desk.case(key).severity for key in self.cases}
        self.last = self.bench.clock().astimezone(self.zone).date()

    def audited(self, cases):
        answers = {question: self.chance.choice(("met", "failed", "")) for question in QUESTIONS}
        given = {name: [each for each, said in answers.items() if said == name] for name in ("met", "failed")}
        if given["failed"]:
            given |= {"text": "x", "owner": "wu"}
        case = self.chance.choice(cases)
        self.bench.clock.pass_(minutes=self.chance.choice((3, 200)))
        try:
            self.bench.act(case, "audit", "lan", **given)
            if self.chance.random() < 0.2:
                self.bench.act(case, "undo", "lan")
        except (RefusedError, UsageError):
            return

    def of(self, part):
        return {
            key: case for key, case in self.cases.items()
            if (part.sites is None or case.facts["site"] in part.sites)
            and (part.handler is None or case.handler == part.handler)
        }  # fmt: skip

    def within(self, at, scope):
        return at is not None and scope.first <= at.astimezone(self.zone).date() <= scope.last

    def answers(self, scope):
        """Return (met, failed) of each audit of a scope, from the entries alone."""
        found = []
        for key in self.of(scope.part):
            timeline = self.timelines[key]
            gone = {event.data["seq"] for event in timeline if event.act == "undo"}
            found += [(event.data["met"], event.data["failed"]) for event in timeline
                      if event.act == "audit" and event.seq not in gone and self.within(when(event), scope)]  # fmt: skip
        return found


@pytest.fixture(scope="module", params=range(3))
def house(request, tmp_path_factory):
    made = House(tmp_path_factory.mktemp("audits"), request.param)
    yield made
    made.bench.store.close()


def expected_audits(answers):
    scores = [len(met) / (len(met) + len(failed)) for met, failed in answers]
    counts = defaultdict(Counter)
    for met, failed in answers:
        for question in (*met, *failed):
            counts[question]["of"] += 1
            counts[question]["met"] += question in met
    return len(scores), round(mean(scores), 4) if scores else None, {
        question: (each["met"], each["of"]) for question, each in counts.items()}  # fmt: skip


def found_audits(house, scope):
    with house.bench.store.reading() as db:
        found = audits.figures_of(house.bench.desk(), db, scope)["audits"]
    return found["n"], found["mean"], {
        question: (each["met"], each["of"]) for question, each in found["by_question"].items()}  # fmt: skip


def test_audits(house):
    counted = 0
    for part in PARTS:
        for days in (3, 30, 200):
            scope = Scope(house.last - timedelta(days=days), house.last, part)
            expected = expected_audits(house.answers(scope))
            assert found_audits(house, scope) == expected
            counted += expected[0]
    assert counted > 20


def test_a_count_that_leaves_an_undo_out_is_seen(house, monkeypatch):
    """The control."""
    monkeypatch.setattr("storage.audits.since", lambda *_given: frozenset())
    scope = Scope(house.last - timedelta(days=200), house.last)
    assert found_audits(house, scope) != expected_audits(house.answers(scope))


def by_hand(house, scope):
    """Return the indicators of a month: (value, n)."""
    cases = house.of(scope.part)
    received = [key for key, case in cases.items() if house.within(case.received_at, scope)]
    closed = [case for case in cases.values() if house.within(case.closed_at, scope)]
    verified = [case for case in cases.values() if house.within(case.verified_at, scope)]
    words_ = [word for case in cases.values() for at, word, _who in case.clocks if house.within(at, scope)]
    took = sorted(int(case.closed_at.timestamp()) - int(case.received_at.timestamp()) for case in closed)
    csi = [case.csi for case in closed if case.csi is not None]
    said = [case for case in closed if case.resolution]
    solved = [case for case in said if (case.resolution == "full" and case.accepted != "no")
              or (case.resolution == "limited" and case.accepted == "yes")]  # fmt: skip
    n, score, _by = expected_audits(house.answers(scope))

    def share(met, of):
        return (round(met / of, 4) if of else None, of)

    return {
        "received": (len(received), None), "closed": (len(closed), None),
        "unsolved": (sum(cases[key].closed_at is None for key in received), None),
        "grave": (sum(house.levels[key] <= 2 for key in received), None),
        "on_time": share(words_.count("met"), len(words_)), "resolution": share(len(solved), len(said)),
        "founded": share(sum(case.verdict != "unfounded" for case in verified), len(verified)),
        "repeat": share(sum(cases[key].repeat for key in received), len(received)),
        "audits": (score, n), "csi": (round(mean(csi), 2) if csi else None, len(csi)),
        "median": (round(median(took)) if took else None, len(took)),
        "p90": (took[ceil(0.9 * len(took)) - 1] if took else None, len(took)),
    }  # fmt: skip


def differing(house):
    found = []
    for part in PARTS:
        scope = Scope(house.last.replace(day=1), house.last, part)
        told_ = kpi(house.bench.desk(), scope)
        months = [(each, at) for at, each in enumerate(told_["months"])]
        for month, at in months:
            first = house.last.replace(day=1).fromisoformat(month)
            last = min(house.last, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))
            mine = by_hand(house, Scope(first, last, part))
            values = {each["key"]: each["values"][at] for each in told_["indicators"]}
            clocks = [value for key, value in values.items() if key.startswith(CLOCK)]
            if sum(value["n"] for value in clocks) != mine["on_time"][1]:
                found.append((month, "clocks"))
            found += [
                (month, key) for key, pair in mine.items() if (values[key]["value"], values[key]["n"]) != pair
            ]
    return found


def test_indicators(house):
    assert differing(house) == []


def test_indicators_that_are_wrong_are_seen(house, monkeypatch):
    """The control."""
    from storage.analyses import groups

    monkeypatch.setattr(groups, "CLOSED", groups.CLOSED.replace("AND c.accepted = 'yes'", ""))
    assert differing(house)
