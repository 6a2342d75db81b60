"""Early warnings: each once, each a row; surges against their own past; waves that were planned."""

import re
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from desks import Bench

from storage import check_warnings, surges, warning_rows, warnings
from storage.check import check
from storage.engine import Db, connect
from workbench.desk import Desk
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.policy import loading
from workbench.reports import early_warnings
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep
from workbench.watch.warnings import decide, plan, unplan

SITE, CATEGORY = "梧桐里1期", "construction-quality"
QUIET = '[warnings]\nsilence = "72h"\nhandoffs = 2\nbroken = 1\nrepeats = 1\n'


def rows(bench):
    with bench.store.reading() as db:
        return warning_rows.every(db, bench.store.site_id)


def waiting(bench):
    with bench.store.reading() as db:
        return early_warnings.waiting(db, bench.store.site_id)


def surges_of(bench):
    return [each for each in rows(bench) if each.kind == "surge"]


def acts(bench, case):
    return [event.act for event in bench.desk().timeline(case.case_id)]


def reported(bench, many, site=SITE, category=CATEGORY, **given):
    for _ in range(many):
        bench.record(site=site, category=category, **given)


@pytest.fixture
def rising(bench, clock):
    """A store that has known its site for thirteen weeks, with one case of the pair at first and four today."""
    bench.record(site=SITE, category=CATEGORY, kind="repair")
    sweep(bench.desk())
    clock.pass_(days=90)
    sweep(bench.desk())
    reported(bench, 4)
    return bench


# ---------------------------------------------------------------- about a case


def brought(bench, clock, kind):
    """Make a case that gives a warning of ``kind``, and sweep."""
    case = bench.record()
    if kind == "handoffs":
        for person in ("a", "b", "c"):
            bench.act(case, "assign", to=person, reason="休假")
    elif kind == "broken":
        bench.act(case, "promise", text="x", due="+1h")
        bench.act(case, "keep", broken="yes")
    elif kind == "repeats":
        bench.act(case, "close", outcome="x")
        bench.act(case, "reopen", reason="x")
    else:
        clock.pass_(hours=73)
    sweep(bench.desk())
    return case


FACTS = [("repeats", "1"), ("silence", "259200"), ("handoffs", "2"), ("broken", "1")]


@pytest.mark.parametrize(("kind", "fact"), FACTS)
def test_what_a_case_warns_of_becomes_one_row(bench_with, clock, kind, fact):
    bench = bench_with(QUIET)
    case = brought(bench, clock, kind)
    sweep(bench.desk("bo"))
    [row] = rows(bench)
    assert (row.kind, row.fact, row.case_id, row.case_number) == (kind, fact, case.case_id, case.number)
    assert (row.number, row.state, row.site) == (1, "open", case.site)
    assert acts(bench, case).count("warn") == 1


@pytest.mark.parametrize(("kind", "words"), [
    ("repeats", "came back"), ("silence", "3 d"), ("handoffs", "handed on"), ("broken", "are broken"),
])  # fmt: skip
def test_a_warning_about_a_case_is_one_sentence(bench_with, clock, kind, words):
    bench = bench_with(QUIET)
    case = brought(bench, clock, kind)
    said = str(early_warnings.sentence(rows(bench)[0], bench.desk().rules()))
    assert case.number in said
    assert words in said


def test_a_silence_counts_from_when_it_came_about_not_from_the_sweep(bench_with, clock):
    bench = bench_with(QUIET)
    bench.record()
    clock.pass_(days=5)
    sweep(bench.desk())
    assert rows(bench)[0].at == "2026-11-24T04:00:00.000000Z"
    assert len(waiting(bench)) == 1


def test_a_warning_whose_cause_is_gone_waits_no_longer_and_comes_back_with_it(bench_with, clock):
    bench = bench_with(QUIET)
    case = brought(bench, clock, "silence")
    bench.act(case, "reply", text="x")
    assert (waiting(bench), rows(bench)[0].over, rows(bench)[0].state) == ([], 1, "open")
    bench.act(case, "undo")
    assert [each.number for each in waiting(bench)] == [1]
    assert problems(bench) == []


def test_a_case_that_is_done_warns_no_more(bench_with, clock):
    bench = bench_with(QUIET)
    case = brought(bench, clock, "handoffs")
    assert len(waiting(bench)) == 1
    bench.act(case, "reply", text="x")
    assert len(waiting(bench)) == 1
    bench.act(case, "close", outcome="x")
    bench.act(case, "callback", reached="yes")
    assert bench.now(case).status == "done"
    assert waiting(bench) == []


