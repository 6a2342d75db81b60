"""The day of whoever sits there, in place of the list: what they did, and what they owe by tomorrow."""

from collections.abc import Mapping
from typing import Any, ClassVar

from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_columns import Rows
from screens.list_pane import ListPane
from screens.present import day_text
from screens.present.day_text import Line
from screens.present.ink import SOFT, TITLE, line
from workbench.domain.text import safe_text
from workbench.reports import my_day
from workbench.words import N_, _

Read = tuple[Mapping[str, Any], dict[str, int]]  # the day, and the keys of its cases by number


class DayPane(ListPane):
    """Figures of the day and everything that is owed soon; Enter reads the case of a line."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, host: Host) -> None:
        super().__init__(host, "day")
        self.lines: list[Line] = []
        self.keys: dict[str, int] = {}
        self.commands |= {
            "open": self.read,
            "read": self.read,
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the page."""
        wanted = {"open": N_("read the case"), "refresh": N_("read again"), "cancel": N_("back")}
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.list.cursor] if 0 <= self.list.cursor < len(self.lines) else None

    @property
    def case_id(self) -> int | None:
        """The case of the line under the cursor; a figure has none."""
        return self.keys.get(self.line.number) if self.line else None

    @property
    def no_case(self) -> str:
        """Why no case can be acted on here."""
        return _("This line is a figure, not a case.") if self.line else super().no_case

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows(so_far())

    def refresh_rows(self, keys: Presses = Presses.WAIT) -> None:
        """Read again in the background; the cursor stays on its line."""
        background(self, self._read, self._show, self.host.trouble, group="day", latest=True, keys=keys)

    def _read(self) -> Read:
        desk = self.host.desk
        found = my_day.of_person(desk)
        numbers = {each["number"] for each in (*found["owed"], *found["tomorrow"])}
        return found, {number: desk.find(number) for number in numbers}

    def _show(self, read: Read) -> None:
        found, self.keys = read
        words, now = self.host.words, self.host.desk.now()
        lines = day_text.day(found, words)
        cursor = self.stay(self.line and self.line.key, [each.key for each in lines])
        self.lines = lines
        firsts = [at == 0 or lines[at - 1].heading != each.heading for at, each in enumerate(lines)]
        shown = Rows(len(lines), lambda at: day_text.row(lines[at], now, first=firsts[at]))
        late = day_text.late(lines, now)
        self.list.show(day_text.columns(), shown, cursor=cursor, late=late)
        who = safe_text(f"{found['person']}  {found['date']}")
        self.head.update(line((_("My day"), TITLE), ("  " + who, SOFT)))
        self.about()

    def about(self) -> None:
        """Say in full what the cursor stands on."""
        said = day_text.detail(self.line, self.host.words) if self.line else ""
        self.detail.update(line((said, SOFT)))
        self.host.draw_case()

    def read(self) -> None:
        """Show the case of the line whole."""
        if self.case_id is not None:
            self.host.read(self.case_id)
        else:
            self.host.say(self.no_case, "warning")
