"""Months are added by the calendar of a place, and a copy of a case is a case of its own."""

from copy import copy
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from workbench.domain.cases import Case
from workbench.domain.upcoming import later


def test_the_end_of_january_and_a_month_is_the_end_of_february():
    at = datetime(2026, 1, 31, 4, tzinfo=UTC)
    assert later(at, 1, 2, ZoneInfo("Asia/Shanghai")) == datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_a_copy_has_every_field_and_is_no_other_to_the_first(bench):
    case = bench.record(customer="王", people="3", claim="12.50")
    bench.act(case, "take")
    case = bench.desk().case(case.case_id)
    other = copy(case)
    assert type(other) is Case
    assert all(getattr(other, name) is getattr(case, name) for name in Case.__struct_fields__)
    other.status = "done"
    assert case.status == "open"
