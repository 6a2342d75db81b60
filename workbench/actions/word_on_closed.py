"""What a word of a customer on a closed case is: the matter again, only a word, or the opinion."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from workbench import actions
from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.rules.action import Action
from workbench.words import N_

Word = Literal["yes", "no", "opinion"]

CHOICES: tuple[tuple[Word, str], ...] = (
    ("yes", N_("again: the case opens as a repeat")),
    ("no", N_("only a word: thanks, a question; whoever handled it and a supervisor are told")),
    ("opinion", N_("the opinion on the outcome: opens the callback form")),
)


class Follows(NamedTuple):
    """What is asked once the word is judged; ``begins`` is None where that stays as it was."""

    action: Action
    about: Mapping[str, str]
    begins: Mapping[str, str] | None = None


def waiting(action: Action, case: Case, about: Mapping[str, str]) -> Duty | None:
    """Return the word that waits for a decision, if that is what ``action`` is to answer."""
    if action.id != acts.ANSWER.id:
        return None
    owed = case.owed(*duties.ended_by(acts.ANSWER))
    meant = about.get("id") or (str(owed[0].id) if len(owed) == 1 else "")
    return next((duty for duty in owed if duty.kind == duties.WORD.id and str(duty.id) == meant), None)


def is_open(action: Action, case: Case, about: Mapping[str, str]) -> bool:
    """Say whether it must be asked first what a word on a closed case is, or one that came by itself."""
    if "again" in about:
        return False
    if action.id == acts.HEARD.id:
        return not case.unsolved
    return waiting(action, case, about) is not None


def follows(action: Action, about: Mapping[str, str], word: Word, said: str) -> Follows:
    """Return what ``word`` makes of what was ``said``: a callback, a reopening, or ``action`` as it was.

    A word that somebody writes down reopens the case itself; one that waits is decided on by another act.
    Whoever tells us the opinion was reached.
    """
    decides = action.id == acts.ANSWER.id
    if word == "opinion":
        return Follows(
            actions.of(acts.CALLBACK.id), {} if decides else about, {"reached": "yes", "text": said}
        )
    if word == "yes" and decides:
        return Follows(actions.of(acts.REOPEN.id), {}, {"reason": said})
    return Follows(action, {**about, "again": word})
