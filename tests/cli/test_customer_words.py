"""A customer who comes again after the closing, or on a merged number, by verbs: somebody sees it."""

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def shop(wb: Run) -> Run:
    """Return a caller at a moment, as somebody, in a store with a supervisor and two handlers."""

    def call(at: str, who: str, *words: str) -> object:
        ended = wb("--now", f"2026-11-{at}", "--as", who, "--json", *words)
        assert ended.code == 0, ended.err
        return ended.json

    call("26 08:00", "boss", "staff", "add", "boss", "--role", "supervisor")
    for name in ("li", "wang"):
        call("26 08:00", "boss", "staff", "add", name)
    return call


def finished(shop: Run) -> str:
    number = shop("26 10:00", "li", "record", "--text", "door", "--phone", "13900002222")["number"]
    shop("26 10:00", "li", "take", number)
    shop("26 10:00", "li", "close", number, "--outcome", "fixed")
    shop("26 10:00", "li", "callback", number, "--reached", "yes", "--csi", "5")
    return number


def queue(shop: Run, name: str) -> list[str]:
    return [case["number"] for case in shop("27 10:01", "boss", "list", name)]


def test_a_word_on_a_done_case_opens_it_and_counts_as_a_repeat(shop: Run) -> None:
    number = finished(shop)
    case = shop("27 10:00", "boss", "heard", number, "--text", "broken again, very angry")
    assert (case["status"], case["repeat"], case["handler"]) == ("open", True, "li")
    assert case["unanswered_since"] == "2026-11-27T02:00:00.000000Z"
    assert queue(shop, "next-due") == queue(shop, "waiting-for-us") == [number]
    figures = shop("27 10:01", "boss", "summary")
    assert (figures["reopened"], figures["repeat_rate"]) == (1, 1.0)


def test_only_a_word_is_in_two_inboxes(shop: Run) -> None:
    number = finished(shop)
    case = shop("27 10:00", "wang", "heard", number, "--text", "thanks", "--again", "no")
    assert (case["status"], case["repeat"], case["unanswered_since"]) == ("done", False, None)
    for who in ("li", "boss"):
        assert [(row["number"], row["unseen"]) for row in shop("27 10:01", who, "inbox")] == [(number, 1)]
    assert queue(shop, "waiting-for-us") == []


def test_a_word_on_a_merged_number_reaches_the_handler_of_the_case_that_goes_on(shop: Run) -> None:
    first = shop("26 08:00", "wang", "record", "--text", "leak roof", "--phone", "13800001111")["number"]
    second = shop("26 08:00", "wang", "record", "--text", "leak again", "--phone", "13800001111")["number"]
    shop("26 08:00", "li", "take", first)
    shop("26 08:00", "boss", "merge", second, "--into", first, "--reason", "dup")
    shop("26 09:00", "wang", "heard", second, "--text", "it comes through the ceiling now")
    entry = shop("26 09:01", "boss", "show", first)["timeline"][-1]
    assert (entry["act"], entry["data"]["text"], entry["data"]["from"]) == (
        "heard",
        "it comes through the ceiling now",
        second,
    )
    [told] = shop("26 09:01", "li", "inbox")
    assert [each["what"] for each in told["told"]] == ["link", "heard"]


@pytest.mark.parametrize("word", ["maybe", "opinion", "1"])
def test_again_is_yes_or_no(shop: Run, wb: Run, word: str) -> None:
    number = finished(shop)
    ended = wb("--now", "2026-11-27 10:00", "--as", "li", "heard", number, "--text", "x", "--again", word)
    assert (ended.code, ended.out) == (2, "")
    assert "--again" in ended.err
