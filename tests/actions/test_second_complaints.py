"""A second complaint is known on every road: same customer and category, soon after the first was closed."""

import pytest

from storage.check import check
from workbench.actions import foreseen
from workbench.domain.errors import RefusedError, UsageError
from workbench.reports.scope import one_day
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep

LEAK = {"phone": "13900002222", "category": "repair-service"}
HOME = {"customer": "王芳", "site": "金色家园", "unit": "3-502", "category": "repair-service"}


def closed(bench, **given):
    case = bench.record(**LEAK | given)
    return bench.act(case, "close", outcome="已修好")


def sound(bench):
    return check(bench.store, bench.desk().rules_in).problems == []


def test_it_is_marked_with_its_reason_and_both_cases_know_of_each_other(bench, clock):
    first = closed(bench)
    clock.pass_(days=30)
    second = bench.record(**LEAK)
    assert (second.repeat, second.repeat_of, second.important) == (True, first.number, True)
    assert (second.severity, [reason.rule for reason in second.severity_reasons]) == (3, ["repeat"])
    assert [(link.number, link.kind) for link in second.links] == [(first.number, "same")]
    assert [(link.number, link.kind) for link in bench.now(first).links] == [(second.number, "again")]
    assert not bench.now(first).repeat
    assert sound(bench)


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        (LEAK, LEAK, True),
        (LEAK, LEAK | {"phone": "+86 139-0000-2222"}, True),
        (LEAK, LEAK | {"phone": "13900009999"}, False),
        (LEAK, LEAK | {"category": "property-management"}, False),
        (LEAK | {"category": "other"}, LEAK | {"category": "other"}, False),
        (LEAK | {"kind": "repair"}, LEAK, True),
        (LEAK | {"kind": "inquiry"}, LEAK, False),
        (LEAK, LEAK | {"kind": "inquiry"}, False),
        (HOME, HOME, True),
        (HOME | LEAK, HOME, True),
        (HOME, HOME | LEAK, True),
        (HOME | LEAK, HOME | {"phone": "13900009999"}, False),
        (HOME, HOME | {"unit": "3-503"}, False),
        (HOME, HOME | {"customer": "李明"}, False),
        (HOME, HOME | {"site": "云栖花园"}, False),
    ],
)
def test_who_is_the_same_and_what_is_the_same(bench, clock, first, second, marked):
    bench.act(bench.record(**first), "close", outcome="x")
    clock.pass_(days=1)
    assert bench.record(**second).repeat is marked


@pytest.mark.parametrize(("days", "marked"), [(0, True), (90, True), (90.001, False)])
def test_the_span_counts_from_the_closing(bench, clock, days, marked):
    case = bench.record(**LEAK)
    clock.pass_(days=20)
    bench.act(case, "close", outcome="x")
    clock.pass_(days=days)
    assert bench.record(**LEAK).repeat is marked


def test_the_span_is_the_policys(bench_with, clock):
    bench = bench_with('[repeat]\nwithin = "10d"\n')
    closed(bench)
    clock.pass_(days=11)
    assert not bench.record(**LEAK).repeat


def test_while_the_first_is_open_nothing_is_marked_and_the_form_can_offer_it(bench):
    first = bench.record(**LEAK)
    shown = foreseen.preview(bench.desk(), {"text": "又漏了"} | LEAK)
    assert (shown.first, shown.still_open) == (None, bench.now(first))
    assert not bench.record(**LEAK).repeat


@pytest.mark.parametrize("late", [True, False])
def test_what_came_before_the_closing_is_none(bench, clock, late):
    first = bench.record(**LEAK)
    clock.pass_(days=2)
    bench.act(first, "close", outcome="x")
    clock.pass_(days=1)
    received = "2026-11-22 12:00" if late else "2026-11-24 11:00"
    assert bench.record(received=received, **LEAK).repeat is not late


def test_an_unfounded_or_a_merged_one_is_no_first_complaint(staffed, clock):
    unfounded, head = staffed.record("mei", **LEAK), staffed.record("mei", phone="13900001111")
    staffed.act(unfounded, "verify", "kong", verdict="unfounded", text="x")
    staffed.act(unfounded, "close", outcome="x")
    merged = staffed.record("mei", not_repeat=True, **LEAK)
    staffed.act(merged, "merge", into=head.number)
    staffed.act(head, "close", outcome="x")
    clock.pass_(days=1)
    assert not staffed.record("mei", **LEAK).repeat


