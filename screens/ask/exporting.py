"""Writes the view on the screen into a file."""

from collections.abc import Mapping
from pathlib import Path

from screens.ask.form import Form
from screens.background import Presses
from screens.host import Host
from screens.present.ink import SOFT, TITLE, line
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import safe_text
from workbench.rules.action import Field
from workbench.words import N_, _

FIELDS = (Field("file", N_("File name"), "line", required=True),)


class ExportForm(Form):
    """Asks for the file; phones in it are masked, as on the screen."""

    def __init__(self, host: Host) -> None:
        cases = _("{n} cases, phones masked; .csv or .xlsx").format(n=len(host.feed.table.source))
        super().__init__(
            line((_("Export this view"), TITLE), (f"  {cases}", SOFT)),
            FIELDS,
            host.words.policy,
            host.desk.now,
            {"file": f"{host.feed.queue}.csv"},
        )
        self.host = host

    def store(self, typed: Mapping[str, str]) -> None:
        """Write the file in the background; what is wrong with its name is said beside it."""
        path, keys = Path(typed["file"].strip()).expanduser(), self.host.feed.keys()

        def write() -> int:
            from workbench.exchange.export import Wish, export

            return export(self.host.desk, path, Wish(keys()))

        def done(count: int) -> None:
            self._done(count, path)

        self.host.save(write, done, self._failed, form=self, keys=Presses.WAIT)

    def _failed(self, why: WorkbenchError) -> None:
        if self.host.question is self:
            self.refused(why)
        else:
            self.host.trouble(why)

    def _done(self, count: int, path: Path) -> None:
        if self.host.question is self:
            self.host.answered()
        said = _("{n} cases written to {file}.").format(n=count, file=safe_text(str(path)))
        self.host.say(said, toast=True)
