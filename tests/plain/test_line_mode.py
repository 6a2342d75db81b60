"""The line mode does a whole case, in both languages, by the same acts and the same refusals as the screens."""

from pathlib import Path

import pytest
from desks import Bench
from talk import STOP, Talk

from keymaps import SHIPPED, known, load
from workbench import actions, words
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.errors import StoreBusyError
from workbench.plain import commands, helping
from workbench.plain import queue as queues
from workbench.rules.permissions import refusal

RECORDED = ("r", "厨房漏水三天", "没有人来修", ".", "王芳", "13800138000", "金色家园", "3-502", ".")
WHOLE = (
    *RECORDED,
    "t",
    "e", "已请师傅上门", ".", "",
    "c", "水管已换好", ".", ".",
    "b", "1", "5", ".",
    "R", "又漏了", ".",
    "n", "第二次上门", ".",
    "q", "q",
)  # fmt: skip
DONE = ["record", "take", "reply", "close", "callback", "reopen", "note"]


def keys(bench: Bench) -> list[int]:
    """Return the keys of all cases, the oldest first."""
    with bench.store.reading() as db:
        return [key for (key,) in db.all("SELECT case_id FROM cases ORDER BY case_id")]


def told(bench: Bench, number: str = "") -> list[str]:
    """Return the acts of people on a case, the newest case without a number."""
    return [event.act for event in timeline(bench, number) if event.by != "system"]


def timeline(bench: Bench, number: str = ""):  # type: ignore[no-untyped-def]
    with bench.store.reading() as db:
        key = db.value(
            "SELECT case_id FROM cases WHERE number LIKE '%' || ? ORDER BY case_id DESC", (number,)
        )
    return bench.desk().timeline(key)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_whole_case_is_done_in_lines(language: str, bench: Bench, talk: Talk) -> None:
    words.use(language)
    said = talk(*WHOLE)
    assert told(bench) == DONE, said
    assert (talk.code, talk.left) == (0, [])
    assert timeline(bench)[0].data["text"] == "厨房漏水三天\n没有人来修"
    assert "138****8000" in said
    assert not [line for line in talk.said if "13800138000" in line and "> " not in line]


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("cells", [20, 40, 80])
def test_no_line_is_wider_than_the_terminal(language: str, cells: int, bench: Bench, tmp_path: Path) -> None:
    words.use(language)
    talk = Talk(bench.desk(), tmp_path, cells=cells)
    talk(*WHOLE[:-1], "?", ",", "1", "=", "y", "#", "1", "q", "q")
    assert talk.too_wide() == []
    assert len(talk.said) > 200


def test_the_queue_says_what_is_due_first_and_in_words(bench: Bench, talk: Talk) -> None:
    first = bench.record(text="电梯停运", customer="李强").number
    bench.clock.pass_(hours=3, minutes=12)
    second = bench.record(text="漏水").number
    said = " ".join(talk("q").split())
    assert "Queue 1, To do: 2 cases" in said
    assert f"1. {first}; Response overdue by 12 min; General; 李强; 电梯停运; with nobody" in said
    assert f"2. {second}; Response due in 3 h; General; 漏水; with nobody" in said


def test_a_case_says_words_told_waiting_owed_and_clocks(bench: Bench, talk: Talk) -> None:
    case = bench.record(text="漏水", customer="王芳", phone="13800138000")
    bench.act(case, "reply", text="明天上门")
    bench.act(case, "pause", reason="等配件", until="+2d", **{"for": "parts"})
    said = talk("1", "q", "q")
    for part in (
        "Customer: 王芳 138****8000", "In the customer's own words: 漏水", "Told 2026-11-21 12:00: 明天上门",
        "Waits for parts until 2026-11-23 12:00: 等配件", "Clock Proposal: paused", "Nothing else is owed.",
    ):  # fmt: skip
        assert part in said