@pytest.mark.parametrize(("state", "reason"), [("accepted", ""), ("dismissed", "the customer is abroad")])
def test_a_decision_stands_on_the_row_and_on_the_case(bench_with, clock, state, reason):
    bench = bench_with(QUIET)
    case = brought(bench, clock, "silence")
    decided = decide(bench.desk("chief"), 1, state, reason)
    assert (decided.state, decided.decided_by, decided.reason) == (state, "chief", reason)
    assert waiting(bench) == []
    last = bench.desk().timeline(case.case_id)[-1]
    assert (last.act, last.by, last.data["warning"], last.data["decision"]) == ("warning", "chief", 1, state)
    assert last.data.get("reason", "") == reason


def test_a_decision_that_is_undone_leaves_the_warning_open(bench_with, clock):
    bench = bench_with(QUIET)
    case = brought(bench, clock, "silence")
    bench.act(case, "warning", decision="dismissed", reason="x")  # the only open one need not be named
    assert rows(bench)[0].state == "dismissed"
    bench.act(case, "undo")
    [row] = rows(bench)
    assert (row.state, row.decided_at, row.decided_by, row.reason) == ("open", None, None, None)


def test_one_of_several_warnings_about_a_case_must_be_named(bench_with, clock):
    bench = bench_with(QUIET)
    case = brought(bench, clock, "handoffs")
    clock.pass_(days=4)
    sweep(bench.desk())
    with pytest.raises(UsageError, match="--warning"):
        bench.act(case, "warning")
    with pytest.raises(UsageError, match="no warning 9"):
        bench.act(case, "warning", warning=9)
    bench.act(case, "warning", warning=2)
    assert [each.state for each in rows(bench)] == ["accepted", "open"]


def test_a_case_without_warnings_has_nothing_to_decide(bench):
    with pytest.raises(RefusedError, match="gives no early warning"):
        bench.act(bench.record(), "warning")


# ---------------------------------------------------------------- places and categories


def test_more_cases_than_the_past_lets_expect_are_one_warning(rising):
    assert sweep(rising.desk()).get("surge") == 1
    [row] = surges_of(rising)
    assert (row.site, row.category, row.case_id, row.state) == (SITE, CATEGORY, None, "open")
    fact = early_warnings.as_json(row)["fact"]
    assert (fact["count"], fact["before"], fact["spans"], fact["days"]) == (4, 1, 12, 7)
    said = str(early_warnings.sentence(row, rising.desk().rules()))
    assert said.startswith(f"{SITE}, Construction quality: 4 cases in 7 days; 1 in the 12 spans of 7 days")


