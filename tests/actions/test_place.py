"""A handler acts on the cases of their unit and below, and on what has come to them: on every road."""

import pytest
from duty_support import away, held, told
from organisation_support import furnished

from workbench.domain.errors import RefusedError
from workbench.exchange import importing, mapping_file, vocabulary
from workbench.exchange.sniff import sniff
from workbench.setup import people

HERE, ELSEWHERE = "金色家园", "湖畔"


@pytest.fixture
def house(bench):
    """mei and bo work at ``HERE``, yun at another site of the same company."""
    return furnished(bench)


def refused(bench, case, act, person, **given):
    with pytest.raises(RefusedError) as why:
        bench.act(case, act, person, **given)
    return str(why.value)


ACTS = {
    "take": {}, "reply": {"text": "在办"}, "propose": {"text": "换管"}, "assign": {"to": "yun", "reason": "x"}, "promise": {"text": "修", "due": "+2d"},
    "pause": {"reason": "x", "for": "customer", "until": "+1d"}, "regrade": {"level": "4", "reason": "x"}, "close": {"outcome": "x"},
    "callback": {"reached": "yes"}, "dispatch": {"to": "yun"}, "amend": {"unit": "1-1"}, "compensate": {"amount": "1"}, "reveal": {},
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_the_case_of_another_site_is_left_to_those_who_work_there(house, act):
    case = house.record("mei", site=HERE, phone="13800138000")
    said = refused(house, case, act, "yun", **ACTS[act])
    assert f"is a case of {HERE}, and yun works at 云栖花园. Nobody holds it: ask jin" in said
    case = house.act(case, "take", "mei")
    if act != "take":
        assert "mei holds it: ask there" in refused(house, case, act, "yun", **ACTS[act])


def test_a_case_about_a_colleague_is_left_to_those_who_work_there_too(house):
    case = held(house, about="bo")
    assert f"is a case of {HERE}" in refused(house, case, "reply", "yun", **ACTS["reply"])


@pytest.mark.parametrize("person", ["mei", "jin", "gong", "shen", "zong"])
def test_the_unit_and_everything_above_it_acts(house, person):
    case = house.record("bo", site=HERE)
    assert house.act(case, "take", person).handler == person


def test_words_are_taken_from_whoever_hears_them(house):
    case = held(house)
    house.act(case, "note", "yun", text="路过看见")
    assert house.act(case, "heard", "yun", text="又来电话").unanswered_since


WAYS = {
    "assigned": lambda house, case: house.act(case, "assign", "mei", to="yun", reason="在那边"),
    "dispatched": lambda house, case: house.act(case, "dispatch", "mei", to="yun"),
    "asked": lambda house, case: house.act(case, "ask", "mei", of="yun", text="看一下"),
    "passed up": lambda house, case: house.act(case, "escalate", "mei", to="yun", reason="x"),
    "a tier": lambda house, case: house.act(case, "tier", "mei", tier="3", to="yun"),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_comes_to_somebody_opens_the_case(house, way):
    case = held(house)
    refused(house, case, "reply", "yun", text="在办")
    WAYS[way](house, case)
    assert house.act(case, "reply", "yun", text="在办").answered


def test_a_dispatch_that_was_refused_opens_it_no_longer(house):
    case = held(house)
    house.act(case, "dispatch", "mei", to="yun")
    house.act(case, "refuse", "yun", reason="不归我")
    assert "mei holds it" in refused(house, case, "reply", "yun", text="在办")


def test_who_wrote_the_case_down_goes_on_with_it(house):
    case = house.record("yun", site=HERE)
    assert house.act(case, "take", "yun").handler == "yun"


def test_the_own_last_act_is_taken_back_though_the_case_has_gone(house):
    case = house.act(house.record("mei", site=HERE), "dispatch", "mei", to="yun")
    house.act(case, "accept", "yun")
    house.act(case, "assign", "yun", to="bo", reason="还给你们")
    assert house.act(case, "undo", "yun").handler == "yun"


def test_a_case_of_no_place_and_somebody_of_no_unit_are_free(house):
    people.add_person(house.desk("zong"), "ling", {"role": "handler"})
    assert house.act(house.record("mei"), "take", "yun").handler == "yun"
    assert house.act(house.record("mei", site=HERE), "take", "ling").handler == "ling"


def test_who_stands_in_for_somebody_acts_where_that_person_does(house, clock):
    case = house.record("mei", site=HERE)
    away(house, "bo", "yun", until="+1d")
    assert house.act(case, "reply", "yun", text="在办").answered
    clock.pass_(days=1, hours=1)
    assert "Nobody holds it" in refused(house, case, "reply", "yun", text="在办")


def test_neither_merged_nor_linked_into_what_is_elsewhere(house):
    there, own = house.record("mei", site=HERE), house.record("yun", site="云栖花园")
    for act, given in (
        ("merge", {"into": there.number}),
        ("link", {"to": there.number}),
        ("identify", {"same_as": there.number}),
    ):
        assert there.number in refused(house, own, act, "yun", **given)
    assert house.act(own, "link", "zong", to=there.number).links


def test_many_at_once_are_all_or_none(house):
    from workbench.actions import doing

    own, there = house.record("yun", site="云栖花园"), house.record("mei", site=HERE)
    with pytest.raises(RefusedError, match=there.number):
        doing.do_on_each(house.desk("yun"), "take", lambda db: [own.case_id, there.case_id], {})
    assert house.now(own).handler is None


MAPPED = """
source = "表"
clocks = "policy"
[times]
formats = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
site = "site"
[closing]
at = "closed"
outcome = "words"
"""


def test_a_file_closes_nothing_of_another_unit(house, tmp_path):
    def imported(person, *, closed=""):
        path = tmp_path / "rows.csv"
        rows = [
            f"{no},2026-11-21 10:00,漏水,{site},{closed},好了" for no, site in ((1, HERE), (2, "云栖花园"))
        ]
        path.write_text("\n".join(["id,received,text,site,closed,words", *rows]) + "\n", "utf-8")
        desk, file = house.desk(person), sniff(path)
        mapping = mapping_file.parse(
            MAPPED, "m.toml", file.headers, vocabulary.of_policy(desk.rules().policy)
        )
        return importing.run(importing.Job(desk, file, mapping))

    assert imported("mei").added == 2
    counts = imported("yun", closed="2026-11-21 11:00")
    assert (counts.updated, counts.rejected) == (0, 1), (
        "without a file for what is rejected nothing is written"
    )
    assert f"is a case of {HERE}" in str(counts.faults[0][1])


def test_whom_the_tree_does_not_lead_to_decides_what_was_asked_of_them(house):
    """Where nobody stands above a place, a request goes to somebody elsewhere: it is opened by it."""
    people.add_person(house.desk("zong"), "hang", {"role": "supervisor"})
    case = house.record("zong", site=ELSEWHERE, impact="partly")
    house.act(case, "escalate", "zong", to="jin", reason="x")
    assert "jin" in told(house.now(case), "escalate")
    assert house.act(case, "take", "jin").handler == "jin"