def test_a_queue_is_chosen_by_its_number_and_pages_are_turned(bench: Bench, talk: Talk) -> None:
    made = [bench.record(text=f"{at} 号楼漏水").number for at in range(queues.PAGE + 1)]
    made.append(bench.record(text="电梯停运").number)
    bench.act(bench.record(text="我的"), "take")
    said = talk("#2", "#", "3", "+", "11", "q", "/ 电梯", "/", "q")
    assert "Queue 2, Mine: 1 cases" in said
    assert f"Queue 3, Unassigned: {queues.PAGE + 2} cases; here 1 to 10, + shows more" in said
    assert f"here 11 to {queues.PAGE + 2}" in said
    assert f"11. {made[10]}; " in said
    assert f"\n{made[10]}  General" in said, "line 11 was opened"
    assert "Queue 3, Unassigned: 1 cases / 电梯" in said


# ------------------------------------------------------------ every act


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("act", acts.PERSONS)
def test_every_act_is_reached_by_letter_and_by_both_names(act: str, language: str) -> None:
    words.use(language)
    keymap = load("default", known(acts.PERSONS))
    way = helping.way(keymap, act)
    assert way, "it has a letter"
    for typed in (way, act, words._(acts.BY_ID[act].title)):
        assert commands.meant(keymap, f"{typed} 3") == commands.Meant(act, "3"), typed


@pytest.mark.parametrize("name", SHIPPED)
def test_every_act_is_reached_in_every_keymap(name: str) -> None:
    keymap = load(name, known(acts.PERSONS))
    assert [
        act for act in acts.PERSONS if (found := commands.meant(keymap, act)) is None or found.command != act
    ] == []


@pytest.mark.parametrize("act", [act for act in acts.PERSONS if act not in ("record", "reveal")])
def test_every_act_asks_is_done_or_says_why_not(act: str, bench: Bench, talk: Talk) -> None:
    case = bench.record()
    action = actions.of(act)
    said = talk(f"{act} 1", "!")
    why = refusal(bench.desk(), case, action)
    if why is not None:
        assert str(why) in " ".join(said.split())
    elif action.fields and act not in ("acknowledge", "undo"):
        assert f"{action.title}  {case.number}" in said
        assert "Back; nothing is stored." in said
        assert told(bench) == ["record"]
    else:
        assert told(bench) == ["record", act]


def test_what_cannot_be_done_says_the_sentence_of_the_rule(bench: Bench, talk: Talk) -> None:
    case = bench.act(bench.record(), "take", "li")
    said = talk("t 1", "q")
    assert f"{case.number} is held by li." in said
    assert told(bench) == ["record", "take"]


def test_a_store_that_is_only_read_refuses_every_act(bench: Bench, tmp_path: Path) -> None:
    from storage.store import Store

    bench.record()
    store = Store(bench.path, read_only=True)
    said = Talk(Desk(store, "mei", bench.clock), tmp_path)("r", "n 1", "q")
    store.close()
    assert said.count("The store is open for reading only.") == 2


# ------------------------------------------------------------ answers


def test_a_value_that_cannot_be_understood_is_asked_for_again(bench: Bench, talk: Talk) -> None:
    bench.record()
    said = talk("b 1", "7", "1", "9", "5", ".", "p 1", "上门", ".", "someday", "+2h", "q")
    assert '"7" is none of these; type its number.' in said
    assert said.count("CSI 1-5") + said.count("1 to 5") >= 1
    assert "= Sat 2026-11-21 14:00" in said
    assert told(bench) == ["record", "callback", "promise"]


def test_what_the_rule_refuses_is_asked_for_again_with_what_was_typed(bench: Bench, talk: Talk) -> None:
    bench.record()
    said = talk("p 1", "上门", ".", "2026-11-20", "", "+1d", "q")
    assert "A promise is due in the future" in said
    assert "[上门]" in said
    assert told(bench) == ["record", "promise"]


