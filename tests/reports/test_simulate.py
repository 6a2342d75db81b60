"""Simulating a policy: what would differ, and nothing else; the same policy differs in nothing."""

import re

import pytest

from workbench.reports.simulate import lines, simulate

FASTER = """extends = "default"
[clocks.response]
name = { zh = "响应", en = "Response" }
target = "1h"
calendar = "always"
starts = ["record"]
stops = ["acknowledge", "reply", "propose", "close"]
escalate = [{ percent = 50, to = "handler" }, { percent = 100, to = "supervisor" }]
source = "ours"
[severity]
people = [{ at_least = 5, level = 1 }, { at_least = 2, level = 3 }]
"""


@pytest.fixture
def lived(bench):
    """A store with a week of ordinary work in it."""
    quick = bench.record(customer="王", people="3")
    bench.clock.pass_(minutes=30)
    bench.act(quick, "reply", text="马上来")
    slow = bench.record(customer="李", people="6", claim="20000")
    bench.clock.pass_(hours=2)
    bench.act(slow, "reply", text="抱歉久等")
    bench.act(slow, "pause", reason="等客户", **{"for": "customer"}, until="+2d")
    bench.clock.pass_(days=3)
    bench.act(slow, "regrade", level="2", reason="客户同意")
    bench.act(quick, "close", outcome="修好了")
    bench.act(quick, "callback", reached="yes", still_a_problem=True)
    bench.clock.pass_(days=8)
    bench.record(customer="赵")
    return bench


def test_the_policy_in_force_differs_in_nothing(lived):
    found = simulate(lived.desk(), "default")
    assert (found["cases"], found["changed"], found["levels"]) == (3, 0, {})


def test_a_changed_number_shows_in_levels_breaches_and_escalations(lived, tmp_path):
    file = tmp_path / "faster.toml"
    file.write_text(FASTER, "utf-8")
    found = simulate(lived.desk(), str(file))
    assert found["breaches"]["response"]["then"] == found["breaches"]["response"]["now"] + 1
    assert found["breaches"]["proposal"]["then"] == found["breaches"]["proposal"]["now"]
    assert found["escalations"]["then"] > found["escalations"]["now"]
    assert {example["number"][-5:] for example in found["examples"]}


@pytest.mark.parametrize("policy", ["vanke", "faster.toml"])
def test_two_processes_give_what_one_gives(lived, tmp_path, monkeypatch, policy):
    if policy == "faster.toml":
        (tmp_path / policy).write_text(FASTER, "utf-8")
        policy = str(tmp_path / policy)
    one = simulate(lived.desk(), policy)
    monkeypatch.setattr("storage.figures.PAGE", 1)
    monkeypatch.setattr("workbench.reports.simulate.WORTH", 0)
    seen = []
    two = simulate(lived.desk(), policy, processes=2, progress=lambda *done: seen.append(done))
    assert one["changed"] > 0
    assert list(two.items()) == list(one.items())
    assert seen[-1] == (3, 3)


def test_a_case_that_differs_says_what_in_words(lived, tmp_path):
    file = tmp_path / "faster.toml"
    file.write_text(FASTER, "utf-8")
    said = "\n".join(lines(simulate(lived.desk(), str(file)), lived.desk().rules().policy))
    assert re.search(r"Response: \d, would be \d", said)
    assert re.search(r"people told: \d+, would be \d+", said)
    assert not re.search(r"\d>\d", said)


def test_what_stands_worked_out_anew_is_what_is_stored(lived):
    """The control: the same method under the policy in force gives the stored state."""
    desk = lived.desk()
    with desk.store.reading() as db:
        from storage import events, lookup
        from workbench.reports.replay import replay

        keys = lookup.received_keys(db, desk.store.site_id, "", "9999")
        for key, timeline in events.of_cases(db, desk.store.site_id, keys).items():
            found = replay(db, timeline, desk.store.site_id, key, desk.rules_in(db), desk.now())
            stored = desk.case_in(db, key)
            assert (found.case.status, found.level, found.hot) == (
                stored.status, stored.severity, stored.hot,
            )  # fmt: skip
            assert [(c.id, c.cycle, c.verdict) for c in found.case.clocks] == [
                (c.id, c.cycle, c.verdict) for c in stored.clocks
            ]


def test_nothing_is_written(lived, tmp_path):
    file = tmp_path / "faster.toml"
    file.write_text(FASTER, "utf-8")
    before = lived.path.read_bytes()
    simulate(lived.desk(), str(file))
    assert lived.path.read_bytes() == before
