"""Whatever is done to several cases that belong together: the store checks clean, and replays as it is.

The flow has gates and clocks of its own, so that verdicts of nodes are among what has to come out alike.
"""

from collections import Counter
from random import Random

import pytest
from test_flow import LOOP

from storage import events, lookup
from storage.check import check
from workbench import actions
from workbench.domain.errors import NotFoundError, RefusedError, UsageError
from workbench.reports.replay import replay
from workbench.rules.permissions import refusal
from workbench.watch.sweep import sweep

PEOPLE = ("mei", "bo", "lan")
OTHER = object()  # stands for the number of another case
ACTS = [
    ("take", {}), ("assign", {"to": "bo"}), ("reply", {"text": "明天给您答复"}), ("propose", {"text": "案"}),
    ("promise", {"text": "诺", "due": "+3h"}), ("keep", {}), ("keep", {"broken": True}), ("close", {"outcome": "了"}),
    ("pause", {"reason": "等", "for": "customer", "until": "+9h"}), ("resume", {}),
    ("callback", {"reached": "yes", "csi": "4"}), ("callback", {"reached": "yes", "of": "1"}),
    ("callback", {"reached": "yes", "still_a_problem": True}), ("reopen", {"reason": "又"}), ("undo", {}),
    ("dispatch", {"to": "lan"}), ("accept", {}), ("refuse", {"reason": "不在"}), ("dispatch", {"to": "bo"}), ("dispatch", {"to": "mei"}), ("ask", {"of": "工程部", "text": "协助"}),
    ("answer", {"text": "已办"}), ("press", {"text": "抓紧"}), ("tell", {"to": "bo,lan", "text": "知会"}), ("seen", {}),
    ("escalate", {"to": "manager", "reason": "升级"}), ("taskforce", {"head": "mei", "members": "bo,lan"}),
    ("taskforce", {"dissolve": True, "reason": "散"}), ("confirm", {}), ("visit", {"at": "+5h", "engineer": "lan"}),
    ("visited", {}), ("visited", {"missed": True}), ("engineer", {"to": "bo", "reason": "换"}), ("inspect", {"text": "看"}),
    ("account", {"of": "bo", "text": "陈述"}), ("verify", {"verdict": "founded", "text": "查"}),
    ("cause", {"cause": "design", "text": "因"}), ("prevent", {"text": "防", "owner": "bo", "due": "+9d"}),
    ("compensate", {"amount": "12000.50", "text": "偿"}), ("pay", {}), ("amend", {"people": "4"}),
    ("amend", {"category": "sales-management"}), ("complainant", {"customer": "孙"}), ("link", {"to": OTHER}),
    ("link", {"to": OTHER, "kind": "group"}), ("unlink", {"to": OTHER}), ("merge", {"into": OTHER}),
    ("unmerge", {"reason": "拆"}), ("incident", {"building": "3"}), ("identify", {"same_as": OTHER}),
    ("profile", {"temperament": "choleric", "consent": "no"}), ("regrade", {"level": "2", "reason": "定"}),
]  # fmt: skip


def possible(bench, case, person):
    """Return the acts that nothing stands before, as the menu shows them."""
    seen = bench.now(case)
    rules = bench.desk(person).rules(seen.policy)
    return [
        (name, given)
        for name, given in ACTS
        if refusal(bench.desk(person), seen, actions.of(name), rules) is None
    ]


def step(bench, cases, random, done):
    case, person = random.choice(cases), random.choice(PEOPLE)
    for each in cases:  # a dispatch comes back within hours: whoever it is for goes first
        if owed := bench.now(each).owed("dispatch"):
            case, person = each, owed[0].owner
    sample = [random.choice(possible(bench, case, person)) for _ in range(8)]
    name, given = min(sample, key=lambda act: done[act[0]])  # what was seldom done first
    number = random.choice([each for each in cases if each is not case]).number
    typed = {key: number if value is OTHER else value for key, value in given.items()}
    try:
        bench.act(case, name, person, **typed)
        done[name] += 1
    except (RefusedError, UsageError, NotFoundError):
        done["refused"] += 1


def lived(bench, seed, steps):
    """Let three cases live through ``steps`` acts, sweeps and new cases beside them."""
    random, done = Random(seed), Counter()
    named = (
        {"customer": "王", "about": "lan"},
        {"customer": "李", "phone": "13800138000"},
        {"customer": "赵"},
    )
    cases = [bench.record(site="花园", unit="3-1", **given) for given in named]
    for _ in range(steps):
        bench.clock.pass_(minutes=random.choice((0, 5, 60, 300)))
        step(bench, cases, random, done)
        if random.random() < 0.05:
            bench.clock.pass_(days=random.randint(1, 12))
            sweep(bench.desk())
            assert sweep(bench.desk()) == {}
        if random.random() < 0.03:
            bench.record(site="花园", unit="3-2", customer="钱")
    return done


@pytest.mark.parametrize("seed", range(8))
def test_the_store_checks_clean_and_replays_as_it_is(bench_with, seed):
    bench = bench_with(LOOP)
    lived(bench, seed, 90)
    desk = bench.desk()
    assert check(bench.store, desk.rules_in).problems == []
    with bench.store.reading() as db:
        keys = lookup.received_keys(db, desk.store.site_id, "", "9999")
        for key, timeline in events.of_cases(db, desk.store.site_id, keys).items():
            again = replay(db, timeline, desk.store.site_id, key, desk.rules_in(db), desk.now()).case
            stored = desk.case_in(db, key)
            assert (again.status, again.handler) == (stored.status, stored.handler)
            assert [d for d in again.duties if d.kind != "dispatch"] == [
                d for d in stored.duties if d.kind != "dispatch"
            ]
            assert _verdicts(again) == _verdicts(stored)


def test_the_walks_do_everything(bench_with):
    """The control: a walk in which nothing can be done would check clean as well."""
    done = Counter()
    bench = bench_with(LOOP)
    for seed in range(4):
        done += lived(bench, seed, 120)
    missing = {name for name, _ in ACTS} - done.keys()
    assert not missing, missing


def _verdicts(case):
    return {(clock.id, clock.cycle): clock.verdict for clock in case.clocks}
