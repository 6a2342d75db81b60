"""The dialler in lines: one customer after another, in both languages, until nobody is left."""

import pytest
from campaign_support import took
from desks import Bench
from talk import STOP, Talk

from storage.claims import Claims
from workbench import words
from workbench.domain.cases import Case
from workbench.setup import dialling
from workbench.setup.dial_list import Wanted


def closed(bench: Bench, phone: str) -> Case:
    return bench.act(bench.record(phone=phone, customer="王芳"), "close", outcome="换了水管")


@pytest.mark.parametrize(("command", "language"), [("D", "en"), ("D", "zh"), ("dial", "en"), ("拨号", "zh")])
def test_everybody_is_rung_once(command: str, language: str, bench: Bench, talk: Talk) -> None:
    fine, absent, later = (closed(bench, f"1380013800{at}") for at in range(3))
    words.use(language)
    said = talk(command, "6", "1", "5", ".", "2", "3", "+3h", ".", "", "q")
    assert (bench.now(fine).status, bench.now(fine).csi) == ("done", 5), said
    assert bench.now(absent).callback_again_at is not None
    assert bench.now(later).callback_again_at is not None
    assert ("Nobody is to be rung now" if language == "en" else "现在没有可拨的") in said
    assert "138****8000" in said
    assert "13800138000" in said  # shown on purpose
    assert "13800138001" not in said
    assert talk.code == 0


def test_going_back_gives_the_customer_back(bench: Bench, talk: Talk) -> None:
    closed(bench, "13800138000")
    talk("dial", "!", "q")
    theirs = Claims(bench.path, "bo", "bo", bench.clock)
    assert dialling.offer(bench.desk("bo"), theirs, Wanted()) is not None
    theirs.release()
    talk("dial", "1", STOP, "q")
    assert dialling.offer(bench.desk("bo"), theirs, Wanted()) is not None


def test_a_wrong_answer_is_asked_again_and_what_others_did_is_said(bench: Bench, talk: Talk) -> None:
    took(bench, "李雷,13800138002,,,")
    said = talk("dial", "1", "9", "4", ".", "q")
    assert "9" in said
    assert "Nobody is left to be rung." in said


def test_who_is_passed_over_does_not_come_again(bench: Bench, talk: Talk) -> None:
    case = closed(bench, "13800138000")
    said = talk("dial", "5", "q")
    assert "Nobody else is to be rung now" in said
    assert bench.now(case).status == "closed"
