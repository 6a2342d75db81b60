"""A policy read aloud: the drawing of its flow, people and limits, duties, fairness, speech, warnings."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from policy_regime_support import FULL

from workbench import words
from workbench.domain import acts
from workbench.domain.flow import FACTS
from workbench.domain.organisation import BUILT_IN_ROLES
from workbench.policy import loading
from workbench.policy.page.page import REGRADE, REOPEN, describe
from workbench.policy.page.service import NEEDS, WARNED
from workbench.policy.page.words import BESIDE_ACTS, TOLD
from workbench.policy.page.words import FACTS as FACT_WORDS
from workbench.policy.reader import REGRADE as REGRADE_WAYS
from workbench.policy.reader import REOPEN as REOPEN_WAYS
from workbench.policy.regime import RIGHTS
from workbench.policy.service import NEEDS as NEEDS_KNOWN
from workbench.policy.terms import ANYWHERE, OWNER


def page(text: str = FULL) -> dict[str, tuple[str, ...]]:
    return {section.title: section.lines for section in describe(loading.parse(text, "mine.toml"))}


@pytest.fixture
def chinese() -> Iterator[None]:
    words.use("zh")
    yield
    words.use("en")


FLOW = """\
[1] Reception (reception)
 |    Until somebody handles it.
 |    Source: S2
 |
 v
[2] Inspection (inspection)
 |    Until the site inspection is on record.
 |    Must be on record before: somebody handles it.
 |    Completed by: Handler.
 |    Only for Complaint, Repair.
 |    Skipped by: Sales management.
 |    Limit: 4 h, around the clock. Level 1: 2 h. Other: 3 h. The shorter limit holds.
 |    At 75% tells whoever was asked first. 2 h overdue tells whoever answers for the Company.
 |    Source: S2
 #    gate: nothing below is done before this
 v
[3] Answer (response)
 |    Until the customer has been answered.
 |    Source: S2
 |
 v
[4] Settling (settling)
 |    Until it is closed.
 |    Source: S2
