"""A case that cannot wait has come: the last line says which, the title too until it is seen, and a bell.

Whoever wants to hear of clocks as well is told in the last line when one of theirs has run out.
The title stands outside the screen, where others read it: a number and a level, no word of a customer.
"""

from time import monotonic

from screens.background import background
from screens.host import Host
from screens.wire.title import Title
from storage import ran_out
from workbench.configuration.settings import BELL
from workbench.domain.text import safe_text
from workbench.reports.urgent import News, Urgent
from workbench.wording import names
from workbench.words import _

ANSWER_SECONDS = 5.0  # after a key, in which what it was answered stays in the last line
LISTED = 4  # cases that the line names


class Alarm:
    """Keeps what has come and was not looked at yet; a store open for reading only raises none."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._told_until = host.desk.now()  # of clocks that have run out
        self.waiting: dict[int, Urgent] = {}
        self._since = 0.0  # monotonic seconds: when the newest came
        host.feed.told, host.feed.telling = self.take, lambda: self.waiting

    def take(self, news: News) -> None:
        """Say what has come, and forget what somebody else sees to by now."""
        if self.host.desk.read_only:
            return
        for key in news.over:
            self.waiting.pop(key, None)
        if news.came or news.more:
            self.waiting |= {each.case_id: each for each in news.came}
            self._since = monotonic()
            said = _("New: {cases}").format(cases=_("; ").join(_listed(news)))
            answered = self.host.said if monotonic() - self.host.feed.last_key < ANSWER_SECONDS else ""
            self.host.say(f"{answered}  {said}".strip())
            if self._wanted != "off":
                self.host.app.bell()
        self._write()

    @property
    def _wanted(self) -> str:
        return self.host.settings.preferences.value(BELL)

    def minute(self) -> None:
        """Look in the background whether a clock of this person's cases has run out, where that is wanted."""
        since, self._told_until = self._told_until, self.host.desk.now()
        if self._wanted != "due":
            return
        desk, until = self.host.desk, self._told_until

        def work() -> list[tuple[int, str]]:
            with desk.store.reading() as db:
                return ran_out.of_person(db, desk.store.site_id, desk.person, since, until, LISTED + 1)

        background(self.host.app, work, self._ran_out, self.host.trouble, group="ran out")

    def _ran_out(self, found: list[tuple[int, str]]) -> None:
        if not found:
            return
        numbers = [safe_text(number) for _key, number in found[:LISTED]]
        more = [_("and more")] if len(found) > LISTED else []
        self.host.say(_("Overdue now: {cases}").format(cases=_("; ").join([*numbers, *more])), "warning")
        self.host.app.bell()

    def seen(self, case_id: int) -> None:
        """Forget a case that is on the screen, once somebody has pressed a key since it came."""
        if case_id in self.waiting and self.host.feed.last_key > self._since:
            del self.waiting[case_id]
            self._write()

    def _write(self) -> None:
        title: Title = self.host.app.title_of_window  # type: ignore[attr-defined]
        if not self.waiting:
            title.clear()
            return
        first = next(iter(self.waiting.values()))
        more = f"({len(self.waiting)}) " if len(self.waiting) > 1 else ""
        title.show(f"! {more}{_said(first)}")


def _listed(news: News) -> list[str]:
    """Return what a line has room for: the first of what came, and how many there are besides."""
    more = len(news.came[LISTED:]) + news.more
    rest = [_("{n} more that cannot wait").format(n=more)] if more else []
    return [*map(_said, news.came[:LISTED]), *rest]


def _said(case: Urgent) -> str:
    hot = " " + _("hot") if case.hot else ""
    return f"{safe_text(case.number)} {names.level(case.severity)}{hot}"
