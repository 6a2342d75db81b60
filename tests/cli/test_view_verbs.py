"""Saved views by verbs: saved, listed, opened, exported, removed; and one language of filters everywhere."""

import json

import pytest


@pytest.fixture
def file(home, monkeypatch):
    path = home / "shared" / "views.toml"
    monkeypatch.setenv("WORKBENCH_VIEWS", str(path))
    return path


@pytest.fixture
def numbers(wb, file):
    made = {}
    for hour, (name, words) in enumerate(
        {
            "leak": ["--site", "碧水湾 一期", "--category", "construction-quality"],
            "lift": ["--site", "金色家园", "--customer", "沈岚"],
            "noise": ["--site", "碧水湾 一期", "--flag", "lawsuit"],
        }.items(),
        9,
    ):
        time = f"2026-11-21T{hour:02}:00:00+08:00"
        made[name] = wb("--now", time, "record", "--text", f"{name} 漏水", *words, "--json").json["number"]
    return made


def listed(wb, numbers, *words):
    names = {number: name for name, number in numbers.items()}
    return [names[case["number"]] for case in wb("--now", "2026-11-21T12:00:00+08:00", *words, "--json").json]


def test_a_view_is_saved_and_opened(wb, numbers, file):
    saved = wb("views", "save", "碧水湾", "all", "--where", "site=碧水湾 一期", "--order", "-received_at",
               "--columns", "number,received-at,text", "--digit", "3")  # fmt: skip
    assert saved.code == 0, saved.err
    assert wb("views", "list", "--json").json == [
        {"name": "碧水湾", "queue": "all", "where": 'site="碧水湾 一期"', "order": "-received_at",
         "columns": ["number", "received_at", "text"], "digit": 3}
    ]  # fmt: skip
    assert listed(wb, numbers, "list", "--view", "碧水湾") == ["noise", "leak"]
    assert listed(wb, numbers, "list", "--view", "碧水湾", "--where", "hot=yes") == ["noise"]
    table = wb("--now", "2026-11-21T12:00:00+08:00", "list", "--view", "碧水湾")
    assert "noise 漏水" in table.out
    assert "Customer" not in table.out
    assert "noise 漏水" in wb("list", "--view", "碧水湾", "--columns", "text,customer").out


def test_an_export_takes_the_cases_and_the_columns_of_a_view(wb, numbers, file, home):
    wb(
        "views",
        "save",
        "a",
        "all",
        "--where",
        "site~碧水",
        "--order",
        "received_at",
        "--columns",
        "number,text",
    )
    path = home / "out.jsonl"
    ended = wb("export", str(path), "--view", "a", "--unmask", "--reason", "x")
    assert ended.code == 0, ended.err
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows == [
        {"number": numbers["leak"], "text": "leak 漏水"},
        {"number": numbers["noise"], "text": "noise 漏水"},
    ]
    assert [each["filter"] for each in wb("exports", "list", "--json").json] == ["--view a"]
    narrower = wb("export", str(path), "--view", "a", "--where", "hot=yes", "--columns", "number")
    assert narrower.code == 0, narrower.err
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == [
        {"number": numbers["noise"]}
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("list", "hot", "--view", "a"),
        ("export", "x.csv", "--queue", "hot", "--view", "a"),
    ],
)
def test_a_view_has_its_own_queue(wb, file, words):
    wb("views", "save", "a")
    ended = wb(*words)
    assert (ended.code, "say one of both" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nextdue"], '"nextdue" is unknown; did you mean next-due?'),
        (
            ["all", "--order", "customer"],
            "no index has that; possible: next_due_at, received_at, -received_at.",
        ),
        (["hot", "--order", "received_at"], "possible: next_due_at."),
        (["all", "--where", "categry=x"], 'There is no field "categry"; did you mean category?'),
        (["all", "--where", "kind=complant"], "did you mean complaint"),
        (["all", "--columns", "colour"], '"colour" is unknown'),
        (["all", "--digit", "12"], "from 0 to 9"),
    ],
    ids=str,
)
def test_what_no_view_can_be_is_refused_in_a_sentence(wb, file, words, said):
    ended = wb("views", "save", "a", *words)
    assert ended.code == 2
    assert said in ended.err, ended.err
    assert not file.exists()


