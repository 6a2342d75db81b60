"""A clock that nobody should believe refuses no word, and decides nothing for good."""

from datetime import timedelta

import pytest
from desks import NOON, Bench, Clock
from msgspec.structs import replace

from storage import clock_doubt as doubt
from storage import timing
from storage.check import check
from workbench.actions import doing, foreseen
from workbench.desk import Desk
from workbench.domain.cases import DOUBT, GIVEN
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.timing import begun
from workbench.reports.case_json import as_json
from workbench.reports.explain import explain, lines
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.setup import people
from workbench.watch import clock_doubt, waiting
from workbench.watch.sweep import sweep

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


class Machine:
    """A machine: its clock can be moved, while it runs on all the same."""

    def __init__(self, boot: str | None = "one") -> None:
        self.clock, self.boot, self.ran = Clock(NOON), boot, 0.0

    def pass_(self, **span: float) -> None:
        self.ran += timedelta(**span).total_seconds()
        self.clock.pass_(**span)

    def bend(self, span: timedelta) -> None:
        self.clock.at += span

    def uptime(self):
        return (self.boot, self.ran) if self.boot else None


class Running(Clock):
    """A clock that goes on with every look at it, as every real one does."""

    def __call__(self):
        self.at += timedelta(milliseconds=7)
        return super().__call__()


class House:
    """A store in which people work by the machine's own clock: hang leads it, shen supervises, li handles."""

    def __init__(self, path, machine: Machine) -> None:
        self.machine = machine
        self.bench = Bench(path, machine.clock)
        self.store = self.bench.store
        for name, role in (("hang", "head-office"), ("shen", "supervisor"), ("li", "handler")):
            people.add_person(self.desk("hang"), name, {"role": role})

    def desk(self, person: str = "li") -> Desk:
        return Desk(self.store, person, self.machine.clock, uptime=self.machine.uptime)

    def given(self, person: str = "li", at=NOON) -> Desk:
        return Desk(self.store, person, lambda: at)

    def record(self, **given):
        return doing.record(self.desk(), {"text": "漏水"} | given)

    def act(self, case, act, person="li", **given):
        return doing.do(self.desk(person), act, case.case_id, given)

    def newest(self, case):
        return self.desk().timeline(case.case_id)[-1]

    def problems(self):
        desk = self.desk("hang")
        return check(self.store, desk.rules_in).problems

    def verdict(self, case, name="response"):
        found = next(clock for clock in self.desk().case(case.case_id).clocks if clock.id == name)
        return found.verdict, found.in_doubt


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def house(tmp_path, machine):
    made = House(tmp_path / "house.db", machine)
    yield made
    assert made.problems() == []
    made.store.close()


# ------------------------------------------------------------------ which clock is in doubt


@pytest.mark.parametrize(
    ("bent", "boot", "doubted"),
    [
        (timedelta(), "one", False),
        (-timedelta(minutes=5), "one", False),
        (-timedelta(minutes=5, seconds=1), "one", True),
        (-timedelta(minutes=6), None, True),
        (-HOUR, "one", True),
        (-YEAR, "one", True),
        (HOUR, "one", False),
        (HOUR + timedelta(seconds=1), "one", True),
        (YEAR, "one", True),
        (YEAR, "two", False),  # another start: nothing to tell it by
        (YEAR, None, False),
    ],
)
def test_a_clock_is_in_doubt_behind_what_is_stored_or_against_the_machine(bent, boot, doubted):
    mark = begun(NOON, ("one", 100.0), NOON)
    uptime = (boot, 100.0) if boot else None
    assert mark.doubts(NOON + bent, uptime) is doubted


def test_a_clock_moved_bit_by_bit_is_in_doubt_all_the_same():
    mark, now, ran = begun(NOON, ("one", 0.0), NOON), NOON, 0.0
    found = []
    for _ in range(4):
        now, ran = now + timedelta(minutes=50), ran + 60
        found.append(mark.doubts(now, ("one", ran)))
        mark = mark.after(now, ("one", ran))
    assert found == [False, True, True, True]


def test_sleep_and_a_change_of_zone_or_summer_time_are_no_doubt(house, machine):
    case = house.record()
    machine.pass_(days=2)  # asleep: the machine counts through it
    house.act(case, "note", text="x")
    assert house.newest(case).timed is None  # times are UTC: a zone moves nothing


# ------------------------------------------------------------------ words are taken, and marked


