"""Who is complained about on a case stands in for nobody there: not to be told, not in a list, not as a voice."""

from duty_support import away, held, told

from workbench.reports import inbox, shift
from workbench.setup import people


def group(bench, head="jin"):
    """Return the case that leads a group under a task force, and a part of it."""
    lead = bench.act(held(bench, "mei"), "taskforce", "zong", head=head, members="yun")
    part = bench.record("yun", site="金色家园")
    part = bench.act(part, "link", "yun", to=lead.number, kind="group")
    assert bench.now(part).force.head == head
    return bench.now(lead), part


def test_a_merger_tells_nobody_who_stands_in_on_a_case_about_them(staffed):
    head = held(staffed, "mei", about="bo")
    away(staffed, "mei", "bo")
    part = staffed.record("yun", site="金色家园")
    staffed.act(part, "merge", "shen", into=head.number)
    assert "bo" not in told(staffed.now(head), "link")
    free, part = held(staffed, "jin"), staffed.record("yun", site="金色家园")
    away(staffed, "jin", "bo")
    staffed.act(part, "merge", "shen", into=free.number)
    assert told(staffed.now(free), "link") == ["bo"], "the control"


def test_a_shift_that_waits_for_somebody_away_is_not_offered_to_the_accused_substitute(staffed):
    case = held(staffed, "yun")
    case = staffed.act(case, "handover", "yun", to="mei")
    away(staffed, "mei", "bo")
    other = staffed.act(held(staffed, "yun"), "handover", "yun", to="mei")
    staffed.act(case, "amend", "jin", about="bo", reason="客户点名")
    desk = staffed.desk("bo")
    assert [row["number"] for row in inbox.handovers(desk)] == [other.number]
    assert [(row.number, row.to_me) for row in shift.held(desk)] == [(other.number, True)]


def test_a_freed_head_is_followed_on_every_part_of_the_group(staffed):
    lead, part = group(staffed)
    staffed.act(lead, "amend", "zong", about="jin", reason="客户点名")
    heads = {staffed.now(each).force.head for each in (lead, part)}
    assert len(heads) == 1
    assert "jin" not in heads
    assert staffed.act(part, "reply", *heads, text="您好").answered
    staffed.act(lead, "undo", "zong")
    assert [staffed.now(each).force.head for each in (lead, part)] == ["jin", "jin"]


def test_a_head_who_is_freed_by_a_merger_is_followed_too(staffed):
    lead, part = group(staffed)
    about = staffed.record("yun", site="金色家园", about="jin")
    staffed.act(about, "merge", "yun", into=lead.number)
    assert staffed.now(part).force.head == staffed.now(lead).force.head != "jin"


def test_a_head_who_has_left_is_followed_by_the_receiver(staffed):
    lead, part = group(staffed, head="mei")
    people.remove_person(staffed.desk("zong"), "mei", "yun")
    assert [staffed.now(each).force.head for each in (lead, part)] == ["yun", "yun"]


def test_a_part_about_the_new_head_has_no_voice_of_the_group(staffed):
    lead, part = group(staffed)
    staffed.act(part, "amend", "zong", about="gong, shen, hang", reason="客户点名")
    lead = staffed.act(lead, "amend", "zong", about="jin", reason="客户点名")
    assert lead.force.head == "gong"
    assert staffed.now(part).force is None
