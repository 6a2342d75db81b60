"""A condition on a fact that is chosen from a list names one of the list: of the policy, of its flow, or fixed."""

import pytest

from workbench.domain import facts, vocabularies
from workbench.domain.fact import Kind
from workbench.policy import loading

CHOSEN = facts.where(lambda fact: fact.filtered and fact.kind in (Kind.CHOICE, Kind.CHOICES))


@pytest.fixture
def with_flow(run):
    """A store whose policy draws a flow of its own."""
    assert run("init", "--policy", "mingyuan").code == 0
    return run


@pytest.mark.parametrize("name", CHOSEN)
def test_an_id_that_no_case_can_have_is_refused_and_all_others_are_known(wb, name):
    refused = wb("list", "--where", f"{name}=nonsense")
    assert (refused.code, "--where" in refused.err) == (2, True)
    known = vocabularies.ids(name, loading.load("default")[0])
    assert {wb("list", "--where", f"{name}={one}").code for one in known} == {0}


def test_the_steps_of_a_flow_are_stages(with_flow):
    number = with_flow("record", "--text", "漏水", "--json").json["number"]
    stage = with_flow("show", number, "--json").json["stage"]
    assert stage == "reception"
    found = with_flow("list", "--where", f"stage={stage}", "--json").json
    assert [case["number"] for case in found] == [number]
    assert with_flow("list", "--where", "stage=done").code == 0
    assert with_flow("list", "--where", "stage=nowhere").code == 2
