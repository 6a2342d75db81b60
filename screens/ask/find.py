"""The line that finds a case wherever it stands: by number, phone, name or its initials, unit or words."""

from itertools import islice

from screens.ask.search_line import SearchLine
from screens.finding import Finding
from screens.host import Host
from storage import queues, search
from workbench.rules import in_sight
from workbench.words import _

MOST_COUNTED = 1_000


class FindBar(SearchLine):
    """Asks what to look for; an empty line leaves what was found before."""

    def __init__(self, host: Host, finding: Finding) -> None:
        typed = host.feed.typed if finding.before is not None else ""
        example = _("number, phone, name or its initials, unit, words; done cases too")
        super().__init__(host, _("Find"), example, typed, finding.searches)
        self.finding = finding

    def submit(self) -> None:
        """Show what is found in place of the queue."""
        typed = self.control.typed.strip()
        if typed:
            self.finding.show(typed)
        else:
            self.finding.leave()
        self.host.answered()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the line."""
        return [("Enter", _("find")), (_("Up"), _("earlier ones"))]

    def counted(self) -> str:
        """Return how many cases hold what is typed."""
        desk = self.host.desk
        with desk.store.reading() as db:
            hits = list(islice(search.case_ids(db, desk.store.site_id, self.control.typed), MOST_COUNTED))
            found = len(queues.of_reach(db, hits, in_sight.reach(desk, db)))
        more = _("{n} or more found") if len(hits) == MOST_COUNTED else _("{n} found")
        return more.format(n=found)
