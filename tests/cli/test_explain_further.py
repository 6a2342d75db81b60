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
    zone = house.bench.desk().rules().zone
    house.bench.clock.at = house.bench.clock().astimezone(zone).replace(hour=23, minute=30) + timedelta(
        days=1
    )
    house.bench.record(site="A")  # what is due on it in some hours is due tomorrow
    now = house.bench.clock()
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


@pytest.mark.parametrize(
    ("figure", "near"),
    [
        ("times", "times.first_answer"),
        ("timess.closing", "times.closing"),
        ("times.closing.by_site", "times.closing"),
        ("sums", "sums.claimed"),
        ("people", "people.mei"),
        ("opinions.by_site", None),
        ("audits.by_month", None),
        ("passed_around.lines", "passed_around"),
    ],
)
def test_what_is_several_figures_or_none_is_refused_with_the_first_below_it_or_the_nearest(
    wb, recorded, figure, near
):
    assert wb("--now", "2026-11-21 18:00", "take", recorded).code == 0
    ended = wb("--now", "2026-11-21 22:00", "summary", "--date", "2026-11-21", "--explain", figure)
    assert (ended.code, ended.out) == (2, "")
    assert f"no figure {figure} to explain" in ended.err
    assert near is None or f"did you mean {near}?" in ended.err
