"""What the shipped policies say: their rules as tables, and a source for each."""

import re
from decimal import Decimal

import pytest

from workbench.domain.policies import Age, Cluster, name_of
from workbench.policy import loading
from workbench.policy.page.page import describe
from workbench.policy.page.words import duration
from workbench.policy.reader import REQUIRED_IDS

HOUR = 3600
SHIPPED = loading.shipped()
LEVELS = (1, 2, 3, 4)
SOURCE = re.compile(r"\b(S[0-4]|ISO 10002|ours)\b")
TAKES_OVER = ("hopson", "iso10002", "leyoujia", "mingyuan", "vanke")


@pytest.fixture(params=SHIPPED)
def shipped(request):
    return loading.load(request.param)[0]


def text_of(name: str) -> str:
    return (loading.FOLDER / f"{name}.toml").read_text("utf-8")


def test_these_policies_are_shipped():
    assert SHIPPED == ("default", "hopson", "iso10002", "leyoujia", "mingyuan", "vanke")


@pytest.mark.parametrize(
    ("clock", "hours", "starts", "stops", "kinds"),
    [
        ("response", 3, "record", "acknowledge reply propose close", "every"),
        ("proposal", 24, "record", "propose close", "every"),
        ("callback", 48, "record", "callback", "complaint repair"),
        ("opinion", 48, "close", "callback", "complaint repair"),
    ],
)
@pytest.mark.parametrize("name", ["default", "leyoujia", "vanke"])
def test_clocks_run_around_the_clock_from_receipt_or_closing(name, clock, hours, starts, stops, kinds):
    found = loading.load(name)[0]
    rule = found.clocks[clock]
    assert set(found.clocks) == {"response", "proposal", "callback", "answer", "opinion"}
    assert {rule.target(level, "other") for level in (1, 2, 3, 4)} == {hours * HOUR}
    assert rule.starts == (starts,)
    assert rule.stops == tuple(stops.split())
    assert rule.kinds == (tuple(found.kinds) if kinds == "every" else tuple(kinds.split()))
    assert rule.after is None
    assert found.calendars[rule.calendar].always


@pytest.mark.parametrize("name", loading.shipped())
def test_a_customer_who_comes_again_is_owed_a_word_from_the_oldest_unanswered_one(name):
    rule = loading.load(name)[0].clocks["answer"]
    assert (rule.target(4, "other"), rule.calendar, rule.starts) == (24 * HOUR, "always", ("heard",))
    telling = {"acknowledge", "reply", "propose", "promise", "compensate", "close", "callback"}
    assert set(rule.stops) == telling


@pytest.mark.parametrize("name", loading.shipped())
def test_a_customer_who_insists_and_one_who_comes_back_are_known_by_every_policy(name):
    found = loading.load(name)[0]
    insists = found.regime.warnings.insists
    assert (insists.times, insists.within_seconds) == (3, 7 * 24 * HOUR)
    assert found.repeat_within_seconds == 90 * 24 * HOUR


@pytest.mark.parametrize(
    ("name", "clock", "ladder"),
    [
        ("default", "response", "75% handler, 100% supervisor"),
        ("default", "callback", "100% supervisor"),
        (
            "leyoujia",
            "response",
            "75% handler, 100% supervisor, 100% first-asked first-asked, +1h step-2, +3h step-1",
        ),
        ("leyoujia", "callback", "100% head-office"),
        ("vanke", "proposal", "75% handler, 100% supervisor, +24h manager"),
        ("hopson", "on-site", "75% handler, 100% head-office"),
        ("iso10002", "inside", "75% handler, 100% supervisor, +4h head-office"),
    ],
)
def test_a_clock_that_runs_out_tells_somebody(name, clock, ladder):
    steps = loading.load(name)[0].clocks[clock].escalate
    assert ", ".join(f"{step.key} {step.to}" for step in steps) == ladder


@pytest.mark.parametrize("name", ["default", "leyoujia", "vanke"])
def test_the_severity_table_has_the_boundaries_of_the_source(name):
    rules = loading.load(name)[0].severity
    assert rules.people == ((10, 1), (3, 2), (2, 3))
    assert rules.claim == ((Decimal("10000.00"), 1), (Decimal("0.01"), 2))
    assert rules.impact == {"severe": 1, "partly": 2, "looks": 3}
    assert rules.repeat == 3
    assert rules.ages == (Age(1, 0, 1), Age(0, 15, 2), Age(0, 7, None))
    assert rules.cluster == Cluster(complainants=3, months=1, level=2)
    assert rules.hot_people == 3


@pytest.mark.parametrize(
    ("flag", "level", "hot"),
    [
        ("media", 1, True),
        ("media-risk", None, True),
        ("lawsuit", 1, True),
        ("lawsuit-risk", None, True),
        ("march", 1, False),
    ],
)
def test_a_flag_brings_what_the_source_says(shipped, flag, level, hot):
    assert (shipped.flags[flag].level, shipped.flags[flag].hot) == (level, hot)


def test_complaints_and_repairs_are_judged_and_called_back_and_opinions_under_the_standard(shipped):
    expected = ["complaint", "repair", *(["opinion"] if shipped.id == "iso10002" else [])]
    assert [kind.id for kind in shipped.kinds.values() if kind.graded] == expected
    assert [kind.id for kind in shipped.kinds.values() if kind.callback] == expected
    assert list(shipped.clocks["callback"].kinds) == expected


def test_every_policy_has_the_words_that_scripts_use(shipped):
    for table, ids in REQUIRED_IDS.items():
        assert set(ids) <= set(getattr(shipped, table))


