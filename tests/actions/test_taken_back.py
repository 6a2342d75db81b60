"""One's own last act is taken back; an approval is not, nor what it brought to other cases, on any road."""

import pytest
from organisation_support import furnished

from storage.check import check
from workbench.actions import doing
from workbench.domain.errors import RefusedError

PLACE = "金色家园"


@pytest.fixture
def house(bench):
    """A store with mei and bo (handlers), jin (supervisor), shen (manager), zong (head office)."""
    yield furnished(bench)
    assert check(bench.store, bench.desk().rules_in).problems == []


def granted(house):
    """Return a grave case, closed by a grant of shen, and the one that is merged into it."""
    head, part = house.record("bo", site=PLACE, impact="severe"), house.record("bo", site=PLACE)
    house.act(part, "merge", "shen", into=head.number)
    house.act(head, "close", "mei", outcome="修好了")
    house.act(head, "approve", "shen")
    return head, part


def in_bulk(house, case, who):
    return doing.do_on_each(house.desk(who), "undo", lambda db: [case.case_id], {})


def one(house, case, who):
    return house.act(case, "undo", who)


@pytest.mark.parametrize("road", [one, in_bulk])
@pytest.mark.parametrize("which", [0, 1])
def test_a_closing_by_a_grant_stays_on_the_case_and_on_what_was_merged_into_it(house, road, which):
    cases = granted(house)
    with pytest.raises(RefusedError):
        road(house, cases[which], "shen")
    assert [house.now(case).status for case in cases] == ["closed", "closed"]


def test_what_a_closing_of_ones_own_brought_is_taken_back_where_it_was_done(house):
    head, part = house.record("bo", site=PLACE), house.record("bo", site=PLACE)
    house.act(part, "merge", "jin", into=head.number)
    house.act(head, "close", "jin", outcome="好了")
    with pytest.raises(RefusedError, match=head.number):
        house.act(part, "undo", "jin")
    house.act(head, "undo", "jin")
    assert (house.now(head).status, house.now(part).status) == ("open", "waiting")


def test_nothing_before_a_grant_is_taken_back_either(house):
    case = house.record("bo", site=PLACE)
    house.act(case, "note", "shen", text="看过")
    house.act(case, "compensate", "mei", amount="1500")
    house.act(case, "approve", "shen")
    house.act(case, "note", "shen", text="已批")
    house.act(case, "undo", "shen")
    for _ in range(2):
        with pytest.raises(RefusedError, match="cannot be taken back"):
            house.act(case, "undo", "shen")


def test_somebody_has_acted_since(house):
    case = house.record("bo", site=PLACE)
    house.act(case, "note", "mei", text="一")
    house.act(case, "note", "bo", text="二")
    with pytest.raises(RefusedError, match="bo acted"):
        house.act(case, "undo", "mei")


def test_what_somebody_has_taken_back_leaves_the_one_before_its_author(house):
    """An undo is no act on which anybody builds: the entry before it is the newest again."""
    case = house.record("bo", site=PLACE)
    house.act(case, "note", "mei", text="一")
    house.act(case, "note", "bo", text="二")
    house.act(case, "undo", "bo")
    with pytest.raises(RefusedError, match="bo acted"):
        house.act(case, "undo", "mei")
