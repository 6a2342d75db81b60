"""From case to case by one key: the most urgent about which this person may do something."""

from collections.abc import Callable
from typing import Protocol

from screens.host import Host
from screens.viewing import Viewing
from workbench.actions import doing
from workbench.actions.doing import Candidate
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.text import safe_text
from workbench.reports.answer import Answer, answer
from workbench.words import _

EVERY_CASE = ("next-due", "all")  # queues in which whatever comes next stands


class LookedAt(Protocol):
    """Tells which case is looked at."""

    @property
    def known(self) -> Case | None:
        """The case as it was read last."""


class NextUp:
    """Goes through the cases of a person, each once until there is no other."""

    def __init__(
        self, host: Host, here: LookedAt, viewing: Viewing, took: Callable[[int, Answer], None]
    ) -> None:
        self.host, self.here, self.viewing, self.took = host, here, viewing, took
        self.came: Callable[[int], None] = lambda _case_id: None  # is told where it went of itself
        self._passed: set[int] = set()  # cases that it has come by

    def go_on(self, said: str, case_id: int) -> None:
        """Go on from a case that was acted on, of which ``said`` tells; the next undo takes that back."""
        self._passed.add(case_id)
        self.go(said)

    def go(self, said: str = "") -> None:
        """Go to the most urgent case that it has not come by, taken where nobody held it."""
        from workbench.reports import next_case

        desk, here = self.host.desk, self.here.known
        if here is not None and here.handler == desk.person:
            self._passed.add(here.case_id)

        def take() -> tuple[Candidate | None, Answer | None]:
            found = doing.take_first(desk, next_case.candidates(desk, skipped=self._passed))
            return found, answer(desk, acts.TAKE.id, found.case) if found and found.takes else None

        self.host.save(take, lambda found: self._come(*found, said), self.host.trouble)

    def _come(self, found: Candidate | None, taken: Answer | None, before: str) -> None:
        host = self.host
        if found is None:
            self._passed.clear()
            host.say(f"{before}  {_('There is nothing else that you could do now.')}".strip())
            return
        self._passed.add(found.case.case_id)
        host.back()
        self.viewing.finding.back = None  # what comes is seen, and not what the list was opened from
        self.viewing.finding.leave()
        self.viewing.close()
        if host.feed.typed:
            host.feed.narrow("", (), "")
        if host.feed.queue not in EVERY_CASE:
            host.feed.open("mine" if found.case.handler == host.desk.person else EVERY_CASE[0])
        host.changed(found.case.case_id, go_to=True)
        if before:
            self.came(found.case.case_id)
            host.say(f"{before}  {taken.said if taken else _next(found.case)}")
        elif taken is not None:
            self.took(found.case.case_id, taken)


def _next(case: Case) -> str:
    return _("Next: {number}").format(number=safe_text(case.number))