def test_whoever_sweeps_again_or_beside_finds_it_once(rising):
    desks = [Desk(rising.store, f"s{n}", rising.clock) for n in range(4)]
    threads = [Thread(target=sweep, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sweep(rising.desk()).get("surge") is None
    assert len(surges_of(rising)) == 1


@pytest.mark.parametrize("given", [{"kind": "praise"}, {"category": "staff-conduct"}, {"site": "别处"}])
def test_other_cases_do_not_count(bench, clock, given):
    bench.record(site=SITE, category=CATEGORY)
    clock.pass_(days=90)
    reported(bench, 3)
    reported(bench, 1, **given)
    sweep(bench.desk())
    assert surges_of(bench) == []


def test_a_place_that_always_had_as_many_gives_no_warning(bench, clock):
    for _ in range(14):
        reported(bench, 4)
        sweep(bench.desk())
        clock.pass_(days=7)
    assert surges_of(bench) == []


def test_a_place_without_a_past_is_not_judged(bench, clock):
    reported(bench, 9)
    clock.pass_(days=6)
    reported(bench, 9)
    sweep(bench.desk())
    assert surges_of(bench) == []


def test_a_rise_continues_the_same_warning_for_a_week_and_then_is_a_new_one(rising, clock):
    sweep(rising.desk())
    clock.pass_(days=6)
    reported(rising, 8)
    sweep(rising.desk())
    assert len(surges_of(rising)) == 1
    clock.pass_(days=1)
    reported(rising, 12)
    sweep(rising.desk())
    assert len(surges_of(rising)) == 2


def test_what_came_in_the_evening_is_seen_by_the_sweep_after_midnight(bench, clock):
    """A window that ends today would have lost the case of a week ago."""
    bench.record(site=SITE, category=CATEGORY)
    clock.pass_(days=90)
    reported(bench, 1)
    clock.pass_(days=6, hours=11)
    sweep(bench.desk())
    reported(bench, 3)
    clock.pass_(hours=2)
    sweep(bench.desk())
    [row] = surges_of(bench)
    assert early_warnings.as_json(row)["fact"]["count"] == 4


def test_history_that_is_brought_in_late_raises_no_alarm(bench, clock):
    bench.record(site=SITE, category=CATEGORY)
    sweep(bench.desk())
    clock.pass_(days=90)
    reported(bench, 9, received=(clock.at - timedelta(days=20)).isoformat())
    sweep(bench.desk())
    assert surges_of(bench) == []


def test_a_policy_that_watches_no_surges_finds_none(tmp_path, clock):
    text = loading.load("default")[1]
    without = re.sub(r"^surge *=.*$", "", text, flags=re.MULTILINE)
    assert without != text
    bench = Bench(tmp_path / "own.db", clock, without)
    bench.record(site=SITE, category=CATEGORY)
    clock.pass_(days=90)
    reported(bench, 9)
    sweep(bench.desk())
    assert surges_of(bench) == []


def test_a_look_reads_only_what_is_new(rising, monkeypatch):
    sweep(rising.desk())
    looked = []
    real = surges.count
    monkeypatch.setattr(surges, "count", lambda db, site_id, pair, *more: looked.append(pair) or real(
        db, site_id, pair, *more))  # fmt: skip
    sweep(rising.desk())
    assert looked == []
    reported(rising, 1, site="别处")
    sweep(rising.desk())
    assert {pair.site for pair in looked} <= {"别处"}


def test_a_surge_is_decided_by_its_row_alone(rising):
    sweep(rising.desk())
    number = surges_of(rising)[0].number
    with pytest.raises(UsageError, match="--reason"):
        decide(rising.desk("chief"), number, "dismissed", " ")
    decided = decide(rising.desk("chief"), number, "dismissed", "one flat, four calls")
    assert (decided.state, decided.decided_by, decided.reason) == (
        "dismissed",
        "chief",
        "one flat, four calls",
    )
    with pytest.raises(RefusedError, match="decided already: dismissed by chief"):
        decide(rising.desk("chief"), number, "accepted", "")
    with pytest.raises(NotFoundError):
        decide(rising.desk("chief"), 99, "accepted", "")


# ---------------------------------------------------------------- waves


@pytest.mark.parametrize(("category", "days", "planned"), [
    (CATEGORY, (0, 0), True), ("", (-3, 3), True), ("staff-conduct", (-3, 3), False),
    (CATEGORY, (1, 9), False), (CATEGORY, (-9, -1), False),
])  # fmt: skip
def test_a_surge_in_a_planned_wave_is_shown_as_planned(rising, clock, category, days, planned):
    today = date(2027, 2, 19)
    first, last = (today + timedelta(days=each) for each in days)
    number = plan(rising.desk("chief"), SITE, category, first, last, "rain after the handover")
    sweep(rising.desk())
    [row] = surges_of(rising)
    assert (row.wave == number) == planned
    with rising.store.reading() as db:
        shown = early_warnings.waiting(db, rising.store.site_id)
        [(wave, within)] = early_warnings.planned(db, rising.store.site_id)
    assert [each.number for each in shown if each.kind == "surge"] == ([] if planned else [row.number])
    assert (wave.reason, wave.by, len(within)) == ("rain after the handover", "chief", int(planned))


def test_a_wave_that_is_taken_back_shows_its_surges_again(rising):
    number = plan(rising.desk(), SITE, "", date(2027, 2, 1), date(2027, 3, 1), "rain")
    sweep(rising.desk())
    assert surges_of(rising)[0].wave == number
    unplan(rising.desk(), number)
    assert surges_of(rising)[0].wave is None
    with pytest.raises(NotFoundError):
        unplan(rising.desk(), number)


@pytest.mark.parametrize(("given", "option"), [
    ((" ", "", date(2027, 2, 1), date(2027, 3, 1), "rain"), "--site"),
    ((SITE, "rain", date(2027, 2, 1), date(2027, 3, 1), "rain"), "--category"),
    ((SITE, "", date(2027, 3, 1), date(2027, 2, 1), "rain"), "--to"),
    ((SITE, "", date(2027, 2, 1), date(2027, 3, 1), ""), "--reason"),
])  # fmt: skip
def test_a_wave_needs_a_place_days_in_order_and_a_reason(bench, given, option):
    with pytest.raises(UsageError, match=option):
        plan(bench.desk(), *given)


# ---------------------------------------------------------------- what it costs


class Planned:
    """A connection that notes how SQLite means to run each statement."""

    def __init__(self, connection):
        self.connection = connection
        self.plans = []

    def execute(self, sql, params=()):
        self.plans += [
            row[3] for row in self.connection.execute("EXPLAIN QUERY PLAN " + sql, params).fetchall()
        ]
        return self.connection.execute(sql, params)


NOON_THEN = datetime(2027, 2, 19, 4, tzinfo=UTC)
BY_KIND = {r"autoindex_warning_2 \(site_id=\? AND kind=\?", "PRIMARY KEY .warning", r"cases .*PRIMARY KEY"}
READS = {
    "counted": (
        lambda db, site_id: surges.count(
            db, site_id, surges.Pair(SITE, CATEGORY), ["complaint"], NOON_THEN, NOON_THEN, NOON_THEN
        ),
        {"case_cluster"},
    ),
    "arrived": (lambda db, site_id: list(surges.arrived(db, 7, ["complaint"])), {"PRIMARY KEY"}),
    "lately": (
        lambda db, site_id: surges.lately(db, site_id, NOON_THEN, NOON_THEN, ["complaint"]),
        {"case_received"},
    ),
    "first": (lambda db, site_id: surges.first_receipt(db, site_id, SITE), {"case_cluster"}),
    "newest": (lambda db, site_id: surges.newest_case(db), {"cases$"}),
    "waiting": (
        lambda db, site_id: warning_rows.waiting(db, site_id, "silence", 5),
        {"warning_open", r"cases .*PRIMARY KEY"},
    ),
    "counts": (lambda db, site_id: warning_rows.counts(db, site_id), {"INDEX warning_open"}),
    "in waves": (lambda db, site_id: warning_rows.in_waves(db, site_id), BY_KIND),
    "followed up": (lambda db, site_id: warning_rows.followed_up(db, site_id), BY_KIND),
    "of a case": (
        lambda db, site_id: warning_rows.of_case(db, site_id, 7),
        {"warning_of_case", "PRIMARY KEY"},
    ),
}


@pytest.mark.parametrize("name", READS)
def test_a_look_is_led_by_an_index(rising, name):
    read, wanted = READS[name]
    with rising.store.reading() as lent:
        planned = Planned(lent.connection)
        read(Db(planned), rising.store.site_id)
    on_tables = [plan for plan in planned.plans if re.match(r"(SCAN|SEARCH) (cases|w|warning)\b", plan)]
    assert on_tables
    assert all(any(re.search(index, plan) for index in wanted) for plan in on_tables), on_tables


@pytest.mark.parametrize(
    ("sql", "given"),
    [
        (check_warnings.LEFT_OUT, {"site_id": 1}),
        (warnings.TAKE_BACK, (1, 1, 1)),
        (warnings.REOPEN, (1, 1, 1)),
    ],
)
def test_what_is_asked_case_by_case_reads_the_warnings_of_that_case_alone(rising, sql, given):
    with rising.store.reading() as lent:
        plans = [row[3] for row in lent.all(f"EXPLAIN QUERY PLAN {sql}", given)]
    on_warnings = [plan for plan in plans if re.match(r"(SCAN|SEARCH) (w|warning)\b", plan)]
    assert on_warnings
    assert all(re.search(r"warning_of_case \(site_id=\? AND case_id=", plan) for plan in on_warnings), plans


# ---------------------------------------------------------------- the check of the store


def problems(bench):
    return [str(each.what) for each in check(bench.store, bench.desk().rules_in).problems]


@pytest.fixture
def decided(bench_with, clock):
    """A store with a warning that was dismissed, one whose decision was undone, and an open one."""
    bench = bench_with(QUIET)
    for decision in ("dismissed", "accepted", ""):
        case = bench.record()
        clock.pass_(hours=73)
        sweep(bench.desk())
        if decision:
            bench.act(case, "warning", decision=decision, reason="x")
        if decision == "accepted":
            bench.act(case, "undo")
    return bench


def test_a_store_with_warnings_is_in_order(decided):
    assert {row.state for row in rows(decided)} == {"open", "dismissed"}
    assert problems(decided) == []


@pytest.mark.parametrize(("sql", "said"), [
    ("UPDATE warning SET kind = 'broken' WHERE warning = 1", "Warning 1 differs from the timeline."),
    ("UPDATE warning SET fact = '1' WHERE warning = 1", "Warning 1 differs from the timeline."),
    ("UPDATE warning SET state = 'open' WHERE warning = 1", "Warning 1 differs from the timeline."),
    ("UPDATE warning SET state = 'accepted' WHERE warning = 2", "Warning 2 differs from the timeline."),
    ("UPDATE warning SET decided_by = 'bo' WHERE warning = 1", "Warning 1 differs from the timeline."),
    ("DELETE FROM warning WHERE warning = 2", "An early warning, or a decision on one, has no row."),
    ("UPDATE warning SET state = 'open', decided_seq = NULL WHERE warning = 1",
     "An early warning, or a decision on one, has no row."),
    ("UPDATE warning SET case_id = NULL, fact = '{}' WHERE warning = 1", "Warning 1 cannot be read."),
])  # fmt: skip
def test_a_row_that_was_changed_by_hand_is_found(decided, sql, said):
    db = connect(decided.path)
    db.run(sql)
    db.connection.close()
    assert said in problems(decided)


# ---------------------------------------------------------------- who, and the summary


def test_only_roles_that_may_decide_do_so_once_staff_are_listed(bench_with, clock):
    from workbench.setup import people

    handler = 'handler = { zh = "经办人", en = "Handler", may_not = ["staff", "warning"] }'
    bench = bench_with(f"{QUIET}[roles]\n{handler}\n")
    brought(bench, clock, "silence")
    people.add_person(bench.desk("chief"), "chief", {"role": "supervisor"})
    people.add_person(bench.desk("chief"), "hand", {"role": "handler"})
    with pytest.raises(RefusedError, match="hand may not do this"):
        decide(bench.desk("hand"), 1, "accepted", "")
    with pytest.raises(RefusedError, match="hand may not do this"):
        plan(bench.desk("hand"), SITE, "", date(2027, 2, 1), date(2027, 3, 1), "rain")
    assert rows(bench)[0].state == "open"
    assert decide(bench.desk("chief"), 1, "accepted", "").state == "accepted"


@pytest.mark.parametrize("name", loading.shipped())
def test_in_every_shipped_policy_a_supervisor_decides_and_a_handler_does_not(name):
    roles = loading.load(name)[0].regime.roles
    assert [role for role in ("reader", "handler", "supervisor", "manager", "head-office")
            if roles[role].allows("warning")] == ["supervisor", "manager", "head-office"]  # fmt: skip


def test_the_summary_counts_and_tells_what_is_open(rising, clock):
    clock.pass_(hours=73)
    sweep(rising.desk())
    found = summary(rising.desk(), one_day(clock.at.date()))
    assert found["early_warnings"] == {
        "repeats": 0, "silence": 5, "handoffs": 0, "passed-around": 0, "broken": 0, "insists": 0, "surge": 1,
        "planned": 0,
    }  # fmt: skip
    told = [each for each in found["warnings"] if SITE in each or "Early warning: 5" in each]
    assert len(told) == 2
    plan(rising.desk(), SITE, "", date(2027, 2, 1), date(2027, 3, 1), "rain")
    found = summary(rising.desk(), one_day(clock.at.date()))
    assert (found["early_warnings"]["surge"], found["early_warnings"]["planned"]) == (0, 1)
    assert not any(SITE in each for each in found["warnings"])


# ---------------------------------------------------------------- alarms that return


def test_silence_warns_again_for_each_further_limit_and_the_newest_waits(bench_with, clock):
    bench = bench_with(QUIET)
    case = brought(bench, clock, "silence")
    for hours, facts in [(70, [259200]), (1, [259200, 518400]), (73, [259200, 518400, 777600])]:
        clock.pass_(hours=hours)
        sweep(bench.desk())
        sweep(bench.desk("bo"))
        found = sorted(int(row.fact) for row in rows(bench))
        assert found == facts, hours
        assert [int(each.fact) for each in waiting(bench)] == facts[-1:]
    bench.act(case, "reply", text="x")
    assert waiting(bench) == []
    clock.pass_(hours=72)
    sweep(bench.desk())
    assert [int(each.fact) for each in waiting(bench)] == [259200]  # from the last word on, anew
    assert problems(bench) == []


def test_a_long_silence_that_nobody_swept_is_one_warning_of_its_whole_length(bench_with, clock):
    bench = bench_with(QUIET)
    case = bench.record()
    clock.pass_(days=31)
    sweep(bench.desk())
    [row] = rows(bench)
    assert (int(row.fact), row.at) == (30 * 86400, "2026-12-21T04:00:00.000000Z")
    assert acts(bench, case).count("warn") == 1
    sweep(bench.desk())
    assert len(rows(bench)) == 1
    assert problems(bench) == []


def test_a_dismissed_silence_comes_back_with_the_next_limit(bench_with, clock):
    bench = bench_with(QUIET)
    case = brought(bench, clock, "silence")
    bench.act(case, "warning", decision="dismissed", reason="客户在国外")
    assert waiting(bench) == []
    clock.pass_(hours=72)
    sweep(bench.desk())
    assert [int(each.fact) for each in waiting(bench)] == [518400]
    assert problems(bench) == []