def test_a_reopened_case_restarts_and_a_regrade_is_retroactive(shipped):
    assert (shipped.zone, shipped.regrade, shipped.reopen) == ("Asia/Shanghai", "retroactive", "restart")


def test_the_developer_names_its_eight_categories():
    names = " ".join(term.name.zh for term in loading.load("vanke")[0].categories.values())
    assert names == "工程质量 规划设计 销售管理 物业管理 服务行为 维修服务 物业招商与租赁 外部环境 其他"


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_has_a_source(name):
    """A table names it in its key ``source`` or in the comment at its head; a clock, node or duty in the key."""
    tables = re.split(r"(?m)^(?=\[)", text_of(name))
    assert SOURCE.search(re.search(r'(?m)^source *= "(.*)"', tables[0])[1])
    for table in tables[1:]:
        head = table.split("\n", 1)[0]
        key = re.search(r'(?m)^source *= "(.*)"', table)
        assert SOURCE.search(key[1] if key else head), head
        assert key or not head.startswith(("[clocks.", "[nodes.", "[duties.", "[phrases.")), head


@pytest.mark.parametrize(
    "table", ["clocks", "nodes", "duties", "standards", "phrases", "temperaments", "styles", "motives"]
)
def test_a_source_can_be_read_out_with_every_rule(shipped, table):
    rules = shipped.clocks if table == "clocks" else getattr(shipped.regime, table)
    assert rules
    assert [rule.id for rule in rules.values() if not SOURCE.search(rule.source)] == []


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("choice", ["regrade", "reopen"])
def test_what_no_source_says_is_marked_as_ours(name, choice):
    (line,) = (line for line in text_of(name).splitlines() if line.startswith(choice))
    assert "# ours" in line


@pytest.mark.parametrize("name", TAKES_OVER)
def test_what_a_policy_takes_over_it_writes_out_unless_it_says_so(name):
    """A reader of one file meets its clocks in full, not only where they differ."""
    text = text_of(name)
    assert all(f"[clocks.{clock}]" in text for clock in ("response", "proposal", "callback"))
    assert "Whatever is not written here" in text


# ---------------------------------------------------------------- in words


def lines_of(name: str) -> dict[str, tuple[str, ...]]:
    return {section.title: section.lines for section in describe(loading.load(name)[0])}


def test_the_severity_table_is_read_out_with_its_boundaries():
    level_1, level_2, level_3, level_4, hot, *_rest = lines_of("vanke")["Severity"]
    for said in ("10 people or more", "10000.00 yuan or more", "flag: March", "unsolved 1 month after"):
        assert said in level_1
    for said in ("3 to 9 people", "0.01 to 9999.99 yuan", "unsolved 15 days after", "from 3 different"):
        assert said in level_2
    assert "2 people; impact: Looks" in level_3
    assert level_4 == "Level 4: everything else."
    assert "flag: Lawsuit" in hot
    assert "flag: March" not in hot
    assert "3 people or more" in hot
    assert "unsolved 7 days" in hot


def test_a_clock_is_read_out_whole():
    assert lines_of("leyoujia")["Clocks"][2] == (
        "Head-office callback: 48 h, around the clock, for Complaint, Repair. Starts with recording. "
        "Stops with a callback that reached the customer. At 100% tells Head office. Source: S0"
    )


def test_everything_that_a_policy_can_say_is_read_out():
    mine = loading.parse(
        'extends = "default"\nregrade = "forward"\nreopen = "continue"\n'
        '[clocks.response]\nby_level = { 1 = "1h30m" }\ntarget = "4d"\n'
        '[clocks.update]\nname = { zh = "进展", en = "Update" }\ntarget = "2h"\ncalendar = "night"\n'
        'starts = ["heard"]\nstops = ["reply"]\nafter = "response"\nsource = "ours"\n'
        '[calendars.night]\nzone = "Asia/Shanghai"\nweek = { mon = ["20:00-08:00"], wed = ["20:00-24:00"] }\n'
        'breaks = [{ date = 2026-01-05, hours = ["22:00-23:00"] }]\n',
        "mine.toml",
    )
    sections = {section.title: "\n".join(section.lines) for section in describe(mine)}
    assert "counts from the change on" in sections["Default policy (mine)"]
    assert "goes on with its old clocks" in sections["Default policy (mine)"]
    assert "Response: 4 d, around the clock, for every kind. Level 1: 1 h 30 min." in sections["Clocks"]
    assert "Only after Response. Starts with hearing from the customer." in sections["Clocks"]
    assert "night: Mon 20:00-08:00, Wed 20:00-24:00" in sections["Calendars"]
    assert "1 days with breaks." in sections["Calendars"]
    assert "office: Mon-Fri 09:00-12:00 13:30-18:00, in Asia/Shanghai." in sections["Calendars"]
    assert "Holidays are known until 20" in sections["Calendars"]


@pytest.mark.parametrize("table", ["kinds", "channels", "categories", "impacts", "flags", "faults"])
def test_every_word_is_read_out(shipped, table):
    said = "\n".join(line for section in describe(shipped) for line in section.lines)
    assert all(f"{term.id}: {term.name}" in said for term in getattr(shipped, table).values())


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (60, "1 min"),
        (10_800, "3 h"),
        (5400, "1 h 30 min"),
        (172_800, "48 h"),
        (259_200, "3 d"),
        (262_800, "73 h"),
    ],
)
def test_a_length_of_time_is_said_in_hours_up_to_two_days(seconds, said):
    assert duration(seconds) == said


def test_an_imported_id_is_shown_as_it_is():
    kinds = loading.load("default")[0].kinds
    assert (name_of(kinds, "repair"), name_of(kinds, "旧类型")) == ("Repair", "旧类型")