def test_a_missing_next_step_is_asked_for_alone(bench: Bench, talk: Talk) -> None:
    bench.record()
    talk("c 1", "修不了", ".", "3", ".", "可以投诉到总部", ".", "q")
    assert timeline(bench)[-1].data["next"] == "可以投诉到总部"


def test_what_should_not_be_said_is_said_once(bench: Bench, talk: Talk) -> None:
    bench.record()
    said = talk("e 1", "这是小事", ".", "", "", "q")
    assert said.count("Better:") == 1
    assert timeline(bench)[-1].data["text"] == "这是小事"


def test_a_time_that_was_told_can_be_promised_or_not(bench: Bench, talk: Talk) -> None:
    case = bench.record()
    said = talk("e 1", "明天下午五点前上门", ".", "", "!", "q")
    assert "Register it as a promise? ! means no." in said
    assert told(bench) == ["record", "reply"]
    talk("e 1", "明天下午五点前上门", ".", "", "", "", "q")
    assert told(bench) == ["record", "reply", "reply", "promise"]
    assert bench.now(case).promises[0].text == "明天下午五点前上门"


def test_a_word_on_a_closed_case_is_asked_about_first(bench: Bench, talk: Talk) -> None:
    case = bench.act(bench.record(), "close", outcome="好了")
    said = talk(f"h {case.number[-4:]}", "1", "又漏了", ".", ".", "q")
    assert "Closed already. What does the customer want?" in said
    assert bench.now(case).repeat
    assert told(bench) == ["record", "close", "heard"]


def test_a_sum_is_an_offer_or_none(bench: Bench, talk: Talk) -> None:
    bench.record()
    said = talk("e 1", "赔偿您500元", ".", "", "2", "q")
    assert "is a sum, and none is granted. What is it?" in said
    assert told(bench) == ["record", "reply"]
    talk("e 1", "赔偿您500元", ".", "", "1", "", "", ".", "q")
    assert told(bench) == ["record", "reply", "compensate", "reply"]


def test_earlier_cases_of_the_phone_come_up_and_take_the_words(bench: Bench, talk: Talk) -> None:
    bench.record(phone="13800138000", customer="王芳")
    said = talk("r", "又漏了", ".", "王芳", "13800138000", "", "", "1", "", ".", "q")
    assert "Earlier cases of this phone or unit: 1" in said
    assert told(bench) == ["record", "heard"]
    assert timeline(bench)[-1].data["text"] == "又漏了"


# ------------------------------------------------------------ going back


@pytest.mark.parametrize("how", [("!",), (STOP,), ()], ids=["sign", "Ctrl-C", "end"])
def test_going_back_stores_nothing_and_keeps_what_was_typed(
    how: tuple[str, ...], bench: Bench, talk: Talk
) -> None:
    bench.record()
    said = talk("e 1", "已经联系", *how)
    assert "Back; nothing is stored. What you typed is kept as a draft." in said
    assert told(bench) == ["record"]
    said = talk("e 1", "", "", "q")
    assert "What was typed before is filled in" in said
    assert timeline(bench)[-1].data["text"] == "已经联系"
    assert talk.drafts.waiting("x") == []


def test_a_new_case_begins_anew_and_a_draft_is_fetched_on_request(bench: Bench, talk: Talk) -> None:
    talk("r", "楼上漏水", ".", "王芳", "!", "q")
    said = talk("r", "电梯停运", ".", ".", "q", "r draft", "", ".", "q")
    assert "1 not saved: 楼上漏水 (record draft fetches)" in said
    first, second = (bench.desk().timeline(key)[0].data for key in keys(bench))
    assert (first["text"], second["text"], second["customer"]) == ("电梯停运", "楼上漏水", "王芳")
    assert "customer" not in first


def test_ctrl_c_at_the_list_leaves_with_its_code(bench: Bench, talk: Talk) -> None:
    talk("!", STOP)
    assert talk.code == 130
    assert "You are at the list; q leaves." in "\n".join(talk.said)


