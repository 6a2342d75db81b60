"""What a word of a customer on a closed case is: the matter again, only a word, or the opinion."""

from typing import Literal

from msgspec.structs import replace

from workbench import actions
from workbench.domain import acts, duties
from workbench.domain.case_parts import Duty
from workbench.domain.text import gist, mask_numbers
from workbench.plain.attempt import Attempt
from workbench.plain.dialogue import Dialogue
from workbench.words import N_, _

Word = Literal["yes", "no", "opinion"]

CHOICES: tuple[tuple[Word, str], ...] = (
    ("yes", N_("again: the case opens as a repeat")),
    ("no", N_("only a word: thanks, a question; whoever handled it and a supervisor are told")),
    ("opinion", N_("the opinion on the outcome: opens the callback form")),
)
LONGEST = 300  # signs of what was said


def settled(dialogue: Dialogue, attempt: Attempt) -> Attempt:
    """Return what is to be asked, once somebody has said what the word on a closed case is.

    Raises:
        Back: somebody goes back one step.
    """
    if "again" in attempt.about:
        return attempt
    waiting = _waiting(attempt)
    if waiting is None and (attempt.action.id != acts.HEARD.id or attempt.case.unsolved):
        return attempt
    said = waiting.text if waiting else attempt.begins.get("text", "")
    dialogue.say(_("Closed already. What does the customer want?"))
    if said.strip():
        dialogue.say(gist(mask_numbers(said), LONGEST), 2)
    word = dialogue.choose([(value, _(label)) for value, label in CHOICES])
    return _as_decided(attempt, word, said) if waiting else _as_heard(attempt, word, said)


def _waiting(attempt: Attempt) -> Duty | None:
    """Return the word that waits for a decision, if that is what is to be answered."""
    if attempt.action.id != acts.ANSWER.id:
        return None
    owed = attempt.case.owed(*duties.ended_by(acts.ANSWER))
    meant = attempt.about.get("id") or (str(owed[0].id) if len(owed) == 1 else "")
    return next((duty for duty in owed if duty.kind == duties.WORD.id and str(duty.id) == meant), None)


def _as_heard(attempt: Attempt, word: str, said: str) -> Attempt:
    if word == "opinion":
        return replace(attempt, action=actions.of(acts.CALLBACK.id), begins={"text": said})
    return replace(attempt, about={**attempt.about, "again": word})


def _as_decided(attempt: Attempt, word: str, said: str) -> Attempt:
    if word == "yes":
        return replace(attempt, action=actions.of(acts.REOPEN.id), about={}, begins={"reason": said})
    if word == "opinion":
        return replace(attempt, action=actions.of(acts.CALLBACK.id), about={}, begins={"text": said})
    return replace(attempt, about={**attempt.about, "again": word})
