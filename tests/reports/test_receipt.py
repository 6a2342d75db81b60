"""The receipt tells the customer where the case stands, and nothing that is ours alone."""

from typing import Any

import pytest
from desks import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from workbench import words
from workbench.domain.cases import Case
from workbench.domain.times import stamp
from workbench.reports.receipt import STATES, STEPS, lines, receipt

# The facts of a case that a receipt is made of; everything else is ours.
TOLD = {"number", "received_at", "kind", "status", "last_told_at", "proposed", "pause", "clocks", "duties"}


def shown(bench: Bench, case: Case) -> str:
    """Return all that a receipt says, as text and as JSON."""
    desk = bench.desk()
    found = receipt(case, desk.rules())
    return "\n".join((*lines(found, desk.now(), desk.rules()), str(found.as_dict())))


def of(bench: Bench, case: Case) -> dict[str, Any]:
    """Return the receipt of a case as it stands."""
    return receipt(bench.now(case), bench.desk().rules()).as_dict()


def test_a_receipt_has_number_state_next_step_and_when(bench: Bench) -> None:
    case = bench.record()
    assert of(bench, case) == {
        "number": case.number,
        "state": "received",
        "received_at": stamp(bench.clock.at),
        "next_step": "We will contact you about it.",
        "by": "2026-11-21T07:00:00.000000Z",
        "told": None,
    }


STEPS_OF_A_CASE: list[tuple[str, dict[str, Any], str]] = [
    ("take", {}, "handling"),
    ("reply", {"text": "已派人"}, "handling"),
    ("propose", {"text": "换新窗"}, "proposed"),
    ("pause", {"reason": "x", "for": "customer", "until": "+2d"}, "waiting"),
    ("resume", {}, "proposed"),
    ("close", {"outcome": "好了"}, "closed"),
    ("callback", {"reached": "yes"}, "done"),
]


def test_the_state_follows_the_case(bench: Bench) -> None:
    case = bench.record(phone="13800138000")
    for act, asked, state in STEPS_OF_A_CASE:
        case = bench.act(case, act, **asked)
        assert of(bench, case)["state"] == state, act
    assert of(bench, case)["by"] is None
    assert {state for _, _, state in STEPS_OF_A_CASE} | {"received"} == set(STATES)


@pytest.mark.parametrize("whom", ["customer", "third-party", "parts", "other"])
def test_a_pause_says_who_is_waited_for_and_not_why(bench: Bench, whom: str) -> None:
    case = bench.act(bench.record(), "pause", **{"reason": "没有预算", "for": whom, "until": "+2d"})
    assert of(bench, case)["next_step"] == STEPS[whom]
    assert "没有预算" not in shown(bench, case)


def test_the_earliest_of_clock_and_promise_is_told(bench: Bench) -> None:
    case = bench.act(bench.record(), "promise", text="x", due="+1h")
    assert of(bench, case)["by"] == "2026-11-21T05:00:00.000000Z"
    assert "At the latest: 2026-11-21 13:00" in shown(bench, case)
    bench.clock.pass_(hours=2)
    assert "This was due by 2026-11-21 13:00; we apologise." in shown(bench, bench.now(case))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_state_is_a_sentence_in_the_users_language(bench: Bench, language: str) -> None:
    case = bench.record(kind="repair")
    words.use(language)
    text = shown(bench, case)
    assert ("报修" in text) == (language == "zh")
    assert ("We have received it." in text) == (language == "en")


SECRET = "\u5bc6\u6587"  # stands in whatever is ours


def _secrets(case: Case) -> Case:
    """Return the case with a word of ours in every text of it that a receipt is not made of."""
    changed: dict[str, Any] = {}
    for name in case.__struct_fields__:
        value = getattr(case, name)
        if name not in TOLD and (isinstance(value, str) or value is None):
            changed[name] = SECRET + name
    return replace(case, **(changed | {"severity": 1, "handoffs": 777, "people": 777}))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words_of_ours=st.text(min_size=6, max_size=30).filter(lambda text: text.strip()))
def test_no_word_of_anybody_and_no_fact_of_ours_leaks(bench: Bench, words_of_ours: str) -> None:
    word = SECRET + words_of_ours
    case = bench.record(
        "张三", text=word, customer=word, phone="13800138000", site=word, unit=word, remedy_sought=word
    )
    told: list[tuple[str, dict[str, Any]]] = [
        ("take", {}), ("note", {"text": word}), ("reply", {"text": word}),
        ("assign", {"to": "李四", "reason": word}), ("promise", {"text": word, "due": "+1d"}),
        ("regrade", {"level": "1", "reason": word}), ("propose", {"text": word}),
        ("pause", {"reason": word, "for": "parts", "until": "+2d"}),
    ]  # fmt: skip
    for act, asked in told:
        case = bench.act(case, act, "张三", **asked)
        text = shown(bench, _secrets(bench.now(case)))
        for secret in (SECRET, "张三", "李四", "13800138000", "8000", "Major", "777"):
            assert secret not in text, act
    closed = bench.act(bench.act(case, "resume", "李四"), "close", "李四", outcome=word)
    assert SECRET not in shown(bench, _secrets(bench.now(closed)))
