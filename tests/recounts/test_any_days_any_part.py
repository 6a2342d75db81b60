"""The figures of the summary, of any days and any part, against a recount of the entries in the store's file."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from desks import Bench, Clock
from recounts import by_entries
from recounts.by_entries import BY, ZONE, Days

from storage import entries, figures
from storage.part import Part
from workbench.domain.errors import RefusedError, UsageError
from workbench.exchange import importing, mapping_file, sniff, vocabulary
from workbench.policy import loading
from workbench.reports.scope import Scope
from workbench.reports.summary import summary
from workbench.watch.sweep import sweep

POLICIES = ("default", "default", "default", "vanke", "leyoujia", "hopson", "mingyuan", "iso10002")
PARTS = (Part(), Part(("A",)), Part(None, "li"), Part(("A", "B"), "wu"), Part(()))
ACTS = (
    ("take", {}), ("take", {}), ("propose", {"text": "x"}), ("undo", {}), ("undo", {}), ("reply", {"text": "x"}),
    ("close", {"outcome": "x", "resolution": "full"}), ("close", {"outcome": "x", "resolution": "none", "next": "y"}),
    ("close", {"outcome": "x", "resolution": "limited", "accepted": "yes"}),
    ("close", {"outcome": "x", "accepted": "no", "next": "y"}), ("close", {"outcome": "x"}),
    ("reopen", {"reason": "x"}), ("heard", {"text": "x", "again": "yes"}), ("heard", {"text": "x", "again": "no"}),
    ("callback", {"reached": "no"}), ("callback", {"reached": "yes", "csi": "5", "nps": "10", "mood": "4"}),
    ("callback", {"reached": "yes", "csi": "2", "nps": "3", "accepted": "no"}),
    ("callback", {"reached": "yes", "mood": "1", "still_a_problem": True}), ("regrade", {"level": "1", "reason": "x"}),
    ("promise", {"text": "x", "due": "+3h"}), ("promise", {"text": "x", "due": "+30h"}), ("keep", {"id": "1"}), ("keep", {"id": "1", "broken": True}),
    ("keep", {"id": "2"}), ("assign", {"to": "li", "reason": "x"}), ("assign", {"to": "wu", "reason": "x"}),
    ("verify", {"verdict": "founded", "text": "x"}), ("verify", {"verdict": "unfounded", "text": "x"}),
    ("compensate", {"amount": "99.99", "text": "x"}), ("inspect", {"text": "x"}), ("escalate", {"reason": "x"}),
    ("pause", {"reason": "x", "for": "customer", "until": "+50h"}), ("resume", {}),
)  # fmt: skip
MAPPING = """
source = "old"
[times]
formats = "%Y-%m-%d %H:%M:%S"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
site = "site"
[target]
column = "due"
[closing]
at = "closed"
outcome = "outcome"
"""


def a_history(bench, chance, folder, many=240):
    """Things that happen to cases at random, over some weeks; what a rule refuses is left out."""
    cases = []
    for turn in range(many):
        bench.clock.pass_(minutes=chance.choice((2, 15, 60, 200, 900)))
        if turn in (60, 150):
            an_import(bench, chance, folder / f"{turn}.csv")
        if len(cases) < 4 or chance.random() < 0.25:
            cases.append(recorded(bench, chance))
            continue
        case, (act, given) = chance.choice(cases[-12:]), chance.choice(ACTS)
        if chance.random() < 0.06:
            act, given = "merge", {"into": chance.choice(cases[-12:]).number, "reason": "x"}
        person = chance.choice(("mei", "li", "wu"))
        try:
            bench.act(case, act, person, **given)
            if act == "promise" and chance.random() < 0.7:
                bench.clock.pass_(hours=chance.choice((1, 4)))
                bench.act(case, "keep", person, id=str(len(bench.now(case).promises)))
            if chance.random() < 0.1:
                bench.act(case, "undo", person)
        except (RefusedError, UsageError):
            continue
        if chance.random() < 0.02:
            sweep(bench.desk())


def recorded(bench, chance):
    given = {
        "site": chance.choice(("A", "A", "B", "")), "category": chance.choice(("repair-service", "other")),
        "kind": chance.choice(("complaint", "complaint", "repair", "inquiry")), "mood": chance.choice(("", "1", "3")),
        "phone": chance.choice(("13800000001", "", "", "")),
    }  # fmt: skip
    if chance.random() < 0.2:
        back = bench.clock() - timedelta(hours=chance.choice((3, 30)))
        given["received"] = back.astimezone(ZONE).isoformat(" ", "minutes")[:16]
    return bench.record(chance.choice(("mei", "li")), **given)


def an_import(bench, chance, path):
    """Cases of another program; nothing says how far those that are closed were solved."""
    rows, now = ["id,received,text,site,due,closed,outcome"], bench.clock().astimezone(ZONE)
    for number in range(6):
        came = now - timedelta(hours=chance.randint(1, 200))
        ends = [came + timedelta(hours=hours) for hours in (24, chance.randint(-2, 60))]
        due, closed = (f"{each:%Y-%m-%d %H:%M:%S}" for each in ends)
        closed = closed if ends[1] <= now and chance.random() < 0.8 else ""
        rows.append(f"{path.stem}-{number},{came:%Y-%m-%d %H:%M:%S},x,{chance.choice('AB')},{due},{closed},y")
    path.write_text("\n".join([*rows, ""]), "utf-8")
    desk, file = bench.desk(), sniff.sniff(path)
    known = vocabulary.of_policy(desk.rules().policy)
    mapping = mapping_file.parse(MAPPING, "old.toml", file.headers, known)
    importing.run(importing.Job(desk, file, mapping))


@pytest.fixture(scope="module", params=range(len(POLICIES)))
def house(request, tmp_path_factory):
    """A random history, and what its entries tell."""
    folder, seed = tmp_path_factory.mktemp("recount"), request.param
    bench = Bench(folder / "store.db", Clock(), loading.load(POLICIES[seed])[1])
    a_history(bench, Random(seed), folder)
    yield bench, by_entries.pasts(folder / "store.db")
    bench.store.close()


def spans(bench):
    """Some days, weeks and months of what happened."""
    last = bench.clock().astimezone(ZONE).date()
    days = [last - timedelta(days=ago) for ago in (0, 1, 2, 3, 5, 8)]
    weeks = [(last - timedelta(days=ago + 6), last - timedelta(days=ago)) for ago in (0, 4)]
    return [*((day, day) for day in days), *weeks, (last - timedelta(days=40), last)]


def said(found):
    """Return what a summary says, in the shape of the recount."""
    return {
        **{f"by_{name}": Counter(found[f"by_{name}"]) for name in BY},
        **{name: found[name] for name in ("received", "reopened", "closed", "done", "not_accepted")},
        "limited": found["limited_resolutions"],
        **{name: (found[f"{name}_met"], found[f"{name}_of"]) for name in ("repeat", "resolution", "founded")},
        "on_time": {
            (clock, word): counts[word]
            for clock, counts in found["on_time"].items()
            for word in ("met", "missed")
            if counts[word]
        },
        "callbacks": (found["callbacks"]["done"], found["callbacks"]["reached"]),
        "promises": tuple(found["promises"][name] for name in ("kept", "kept_in_time", "broken")),
        "compensation_total": found["compensation_total"],
    }


def means(found, counted):
    """Return the means of a summary with their numbers, and the same of the recount."""
    answers, words = counted["answers"], counted["nps"]
    shown = [(found[name], found[f"{name}_of"]) for name in ("csi_mean", "mood_change", "nps")]
    (n, total), (moods, change), (asked, _) = (answers[name] for name in ("csi", "mood", "nps"))
    return shown, [
        (round(total / n, 2) if n else None, n),
        (round(change / moods, 2) if moods else None, moods),
        (round(100 * (words["up"] - words["down"]) / asked, 1) if asked else None, asked),
    ]


def differences(bench, cases, part, first, last):
    """Yield every figure that a summary says and the recount does not; the days before and last year's too."""
    found = summary(bench.desk(), Scope(first, last, part))
    others = [each for each in (found["before"], found["year_ago"]) if each]
    for shown in (found, *others):
        days = (shown["first"], shown["last"])
        first, last = (type(first).fromisoformat(day) for day in days)
        counted = by_entries.figures(cases, Days(first, last), part.sites, part.handler)
        for name, value in said(shown).items():
            if value != counted[name]:
                yield name, days, part, value, counted[name]
        shown_means, counted_means = means(shown, counted)
        if shown_means != counted_means:
            yield "means", days, part, shown_means, counted_means


