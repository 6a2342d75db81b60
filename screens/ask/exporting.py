"""Writes the view on the screen into a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from screens.ask.form import Form
from screens.present.ink import SOFT, TITLE, line
from screens.work import background
from workbench.domain.text import safe_text
from workbench.rules.action import Field
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.queue_screen import QueueScreen

FIELDS = (Field("file", N_("File name"), "line", required=True),)


class ExportForm(Form):
    """Asks for the file; phones in it are masked, as on the screen."""

    def __init__(self, screen: "QueueScreen") -> None:
        cases = _("{n} cases, phones masked; .csv or .xlsx").format(n=len(screen.table.source))
        super().__init__(
            line((_("Export this view"), TITLE), (f"  {cases}", SOFT)),
            FIELDS,
            screen.words.policy,
            screen.desk.now,
            {"file": f"{screen.feed.queue}.csv"},
        )
        self.host = screen
        self.keys = screen.table.source.ids

    def submit(self) -> None:
        """Write the file in the background; what is wrong with its name is said beside it."""
        if self.missing():
            return
        path = Path(self.typed["file"].strip()).expanduser()

        def write() -> int:
            from workbench.exchange.export import Wish, export

            return export(self.host.desk, path, Wish(self.keys))

        background(self, write, lambda count: self._done(count, path), self.refused, group="export")

    def _done(self, count: int, path: Path) -> None:
        self.host.showing.answered()
        said = _("{n} cases written to {file}.").format(n=count, file=safe_text(str(path)))
        self.host.say(said, toast=True)
