"""Words for a case of another unit are taken in lines, and nothing of the case is shown."""

from pathlib import Path

import pytest
from desks import Bench
from organisation_support import furnished
from talk import Talk

from workbench import actions
from workbench.domain.cases import Case
from workbench.domain.errors import ConflictError
from workbench.plain import conflict
from workbench.plain.attempt import Attempt
from workbench.plain.dialogue import Dialogue

SECRET = "电梯困人"


@pytest.fixture
def elsewhere(bench: Bench) -> Case:
    """Return a case of another unit than that of yun."""
    furnished(bench)
    return bench.record("mei", text=SECRET, customer="王芳", site="金色家园")


@pytest.mark.parametrize("word", ["note", "heard"])
@pytest.mark.parametrize("text", ["又来电话", "又来电话，明天下午五点前回电"])
def test_only_that_it_was_written_down_is_said(
    word: str, text: str, bench: Bench, elsewhere: Case, tmp_path: Path
) -> None:
    typed = (f"{word} {elsewhere.number}", text, ".", "", "", "", ".", "")
    said = Talk(bench.desk("yun"), tmp_path / "drafts")(*typed)
    assert [event.act for event in bench.desk().timeline(elsewhere.case_id)] == ["record", word]
    assert f"Written down on {elsewhere.number}." in said.splitlines()
    assert not [each for each in ("due in", "Open;", SECRET, "王芳", "promise") if each in said], said
    own = Talk(bench.desk("bo"), tmp_path / "own")(*typed)
    assert "due in" in own, "who reads the case is told how it stands"


def test_of_a_closed_case_the_customer_s_word_is_taken_without_a_look_at_it(
    bench: Bench, elsewhere: Case, tmp_path: Path
) -> None:
    bench.act(elsewhere, "take")
    bench.act(elsewhere, "close", outcome="好了")
    typed = (f"heard {elsewhere.number}", "又来电话", ".", "", "", "")
    said = Talk(bench.desk("yun"), tmp_path / "drafts")(*typed)
    assert "Closed already" not in said
    assert f"Written down on {elsewhere.number}." in said.splitlines()


@pytest.mark.parametrize(("person", "shown"), [("yun", False), ("bo", True)])
def test_a_conflict_shows_no_entry_of_it(person: str, shown: bool, bench: Bench, elsewhere: Case) -> None:
    bench.act(elsewhere, "note", text=SECRET)
    attempt = Attempt(actions.of("undo"), elsewhere, 1, b"1" * 16)
    said: list[str] = []
    dialogue = Dialogue(lambda _prompt: "1", said.append, lambda: 80)
    why = ConflictError(elsewhere.number, "mei", "note")
    assert conflict.settled(bench.desk(person), dialogue, attempt, why).seen == 2
    assert (SECRET in "\n".join(said)) is shown