# ------------------------------------------------------------ others


def test_a_repeat_after_a_busy_store_stores_once(
    bench: Bench, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.record()
    whole, busy = doing.do, [True, True]

    def stored_but_unheard(*given, **how):  # type: ignore[no-untyped-def]
        case = whole(*given, **how)
        if busy and busy.pop():
            raise StoreBusyError("busy")
        return case

    monkeypatch.setattr(doing, "do", stored_but_unheard)
    talk("n 1", "看过了", ".", "", "", "q")
    assert told(bench) == ["record", "note"]


def test_two_at_once_are_told_of_each_other_and_lose_nothing(bench: Bench, tmp_path: Path) -> None:
    mei, li = Talk(bench.desk("mei"), tmp_path), Talk(bench.desk("li"), tmp_path)
    bench.record()
    opened = li.keymap  # li acts while mei has the case open
    assert opened is not mei.keymap

    class Between(str):
        """A line that is typed once li has acted."""

        def strip(self, *signs: str) -> str:
            if not getattr(self, "done", False):
                object.__setattr__(self, "done", True)
                li("a 1", "c 1", "已处理", ".", ".", "q")
            return str.strip(self, *signs)

    said = mei("1", "c", "修好了", Between("."), ".", "2", "q", "q")
    assert "was changed by li" in said
    assert told(bench) == ["record", "acknowledge", "close", "note"]
    assert timeline(bench)[-1].data["text"] == "修好了"


def test_drafts_of_two_at_once_are_never_shared(bench: Bench, tmp_path: Path) -> None:
    first, second = Talk(bench.desk(), tmp_path), Talk(bench.desk(), tmp_path)
    bench.record()
    first("n 1", "一号", "!", "q")
    said = second("n 1", "二号", ".", "q")
    assert "filled in" not in said, "the draft is held by the first as long as it is open"
    assert timeline(bench)[-1].data["text"] == "二号"
    first("n 1", "", "q")
    assert timeline(bench)[-1].data["text"] == "一号"


def test_the_phone_is_shown_on_request_only_and_that_is_logged(bench: Bench, talk: Talk) -> None:
    bench.record(phone="13800138000", text="请回电 13800138000")
    said = talk("1", "=", "v", "q", "q")
    assert said.count("13800138000") == 1
    assert "13800138000 (this is on record)" in said
    assert told(bench) == ["record", "reveal"]


def test_the_inbox_is_a_list_whose_lines_can_be_opened(bench: Bench, talk: Talk) -> None:
    case = bench.act(bench.record(), "ask", "li", of="mei", text="看看水管")
    said = talk("d", "1", "q", "q")
    assert f"1. {case.number}; " in said
    assert "看看水管" in said
    assert f"\n{case.number}  General" in said


def test_signs_of_an_input_method_count_as_theirs(bench: Bench, talk: Talk) -> None:
    bench.record()
    said = talk("１", "ｎ", "看过了", "。", "＃２", "！", "？", "ｑ")
    assert told(bench) == ["record", "note"]
    assert "Queue 2, Mine" in said
    assert talk.code == 0


def test_what_means_nothing_is_said_to(bench: Bench, talk: Talk) -> None:
    said = talk("blah", "99", "n", "X", "q")
    assert '"blah" is no line' in said
    assert "There is no line 99 here." in said
    assert "Say on which case" in said
    assert "That is for the screens" in said


def test_the_most_urgent_case_is_taken_and_shown_and_undo_gives_it_back(bench: Bench, talk: Talk) -> None:
    calm, grave = bench.record(), bench.record(people=12)
    said = talk("m", "u", "q", "q")
    assert f"{grave.number} is yours now." in said
    assert [each.act for each in bench.desk().timeline(grave.case_id)] == ["record", "take", "undo"]
    assert (bench.now(grave).handler, bench.now(calm).handler) == (None, None)
