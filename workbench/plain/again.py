"""What a word of a customer on a closed case is: the matter again, only a word, or the opinion."""

from msgspec.structs import replace

from workbench.actions import word_on_closed
from workbench.actions.word_on_closed import CHOICES
from workbench.domain.text import gist, mask_numbers
from workbench.plain.attempt import Attempt
from workbench.plain.dialogue import Dialogue
from workbench.words import _

LONGEST = 300  # signs of what was said


def settled(dialogue: Dialogue, attempt: Attempt) -> Attempt:
    """Return what is to be asked, once somebody has said what the word on a closed case is.

    Raises:
        Back: somebody goes back one step.
    """
    if not word_on_closed.is_open(attempt.action, attempt.case, attempt.about):
        return attempt
    waiting = word_on_closed.waiting(attempt.action, attempt.case, attempt.about)
    said = waiting.text if waiting else attempt.begins.get("text", "")
    dialogue.say(_("Closed already. What does the customer want?"))
    if said.strip():
        dialogue.say(gist(mask_numbers(said), LONGEST), 2)
    word = dialogue.choose([(value, _(label)) for value, label in CHOICES])
    action, about, begins = word_on_closed.follows(attempt.action, attempt.about, word, said)
    return replace(attempt, action=action, about=about, begins=attempt.begins if begins is None else begins)