@pytest.mark.parametrize("bent", [-HOUR, -YEAR, YEAR])
def test_words_and_decisions_are_taken_and_marked(house, machine, bent):
    case = house.record()
    machine.pass_(minutes=10)
    machine.bend(bent)
    for act, given in (("note", {"text": "x"}), ("heard", {"text": "x"}), ("close", {"outcome": "x"})):
        house.act(case, act, **given)
        assert house.newest(case).timed == DOUBT
    other = house.record(text="y")
    assert house.newest(other).timed == DOUBT
    ats = [event.at for event in house.desk().timeline(case.case_id)]
    assert ats == sorted(ats)


def test_both_times_are_kept_where_the_clock_stands_before_the_case(house, machine):
    case = house.record()
    machine.bend(-HOUR)
    house.act(case, "note", text="x")
    entry = house.newest(case)
    assert (entry.at, entry.read_at, entry.timed) == (NOON, NOON - HOUR, DOUBT)


def test_a_word_of_a_time_that_the_clock_has_not_reached_is_taken(house, machine):
    house.record()
    machine.bend(-HOUR)
    case = house.record(text="y", received=NOON.isoformat())
    assert case.received_at == NOON
    with pytest.raises(RefusedError, match="in the future"):
        house.record(text="z", received=(NOON + HOUR).isoformat())


def test_the_form_for_a_new_case_goes_by_what_the_clock_is_worth(house, machine):
    house.record(text="x")
    machine.bend(-HOUR)
    given = {"text": "y", "received": NOON.isoformat(), "close": True, "outcome": "好了"}
    shown = foreseen.preview(house.desk(), given).case
    with pytest.raises(RefusedError, match="future"):
        foreseen.preview(house.desk(), given | {"received": (NOON + HOUR).isoformat()})
    stored = house.record(**given)
    assert replace(shown, number=stored.number, case_id=stored.case_id) == house.desk().case(stored.case_id)
    with house.store.reading() as db:
        assert timing.mark(db, house.store.site_id) is not None


def test_what_came_before_and_after_the_doubt_is_not_marked(house, machine):
    case = house.record()
    machine.bend(YEAR)
    house.act(case, "note", text="x")
    machine.bend(-YEAR)
    other = house.record(text="y")
    house.act(other, "note", text="x")
    assert [event.timed for event in house.desk().timeline(other.case_id)] == [None, None]


# ------------------------------------------------------------------ verdicts


def test_a_missed_deadline_bent_into_a_met_one_is_shown_in_doubt_everywhere(house, machine):
    case = house.record()
    machine.pass_(hours=5)
    house.record(text="others go on")
    machine.bend(-3 * HOUR)
    done = house.act(case, "reply", text="x")
    assert house.verdict(case) == ("met", True)
    assert next(clock for clock in done.clocks if clock.id == "response").in_doubt
    desk = house.desk("shen")
    now, rules = desk.now(), desk.rules()
    document = as_json(desk.case(case.case_id), desk.timeline(case.case_id), now, rules)
    assert [each["in_doubt"] for each in document["clocks"] if each["id"] == "response"] == [True]
    assert document["timeline"][-1]["timed"] == DOUBT
    said = "\n".join(lines(explain(desk.case(case.case_id), now, rules), rules))
    assert "in doubt: the machine's clock said 2026-11-21 14:00" in said
    warned = summary(desk, one_day(machine.clock.at.date()))["warnings"]
    assert any("1 entries were written by a clock in doubt" in each for each in warned)


def test_accepted_the_verdict_stands_and_the_clock_is_believed(house, machine):
    case = house.record()
    machine.pass_(hours=3)
    machine.bend(-2 * HOUR)
    house.act(case, "reply", text="x")
    with pytest.raises(RefusedError):
        clock_doubt.accept(house.desk("li"))
    assert house.verdict(case) == ("met", True)
    found = clock_doubt.accept(house.desk("shen"))
    assert (found.cases, found.verdicts) == (1, 1)
    assert house.verdict(case) == ("met", False)
    house.act(case, "note", text="x")
    assert house.newest(case).timed is None
    with house.store.reading() as db:
        assert doubt.cases(db, house.store.site_id) == {}


def test_rejected_the_verdict_is_judged_by_what_nobody_doubts(house, machine):
    case = house.record()
    machine.pass_(hours=5)
    house.record(text="others go on")
    machine.bend(-3 * HOUR)
    house.act(case, "reply", text="x")
    first, last = machine.clock.at - HOUR, machine.clock.at + HOUR
    with pytest.raises(RefusedError):
        clock_doubt.reject(house.desk("shen"), first, last)
    machine.bend(3 * HOUR)
    clock_doubt.reject(house.desk("hang"), first, last)
    assert house.verdict(case) == ("missed", False)


