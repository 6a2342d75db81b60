"""The marked cases in place of the list: what an act will do to each, and afterwards what came of it."""

from collections.abc import Sequence
from typing import ClassVar, Self

from screens.host import Host
from screens.list_columns import Column, Rows
from screens.list_pane import ListPane
from screens.present.ink import TITLE, line
from workbench.actions.batch import Came, Fate
from workbench.domain.text import safe_text
from workbench.reports import batch_answer
from workbench.words import _


class BulkPane(ListPane):
    """A line a case: what cannot be done comes first, with the reason."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, host: Host, heading: str, fates: Sequence[Fate], *, stored: bool = False) -> None:
        super().__init__(host, "bulk")
        self.heading, self.fates, self.stored = heading, _sorted(fates), stored
        self.commands |= {"open": self.open, "cancel": host.back}

    @property
    def case_id(self) -> int | None:
        """The case of the line under the cursor."""
        at = self.list.cursor
        return self.fates[at].case_id if 0 <= at < len(self.fates) else None

    def focus(self, scroll_visible: bool = True) -> Self:
        """Let the keys go to the list, unless a form is asked with it: then they are the form's."""
        return self if self.host.asking else super().focus(scroll_visible)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that do something here."""
        keys = self.host.keys
        return [
            (keys.first(self.CONTEXT, key), word)
            for key, word in (("open", _("open")), ("cancel", _("back")))
        ]

    def open(self) -> None:
        """Read the case of the line."""
        if self.case_id is not None:
            self.host.read(self.case_id)

    def about(self) -> None:
        """Say the reason in full where the line has no room for it."""
        at = self.list.cursor
        why = self.fates[at].why if 0 <= at < len(self.fates) else None
        self.detail.update(line(safe_text(str(why)) if why else ""))
        self.host.draw_case()

    def show_fates(self, heading: str, fates: Sequence[Fate]) -> None:
        """Show what came of it."""
        self.heading, self.fates, self.stored = heading, _sorted(fates), True
        self.refresh_rows()

    def refresh_rows(self) -> None:
        """Show the cases; nothing has to be read for that."""
        rows = Rows(len(self.fates), lambda at: _row(self.fates[at], stored=self.stored))
        refused = {at for at, fate in enumerate(self.fates) if fate.came is Came.REFUSED}
        titles = [
            Column(_("Number")),
            Column(_("Result") if self.stored else _("Would be")),
            Column(_("Why"), 1),
        ]
        self.list.show(titles, rows, late=refused)
        self.head.update(line((self.heading, TITLE)))
        self.about()


def _sorted(fates: Sequence[Fate]) -> list[Fate]:
    order = (Came.REFUSED, Came.REQUEST, Came.DONE)
    return sorted(fates, key=lambda fate: order.index(fate.came))


def _row(fate: Fate, *, stored: bool) -> tuple[str, str, str]:
    why = safe_text(str(fate.why)) if fate.why else ""
    return safe_text(fate.number), batch_answer.word(fate.came, stored=stored), why
