"""What is said to a customer, while it is typed: words to avoid are marked, ``;key`` becomes a template.

Nothing here runs on a timer, and nothing is drawn but what was typed: an input method that shows its
candidates at the cursor is left alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rich.style import Style
from rich.text import Text
from textual import events

from screens.ask import veil
from screens.ask.controls import TextControl
from screens.present.ink import LATE, SOFT
from workbench.desk import Desk
from workbench.domain import phrases, sums, templates
from workbench.domain.cases import Case
from workbench.domain.phrases import Finding
from workbench.domain.policies import Rules
from workbench.domain.regime import Phrase, Template
from workbench.domain.terms import Name
from workbench.domain.text import gist
from workbench.words import _

MARKED = Style(reverse=True, underline=True)  # a whole field is underlined where there is no colour
MOST_SAID = 3  # templates of which the hint shows the first words; of more, the keys alone
SAID_LENGTH = 24
FIELD = re.compile(r"\{\w*\}")
WIDE_BLANK = "\u3000"
A_SUM = Phrase("sum", (), Name("", ""), promises=True)  # marked like a phrase; saving asks what it is


@dataclass(frozen=True)
class Speech:
    """What a form knows of how to speak: the policy's phrases and templates, and whom it is about."""

    desk: Desk
    rules: Rules
    case: Case | None = None  # none while it is being recorded

    def find(self, text: str) -> tuple[Finding, ...]:
        """Return the phrases of the policy that ``text`` holds, and the sums that nobody has granted."""
        found = phrases.check(text, self.rules.policy.regime.phrases)
        offered = sums.uncovered(sums.find(text), self.case)
        money = [Finding(each.start, each.end, A_SUM) for each in offered]
        return tuple(sorted((*found, *money), key=lambda one: (one.start, -one.end)))

    def offered(self, key: str) -> list[Template]:
        """Return the templates whose key begins so."""
        return templates.matching(self.rules.policy.regime.templates, key)

    def written_out(self, template: Template) -> str:
        """Return the text of a template for the case."""
        return templates.expand(template, self.case, self.rules, self.desk.person, self.desk.now())


class SpokenControl(TextControl):
    """Several lines that the customer will hear or read."""

    def __init__(self, text: str, speech: Speech) -> None:
        self.speech = speech
        self._checked: tuple[str, tuple[Finding, ...]] = ("", ())
        super().__init__(text)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the text holds that should not be said; looked for once for each text."""
        if self._checked[0] != self.text:
            self._checked = (self.text, self.speech.find(self.text))
        return self._checked[1]

    @property
    def unwise(self) -> str:
        """The first of the words that should not be said; empty for none. A sum is asked about by itself."""
        found = next((one for one in self.findings if one.phrase is not A_SUM), None)
        return gist(veil.off(self.text[found.start : found.end]), SAID_LENGTH) if found else ""

    def get_line(self, line_index: int) -> Text:
        """Return a line with its marks."""
        line = super().get_line(line_index)
        if found := self.findings:
            begin = self._place(line_index, 0)
            for one in found:
                if one.end > begin and one.start < begin + len(line):
                    line.stylize(MARKED, max(one.start - begin, 0), min(one.end - begin, len(line)))
        return line

    def on_key(self, event: events.Key) -> None:
        """Write out the template whose key stands before the cursor."""
        if event.key not in ("tab", "space") and event.character != WIDE_BLANK:
            return
        typed = templates.key_before(self._before_cursor())
        chosen = self._chosen(typed[1], whole=event.key != "tab") if typed else None
        if event.key == "tab" and typed and typed[1] and not chosen and self.speech.offered(typed[1]):
            event.stop()  # several begin so: half a key is nothing to say to a customer
            event.prevent_default()
            return
        if typed and chosen:
            event.stop()
            event.prevent_default()
            row, column = self.cursor_location
            text = veil.over(self.speech.written_out(chosen))
            self.replace(text, (row, typed[0]), (row, column), maintain_selection_offset=False)

    def advice(self) -> tuple[str, str]:
        """Return the line under the field and its style: templates that fit, or a better way to say it."""
        typed = templates.key_before(self._before_cursor())
        if typed is not None and (offered := self.speech.offered(typed[1])):
            return _offer_text(offered, list(self.speech.rules.policy.regime.templates)), SOFT
        found = self.findings
        if not found:
            return "", SOFT
        at = self._place(*self.cursor_location)
        nearest = next((one for one in reversed(found) if one.start <= at), found[0])
        return _better(nearest, veil.off(self.text[nearest.start : nearest.end]), len(found) - 1), LATE

    def _chosen(self, key: str, *, whole: bool) -> Template | None:
        """Return the template of ``key``, or the only one that begins so, unless it has to be ``whole``."""
        offered = self.speech.offered(key)
        if key and not whole and len(offered) == 1:
            return offered[0]
        return next((each for each in offered if each.id == key), None)

    def _before_cursor(self) -> str:
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    def _place(self, row: int, column: int) -> int:
        """Return where a place of the field stands in its text."""
        return sum(len(self.document.get_line(each)) + 1 for each in range(row)) + column


def unwise(controls: Iterable[object]) -> tuple[list[str], str]:
    """Return what the spoken ones among ``controls`` hold, and the first words that should not be said."""
    spoken = [control for control in controls if isinstance(control, SpokenControl)]
    return [each.text for each in spoken], next((says for each in spoken if (says := each.unwise)), "")


def _offer_text(offered: list[Template], numbers: list[str]) -> str:
    if len(offered) > MOST_SAID:
        keys = "  ".join(f"{numbers.index(each.id) + 1} {each.id}" for each in offered)
        return _("Type on, or the number and Tab: {keys}").format(keys=keys)
    shown = "  ".join(f";{each.id} {_first_words(each)}" for each in offered)
    said = _("Tab writes it out: {templates}") if len(offered) == 1 else _("Type on: {keys}")
    return said.format(templates=shown, keys=shown)


def _first_words(template: Template) -> str:
    """Return the beginning of a template, with a dash for each of its fields."""
    return gist(FIELD.sub("-", str(template.name)), SAID_LENGTH)


def _better(found: Finding, says: str, others: int) -> str:
    template = _('Not "{says}". Better: {instead}')
    if found.phrase is A_SUM:
        template = _('"{says}" is a sum: saving asks whether it is an offer.')
    elif found.phrase.promises:
        template = _('"{says}" promises too much. Better: {instead}')
    said = template.format(says=gist(says, SAID_LENGTH), instead=found.phrase.instead)
    return said + (" " + _("(and {n} more)").format(n=others) if others else "")