def test_after_a_clock_ahead_was_rejected_the_right_reading_counts(house, machine):
    case = house.record()
    machine.bend(YEAR)
    house.act(case, "note", text="x")
    machine.bend(-YEAR)
    house.act(case, "reply", text="x")
    assert house.newest(case).read_at == NOON
    assert house.verdict(case) == ("met", True)
    clock_doubt.reject(house.desk("hang"), NOON + YEAR - HOUR, NOON + YEAR + HOUR)
    assert house.verdict(case) == ("met", False)
    house.act(case, "propose", text="x")
    assert house.verdict(case, "proposal") == ("met", False)


def test_a_span_that_ends_before_it_begins_is_wrong_use(house):
    with pytest.raises(UsageError):
        clock_doubt.reject(house.desk("hang"), NOON, NOON - HOUR)


# ------------------------------------------------------------------ what only time brings


def test_a_sweep_of_2030_changes_nothing_and_says_what_it_would_do(house, machine):
    case = house.record()
    machine.boot = "two"  # nothing tells that clock by
    machine.bend(4 * YEAR)
    assert sweep(house.desk("a stranger")) == {}
    held = waiting.waits(house.desk("a stranger"))
    assert held is not None
    assert (held.since, held.would["age"]) == (NOON, 3)
    assert house.newest(case).seq == 1
    with pytest.raises(UsageError):
        waiting.let_through(house.desk("a stranger"))
    assert sweep(house.desk()) == {}


def test_somebody_lets_it_through_or_acts_at_that_clock(house, machine):
    case = house.record()
    machine.pass_(hours=72)
    assert sweep(house.desk()) != {}
    machine.pass_(hours=100)
    assert sweep(house.desk()) == {}
    waiting.let_through(house.desk("shen"))
    assert sweep(house.desk()) != {}
    machine.pass_(days=30)
    assert sweep(house.desk()) == {}
    house.act(case, "note", text="x")
    assert sweep(house.desk()) != {}


def test_what_a_wrong_clock_brought_is_taken_back_and_comes_again_in_its_time(house, machine):
    case = house.record()
    machine.boot = "two"
    machine.bend(4 * YEAR)
    waiting.let_through(house.desk("shen"))
    sweep(house.desk())
    assert house.desk().case(case.case_id).severity == 1
    machine.bend(-4 * YEAR)
    found = clock_doubt.reject(house.desk("hang"), NOON + 3 * YEAR, NOON + 5 * YEAR)
    back = house.desk().case(case.case_id)
    assert (back.severity, back.hot, back.warned, back.escalated) == (4, False, frozenset(), frozenset())
    assert found.undone == house.newest(case).seq - 2
    house.act(case, "note", text="x")
    assert house.newest(case).timed is None
    machine.pass_(hours=3)
    assert sweep(house.desk())["escalate"] == 2


def test_the_owner_of_the_file_sweeping_every_night_is_no_act_of_a_person(house, machine):
    house.record()
    for _ in range(3):
        machine.pass_(hours=24)
        sweep(house.desk("root"))
    machine.pass_(hours=1)
    assert sweep(house.desk("root")) == {}


def test_the_policy_says_after_how_long_a_sweep_waits(tmp_path, machine):
    bench = Bench(tmp_path / "own.db", machine.clock, 'extends = "default"\nsweep_waits = "4h"\n')
    desk = Desk(bench.store, "li", machine.clock, uptime=machine.uptime)
    doing.record(desk, {"text": "x"})
    machine.pass_(hours=4)
    assert sweep(desk) != {}
    machine.pass_(hours=24)
    assert sweep(desk) == {}


# ------------------------------------------------------------------ given time


def test_a_trial_store_is_free_until_the_machine_times_an_entry(bench, clock, machine):
    people.add_person(bench.desk("hang"), "hang", {"role": "head-office"})
    people.add_person(bench.desk("hang"), "mei", {"role": "handler"})
    case = bench.record()
    clock.pass_(days=400)
    assert sweep(bench.desk()) != {}  # at a given time in a trial store nothing waits
    assert {event.timed for event in bench.desk().timeline(case.case_id)} == {GIVEN}
    own = Desk(bench.store, "mei", machine.clock, uptime=machine.uptime)
    with bench.store.reading() as db:
        assert timing.is_trial(db, bench.store.site_id)
    sweep(own)
    bench.act(case, "note", text="x")  # a sweep that wrote nothing is no entry
    doing.record(own, {"text": "y"})
    with bench.store.reading() as db:
        assert not timing.is_trial(db, bench.store.site_id)
    with pytest.raises(RefusedError, match="may not write at a given time"):
        bench.act(case, "note", text="x")


