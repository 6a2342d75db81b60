"""A word that a file brings opens nothing by itself: it waits for a decision, and somebody owes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from desks import Bench
from duty_support import office, told

from storage import queues
from storage.check import check
from storage.queues import View
from tests.exchange.conftest import Importer
from workbench.domain.cases import Case
from workbench.domain.times import stamp
from workbench.policy import loading
from workbench.rules import customer_words
from workbench.watch.sweep import sweep

MAPPING = """
source = "mail"
clocks = "policy"
[times]
formats = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
site = "site"
[[entries]]
act = "heard"
at = "came"
text = "words"
"""
HEADER = "id,received,text,site,came,words"
ROW = "7,2026-11-21 09:00,厨房漏水,金色家园,{came},{words}"


@pytest.fixture
def mailed(importer: Importer) -> Callable[..., Case]:
    """Import the case with or without a further word, and return it."""
    office(importer.bench)

    def run(came: str = "", words: str = "") -> Case:
        path = importer.write("mail.csv", HEADER, ROW.format(came=came, words=words))
        assert importer.run(path, MAPPING, person="jin").rejected == 0
        [(key,)] = importer.all("SELECT case_id FROM cases WHERE external_id = '7'")
        return importer.bench.desk().case(key)

    return run


def waiting(bench: Bench) -> list[int]:
    with bench.store.reading() as db:
        return list(queues.ids(db, bench.store.site_id, View("waiting-for-us", "mei", bench.clock())))


def done(bench: Bench, case: Case) -> Case:
    bench.act(case, "take", "mei")
    bench.act(case, "close", "mei", outcome="已修好")
    return bench.act(case, "callback", "mei", reached="yes")


def arrived(importer: Importer, mailed: Callable[..., Case]) -> Case:
    done(importer.bench, mailed())
    importer.bench.clock.pass_(hours=1)
    return mailed("2026-11-21 12:30", "又漏了")


def test_it_stands_in_the_queue_and_the_last_handler_owes_the_decision(
    importer: Importer, mailed: Callable[..., Case]
) -> None:
    case = arrived(importer, mailed)
    assert (case.status, case.repeat) == ("done", False)
    [duty] = case.owed("word")
    assert (duty.owner, (duty.due_at - importer.bench.clock()).total_seconds()) == ("mei", 3 * 3600)
    assert told(case, "heard") == ["mei"], "whoever imports is the supervisor, and knows"
    assert waiting(importer.bench) == [case.case_id]
    assert check(importer.bench.store, importer.bench.desk().rules_in).problems == []
    assert mailed("2026-11-21 12:30", "又漏了").version == case.version, "imported twice it is one word"


@pytest.mark.parametrize(
    ("act", "given", "status"),
    [
        ("reopen", {"reason": "又漏了"}, "open"),
        ("answer", {"text": "只是道谢"}, "done"),
        ("heard", {"text": "来电道谢", "again": "no"}, "done"),
        ("callback", {"reached": "yes", "csi": "4"}, "done"),
    ],
)
def test_each_of_the_decisions_ends_the_duty(
    importer: Importer, mailed: Callable[..., Case], act: str, given: dict[str, str], status: str
) -> None:
    case = importer.bench.act(arrived(importer, mailed), act, "mei", **given)
    assert (case.status, case.owed("word")) == (status, ())
    assert waiting(importer.bench) == ([case.case_id] if status == "open" else [])
    assert check(importer.bench.store, importer.bench.desk().rules_in).problems == []


@pytest.mark.parametrize(("person", "given"), [("gong", {"again": "no"}), ("mei", {"again": "yes"})])
def test_only_a_no_of_whoever_owes_it_makes_it_a_mere_word(
    importer: Importer, mailed: Callable[..., Case], person: str, given: dict[str, str]
) -> None:
    case = importer.bench.act(arrived(importer, mailed), "heard", person, text="谢谢", **given)
    assert (case.status, len(case.owed("word"))) == (("done", 1) if person == "gong" else ("open", 0))
    assert waiting(importer.bench) == [case.case_id]


def test_a_reply_tells_the_customer_and_leaves_the_decision_owed(
    importer: Importer, mailed: Callable[..., Case]
) -> None:
    case = importer.bench.act(arrived(importer, mailed), "reply", "mei", text="收到")
    assert (case.unanswered_since, len(case.owed("word"))) == (None, 1)
    assert waiting(importer.bench) == [case.case_id]


def test_a_word_on_an_open_case_waits_like_any_other(importer: Importer, mailed: Callable[..., Case]) -> None:
    mailed()
    case = mailed("2026-11-21 11:30", "怎么样了")
    assert (case.status, case.owed("word")) == ("open", ())
    assert f"{case.unanswered_since:%H:%M}" == "03:30"
    assert waiting(importer.bench) == [case.case_id]


def test_a_word_on_a_merged_case_reaches_the_one_that_goes_on(
    importer: Importer, mailed: Callable[..., Case]
) -> None:
    bench = importer.bench
    head = bench.act(bench.record("mei", site="金色家园"), "take", "mei")
    part = bench.act(mailed(), "merge", "jin", into=head.number)
    mailed("2026-11-21 11:30", "怎么样了")
    there = bench.now(head)
    assert (there.unanswered_since, told(there, "heard")) == (bench.clock(), ["mei"])
    assert bench.now(part).unanswered_since is None
    assert check(bench.store, bench.desk().rules_in).problems == []


AGAIN = MAPPING.replace('site = "site"', 'site = "site"\nphone = "phone"\ncategory = "category"')


def test_an_imported_second_complaint_is_marked_like_any_other(importer: Importer) -> None:
    bench = importer.bench
    first = bench.record(phone="13900002222", category="repair-service", close=True, outcome="好了")
    bench.clock.pass_(days=1)
    rows = [
        f"{id_},2026-11-22 09:00,又漏了,,,,{phone},repair-service"
        for id_, phone in ((8, "13900002222"), (9, "13900003333"))
    ]
    path = importer.write("again.csv", f"{HEADER},phone,category", *rows)
    assert importer.run(path, AGAIN).added == 2
    [(key,), (other,)] = importer.all("SELECT case_id FROM cases WHERE source = 'mail' ORDER BY external_id")
    case = bench.desk().case(key)
    assert (case.repeat, case.repeat_of, case.severity) == (True, first.number, 3)
    assert not bench.desk().case(other).repeat
    assert [link.kind for link in bench.now(first).links] == ["again"]
    assert check(bench.store, bench.desk().rules_in).problems == []


def test_who_does_not_decide_in_time_is_told_and_then_the_supervisor_and_head_office(importer, mailed, clock):
    case = arrived(importer, mailed)
    found = []
    for hours in (2.3, 0.8, 3.0):  # of three: three quarters, all of it, as much again
        clock.pass_(hours=hours)
        sweep(importer.bench.desk("zong"))
        found.append(told(importer.bench.now(case), "escalate"))
    assert found == [["mei"], ["mei", "jin"], ["mei", "jin", "zong"]]
    importer.bench.act(case, "heard", "mei", text="问过了，是道谢", again="no")
    assert importer.bench.now(case).owed("word") == ()


@pytest.mark.parametrize(
    ("regime", "hours"),
    [("default", 3), ("leyoujia", 3), ("mingyuan", 3), ("vanke", 3), ("hopson", 2), ("iso10002", 1)],
)
def test_in_every_regime_a_word_is_decided_as_fast_as_a_first_response_and_has_a_ladder(
    regime, hours, tmp_path, clock
):
    bench = Bench(tmp_path / "own.db", clock, loading.load(regime)[1])
    case = office(bench).record("zong", site="金色家园")
    rules = bench.desk().rules()
    due = customer_words.arrived(case, rules, clock.at, "zong")["due_at"]
    assert due == stamp(clock.at + timedelta(hours=hours))
    steps = rules.policy.regime.duties["word"].escalate
    assert [step.to for step in steps] == ["owner", "supervisor", "head-office"]


def test_a_policy_may_give_a_word_a_time_of_its_own(bench_with, clock):
    own = '[duties.word]\nname = { zh = "话", en = "Word" }\ntarget = "7h"\nas_response = false\nsource = "ours"\n'
    bench = bench_with(own)
    found = customer_words.arrived(bench.record(), bench.desk().rules(), clock.at, "mei")
    assert found["due_at"] == stamp(clock.at + timedelta(hours=7))
