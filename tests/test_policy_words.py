"""The keys of a policy about a customer who comes again: read strictly, read aloud."""

import pytest

from workbench.domain.regime import Insists
from workbench.policy import loading
from workbench.policy.loading import PolicyFaults
from workbench.policy.page.page import describe


def mine(text: str):  # type: ignore[no-untyped-def]
    return loading.parse('extends = "default"\n' + text, "mine.toml")


def aloud(text: str) -> str:
    return "\n".join(line for section in describe(mine(text)) for line in section.lines)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[repeat]\nwithin = "soon"\n', "repeat.within"),
        ("[repeat]\nwithin = 90\n", "repeat.within"),
        ('[repeat]\nafter = "90d"\n', "repeat"),
        ("[warnings]\ninsists = { times = 1 }\n", "warnings.insists.times"),
        ('[warnings]\ninsists = { times = "3" }\n', "warnings.insists.times"),
        ('[warnings]\ninsists = { within = "-7d" }\n', "warnings.insists.within"),
        ("[warnings]\ninsists = 3\n", "warnings.insists"),
    ],
)
def test_a_malformed_value_is_a_fault_that_names_its_key(text: str, where: str) -> None:
    with pytest.raises(PolicyFaults) as refused:
        mine(text)
    assert any(fault.key.startswith(where) for fault in refused.value.faults), str(refused.value)


def test_what_is_left_out_is_as_in_the_default() -> None:
    found = mine("[warnings]\ninsists = { times = 5 }\n")
    assert found.regime.warnings.insists == Insists(5, 7 * 24 * 3600)
    assert found.repeat_within_seconds == 90 * 24 * 3600


def test_a_policy_that_warns_of_nothing_warns_of_no_insisting_customer_either() -> None:
    assert mine('without = ["warnings"]\n').regime.warnings.insists is None


def test_the_page_says_both() -> None:
    said = aloud('[repeat]\nwithin = "30d"\n[warnings]\ninsists = { times = 4, within = "10d" }\n')
    assert "of the same category, within 30 d of the closing" in said
    assert "comes again 4 times within 10 d" in said
    assert "Answer: 24 h, around the clock, for every kind." in said
