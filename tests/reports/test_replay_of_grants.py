"""What somebody granted is judged anew where other rules hold, as everything else that people did."""

import pytest
from msgspec.structs import replace
from organisation_support import furnished

from storage import events
from workbench.reports.replay import replay


@pytest.mark.parametrize(("with_the_rule", "level"), [(True, 1), (False, 4)])
def test_a_sum_that_was_granted_has_the_level_of_the_rules_it_is_replayed_under(bench, with_the_rule, level):
    house = furnished(bench)
    case = house.record(site="金色家园")
    house.act(case, "compensate", "mei", amount="12000")
    house.act(case, "approve", "zong")
    desk = house.desk()
    with house.store.reading() as db:
        rules = desk.rules_in(db)
        if not with_the_rule:
            lenient = replace(rules.policy.severity, claim=())
            rules = replace(rules, policy=replace(rules.policy, severity=lenient))
        timeline = events.of_case(db, desk.store.site_id, case.case_id)
        got = replay(db, timeline, desk.store.site_id, case.case_id, rules, desk.now())
    assert (got.level, str(got.case.money[0].amount)) == (level, "12000.00")
