"""Every figure of the summary: by small stories, and against a recount of all timelines."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from storage.check import check
from workbench import words
from workbench.domain import upcoming
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.history import when
from workbench.reports import summary_page
from workbench.reports.analysis import analyze
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep

TODAY = date(2026, 11, 21)
KEYS = (
    "date received closed done reopened open waiting overdue due_next_24h on_time by_kind by_severity by_category"
    " by_site by_channel by_handler founded_rate breach_rate defect_rate resolution_rate repeat_rate"
    " limited_resolutions promises callbacks csi_mean nps mood_change compensation_total hot straight_to_top"
    " warnings seal"
).split()


def told(bench, day=TODAY):
    return summary(bench.desk(), day)


def flows(bench, day=TODAY):
    found = told(bench, day)
    return {name: found[name] for name in ("received", "closed", "done", "reopened")}


def test_an_empty_store_has_every_key(bench):
    found = told(bench)
    assert set(KEYS) <= set(found)
    assert (found["date"], found["as_of"]) == ("2026-11-21", "2026-11-21T04:00:00.000000Z")
    assert found["compensation_total"] == "0.00"
    assert found["seal"] == "0:" + "0" * 64
    assert found["on_time"] == {}
    assert [
        found[name] for name in ("founded_rate", "resolution_rate", "repeat_rate", "csi_mean", "nps")
    ] == [None] * 5
    assert found["promises"] == {"kept": 0, "broken": 0, "open": 0, "overdue": 0}
    assert found["callbacks"] == {"done": 0, "reached": 0, "owed": 0, "overdue": 0}


def test_a_case_is_counted_through_its_day(bench):
    case = bench.record(site="金色家园", mood="2")
    assert flows(bench) == {"received": 1, "closed": 0, "done": 0, "reopened": 0}
    bench.act(case, "close", outcome="x", resolution="limited")
    assert flows(bench) == {"received": 1, "closed": 1, "done": 0, "reopened": 0}
    bench.act(case, "callback", reached="no")
    bench.act(case, "callback", reached="yes", csi="4", nps="9", mood="5")
    found = told(bench)
    assert flows(bench) == {"received": 1, "closed": 1, "done": 1, "reopened": 0}
    assert found["callbacks"] == {"done": 2, "reached": 1, "owed": 0, "overdue": 0}
    assert (found["csi_mean"], found["nps"], found["mood_change"]) == (4.0, 100.0, 3.0)
    assert (found["limited_resolutions"], found["resolution_rate"], found["repeat_rate"]) == (1, 1.0, 0.0)
    assert found["on_time"] == {
        name: {"met": 1, "missed": 0, "rate": 1.0} for name in ("callback", "proposal", "response")
    }
    bench.act(case, "reopen", reason="x")
    assert flows(bench) == {"received": 1, "closed": 1, "done": 0, "reopened": 1}
    assert told(bench)["repeat_rate"] == 1.0


def test_what_was_undone_counts_for_nothing(bench):
    case = bench.record()
    bench.act(case, "close", outcome="x")
    bench.act(case, "undo")
    assert flows(bench)["closed"] == 0
    assert told(bench)["on_time"] == {}
    bench.act(case, "close", outcome="x")
    bench.act(case, "callback", reached="yes", csi="1", still_a_problem=True)
    assert (flows(bench)["reopened"], told(bench)["csi_mean"]) == (1, 1.0)
    bench.act(case, "undo")
    found = told(bench)
    assert (found["reopened"], found["csi_mean"], found["callbacks"]["done"]) == (0, None, 0)
    still_open = bench.record()
    bench.act(still_open, "regrade", level="1", reason="x")
    assert told(bench)["straight_to_top"] == [still_open.number]
    bench.act(still_open, "undo")
    assert told(bench)["straight_to_top"] == []


def test_promises_are_counted_when_they_are_settled(bench):
    case = bench.record()
    for due in ("+1h", "+2h", "+3h"):
        bench.act(case, "promise", text="x", due=due)
    bench.act(case, "keep", id="1")
    bench.act(case, "keep", id="2", broken=True)
    assert told(bench)["promises"] == {"kept": 1, "broken": 1, "open": 1, "overdue": 0}
    bench.clock.pass_(days=1)
    assert told(bench, TODAY + timedelta(days=1))["promises"] == {
        "kept": 0,
        "broken": 0,
        "open": 1,
        "overdue": 1,
    }


def test_the_day_begins_at_midnight_in_the_policys_zone(bench):
    for at in ("2026-11-20T15:59:59", "2026-11-20T16:00:00", "2026-11-21T15:59:59", "2026-11-21T16:00:00"):
        bench.clock.at = datetime.fromisoformat(at).replace(tzinfo=UTC)
        bench.record()
    assert [flows(bench, day)["received"] for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))] == [
        1, 2, 1,
    ]  # fmt: skip


def test_how_things_stand_is_as_of_the_moment_of_asking(bench):
    bench.record()
    found = told(bench)
    assert (found["open"], found["overdue"], found["due_next_24h"]) == (1, 0, 1)
    bench.clock.pass_(hours=3)
    assert (told(bench)["overdue"], told(bench)["due_next_24h"]) == (0, 1)
    bench.clock.pass_(seconds=1)
    assert (told(bench)["overdue"], told(bench)["due_next_24h"]) == (1, 0)


def test_a_pause_that_has_ended_is_over_although_nobody_has_swept(bench):
    case = bench.record()
    bench.act(case, "pause", reason="x", **{"for": "customer"}, until="+1d")
    assert [told(bench)[name] for name in ("open", "waiting", "due_next_24h")] == [0, 1, 0]
    bench.clock.pass_(days=1)
    before = told(bench)
    assert [before[name] for name in ("open", "waiting", "due_next_24h")] == [1, 0, 1]
    sweep(bench.desk())
    after = told(bench)
    assert {name: before[name] for name in before if name != "seal"} == {
        name: after[name] for name in after if name != "seal"
    }


def test_levels_are_those_that_age_has_brought_although_nobody_has_swept(bench):
    case = bench.record()
    bench.clock.pass_(days=7)
    rose = TODAY + timedelta(days=7)
    assert (told(bench, rose)["hot"], told(bench, rose)["straight_to_top"]) == (1, [case.number])
    bench.clock.pass_(days=30)
    before = told(bench)
    assert before["by_severity"] == {"1": 1, "2": 0, "3": 0, "4": 0}
    assert told(bench, date(2026, 12, 21))["straight_to_top"] == [case.number]
    assert told(bench, date(2026, 12, 22))["straight_to_top"] == []
    sweep(bench.desk())
    assert told(bench)["by_severity"] == before["by_severity"]


def test_a_rise_that_the_sweep_wrote_after_midnight_belongs_to_the_day_on_which_it_happened(bench):
    case = bench.record()
    bench.clock.pass_(days=7, hours=13)
    sweep(bench.desk())
    rose = TODAY + timedelta(days=7)
    assert told(bench, rose)["straight_to_top"] == [case.number]
    assert told(bench, rose + timedelta(days=1))["straight_to_top"] == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, False),
        ({"claim": "10000"}, True),
        ({"claim": "9999.99"}, False),
        ({"people": "3"}, True),  # hot
        ({"flags": "media-risk"}, True),  # hot
        ({"claim": "10000", "close": True, "outcome": "x"}, False),  # solved
    ],
)
def test_what_goes_straight_to_the_top(bench, given, expected):
    case = bench.record(**given)
    assert told(bench)["straight_to_top"] == ([case.number] if expected else [])


def test_what_goes_to_the_top_comes_gravest_first(bench):
    hot = bench.record(flags="media-risk")
    bench.clock.pass_(minutes=1)
    major = bench.record(claim="10000")
    assert told(bench)["straight_to_top"] == [major.number, hot.number]


def test_a_regrade_downwards_sends_nothing_to_the_top(bench):
    case = bench.record(claim="10000", flags="media-risk")
    bench.clock.pass_(days=1)
    bench.act(case, "regrade", level="2", reason="x")
    assert told(bench, TODAY + timedelta(days=1))["straight_to_top"] == []


def test_clocks_that_ran_out_are_warned_of(bench):
    bench.record()
    bench.clock.pass_(hours=4)
    sweep(bench.desk())
    found = told(bench)
    assert found["escalations"] == {"response": {"75": 1, "100": 1}}
    assert found["warnings"] == [
        "Response: 1 ran past their time.",
        "Response: 1 used up 75 % of their time.",
    ]


def test_the_seal_is_that_of_the_check(bench):
    bench.record()
    assert told(bench)["seal"] == check(bench.store, None).seal


def test_a_case_that_was_imported_counts_on_the_day_on_which_it_happened(bench):
    case = bench.record(received="2026-11-01 09:00")
    assert flows(bench)["received"] == 0
    assert flows(bench, date(2026, 11, 1))["received"] == 1
    assert case.number.startswith("A261101-")


# ---------------------------------------------------------------- against a recount


def a_random_week(bench, chance, many):
    """Things that happen to cases at random; what a rule refuses is left out."""
    cases = []
    for _ in range(many):
        bench.clock.pass_(minutes=chance.randint(1, 60))
        if len(cases) < 3 or chance.random() < 0.2:
            cases.append(bench.record(site=chance.choice(("A", "B", "")), mood=chance.choice(("", "1", "3")),
                                      kind=chance.choice(("complaint", "repair", "inquiry")),
                                      claim=chance.choice(("", "", "50", "20000"))))  # fmt: skip
            continue
        act, given = chance.choice((
            ("take", {}), ("acknowledge", {}), ("propose", {"text": "x"}), ("undo", {}), ("undo", {}),
            ("close", {"outcome": "x", "resolution": chance.choice(("full", "limited", "none"))}),
            ("close", {"outcome": "x"}), ("reopen", {"reason": "x"}), ("note", {"text": "x"}),
            ("callback", {"reached": "yes", "csi": str(chance.randint(1, 5)), "nps": str(chance.randint(0, 10)),
                          "mood": str(chance.randint(1, 5)), "still_a_problem": chance.random() < 0.3}),
            ("callback", {"reached": "no"}), ("promise", {"text": "x", "due": "+3h"}),
            ("keep", {"id": "1", "broken": chance.random() < 0.5}), ("regrade", {"level": "1", "reason": "x"}),
            ("pause", {"reason": "x", "for": chance.choice(("customer", "parts")), "until": "+5h"}), ("resume", {}),
            ("assign", {"to": chance.choice(("li", "wu"))}),
        ))  # fmt: skip
        try:
            bench.act(chance.choice(cases), act, **given)
        except (RefusedError, UsageError):
            continue
        if chance.random() < 0.03:
            sweep(bench.desk())
    return cases


def recount(bench, cases, day):
    """The same figures, from nothing but the folded cases and their timelines."""
    desk, now, zone = bench.desk(), bench.clock(), bench.desk().rules().zone
    found, sums = Counter(), {"csi": [], "mood": [], "nps": []}
    on_time, top = Counter(), set()

    def on_day(at):
        return at is not None and at.astimezone(zone).date() == day

    for each in cases:
        timeline, case = desk.timeline(each.case_id), bench.now(each)
        undone = {event.data["seq"] for event in timeline if event.act == "undo"}
        acts = [event for event in timeline if event.seq not in undone and on_day(when(event))]
        found["received"] += on_day(case.received_at)
        found["closed"] += any(event.act == "close" for event in acts)
        found["done"] += on_day(case.done_at)
        again = any(event.act == "reopen" or event.data.get("reopened") for event in acts)
        found["reopened"] += again
        found["calls"] += sum(event.act == "callback" for event in acts)
        calls = [event.data for event in acts if event.act == "callback" and event.data["reached"]]
        found["reached"] += len(calls)
        for data in calls:
            sums["csi"].append(data["csi"])
            sums["nps"].append(data["nps"])
            if each.mood is not None:
                sums["mood"].append(data["mood"] - each.mood)
        for clock in case.clocks:
            if clock.stopped_at and on_day(clock.stopped_at):
                on_time[clock.id, clock.verdict] += 1
        for promise in case.promises:
            found[promise.state] += promise.state == "open" or on_day(promise.ended_at)
        found[f"is {case.status}"] += 1
        due = upcoming.next_due(case, desk.rules())
        found["overdue"] += bool(due and due[0] < now)
        found["soon"] += bool(due and now <= due[0] <= now + timedelta(hours=24))
        found["hot"] += case.hot and case.live
        rose = [e for e in acts if e.act in ("age", "cluster", "reopen") or e.data.get("reopened")
                or (e.act == "regrade" and e.data["severity"] < e.data["from"])]  # fmt: skip
        rose += [e for e in upcoming.pending(desk_case(bench, each), now, desk.rules(), ("resume", "age"))
                 if e.act == "age" and on_day(when(e))]  # fmt: skip
        if case.unsolved and (case.severity == 1 or case.hot) and (on_day(case.received_at) or rose):
            top.add(case.number)
    return found, sums, on_time, top


def desk_case(bench, case):
    from workbench.domain.history import fold

    return fold(case.site_id, case.case_id, bench.desk().timeline(case.case_id), bench.desk().rules())


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_a_recount_of_all_timelines(bench, seed):
    cases = a_random_week(bench, random.Random(seed), 220)
    bench.clock.pass_(hours=random.Random(seed).choice((0, 30, 24 * 9)))
    days = sorted(
        {at.astimezone(bench.desk().rules().zone).date() for case in cases for at in (case.received_at,)}
    )
    for day in (*days, bench.clock().date()):
        figures = told(bench, day)
        found, sums, on_time, top = recount(bench, cases, day)
        assert [figures[name] for name in ("received", "closed", "done", "reopened", "overdue", "due_next_24h", "hot")] == [
            found[name] for name in ("received", "closed", "done", "reopened", "overdue", "soon", "hot")]  # fmt: skip
        assert (figures["open"], figures["waiting"]) == (found["is open"], found["is waiting"])
        assert figures["callbacks"]["owed"] == found["is closed"]
        assert (figures["callbacks"]["done"], figures["callbacks"]["reached"]) == (
            found["calls"],
            found["reached"],
        )
        assert [figures["promises"][name] for name in ("kept", "broken", "open")] == [
            found[name] for name in ("kept", "broken", "open")]  # fmt: skip
        assert {(clock, word): n for clock, counts in figures["on_time"].items()
                for word, n in counts.items() if word != "rate" and n} == dict(on_time)  # fmt: skip
        assert figures["csi_mean"] == (round(sum(sums["csi"]) / len(sums["csi"]), 2) if sums["csi"] else None)
        assert figures["mood_change"] == (
            round(sum(sums["mood"]) / len(sums["mood"]), 2) if sums["mood"] else None
        )
        assert set(figures["straight_to_top"]) == top
        for name in ("kind", "severity", "category", "site", "channel", "handler"):
            assert sum(figures[f"by_{name}"].values()) == figures["received"], name
    assert check(bench.store, bench.desk().rules_in).problems == []


# ---------------------------------------------------------------- on paper

HOSTILE = "<script>alert(1)</script>|`x`[a](http://evil)\x1b]52;c;eA==\x07 & \"'"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.seen |= {f"{tag}.{name}" for name, _ in attrs}


@pytest.fixture
def hostile(bench):
    bench.record(site=HOSTILE)
    return summary(bench.desk(), TODAY), bench.desk().rules()


def test_text_of_customers_is_never_markup_in_html(hostile):
    page = summary_page.as_html(*hostile)
    tags = Tags()
    tags.feed(page)
    assert tags.seen <= {"html", "html.lang", "head", "meta", "meta.charset", "title", "style", "body", "h1", "h2",
                         "ul", "li", "table", "tr", "td", "th"}  # fmt: skip
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page


def test_text_of_customers_is_never_markup_in_markdown(hostile):
    page = summary_page.as_markdown(*hostile)
    row = next(line for line in page.split("\n") if "alert" in line)
    assert row.startswith("| \\<script\\>alert(1)\\</script\\>\\|\\`x\\`\\[a\\](http\\://evil)")
    assert "\x1b" not in page


def test_text_of_customers_is_harmless_in_the_terminal(hostile):
    assert not any("\x1b" in line or "\x07" in line for line in summary_page.as_lines(*hostile))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_says_the_day_the_moment_and_the_seal(hostile, language):
    words.use(language)
    found, rules = hostile
    for form in (
        summary_page.as_markdown,
        summary_page.as_html,
        lambda *given: "\n".join(summary_page.as_lines(*given)),
    ):
        page = form(found, rules)
        assert found["seal"] in page
        assert "2026-11-21 12:00" in page


def test_a_long_table_is_cut_in_the_terminal_only(bench):
    for n in range(60):
        bench.record(site=f"s{n}")
    found = told(bench)
    lines = summary_page.as_lines(found)
    assert "  and 10 more" in lines
    assert sum(line.startswith("  s") for line in lines) == 50
    assert summary_page.as_markdown(found).count("| s") == 60


# ---------------------------------------------------------------- the analysis


def test_the_analysis_tells_what_from_whom_and_how_it_was_solved(bench):
    for site, category, resolution in (("A", "repair-service", "full"), ("A", "repair-service", "limited"),
                                       ("B", "other", None)):  # fmt: skip
        case = bench.record(site=site, category=category)
        if resolution:
            bench.act(case, "close", outcome="换了水管", resolution=resolution)
    bench.clock.pass_(hours=1)
    again = bench.record(site="A", category="repair-service", close=True, outcome="x")
    bench.act(again, "reopen", reason="x")
    found = analyze(bench.desk(), TODAY, TODAY, "site")
    assert [(each["group"], each["received"], each["repeats"]) for each in found["main"]] == [
        ("repair-service", 3, 1), ("other", 1, 0)]  # fmt: skip
    assert [(each["group"], each["received"], each["share"]) for each in found["groups"]] == [
        ("A", 3, 0.75),
        ("B", 1, 0.25),
    ]
    assert [(each["resolution"], each["closed"]) for each in found["ways"]] == [("full", 1), ("limited", 1)]
    assert found["outcomes"] == [{"outcome": "换了水管", "closed": 2}]
    assert found["on_time"]["category"]["repair-service"]["response"] == {"met": 3, "missed": 0, "rate": 1.0}
    assert found["reopened"] == 1


def test_a_span_that_ends_before_it_begins_is_wrong_usage(bench):
    with pytest.raises(UsageError) as refused:
        analyze(bench.desk(), TODAY, TODAY - timedelta(days=1))
    assert refused.value.option == "--to"


def test_groups_that_there_are_not_are_wrong_usage(bench):
    with pytest.raises(UsageError) as refused:
        analyze(bench.desk(), TODAY, TODAY, "phone")
    assert refused.value.option == "--by"
