"""Where a reason is needed, the sentence says what for, and names the option that gives it."""

import pytest
from duty_support import held

from workbench.domain.errors import UsageError


def second(bench):
    """Return a second complaint, and what is typed to say that it is none."""
    first = bench.record("mei", site="金色家园", phone="13800138000", category="repair-service")
    case = bench.record("mei", site="金色家园", phone="13900139000", category="repair-service")
    case = bench.act(case, "link", "mei", to=first.number, kind="same")
    return case, "mei", {"to": first.number}, "Say why it is no second complaint"


def asked(bench):
    """Return a case on which somebody was asked for a decision."""
    return bench.act(held(bench, "mei"), "compensate", "mei", amount="600", text="补偿")


ASKING = {
    "assign": lambda bench: (held(bench, "mei"), "jin", {"to": "bo"}, "mei holds it: say why it changes hands"),
    "refuse": lambda bench: (
        bench.act(held(bench, "mei"), "dispatch", "mei", to="bo"), "bo", {}, "Say why not: whoever offered it",
    ),
    "refuse a request": lambda bench: (asked(bench), "jin", {}, "Say why not: whoever offered it or asked for it"),
    "unlink": second,
    "regrade": lambda bench: (held(bench, "mei"), "jin", {"level": "2"}, "Say why; it stays on record."),
    "escalate": lambda bench: (held(bench, "mei"), "mei", {"to": "supervisor"}, "Say why; it stays on record."),
}  # fmt: skip


@pytest.mark.parametrize("what", ASKING)
@pytest.mark.parametrize("typed", [{}, {"reason": " 　"}])
def test_each_says_what_the_reason_is_for(staffed, what, typed):
    case, person, given, sentence = ASKING[what](staffed)
    version = staffed.now(case).version
    with pytest.raises(UsageError) as why:
        staffed.act(case, what.split()[0], person, **given, **typed)
    assert (str(why.value.said)[: len(sentence)], why.value.option) == (sentence, "--reason")
    assert staffed.now(case).version == version