def test_every_figure_of_any_days_and_any_part_is_that_of_a_recount(house):
    bench, cases = house
    for part in PARTS:
        for first, last in spans(bench):
            assert list(differences(bench, cases, part, first, last)) == []


def test_the_parts_of_the_house_add_up_to_it(house):
    bench, _cases = house
    for first, last in spans(bench):
        whole = summary(bench.desk(), Scope(first, last))
        parts = [summary(bench.desk(), Scope(first, last, Part((site,)))) for site in ("A", "B", "")]
        for name in (
            "received",
            "closed",
            "done",
            "reopened",
            "open",
            "waiting",
            "overdue",
            "hot",
            "repeat_of",
        ):
            assert sum(part[name] for part in parts) == whole[name], name
        assert sorted(each for part in parts for each in part["straight_to_top"]) == sorted(
            whole["straight_to_top"]
        )


WRONG = {
    "by the wrong bound": lambda patch: patch.setattr(
        figures, "RECEIVED", figures.RECEIVED.replace("received_at < :until", "received_at <= :since")),
    "of the whole house": lambda patch: patch.setattr(Part, "on_keys", lambda self, key="": ""),
    "taken back all the same": lambda patch: patch.setattr(
        entries.taken_back, "since", lambda *given: entries.taken_back.Gone()),
    "merged and solved": lambda patch: patch.setattr(
        entries, "CLOSED", entries.CLOSED.replace(entries.MERGED, "0")),
    "kept, however late": lambda patch: patch.setattr(
        figures, "SETTLED", figures.SETTLED.replace("FILTER (WHERE ended_at <= due_at)", "")),
    "calls about progress": lambda patch: patch.setattr(
        entries, "CALLS", entries.CALLS.replace("coalesce(e.data ->> 'progress', 0)", "0")),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_the_recount_sees_a_figure_that_is_wrong(house, wrong, monkeypatch, request):
    if request.node.callspec.params["house"]:
        pytest.skip("one history shows it")
    bench, cases = house
    WRONG[wrong](monkeypatch)
    last = spans(bench)[-1]
    found = [
        each
        for part in PARTS
        for days in (*spans(bench)[:6], last)
        for each in differences(bench, cases, part, *days)
    ]
    assert found
