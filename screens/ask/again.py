"""What a word of a customer on a closed case is: the matter again, only a word, or the opinion."""

from collections.abc import Callable
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from screens.ask.act_form import Attempt
from screens.ask.panel import Question
from screens.present.ink import KEY, SOFT, TITLE, line
from workbench.actions import word_on_closed
from workbench.actions.word_on_closed import CHOICES, Word
from workbench.domain import masks
from workbench.domain.cases import Case
from workbench.domain.text import clip, gist, mask_numbers, safe_text
from workbench.words import _

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
    return word_on_closed.is_open(attempt.action, attempt.case, attempt.about)


def question(away: Callable[[], None], attempt: Attempt, begin: Callable[[Attempt], None]) -> AgainQuestion:
    """Return the question; ``away`` puts it away, ``begin`` asks for the act that follows."""
    waiting = word_on_closed.waiting(attempt.action, attempt.case, attempt.about)
    said = waiting.text if waiting else attempt.given.get("text", "")

    def chosen(word: Word) -> None:
        away()
        action, about, begins = word_on_closed.follows(attempt.action, attempt.about, word, said)
        if begins is None:
            begin(replace(attempt, about=about))
        elif waiting:
            begin(replace(attempt, action=action, about=about, begins=begins))
        else:
            begin(replace(attempt, action=action, given=begins))

    return AgainQuestion(attempt.case, said, chosen)
