"""What is reckoned once and kept: by whom it is kept, by what it is found, and that a change is seen."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from workbench.domain import clocks
from workbench.domain.calendars import points
from workbench.domain.clocks import MOST_POINTS, Clock, point_at
from workbench.domain.plans import Plan, calendar
from workbench.policy import loading

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 09:00 in Shanghai
DAYS = ("mon", "tue", "wed", "thu", "fri")
HOUR = timedelta(hours=1)


def office(hours="09:00-17:00", **more):
    return calendar("office", Plan("Asia/Shanghai", {day: [hours] for day in DAYS}, **more))


def asked(monkeypatch):
    """Return the reckonings that are really made from here on."""
    made, real = [], clocks._point_at
    monkeypatch.setattr(clocks, "_point_at", lambda *given: made.append(given) or real(*given))
    return made


def test_a_moment_of_a_clock_is_reckoned_once_by_a_calendar(monkeypatch):
    made, hours = asked(monkeypatch), office()
    first, again = (Clock("c", 1, "office", MONDAY, target_seconds=3600) for _ in range(2))
    assert point_at(first, HOUR, hours) == point_at(again, HOUR, hours) == MONDAY + HOUR
    assert len(made) == 1


def test_whatever_a_moment_depends_on_is_told_apart(monkeypatch):
    hours = office()
    plain = Clock("c", 1, "office", MONDAY, target_seconds=3600)
    paused = replace(plain, pauses=((MONDAY, MONDAY + HOUR),))
    later = replace(plain, started_at=MONDAY + HOUR)
    regraded = replace(plain, counted_from=MONDAY + 2 * HOUR)
    fixed = Clock("c", 1, "office", MONDAY, fixed_due_at=MONDAY + 3 * HOUR)
    made = asked(monkeypatch)
    for _ in range(2):
        found = [point_at(clock, HOUR, hours) - MONDAY for clock in (plain, paused, later, regraded)]
        assert found == [HOUR, 2 * HOUR, 2 * HOUR, 3 * HOUR]
        assert point_at(plain, 2 * HOUR, hours) == MONDAY + 2 * HOUR
        assert point_at(fixed, 4 * HOUR, hours) == MONDAY + 4 * HOUR
    assert len(made) == 6


def test_a_changed_calendar_is_seen_at_once():
    clock = Clock("c", 1, "office", MONDAY, target_seconds=3600)
    before = office()
    assert point_at(clock, HOUR, before) == MONDAY + HOUR
    closed = replace(before, holidays={MONDAY.date(): "closed"})
    assert point_at(clock, HOUR, closed) == MONDAY + timedelta(days=1, hours=1)
    assert point_at(clock, HOUR, before) == MONDAY + HOUR


def test_a_calendar_keeps_few_moments():
    hours = office()
    for number in range(MOST_POINTS + 1):
        clock = Clock("c", 1, "office", MONDAY + timedelta(seconds=number), target_seconds=3600)
        point_at(clock, HOUR, hours)
        assert 0 < len(points(hours)) <= MOST_POINTS


def test_what_follows_from_a_policy_is_that_of_the_policy_as_it_is():
    policy = loading.load("default")[0]
    name, rule = next(iter(policy.clocks.items()))
    assert rule in policy.starting["record"]
    assert set(rule.stops) <= policy.stopping
    other = replace(policy, zone="UTC", clocks={name: replace(rule, starts=("heard",), stops=("note",))})
    assert set(other.starting) == {"heard"}
    assert other.stopping == {"note"}
    assert (policy.zone_info.key, other.zone_info.key) == ("Asia/Shanghai", "UTC")
    mingyuan = loading.load("mingyuan")[0]
    nodes = {key: replace(node, clock="") for key, node in mingyuan.regime.nodes.items()}
    assert mingyuan.node_clocks
    assert mingyuan.node_clocks == {node.clock for node in mingyuan.regime.nodes.values() if node.clock}
    assert replace(mingyuan, regime=replace(mingyuan.regime, nodes=nodes)).node_clocks == frozenset()