Complaint, Repair ({most}): Reception -> Inspection# -> Answer -> Settling
Complaint, Repair (Sales management); Inquiry, Suggestion, Opinion, Praise (every category): \
Reception -> Answer -> Settling
Recorded and closed in one go past every gate: level 3, 4; Other."""


def test_the_flow_is_drawn_from_the_first_node_down_with_its_gates_and_ways():
    most = (
        "Construction quality, Planning and design, Property management, Staff conduct, Repair service, "
        "Commercial leasing, External environment, Other"
    )
    drawn = "\n".join(page()["Flow"])
    assert re.sub(r"; by: .*", ".", drawn) == FLOW.replace("{most}", most)


@pytest.mark.parametrize(
    "node", loading.parse(FULL, "mine.toml").regime.nodes.values(), ids=lambda node: node.id
)
def test_a_node_names_the_acts_that_complete_it(node):
    flow = page()["Flow"]
    at = next(at for at, line in enumerate(flow) if line.endswith(f"({node.id})"))
    said = flow[at + 1].partition("; by: ")[2].rstrip(".")
    assert said == ", ".join(acts.BY_ID[act].doing for act in acts.bringing(node.until))


def test_the_drawing_is_the_same_in_both_languages_and_narrow_in_every_font(chinese):
    flow = next(
        section.lines for section in describe(loading.parse(FULL, "mine.toml")) if "[2]" in str(section)
    )
    assert [line[:3] for line in flow if line[0] in "[ "] == [
        line[:3] for line in FLOW.splitlines() if line[0] in "[ "
    ]
    assert "[2] 现场验看 (inspection)" in flow
    marks = "".join(line[:6] for line in flow if line.startswith(" ")) + "->#"
    assert {unicodedata.east_asian_width(mark) for mark in marks} == {"Na"}


def test_a_flow_that_nobody_leaves_shows_no_ways_and_no_gate_no_spot():
    node = 'until = "closed"\nname = { zh = "结", en = "End" }\nsource = "ours"\n'
    text = f'extends = "default"\nwithout = ["nodes", "on_the_spot"]\n[nodes.end]\n{node}'
    assert page(text)["Flow"] == (
        "[1] End (end)",
        " |    Until it is closed; by: closing.",
        " |    Source: ours",
    )


def test_a_policy_without_a_flow_has_no_such_section():
    text = 'extends = "default"\nwithout = ["nodes", "on_the_spot", "warnings"]\n'
    assert page(text).keys() & {"Flow", "Early warning"} == set()


def test_the_clock_of_a_node_stands_with_the_flow_and_not_among_the_clocks():
    assert all("Inspection" not in line for line in page()["Clocks"])


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("Tiers", "Project (project) -> Company (company) -> Group (group)"),
        ("Roles", "reader: Reader - Reads only."),
        (
            "Roles",
            "handler: Handler (Project) - May do everything but: pressing, changing the staff. Compensates up to "
            "500.00 yuan alone. Closes level 3 and what is less grave alone. Reads the cases of the own unit and "
            "below, and what has come to it.",
        ),
        (
            "Roles",
            "supervisor: Supervisor - May do: taking, closing. Closes level 4 alone.",
        ),
        (
            "Roles",
            "head-office: Head office (Group) - May do everything. Compensates any sum alone. Closes every level alone.",
        ),
        (
            "Duties",
            "Promise: due 24 h = 3.2 working days later, in the hours of the calendar office, unless another time is given. At 50% tells whoever owes it. "
            "At 100% tells Supervisor. 2 h overdue tells whoever answers for the Group. Source: S1",
        ),
        (
            "Verification",
            "A verdict needs: the account of the person complained about, the standard that was broken, if founded, "
            "the root cause.",
        ),
        ("Service standards", "no-lies: No lies (a rule) [S0]"),
        ("Service standards", "tidy: Tidy (service)"),
        ("Root causes", "design: Design"),
        ("Phrases", '"小事" / "a trifle" should not be said; better: I see that this matters to you. [S3]'),
        ("Phrases", '"包在我身上" promises too much; better: Say who does what by when.'),
        ("Templates", ";ack  Dear {customer}, your number is {number}."),
        ("Temperaments", "choleric: Choleric - Let them finish. [S3]"),
        ("Social styles", "driving: Driving - Say the outcome first."),
        ("Motives", "vent: To vent - Listen. [S3]"),
        ("Early warning", "A case that has come back; from so many times on: 2."),
        ("Early warning", "A case that was handed on; from so many times on: 3."),
        ("Early warning", "A case with broken promises; from so many on: 1."),
        ("Early warning", "A case whose customer has heard nothing from us for 3 d."),
        (
            "Early warning",
            "A site and category with 4 cases or more in 14 days. They are compared with their own past of 6 spans "
            "of 14 days. The statistic is the exact binomial test that the rate has not changed; a warning is false "
            "with a probability of at most 5 % in any 14 days.",
        ),
    ],
)
def test_each_part_of_a_regime_is_read_out(section, line):
    assert line in page()[section]


def test_a_verdict_that_needs_nothing_is_said_so():
    text = 'extends = "default"\n[verification]\nneeds = []'
    asked, given = page(text)["Verification"]
    assert asked == "A verdict needs nothing else on record."
    assert given.startswith("It is given by: everybody whose role may;")
    by_quality = page(text + '\nroles = ["quality"]')["Verification"][-1]
    assert by_quality.startswith("It is given by: Quality control;")


@pytest.mark.parametrize("name", loading.shipped())
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_shipped_policy_is_read_out_in_both_languages(name, language):
    words.use(language)
    found = loading.load(name)[0]
    sections = describe(found)
    assert [title for title in (section.title for section in sections) if not title] == []
    said = "\n".join(line for section in sections for line in section.lines)
    regime = found.regime
    for named in (regime.tiers, regime.roles, regime.nodes, regime.standards, regime.templates):
        assert all(str(each.name) in said for each in named.values())
    assert all(str(phrase.instead) in said for phrase in regime.phrases.values())


@pytest.mark.parametrize(
    ("words_of", "ids"),
    [
        (dict.fromkeys([*acts.PERSONS, *BESIDE_ACTS]), RIGHTS),
        (FACT_WORDS, FACTS),
        (TOLD, (*ANYWHERE, OWNER, *BUILT_IN_ROLES)),
        (NEEDS, NEEDS_KNOWN),
        (WARNED, ("repeats", "handoffs", "passed_around", "broken")),
        (REGRADE, REGRADE_WAYS),
        (REOPEN, REOPEN_WAYS),
    ],
)
def test_whatever_a_policy_may_name_has_words(words_of, ids):
    assert words_of.keys() == set(ids)


def test_a_chinese_page_says_in_chinese_where_the_rules_come_from(chinese):
    for name in loading.shipped():
        for section in describe(loading.load(name)[0]):
            for line in section.lines:
                for source in re.findall(r"出处：(.*)|\[([^\]]*)\]$", line):
                    assert not re.search(r"[a-z]", "".join(source)), line
