"""One act on one case as somebody asks for it in lines."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from screens.ask import offered
from workbench.actions import asking
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.plain import question
from workbench.plain.question import Question
from workbench.rules import auditors
from workbench.rules.action import Action


class Attempt(Struct, frozen=True):
    """An act, the case as it stands, and what is known of the answers.

    Attributes:
        seen: The version that the person has seen.
        op_id: The same however often it is stored, so that it is stored once.
        begins: What an empty line takes at first.
        about: Which of several is meant; that is not asked.
        given: What was typed.
    """

    action: Action
    case: Case
    seen: int
    op_id: bytes
    begins: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Where its draft is kept; the screens keep it there, too."""
        return f"{self.case.case_id}:{self.action.id}"

    @property
    def asks(self) -> bool:
        """Whether questions come before the act."""
        return asking.asks(self.action)


def questions(desk: Desk, attempt: Attempt, known: Mapping[str, Sequence[str]]) -> list[Question]:
    """Return what is asked for ``attempt``, one question a field.

    Raises:
        StoreError: the store cannot be read.
    """
    case, action = attempt.case, attempt.action
    policy = auditors.with_questions(desk, desk.rules(case.policy).policy)
    found = offered.on_case(desk, case, action)
    return [
        question.of(each, policy, desk.now, case, known, found)
        for each in action.asked_on(case, attempt.about)
        if each.name not in attempt.about
    ]
