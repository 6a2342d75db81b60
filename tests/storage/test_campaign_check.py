"""The check replays the calls of every contact, and names what differs."""

import pytest
from campaign_support import called, took
from storage_support import raw

from storage.check import check
from workbench.setup import campaign_calls


@pytest.fixture
def busy(bench):
    """A campaign in which everything has happened."""
    took(bench)
    called(bench, 1, reached="no")
    campaign_calls.reveal(bench.desk(), "交付回访", 1)
    called(bench, 1, reached="yes", csi="1", text="漏水", record_case=True)
    called(bench, 2, reached="yes", nps="9", again="+2d")
    return bench


def problems(bench):
    return [str(each.what) for each in check(bench.store, bench.desk().rules_in).problems]


def test_a_campaign_in_which_everything_happened_has_no_problem(busy):
    assert problems(busy) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE campaign_contact SET state = 'new' WHERE contact = 1",
            "contact 1: it is not what its calls",
        ),
        (
            "UPDATE campaign_contact SET calls = 9 WHERE contact = 2",
            "contact 2: it is not what its calls tell",
        ),
        ("UPDATE campaign_contact SET next_at = NULL WHERE contact = 2", "contact 2: it is not what"),
        ("UPDATE campaign_contact SET case_id = NULL", "contact 1: it is not what its calls tell"),
        ("UPDATE campaign_call SET again_at = NULL WHERE contact = 2", "contact 2: it is not what its calls"),
        ("DELETE FROM campaign_call WHERE contact = 1 AND entry = 2", "contact 1: a call is missing"),
        ("DELETE FROM campaign_contact WHERE contact = 2", "1 calls belong to no contact"),
        ("DELETE FROM campaign", "4 contacts belong to no campaign"),
        ("UPDATE campaign_call SET act = 'x' WHERE entry = 2 AND contact = 1", "no known kind"),
        ("UPDATE campaign_call SET at = 'noon' WHERE contact = 2", "contact 2: a call cannot be read"),
        ("UPDATE campaign_call SET case_id = 7 WHERE case_id IS NOT NULL", "contact 1: it is not what"),
        ("UPDATE campaign_contact SET case_id = 7 WHERE contact = 1", "1 contacts name a case that is not"),
        ("UPDATE campaign_call SET site_id = site_id + 1 WHERE contact = 2", "belong to another store"),
    ],
)
def test_what_was_tampered_with_is_named(busy, sql, said):
    with raw(busy.path) as db:
        assert db.run(sql) > 0
    assert any(said in each for each in problems(busy)), problems(busy)
