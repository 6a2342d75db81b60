"""Who stands in for somebody is named by that person or from above, and decides nothing of their own."""

import pytest
from duty_support import away, held
from organisation_support import furnished, listed

from storage import organisation, settings
from workbench.domain.errors import RefusedError
from workbench.domain.organisation import Member
from workbench.reports import inbox
from workbench.setup import people

PLACE = "金色家园"


@pytest.fixture
def house(bench):
    return furnished(bench)


def refused(work, *args, **given):
    with pytest.raises(RefusedError) as why:
        work(*args, **given)
    return str(why.value)


def named(house, by, name, substitute):
    return people.set_away(house.desk(by), name, {"substitute": substitute})


@pytest.mark.parametrize("by", ["mei", "jin", "shen", "zong"])
def test_the_person_or_somebody_above_says_who_stands_in(house, by):
    assert named(house, by, "mei", "bo").substitute == "bo"
    assert people.set_back(house.desk(by), "mei").substitute == ""


@pytest.mark.parametrize(
    ("by", "name", "said"),
    [
        ("bo", "mei", "ask"),  # a peer, without the right
        ("jin", "shen", "somebody above: zong"),  # below
        ("gong", "jin", "somebody above: shen, zong"),  # beside
        ("hang", "jin", "somebody above: shen, zong"),  # above, in another company
        ("jin", "yun", "somebody above: gong, shen, zong"),  # above, at another site
    ],
)
def test_nobody_else_does(house, by, name, said):
    assert said in refused(named, house, by, name, "bo" if by != "bo" else "jin")
    assert not listed(house, name).substitute


def test_nobody_makes_themselves_a_substitute(house):
    assert "Nobody makes themselves" in refused(named, house, "shen", "jin", "shen")
    assert "Nobody makes themselves" in refused(named, house, "zong", "shen", "zong")
    assert not listed(house, "jin").substitute


def test_at_the_top_whoever_keeps_the_list_says_it(house):
    house.store.write(
        lambda db: organisation.set_member(db, house.store.site_id, Member("dong", "head-office"))
    )
    house.store.write(lambda db: settings.rules_changed(db, house.store.site_id))
    assert "Nobody makes themselves" in refused(named, house, "dong", "zong", "dong")
    assert named(house, "dong", "zong", "shen").substitute == "shen"
    assert refused(named, house, "shen", "dong", "shen")


def test_nobody_ends_the_absence_of_somebody_above(house):
    named(house, "shen", "shen", "jin")
    assert "somebody above: zong" in refused(people.set_back, house.desk("jin"), "shen")
    assert people.set_back(house.desk("shen"), "shen").away_from is None


def test_nobody_moves_themselves_to_another_unit(house):
    move = {"unit": "集团"}
    assert "ask shen, zong" in refused(people.add_person, house.desk("jin"), "jin", move)
    assert people.add_person(house.desk("zong"), "jin", move).unit == "集团"
    assert people.add_person(house.desk("zong"), "zong", {"unit": ""}).unit == "", "nobody is above"


def test_with_borrowed_authority_nobody_decides_on_their_own_case(house):
    case = held(house, "jin")
    case = house.act(case, "compensate", "bo", amount="5000")
    assert case.owed("approval")[0].owner == "shen"
    named(house, "shen", "shen", "jin")
    assert "jin only stands in" in refused(house.act, case, "approve", "jin")
    house.act(case, "assign", "jin", to="bo", reason="x")
    assert "jin only stands in" in refused(house.act, case, "approve", "jin"), (
        "and who has handled it neither"
    )
    assert house.act(case, "approve", "zong").money


def test_it_is_not_asked_of_them_either(house):
    named(house, "shen", "shen", "jin")
    other = house.act(held(house, "mei"), "compensate", "mei", amount="5000")
    assert other.owed("approval")[0].owner == "jin", "of a case that is not theirs"
    assert house.act(other, "approve", "jin").money
    own = house.act(held(house, "jin"), "compensate", "bo", amount="5000")
    assert own.owed("approval")[0].owner == "zong"


def test_what_they_asked_for_themselves_is_decided_by_somebody_else(house):
    case = house.act(held(house, "mei"), "compensate", "jin", amount="5000")
    named(house, "shen", "shen", "jin")
    assert "jin asked for it" in refused(house.act, case, "approve", "jin")


def test_their_inbox_does_not_show_as_theirs_what_they_may_not_decide(house):
    own = house.act(held(house, "jin"), "compensate", "bo", amount="5000")
    other = house.act(held(house, "mei"), "compensate", "mei", amount="5000")
    asked = house.act(held(house, "mei"), "compensate", "jin", amount="5000")
    named(house, "shen", "shen", "jin")
    owing = {row["number"] for row in inbox.digest(house.desk("jin")) if row["owes"]}
    assert other.number in owing
    assert not owing & {own.number, asked.number}


def test_who_stands_in_for_the_handler_or_whom_it_is_about_gives_no_verdict(house, clock):
    case = held(house, "mei", about="yun")
    house.act(case, "account", "mei", of="yun", text="没有")
    for name in ("mei", "yun"):
        named(house, name, name, "hang")
        said = refused(house.act, case, "verify", "hang", verdict="founded", text="录音")
        assert f"hang stands in for {name}" in said
        people.set_back(house.desk(name), name)
    assert house.act(case, "verify", "hang", verdict="founded", text="录音").verdict == "founded"


def test_an_absence_before_the_case_came_is_no_matter(house, clock):
    away(house, "mei", "hang", until="+1h")
    clock.pass_(hours=2)
    case = held(house, "mei", about="yun")
    house.act(case, "account", "mei", of="yun", text="没有")
    assert house.act(case, "verify", "hang", verdict="founded", text="录音").verdict == "founded"


def test_who_stands_in_for_somebody_complained_about_does_not_take_that_back(house):
    case = held(house, "mei", about="shen")
    named(house, "shen", "shen", "jin")
    assert "jin stands in for shen" in refused(house.act, case, "amend", "jin", about="-", reason="弄错了")
    assert house.act(case, "amend", "gong", about="-", reason="弄错了").accused == ()