def test_a_view_that_is_not_there_names_the_nearest(wb, file):
    assert "No view has been saved yet" in wb("list", "--view", "a").err
    wb("views", "save", "morning")
    ended = wb("list", "--view", "mornin")
    assert (ended.code, ended.err.strip()) == (
        2, '--view: "mornin" is unknown; did you mean morning? Possible: morning.'
    )  # fmt: skip


def test_a_view_is_removed_and_its_digit_goes_to_the_next(wb, file):
    wb("views", "save", "a", "--digit", "4")
    taken = wb("views", "save", "b", "--digit", "4")
    assert 'The view "a" stands on that digit no more.' in taken.err
    assert wb("views", "remove", "a").code == 0
    assert [view["name"] for view in wb("views", "list", "--json").json] == ["b"]
    assert wb("views", "remove", "a").code == 2
    assert wb("--read-only", "views", "remove", "b").code == 7


def test_a_file_with_faults_is_told_with_all_of_them(wb, file):
    file.parent.mkdir()
    file.write_text('[view.a]\nqueue = "all"\ndigit = 30\n[view.b]\nsort = "x"\n', "utf-8")
    for words in (
        ("views", "check"),
        ("views", "check", str(file)),
        ("list", "--view", "a"),
        ("views", "list"),
    ):
        ended = wb(*words)
        assert ended.code == 2
        assert f"{file}:3: view.a.digit" in ended.err
        assert f"{file}:5: view.b.sort" in ended.err


def test_what_a_view_names_that_is_not_there_is_found_by_the_check_alone(wb, file):
    file.parent.mkdir()
    file.write_text('[view.a]\nqueue = "all"\n[view.b]\nqueue = "al"\nwhere = "kind:x"\n', "utf-8")
    ended = wb("views", "check")
    assert ended.code == 2
    assert f'{file}:4: view.b.queue: "al" is unknown' in ended.err
    assert f'{file}:5: view.b.where: "x" is unknown' in ended.err
    assert wb("list", "--view", "a").code == 0
    assert 'The view "b" cannot be shown' in wb("list", "--view", "b").err


def test_a_check_needs_no_store(run, file):
    file.parent.mkdir()
    file.write_text('[view.a]\nwhere = "kind:complaint"\n', "utf-8")
    assert run("views", "check", "--json").json == {"file": str(file), "views": 1, "faults": []}


def test_a_view_of_somebody_who_left_opens_with_what_he_holds(wb, numbers, file):
    for name, role in (("mei", "manager"), ("bo", "handler")):
        assert wb("staff", "add", name, "--role", role).code == 0
    wb("--as", "bo", "take", numbers["lift"])
    wb("views", "save", "bo", "all", "--where", "handler:bo")
    assert listed(wb, numbers, "list", "--view", "bo") == ["lift"]
    left = wb("staff", "remove", "bo")
    assert left.code == 0, left.err
    assert wb("list", "--view", "bo").code == 0


# ------------------------------------------------------------------ one language


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("site:碧水", ["leak", "noise"]),
        ("小区：碧水", ["leak", "noise"]),
        ("项目=碧水湾 一期", ["leak", "noise"]),
        ("category=工程质量", ["leak"]),
        ("类别:工程质量", ["leak"]),
        ("客户~沈", ["lift"]),
        ("level<=2", ["noise"]),
        ("hot:yes", ["noise"]),
        ("处理人:none", ["leak", "lift", "noise"]),
        ("handler!=none", []),
        ("site=碧水湾 一期", ["leak", "noise"]),
    ],
)
def test_where_reads_what_the_filter_line_reads(wb, numbers, home, where, found):
    assert sorted(listed(wb, numbers, "list", "all", "--where", where)) == found
    path = home / "out.jsonl"
    assert wb("export", str(path), "--where", where).code == 0
    rows = [json.loads(line)["number"] for line in path.read_text("utf-8").splitlines()]
    assert sorted(rows) == sorted(numbers[name] for name in found)


@pytest.mark.parametrize(
    ("typed", "found"), [("sl", ["lift"]), ("bsw", ["leak", "noise"]), ("JSJY 漏水", ["lift"]), ("xx", [])]
)
def test_a_search_finds_names_by_their_initials(wb, numbers, typed, found):
    assert sorted(listed(wb, numbers, "search", typed)) == found