def test_one_word_while_recording_takes_it_off(bench):
    closed(bench)
    case = bench.record(not_repeat=True, **LEAK)
    assert (case.repeat, case.repeat_of, case.severity) == (False, None, 4)


def test_what_is_shown_while_recording_is_what_is_stored(bench):
    closed(bench)
    shown = foreseen.preview(bench.desk(), {"text": "x"} | LEAK).case
    stored = bench.record(text="x", **LEAK)
    for name in ("repeat", "repeat_of", "severity", "severity_reasons", "clocks"):
        assert getattr(shown, name) == getattr(stored, name)


# ---------------------------------------------------------------- taken back, said later


def test_it_is_taken_back_with_a_reason_and_the_level_follows(bench, clock):
    first = closed(bench)
    second = bench.record(**LEAK)
    with pytest.raises(UsageError) as refused:
        bench.act(second, "unlink", to=first.number)
    assert refused.value.option == "--reason"
    clock.pass_(hours=1)
    after = bench.act(second, "unlink", to=first.number, reason="另一处漏水")
    assert (after.repeat, after.repeat_of, after.severity, after.links) == (False, None, 4, ())
    assert bench.now(first).links == ()
    again = bench.act(second, "undo")
    assert (again.repeat, again.repeat_of, again.severity) == (True, first.number, 3)
    assert [link.kind for link in bench.now(first).links] == ["again"]
    assert sound(bench)


def test_it_can_be_taken_back_from_the_first_one_too(bench):
    first = closed(bench)
    second = bench.record(**LEAK)
    with pytest.raises(UsageError):
        bench.act(first, "unlink", to=second.number)
    bench.act(first, "unlink", to=second.number, reason="另一处漏水")
    assert (bench.now(second).repeat, bench.now(second).severity) == (False, 4)


def test_a_case_that_was_reopened_stays_a_repeat(bench):
    first = closed(bench)
    second = bench.record(**LEAK)
    bench.act(second, "close", outcome="x")
    bench.act(second, "reopen", reason="x")
    after = bench.act(second, "unlink", to=first.number, reason="x")
    assert (after.repeat, after.repeat_of, after.severity) == (True, None, 3)


def test_a_link_of_kind_same_says_it_of_any_two_cases(bench, clock):
    first = closed(bench, category="other")
    clock.pass_(days=200)
    second = bench.record(phone="13900008888")
    linked = bench.act(second, "link", to=first.number, kind="same")
    assert (linked.repeat, linked.repeat_of, linked.severity) == (True, first.number, 3)
    assert [link.kind for link in bench.now(first).links] == ["again"]
    undone = bench.act(second, "undo")
    assert (undone.repeat, undone.severity, bench.now(first).links) == (False, 4, ())
    assert sound(bench)


def test_a_case_is_the_repeat_of_one_earlier_case(bench, clock):
    first = closed(bench)
    clock.pass_(days=1)
    second = bench.record(**LEAK)
    third = bench.record(phone="13900007777")
    with pytest.raises(RefusedError):
        bench.act(second, "link", to=third.number, kind="same")
    with pytest.raises(RefusedError):
        bench.act(first, "link", to=third.number, kind="same")
    assert bench.now(first).repeat is False


# ---------------------------------------------------------------- figures, warnings, other roads


def test_a_correction_shows_a_second_complaint(bench, clock):
    first = closed(bench)
    clock.pass_(days=1)
    case = bench.record(**LEAK | {"category": "other"})
    amended = bench.act(case, "amend", category="repair-service")
    assert (amended.repeat, amended.repeat_of, amended.severity) == (True, first.number, 3)
    assert [link.kind for link in bench.now(first).links] == ["again"]
    undone = bench.act(case, "undo")
    assert (undone.repeat, bench.now(first).links) == (False, ())
    assert sound(bench)


def test_the_repeat_rate_counts_it(bench, clock):
    closed(bench)
    clock.pass_(days=2)
    bench.record(**LEAK)
    bench.record(phone="13900001234")
    assert summary(bench.desk(), one_day(clock().date()))["repeat_rate"] == 0.5


def test_the_third_time_is_a_warning(bench, clock):
    closed(bench)
    for _ in range(2):
        clock.pass_(days=1)
        case = closed(bench)
    assert case.times == 2
    clock.pass_(minutes=1)
    sweep(bench.desk())
    assert "repeats:2" in bench.now(case).warned
