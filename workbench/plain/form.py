"""A form in lines: field by field, what was typed kept as a draft until it is stored."""

from collections.abc import Callable, Mapping, Sequence

from screens.drafts import Drafts
from workbench.domain import phrases
from workbench.plain import question as questions
from workbench.plain.dialogue import Back, Dialogue
from workbench.plain.question import Enough, Question
from workbench.words import _

Typed = dict[str, str]


class Form:
    """Questions under one key of the drafts; ``after`` is told of each answer, by the name of its field."""

    def __init__(
        self,
        dialogue: Dialogue,
        drafts: Drafts,
        key: str,
        questions: Sequence[Question],
        after: Callable[[str, Typed], None] = lambda _name, _typed: None,
    ) -> None:
        self.dialogue, self.drafts, self.key = dialogue, drafts, key
        self.questions, self.after = questions, after
        self.kept = False  # whether anything of it is a draft

    def ask(self, given: Mapping[str, str], fresh: Mapping[str, str]) -> Typed:
        """Return every answer that is not empty; ``given`` is taken by an empty line.

        What differs from ``fresh`` is worth keeping.

        Raises:
            Back: somebody goes back one step; what was typed is a draft then, and that is said.
        """
        typed, enough = dict(given), False
        for each in self.questions:
            name = each.field.name
            typed.setdefault(name, each.default)
            if self.skips(name, typed) or (enough and (typed[name] or not each.needed)):
                continue
            try:
                typed[name] = self._answer(each, typed, fresh)
            except Enough:
                enough = True
            self.keep(typed, fresh)
            self.after(name, typed)
        return self._filled(typed)

    def ask_again(self, name: str, typed: Mapping[str, str]) -> Typed:
        """Ask for one field only; see ``ask``."""
        found = dict(typed)
        each = next(each for each in self.questions if each.field.name == name)
        try:
            found[name] = self._answer(each, found, {})
        except Enough:
            found.setdefault(name, each.default)
        self.keep(found, {})
        return self._filled(found)

    def skips(self, name: str, typed: Typed) -> bool:
        """Say whether a field is not asked for, going by what was ``typed`` before it."""
        return False

    def holds(self, name: str) -> bool:
        """Say whether a field is among its questions."""
        return any(each.field.name == name for each in self.questions)

    def keep(self, typed: Mapping[str, str], fresh: Mapping[str, str]) -> None:
        """Keep what was typed, so that it outlives the line."""
        found = self._filled(typed)
        untouched = {**{each.field.name: each.default for each in self.questions}, **fresh}
        self.kept = found != self._filled(untouched)
        self.drafts.save(self.key, found if self.kept else {})

    def _answer(self, each: Question, typed: Typed, fresh: Mapping[str, str]) -> str:
        name = each.field.name
        try:
            found = questions.put(
                self.dialogue, each, typed.get(name, ""), lambda text: self.keep({**typed, name: text}, fresh)
            )
            return self._worded(each, found) if each.field.spoken and found else found
        except Back:
            if self.kept:
                self.dialogue.say(_("Back; nothing is stored. What you typed is kept as a draft."))
            else:
                self.dialogue.say(_("Back; nothing is stored."))
            raise

    def _worded(self, each: Question, text: str) -> str:
        """Say once what should not be said to a customer; an empty line keeps it."""
        found = phrases.check(text, each.policy.regime.phrases)
        if not found:
            return text
        for one in found:
            said = _('Not "{says}". Better: {instead}')
            self.dialogue.say(said.format(says=text[one.start : one.end], instead=one.phrase.instead), 2)
        return questions.put(self.dialogue, each, text, lambda _text: None)

    @staticmethod
    def _filled(typed: Mapping[str, str]) -> Typed:
        return {name: value for name, value in typed.items() if value.strip()}
