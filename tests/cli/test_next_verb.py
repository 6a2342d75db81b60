"""``next``: the most urgent case that one may do something about, taken and shown."""


def test_it_takes_the_most_urgent_and_shows_it(wb):
    wb("record", "--text", "灯不亮")
    grave = wb("record", "--text", "漏水", "--people", "12", "--json").json["number"]
    ended = wb("--as", "mei", "next")
    assert ended.code == 0
    assert grave in ended.out
    assert wb("show", grave, "--json").json["handler"] == "mei"
    assert wb("--as", "bo", "next", "--json").json["number"] != grave


def test_nothing_to_do_is_no_fault(wb):
    ended = wb("next")
    assert (ended.code, ended.out.strip()) == (0, "There is nothing that you could do now.")
    assert wb("next", "--json").json is None


def test_a_queue_that_is_not_there_is_named_with_the_nearest(wb):
    ended = wb("next", "--queue", "calbacks")
    assert ended.code == 2
    assert "--queue" in ended.err
    assert "callbacks" in ended.err