def test_where_people_work_a_given_time_takes_the_right_and_says_so(house, machine):
    case = house.record()
    later = NOON + timedelta(hours=1)
    with pytest.raises(RefusedError, match="may not write at a given time"):
        doing.do(house.given("li", later), "note", case.case_id, {"text": "x"})
    assert house.given("li", later + YEAR).case(case.case_id).hot  # reading is free
    doing.do(house.given("hang", later), "note", case.case_id, {"text": "x"})
    assert house.newest(case).timed == GIVEN


def test_without_staff_a_given_time_is_free(bench, machine):
    own = Desk(bench.store, "mei", machine.clock, uptime=machine.uptime)
    case = doing.record(own, {"text": "x"})
    bench.act(case, "note", text="x")
    assert [event.timed for event in own.timeline(case.case_id)] == [None, GIVEN]


def test_a_clock_that_goes_on_while_something_is_written_is_in_no_doubt(tmp_path):
    """Each look at a real clock says something later than the one before."""
    machine = Machine()
    machine.clock = Running(NOON)
    machine.uptime = lambda: ("one", (machine.clock.at - NOON).total_seconds())
    house = House(tmp_path / "running.db", machine)
    case = house.record(phone="13812348000")
    for act, given in (("take", {}), ("reply", {"text": "x"}), ("note", {"text": "x"}),
                       ("promise", {"text": "x", "due": "+1d"}), ("close", {"outcome": "x"}),
                       ("callback", {"reached": "yes", "csi": "5"}), ("reopen", {"reason": "x"})):  # fmt: skip
        case = house.act(case, act, **given)
    machine.clock.pass_(days=2)
    assert sweep(house.desk()) != {}
    with house.store.reading() as db:
        since = "event_no > 2"  # the store itself was made at a given time
        sql = f"SELECT act FROM event WHERE {since} AND (timed IS NOT NULL OR read_at IS NOT NULL)"
        assert db.all(sql) == []
        assert not timing.is_trial(db, house.store.site_id)
    assert doubt.cases(db, house.store.site_id) == {}
    assert not any(clock.in_doubt for clock in house.desk().case(case.case_id).clocks)
    house.store.close()


@pytest.mark.parametrize("seconds", [0.0, 12.5])
@pytest.mark.parametrize("wall", [None, NOON])
def test_a_mark_is_read_as_it_was_written(wall, seconds):
    from workbench.domain import timing

    mark = timing.Mark(NOON, "boot", wall, seconds)
    assert timing.unpacked(mark.packed()) == mark
    assert timing.unpacked({"newest": mark.packed()["newest"]}) == timing.Mark(NOON)


@pytest.mark.parametrize(
    ("at", "read_at", "doubted"),
    [
        (5, None, False),  # at the time that the clock said
        (5, 9, False),  # in a span that was rejected, from outside it: the clock was right
        (3, 9, False), (7, 9, False),  # the edges belong to it
        (2, 9, True), (8, 9, True),
        (5, 3, True), (5, 7, True),  # read inside the span as well
        (5, 2, False), (5, 8, False),
    ],
)  # fmt: skip
def test_what_stands_in_rejected_times_is_in_no_doubt_where_the_clock_was_right(at, read_at, doubted):
    from datetime import timedelta

    from workbench.domain import timing
    from workbench.domain.cases import DOUBT, Event

    def hour(number):
        return None if number is None else NOON + timedelta(hours=number)

    event = Event(1, hour(at), "mei", "note", {}, read_at=hour(read_at))
    spans = [(hour(3), hour(7))]
    assert timing.in_doubt(event, spans) is doubted
    imported = Event(1, hour(at), "mei", "note", {timing.IMPORTED: "x"}, read_at=hour(read_at), timed=DOUBT)
    assert timing.in_doubt(imported, spans) is False


@pytest.mark.parametrize(("seconds", "raised"), [(0.5, False), (1, False), (1.5, True), (60, True)])
def test_an_entry_keeps_the_reading_from_a_second_on_beside_it(seconds, raised):
    from datetime import timedelta

    from workbench.domain import timing
    from workbench.domain.cases import Event

    event = Event(1, NOON + timedelta(seconds=seconds), "mei", "note", {})
    timed = timing.Timing(NOON, None).of(event)
    assert (timed.read_at, timing.read(timed)) == ((NOON, NOON) if raised else (None, event.at))
    brought = Event(1, event.at, "mei", "note", {timing.IMPORTED: "x"})
    assert timing.Timing(NOON, None).of(brought).read_at is None
