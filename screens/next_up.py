"""From case to case by one key: the most urgent about which this person may do something."""

from typing import TYPE_CHECKING

from screens.saving import prepare
from workbench.words import _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen
    from workbench.reports.next_case import Next

EVERY_CASE = ("next-due", "all")  # queues in which whatever comes next stands


class NextUp:
    """Goes through the cases of a person, each once until there is no other."""

    def __init__(self, screen: "QueueScreen") -> None:
        self.screen = screen
        self._passed: set[int] = set()  # cases that it has come by

    def go(self) -> None:
        """Go to the most urgent case that it has not come by, taken where nobody held it."""
        from workbench.reports import next_case

        here = self.screen.reader.known
        if here is not None and here.handler == self.screen.desk.person:
            self._passed.add(here.case_id)
        prepare(self.screen, lambda: next_case.take(self.screen.desk, skipped=self._passed), self._come)

    def _come(self, found: "Next | None") -> None:
        screen = self.screen
        if found is None:
            self._passed.clear()
            screen.say(_("There is nothing else that you could do now."))
            return
        self._passed.add(found.case.case_id)
        screen.panes.clear()
        screen.finding.leave()
        if screen.feed.typed:
            screen.feed.narrow("", (), "")
        if screen.feed.queue not in EVERY_CASE:
            screen.feed.open("mine" if found.case.handler == screen.desk.person else EVERY_CASE[0])
        screen.changed(found.case.case_id, go_to=True)
        if found.takes:
            screen.acting.took(found.case)
