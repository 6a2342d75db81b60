"""``day`` and ``undo --list``: what the pages on the screen show, as lines and as JSON."""


def test_the_day_is_told_and_as_json_has_the_figures_of_the_summary(wb):
    number = wb("record", "--text", "漏水", "--json").json["number"]
    assert wb("take", number).code == 0
    assert wb("promise", number, "--text", "明天上门", "--due", "+20h").code == 0
    found = wb("day", "--json").json
    figures = wb("summary", "--handler", "mei", "--json").json
    assert found["did"]["recorded"] == found["received"] == figures["received"] == 1
    assert found["promises"] == figures["promises"]
    told = wb("day")
    assert told.code == 0
    assert "recorded 1" in told.out
    assert "明天上门" in told.out


def test_the_list_of_what_can_be_undone_changes_nothing(wb):
    number = wb("record", "--text", "漏水", "--json").json["number"]
    assert wb("undo", "--list", "--json").json == []
    assert wb("take", number).code == 0
    before = wb("show", number, "--json").json["version"]
    (found,) = wb("undo", "--list", "--json").json
    assert (found["number"], found["act"], found["becomes"]) == (
        number, "take", {"handler": {"is": "mei", "would_be": None}},
    )  # fmt: skip
    told = wb("undo", "--list").out
    assert "Handler: mei to nobody" in told
    assert wb("show", number, "--json").json["version"] == before
    assert wb("undo", number).code == 0
    assert wb("undo", "--list", "--json").json == []


def test_undo_without_a_case_says_what_is_missing_and_the_list_goes_alone(wb):
    number = wb("record", "--text", "漏水", "--json").json["number"]
    assert wb("undo").code == 2
    assert "--list" in wb("undo").err
    assert wb("undo", number, "--list").code == 2
    assert wb("undo", "--list", "--reason", "x").code == 2
    assert wb("undo", "--list", "--seen", "1").code == 2
