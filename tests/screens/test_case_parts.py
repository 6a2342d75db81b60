"""The case screen: flow, people, money, promises, verification, those who belong to it, the customer."""

from pathlib import Path

import pytest
from desks import Bench, Clock
from duty_support import held, office

from screens.case_reader import read
from screens.present import case_text, timeline
from tests.screens.support import USUAL, WIDE, opened, picture, press, queue_of
from workbench import actions, words
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.effects import APPLIED
from workbench.wording import entries, names
from workbench.wording.names import Names


def full(bench: Bench) -> Case:
    """Return a case on which nearly everything has happened."""
    office(bench)
    given = {"customer": "王芳", "phone": "13812345678", "unit": "3-1201", "mood": "2", "about": "bo"}
    first = bench.record("mei", site="金色家园", text="窗户漏风", **given)
    case = held(bench, text="厨房漏水", **given)
    bench.act(case, "promise", "mei", text="明早回电", due="+5h")
    bench.act(case, "ask", "mei", of="工程部", text="请查防水")
    bench.act(case, "visit", "mei", at="+1d", engineer="tie")
    bench.act(case, "account", "jin", of="bo", text="按约到场")
    bench.act(case, "inspect", "jin", text="防水层破损", within_warranty="yes")
    bench.act(case, "verify", "kong", verdict="partly", standard="no-temper", text="未回电")
    bench.act(case, "cause", "kong", cause="construction", text="节点漏做")
    bench.act(case, "prevent", "kong", text="交底复查", owner="tie")
    bench.act(case, "compensate", "mei", amount="300", text="墙面")
    bench.act(case, "compensate", "mei", amount="1500", text="误工费")
    bench.act(case, "complainant", "mei", customer="老赵", phone="13511112222")
    bench.act(case, "link", "mei", to=first.number)
    bench.act(case, "profile", "mei", temperament="choleric", consent="yes")
    return bench.act(case, "taskforce", "jin", head="mei", members="jin,tie")


SAID = {
    "en": [
        "> [In hand] >", "nobody", "Promise ", "明早回电", "Request ", "请查防水", "Engineer ", "tie",
        "Against ", "tie  NOT CONFIRMED", "300.00 yuan", "1,500.00 yuan, asked by mei", "partly founded",
        "We do not lose our temper", "Construction", "交底复查 (tie, by", "inside", "老赵", "135****2222",
        "callback owed", "related", "1 others", "Choleric", "may be called",
    ],
    "zh": ["> [处理中] >", "误工费", "胆汁质", "还没有"],
}  # fmt: skip


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_the_whole_case_says_everything_that_is_known(
    language: str, bench: Bench, tmp_path: Path
) -> None:
    full(bench)
    words.use(language)
    async with opened(bench.desk("jin"), tmp_path, (100, 90)) as (app, pilot):
        await press(pilot, "enter")
        shown = picture(app)
        print(shown)
    missing = [text for text in SAID[language] if text not in shown]
    assert set(missing) <= {"nobody"}
    assert "13511112222" not in shown


async def test_a_plain_case_is_no_longer_than_what_there_is_to_say(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "enter")
        shown = picture(app)
    assert not [title for title in ("Persons", "Money", "Verification", "Belongs together") if title in shown]
    assert "Missing" in shown


def test_what_counts_down_stands_with_the_most_urgent_first(bench: Bench, clock: Clock) -> None:
    case = held(bench)
    bench.act(case, "promise", text="x", due="+1h")
    bench.act(case, "ask", of="li", text="y", due="+10h")
    dossier = read(bench.desk(), case.case_id)
    shown = [str(line).split("[")[0].strip() for line in case_text.counting(dossier, 80)]
    assert shown == ["Promise", "Response", "Request", "Proposal", "Callback"]


def test_a_duty_says_how_late_it_is(bench: Bench, clock: Clock) -> None:
    case = held(bench)
    bench.act(case, "ask", of="li", text="y", due="+2h")
    clock.pass_(hours=3)
    shown = "\n".join(map(str, case_text.counting(read(bench.desk(), case.case_id), 80)))
    assert "Request  [##########] 01:00 late  li  y" in shown


