"""What a word of a customer on a closed case is: the matter again, only a word, or the opinion."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from screens.ask.act_form import Attempt
from screens.ask.panel import Question
from screens.present.ink import KEY, SOFT, TITLE, line
from workbench import actions
from workbench.domain import acts, duties, masks
from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.domain.text import clip, gist, mask_numbers, safe_text
from workbench.words import N_, _

Word = Literal["yes", "no", "opinion"]

CHOICES: tuple[tuple[Word, str], ...] = (
    ("yes", N_("again: the case opens as a repeat")),
    ("no", N_("only a word: thanks, a question; whoever handled it and a supervisor are told")),
    ("opinion", N_("the opinion on the outcome: opens the callback form")),
)
LONGEST = 300  # cells of what was said


class AgainQuestion(Question, can_focus=True):
    """Three answers on the digits, which an input method lets through; nothing is chosen beforehand."""

    stored = False

    def __init__(self, case: Case, said: str, chosen: Callable[[Word], None]) -> None:
        super().__init__(classes="form")
        self.case, self.said, self.chosen = case, said, chosen
        self.by_key = {str(at): word for at, (word, _label) in enumerate(CHOICES, 1)}

    def compose(self) -> ComposeResult:
        """Say which case it is about and what was said, then the choices."""
        number, customer = safe_text(self.case.number), safe_text(masks.of(self.case, "customer"))
        yield Static(
            line((_("Closed already. What does the customer want?"), TITLE), f"  {number}  {customer}")
        )
        if self.said.strip():
            yield Static(line((clip(gist(mask_numbers(self.said), LONGEST), LONGEST), SOFT)))
        labels = dict(CHOICES)
        for key, word in self.by_key.items():
            yield Static(line((f" {key} ", KEY), " ", _(labels[word])))

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Take an answer; every other key is left alone."""
        if event.character in self.by_key:
            event.stop()
            event.prevent_default()
            self.chosen(self.by_key[event.character])

    def submit(self) -> None:
        """Nothing is chosen beforehand."""

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that answer."""
        return [("1-3", _("choose"))]


def is_open(attempt: Attempt) -> bool:
    """Say whether it must be asked first what a word on a closed case is, or one that came by itself."""
    if attempt.action.id == acts.HEARD.id:
        return not attempt.case.unsolved and "again" not in attempt.about
    return "again" not in attempt.about and _waiting(attempt) is not None


def _waiting(attempt: Attempt) -> Duty | None:
    """Return the word that waits for a decision, if that is what is to be answered."""
    if attempt.action.id != acts.ANSWER.id:
        return None
    owed = attempt.case.owed(*duties.ended_by(acts.ANSWER))
    meant = attempt.about.get("id") or (str(owed[0].id) if len(owed) == 1 else "")
    return next((duty for duty in owed if duty.kind == duties.WORD.id and str(duty.id) == meant), None)


def question(away: Callable[[], None], attempt: Attempt, begin: Callable[[Attempt], None]) -> AgainQuestion:
    """Return the question; ``away`` puts it away, ``begin`` asks for the act that follows."""
    waiting = _waiting(attempt)
    said = waiting.text if waiting else attempt.given.get("text", "")

    def chosen(word: Word) -> None:
        away()
        begin(_as_decided(attempt, word, said) if waiting else _as_heard(attempt, word, said))

    return AgainQuestion(attempt.case, said, chosen)


def _as_heard(attempt: Attempt, word: Word, said: str) -> Attempt:
    if word == "opinion":
        return replace(attempt, action=actions.of(acts.CALLBACK.id), given={"text": said})
    return replace(attempt, about={**attempt.about, "again": word})


def _as_decided(attempt: Attempt, word: Word, said: str) -> Attempt:
    """Return what decides on a word that stands there: a reopening, a callback, or an answer."""
    if word == "yes":
        return replace(attempt, action=actions.of(acts.REOPEN.id), about={}, begins={"reason": said})
    if word == "opinion":
        return replace(attempt, action=actions.of(acts.CALLBACK.id), about={}, begins={"text": said})
    return replace(attempt, about={**attempt.about, "again": word})
