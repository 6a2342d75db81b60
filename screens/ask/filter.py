"""The line that narrows the queue, with what it understands said while it is typed."""

from msgspec.structs import replace
from textual.suggester import Suggester

from screens.ask.search_line import SearchLine
from screens.finding import EVERYWHERE, Finding
from screens.host import Host
from screens.viewing import Viewing
from storage.queues import QUEUES
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.reports import queue_now
from workbench.rules import in_sight
from workbench.wording import filters
from workbench.words import _

SHOWN = 12


class Completion(Suggester):
    """Completes the last part of the line; the right arrow takes it."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.policy = policy

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last part completed."""
        last = value.split(" ")[-1]
        found = filters.completions(value, self.policy) if last else []
        return value[: len(value) - len(last)] + found[0] if found else None


class FilterBar(SearchLine):
    """Asks for a filter; an empty line takes the filter away."""

    def __init__(self, host: Host, finding: Finding, viewing: Viewing) -> None:
        example = _("for example: site:A handler:none level<=2 leak")
        super().__init__(host, _("Filter"), example, host.feed.typed, finding.filters)
        self.finding, self.viewing = finding, viewing
        self.policy = host.words.policy
        self.control.suggester = Completion(self.policy)

    def submit(self) -> None:
        """Narrow the queue, or say what is wrong and stay."""
        typed = self.control.typed.strip()
        try:
            found = filters.parse(typed, self.policy, self.host.desk.now())
        except UsageError as why:
            self.refuse(str(why.said))
            return
        self.finding.narrow(typed, found.where, found.words)
        self.host.answered()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the line."""
        return [("Enter", _("narrow")), (_("Right"), _("complete")), (_("Up"), _("earlier ones"))]

    def offers(self) -> str:
        """Return the fields or values that what is typed begins."""
        return "  ".join(filters.completions(self.control.typed, self.policy)[:SHOWN])

    def wrong(self) -> tuple[tuple[int, int], str] | None:
        """Return the first part that is no filter, and why."""
        return filters.fault(self.control.typed, self.policy, self.host.desk.now())

    def counted(self) -> str:
        """Return how many cases of the queue fit, and how many of all where none does."""
        desk = self.host.desk
        found = filters.parse(self.control.typed.strip(), self.policy, desk.now())
        asked = replace(self.host.feed.view(), where=found.where, text=found.words)
        with desk.store.reading() as db:
            asked = replace(asked, reach=in_sight.reach(desk, db))
            here = queue_now.top(desk, db, asked, 1).total
            if here or asked.queue == EVERYWHERE:
                return _("{n} here").format(n=here)
            everywhere = queue_now.top(desk, db, replace(asked, queue=EVERYWHERE), 1).total
        place = QUEUES.index(EVERYWHERE) + 1
        if self.viewing.on(place % 10) is not None:  # the key leads to that
            return _("none here, {n} in all").format(n=everywhere)
        key = self.host.keys.first("queue", f"queue.{place}")
        return _("none here, {n} in all: key {key}").format(n=everywhere, key=key)