@pytest.mark.parametrize("size", [(120, 12), (80, 12), (60, 30)])
def test_a_preview_stays_small(size: tuple[int, int], bench: Bench) -> None:
    case = full(bench)
    shown = str(case_text.preview(read(bench.desk(), case.case_id), *size))
    assert len(shown.encode()) < 6144
    assert "[In hand]" in shown


# ------------------------------------------------------------ the timeline

BY_TIME = ("return", "warn", "age", "cluster", "request-approval", "recalculate", "correct")


@pytest.mark.parametrize("act", sorted({*APPLIED, *(each.id for each in actions.every()), *BY_TIME}))
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_entry_has_a_name(act: str, language: str) -> None:
    words.use(language)
    assert acts.BY_ID[act].done
    if language == "en":
        assert names.act(act)[0].isupper()


@pytest.mark.parametrize(
    ("act", "data", "said"),
    [
        (
            "escalate",
            {"clock": "response", "step": "75%", "cycle": 1, "to": "handler", "informed": ["mei"]},
            "Response 75%, told: mei",
        ),
        (
            "escalate",
            {"clock": "dispatch", "step": "+2h", "cycle": 1, "to": "supervisor", "informed": []},
            "Dispatch +2h, told: Supervisor",
        ),
        ("escalate", {"to": "company", "reason": "x"}, "to Company"),
        ("warn", {"kind": "silence", "fact": 259200, "key": "k"}, "the customer has heard nothing for 3 d"),
        ("warn", {"kind": "repeats", "fact": 2, "key": "k"}, "came back 2"),
        ("verify", {"verdict": "founded", "standard": "no-temper", "fault": "ours", "text": "x"},
         "verdict founded, standard We do not lose our temper, fault Ours"),
        ("taskforce", {"head": "a", "members": ["a", "b"], "duties": {"b": 1}}, "head a, members a, b"),
        ("amend", {"kind": "repair", "was": {"kind": "complaint"}}, "kind Repair (was Complaint)"),
        ("approve", {"duty": 1, "act": "compensate", "asked": {"amount": "5.00"}, "asked_by": "mei"},
         "act Sum promised, yuan 5.00, asked by mei"),
        ("link", {"case_id": 7, "to": "A1", "kind": "group"}, "to A1, kind part of a group"),
        ("profile", {"temperament": "choleric", "consent": True}, "temperament Choleric, may be called yes"),
        ("regrade", {"from": 1, "level": 3, "reason": "x"}, "from Major, level Minor"),
        ("keep", {"id": 1, "broken": False}, "promise 1, kept"),
        ("pay", {"id": 1, "amount": "5.00"}, "sum 1, yuan 5.00"),
        ("visited", {"duty": 1, "missed": True}, "nobody came"),
    ],
)  # fmt: skip
def test_an_entry_reads_as_a_sentence_without_ids(
    act: str, data: dict[str, object], said: str, bench: Bench
) -> None:
    words_of = Names(bench.desk().rules().policy)
    assert entries.beyond_words(Event(2, bench.clock(), "mei", act, data), words_of) == said


@pytest.mark.parametrize(
    ("act", "data", "called"),
    [
        ("account", {"of": "bo", "text": "x"}, "Account taken"),
        ("account", {"of": "bo", "duty": 1}, "Account asked for"),
        ("escalate", {"to": "company", "reason": "x"}, "Passed up"),
        ("escalate", {"clock": "response", "step": "75%"}, "Escalated"),
    ],
)
def test_an_entry_is_called_what_it_was(act: str, data: dict[str, object], called: str, bench: Bench) -> None:
    assert entries.title_of(Event(2, bench.clock(), "mei", act, data)) == called


def test_an_entry_tells_who_has_seen_it(bench: Bench) -> None:
    office(bench)
    case = bench.act(held(bench), "tell", "jin", to="mei,bo", text="看一下")
    bench.act(case, "seen", "mei")
    case = bench.now(case)
    event = next(each for each in bench.desk().timeline(case.case_id) if each.act == "tell")
    shown = str(timeline.full(event, Names(bench.desk().rules().policy), 80, case.notices))
    assert "mei (seen 11-21 12:00), bo (not seen yet)" in shown


async def test_the_preview_shows_the_flow_at_a_wide_screen(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, WIDE) as (app, _pilot):
        assert "[Received] > In hand > Proposed > Call back" in picture(app)
        assert queue_of(app).panes.top is None
