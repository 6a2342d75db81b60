"""Past nights stand: the page as it was kept, what came after it, and what was corrected since."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from nights_support import STANDARD, a_random_past, flat, number, page

from storage import nights as stored
from storage.check import check
from workbench.reports.night_figures import MEANS
from workbench.watch.nights import keep, without_words

FIRST = date(2026, 11, 21)  # Saturday, noon in Shanghai
SECOND, THIRD = FIRST + timedelta(days=1), FIRST + timedelta(days=2)


def kept(bench, day):
    with bench.store.reading() as db:
        return stored.of_day(db, bench.store.site_id, day.isoformat())


def corrected(found, figure):
    return [(each["from"], each["to"], each["why"], each["numbers"]) for each in found["corrections"]
            if each["figure"] == figure]  # fmt: skip


def test_the_last_page_of_a_day_is_kept_as_it_was_printed_with_its_seal(bench):
    bench.record()
    page(bench, FIRST)
    bench.clock.pass_(hours=8)
    bench.record()
    second = page(bench, FIRST)
    assert (second["printed"], second["corrections"]) == (None, [])
    assert kept(bench, FIRST).printed == without_words(second)
    assert kept(bench, FIRST).printed["seal"] == second["seal"]
    assert kept(bench, FIRST).by == "mei"


def test_of_two_who_make_a_page_at_once_the_one_that_knew_more_is_kept(bench):
    first = page(bench, FIRST, keeping=False)
    bench.record()
    second = page(bench, FIRST)
    assert not keep(bench.desk(), FIRST, first)
    assert kept(bench, FIRST).printed["seal"] == second["seal"]


def test_a_page_that_stands_is_kept_as_it_was_whatever_is_asked_later(bench):
    bench.record()
    bench.clock.pass_(hours=8)
    first = page(bench, FIRST)
    bench.clock.pass_(hours=12)
    bench.record(received="2026-11-21 18:00")
    again = page(bench, FIRST)
    assert kept(bench, FIRST).printed == without_words(first) == again["printed"]
    assert (again["received"], first["received"]) == (2, 1)
    page(bench, SECOND)
    assert page(bench, FIRST)["printed"] == without_words(first)


def test_what_a_customer_said_is_not_kept_with_the_page(bench):
    """A kept page is never changed, and the law may want the words gone."""
    case = bench.record(text="漏水三天没人管", people="12", customer="王芳", phone="13800138000")
    found = page(bench, FIRST)
    assert found["straight_to_top"] == [case.number]
    assert "漏水三天" in json.dumps(found, ensure_ascii=False)  # the control
    told = stored.written(kept(bench, FIRST).printed)
    assert case.number in told
    assert not [words for words in ("漏水三天", "王芳", "13800138000") if words in told]


def test_a_day_without_a_page_gets_one_whenever_somebody_makes_it_but_none_for_a_day_to_come(bench):
    bench.clock.pass_(days=2)
    page(bench, SECOND)
    late = page(bench, FIRST)
    assert kept(bench, FIRST).printed == without_words(late)
    page(bench, date(2026, 12, 1))
    assert kept(bench, date(2026, 12, 1)) is None
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_a_late_record_of_last_tuesday_is_found_in_the_morning_as_a_correction(bench):
    bench.record()
    bench.clock.pass_(hours=10)
    page(bench, FIRST)
    bench.clock.pass_(hours=10)
    late = bench.record(received="2026-11-21 18:00", site="金色家园")
    found = page(bench, SECOND)
    assert corrected(found, "received") == [(1, 2, "recorded later", [late.number])]
    assert corrected(found, "by_site.金色家园") == [(0, 1, "recorded later", [late.number])]
    assert {each["date"] for each in found["corrections"]} == {"2026-11-21"}
    bench.clock.pass_(days=1)
    assert page(bench, THIRD)["corrections"] == []  # it was told
    assert corrected(page(bench, FIRST), "received") == [(1, 2, "recorded later", [late.number])]


def test_what_came_between_the_page_and_midnight_is_after_the_page_and_no_correction(bench):
    bench.record()
    bench.clock.pass_(hours=8)
    page(bench, FIRST)
    bench.clock.pass_(hours=1)
    bench.act(bench.record(), "close", outcome="x")
    bench.clock.pass_(hours=10)
    bench.record(received="2026-11-21 18:00")
    found = page(bench, SECOND)
    after = found["after_the_page"]
    assert (after["date"], after["received"], after["closed"]) == ("2026-11-21", 1, 1)
    assert corrected(found, "received")[0][:2] == (2, 3)
    assert corrected(found, "closed") == []


def test_an_undo_and_a_second_verdict_are_corrections_with_their_reasons(bench):
    case, other = bench.record(), bench.record()
    bench.act(case, "verify", "li", verdict="founded", text="x", standard=STANDARD)
    bench.act(other, "close", outcome="x")
    bench.clock.pass_(hours=8)
    printed = page(bench, FIRST)
    bench.clock.pass_(hours=10)
    bench.act(other, "undo", reason="falsch")
    bench.act(case, "verify", "li", verdict="unfounded", text="x")
    found = page(bench, SECOND)
    assert corrected(found, "closed") == [(1, 0, "taken back: Close", [other.number])]
    if "founded_of" in printed:
        assert corrected(found, "founded_rate") == [(1.0, None, "a second verdict", [case.number])]


def test_what_happens_to_the_cases_of_a_past_day_on_later_days_corrects_nothing(bench):
    case = bench.record()
    bench.clock.pass_(hours=8)
    page(bench, FIRST)
    bench.clock.pass_(hours=10)
    for act, given in (("take", {}), ("reply", {"text": "x"}), ("close", {"outcome": "x"}),
                       ("callback", {"reached": "yes", "csi": "4"})):  # fmt: skip
        bench.act(case, act, **given)
    found = page(bench, SECOND)
    assert (found["corrections"], found["after_the_page"]) == ([], {"date": "2026-11-21"})


def test_an_answer_that_is_taken_back_corrects_the_mean(bench):
    for csi in ("5", "2"):
        case = bench.record()
        bench.act(case, "close", outcome="x")
        bench.act(case, "callback", reached="yes", csi=csi)
    bench.clock.pass_(hours=8)
    page(bench, FIRST)
    bench.clock.pass_(hours=10)
    bench.act(case, "undo", reason="x")
    assert corrected(page(bench, SECOND), "csi_mean") == [(3.5, 5.0, "taken back: Call back", [case.number])]


def put_together(found):
    """What the page said, what came after it, and the corrections, as figures of now."""
    told = Counter()
    stands = flat(found["printed"])
    for name, n in found["after_the_page"].items():
        if name != "date":
            stands[name] = number(stands.get(name, 0)) + number(n)
    for each in found["corrections"]:
        if not each["figure"].endswith("_rate") and each["figure"] not in MEANS.values():
            assert number(each["from"]) == number(stands.get(each["figure"], 0)), each
        stands[each["figure"]] = each["to"]
        told[each["figure"]] += 1
    return stands


def test_the_random_histories_correct_nearly_everything(bench):
    """The control of what follows: without a correction there would be nothing to put together."""
    found = set()
    for seed in range(3):
        for each in a_random_past(bench, seed):
            found |= {item["figure"].partition(".")[0] for item in page(bench, each)["corrections"]}
    assert found >= {"received", "closed", "by_category", "by_site", "on_time"}


@pytest.mark.parametrize("seed", range(8))
def test_the_page_what_came_after_it_and_its_corrections_are_the_figures_of_now(bench, seed):
    for day in a_random_past(bench, seed):
        found = page(bench, day)
        now, told = flat(found), put_together(found)
        for name in now | told:
            if name.endswith("_rate") or name in MEANS.values():
                if name in {each["figure"] for each in found["corrections"]}:
                    assert now[name] == told[name], (day, name)
            else:
                assert number(now.get(name, 0)) == number(told.get(name, 0)), (day, name)
    assert check(bench.store, bench.desk().rules_in).problems == []


@pytest.mark.parametrize("seed", range(8))
def test_page_after_page_tells_each_correction_once_and_all_of_them(bench, seed):
    """What the pages told one after another ends where the page of the night itself ends."""
    days = a_random_past(bench, seed)
    last = bench.clock().astimezone(bench.desk().rules().zone).date()
    told = {}
    pages = {found["date"]: found for found in (*bench.pages, page(bench, last))}  # the last of each day
    for found in pages.values():
        for each in found["corrections"]:
            key = each["date"], each["figure"]
            assert key not in told or told[key] == each["from"], (key, each)
            told[key] = each["to"]
    wanted = {}
    for day in days:
        for each in page(bench, day)["corrections"] if day < last else ():
            wanted[each["date"], each["figure"]] = each["to"]
    assert {key: told.get(key) for key in wanted} == wanted
    assert wanted  # the control
