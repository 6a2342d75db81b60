"""``summary --explain`` of times, what was passed around, money, opinions, people and audits, where there is much."""

from datetime import timedelta

import pytest
from explain_support import agrees, further_names
from recounts.busy_house import NAMES, House
from recounts.test_audits_and_kpi import House as Audited

PARTED = ("times", "sums", "opinions", "passed_around", "audits")


def short(name):
    """The figure itself, without the name or question that it is about."""
    first, *rest = name.split(".")
    return ".".join((first, *rest[:1])) if first in PARTED else first


@pytest.mark.parametrize("regime", ["default", "hopson"])
def test_every_further_figure_leads_to_exactly_its_cases_in_a_busy_house(run, tmp_path, regime):
    house = House(tmp_path, regime, 0)
    house.live(400)
    key = house.bench.record(site="A")
    house.bench.act(key, "promise", due="+24h", text="x")
    now, zone = house.bench.clock(), house.bench.desk().rules().zone
    house.bench.store.close()
    last, counted = now.astimezone(zone).date(), set()
    span = ("--from", (last - timedelta(days=40)).isoformat(), "--to", last.isoformat())

    def at_the_house(*words):
        return run("--db", house.bench.path, *words)

    for asked in (("--date", last.isoformat()), span, (*span, "--handler", NAMES[0])):
        found = agrees(at_the_house, now.isoformat(), *asked, of=further_names)
        counted |= {short(name) for name in found}
    assert counted >= {
        "tomorrow", "unpaid", "people", "waiting_by_reason", "passed_around.handoffs", "passed_around.returned",
        "times.first_answer", "times.proposal", "times.closing", "times.waiting", "sums.promised",
    }  # fmt: skip  # the control


def test_every_question_of_an_audit_leads_to_the_cases_that_answered_it(run, tmp_path):
    house = Audited(tmp_path, 1)
    house.bench.store.close()
    now = house.bench.clock().isoformat()
    span = ("--from", (house.last - timedelta(days=60)).isoformat(), "--to", house.last.isoformat())

    def audits_of(found):
        return [name for name in further_names(found) if name.startswith("audits")]

    counted = agrees(lambda *words: run("--db", house.bench.path, *words), now, *span, of=audits_of)
    assert len(counted) > 8  # the control
