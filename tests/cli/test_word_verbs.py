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


def test_a_second_complaint_is_known_taken_back_and_counted(shop: Run, wb: Run) -> None:
    leak = ("--phone", "13800001111", "--category", "repair-service")
    first = shop("01 09:00", "li", "record", "--text", "leak", *leak, "--close", "--outcome", "fixed")[
        "number"
    ]
    second = shop("26 09:00", "wang", "record", "--text", "leaks again", *leak)
    assert (second["repeat"], second["repeat_of"], second["important"], second["severity"]) == (
        True, first, True, 3,
    )  # fmt: skip
    assert second["severity_reasons"] == ["a second complaint after it was handled"]
    assert shop("26 09:00", "boss", "summary", "--date", "2026-11-26")["repeat_rate"] == 1.0
    assert [
        case["number"] for case in shop("26 09:01", "boss", "list", "all", "--where", f"repeat_of={first}")
    ] == [second["number"]]
    ended = wb("--now", "2026-11-26 09:05", "--as", "li", "unlink", second["number"], "--to", first)
    assert (ended.code, ended.out) == (2, "")
    assert "--reason" in ended.err
    after = shop("26 09:06", "li", "unlink", second["number"], "--to", first, "--reason", "another pipe")
    assert (after["repeat"], after["repeat_of"], after["severity"], after["links"]) == (False, None, 4, [])
    assert shop("26 09:07", "boss", "summary", "--date", "2026-11-26")["repeat_rate"] == 0.0
    linked = shop("26 09:08", "li", "link", second["number"], "--to", first, "--kind", "same")
    assert (linked["repeat"], linked["repeat_of"]) == (True, first)
    third = shop("26 09:09", "li", "record", "--text", "noise", *leak, "--not-repeat")
    assert (third["repeat"], third["repeat_of"]) == (False, None)


def test_who_waits_is_listed_the_longest_first_until_somebody_answers(shop: Run) -> None:
    numbers = [shop("26 08:00", "li", "record", "--text", text)["number"] for text in ("one", "two", "three")]
    for at, number in (("26 09:00", numbers[1]), ("26 10:00", numbers[0]), ("26 11:00", numbers[1])):
        shop(at, "li", "heard", number, "--text", "any news?")
    shop("26 11:30", "li", "heard", numbers[2], "--text", "thanks", "--no-answer")
    found = shop("26 12:00", "boss", "list", "waiting-for-us")
    assert [(case["number"], case["unanswered_since"][11:16]) for case in found] == [
        (numbers[1], "01:00"), (numbers[0], "02:00"),
    ]  # fmt: skip
    clock = next(clock for clock in found[0]["clocks"] if clock["id"] == "answer")
    assert (clock["state"], clock["due_at"]) == ("running", "2026-11-27T01:00:00.000000Z")
    told = shop("27 09:30", "li", "reply", numbers[1], "--text", "tomorrow")
    assert next(clock for clock in told["clocks"] if clock["id"] == "answer")["state"] == "missed"
    assert [case["number"] for case in shop("27 09:31", "boss", "list", "waiting-for-us")] == [numbers[0]]


def test_three_words_in_a_week_are_a_warning(shop: Run) -> None:
    number = shop("20 08:00", "li", "record", "--text", "one")["number"]
    for day in ("21 09:00", "24 09:00", "27 09:00"):
        case = shop(day, "li", "heard", number, "--text", "any news?")
    assert case["important"]
    shop("27 09:10", "boss", "sweep")
    found = shop("27 09:11", "boss", "warning", "list")
    assert ("insists", number, {"count": 3}) in [
        (each["kind"], each["number"], each["fact"]) for each in found
    ]
