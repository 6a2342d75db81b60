"""The files of a case that prove something, in place of the list; one key opens a file, or names it."""

from typing import ClassVar

from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_columns import Column
from screens.list_pane import ListPane
from screens.present.ink import TITLE, line
from workbench.domain.case_parts import Evidence
from workbench.domain.cases import Case
from workbench.domain.text import mask_numbers, safe_text
from workbench.reports.evidence import OnDisk, file_of
from workbench.reports.opener import opened
from workbench.rules import in_sight
from workbench.wording import names
from workbench.words import _


class EvidencePane(ListPane):
    """What was attached to a case; the strip tells the whole digest of the file under the cursor."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, host: Host, case: Case) -> None:
        super().__init__(host, "evidence")
        self.case = case
        self.files: tuple[Evidence, ...] = ()
        self.commands |= {
            "open": self.open,
            "read": lambda: self.host.read(self.case.case_id),
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the page."""
        keys = self.host.keys
        return [
            (keys.first(self.CONTEXT, "open"), _("open")),
            (keys.first(self.CONTEXT, "read"), _("read the case")),
            (keys.first(self.CONTEXT, "cancel"), _("back")),
        ]

    @property
    def case_id(self) -> int | None:
        """The case that it is about."""
        return self.case.case_id

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows(so_far())

    def refresh_rows(self, keys: Presses = Presses.WAIT) -> None:
        """Read again in the background."""
        background(self, self._read, self._show, self.host.trouble, group="evidence", latest=True, keys=keys)

    def _read(self) -> tuple[Evidence, ...]:
        desk = self.host.desk
        return in_sight.ensure(desk, desk.case(self.case.case_id)).evidence

    def _show(self, files: tuple[Evidence, ...]) -> None:
        self.files = files
        columns = [
            Column("#"),
            Column(_("What it is"), 2, 6),
            Column(_("File"), 1, 16),
            Column(_("Copy")),
        ]
        rows = [
            [str(each.id), names.word(each.kind), _told(each.name), _("yes") if each.kept else _("no")]
            for each in files
        ]
        self.list.show(columns, rows, cursor=max(self.list.cursor, 0))
        number = safe_text(self.case.number)
        self.head.update(line((_("Evidence"), TITLE), ("  " + number, TITLE)))
        self.about()

    def about(self) -> None:
        """Tell the digest of the file under the cursor whole, and what it shows."""
        found = self._current()
        said = f"SHA-256 {found.sha256}  {_told(found.text)}".rstrip() if found else _("Nothing is attached.")
        self.detail.update(line(said))
        self.host.draw_case()

    def _current(self) -> Evidence | None:
        at = self.list.cursor
        return self.files[at] if 0 <= at < len(self.files) else None

    def open(self) -> None:
        """Open the file under the cursor, or say where it is; its digest is verified first."""
        if found := self._current():
            wanted = str(found.id)
            background(
                self, lambda: self._opened(wanted), self._say, self.host.trouble, group="evidence-file"
            )

    def _opened(self, wanted: str) -> tuple[OnDisk, bool]:
        file = file_of(self.host.desk, self.case.case_id, wanted)
        return file, opened(file.path)

    def _say(self, done: tuple[OnDisk, bool]) -> None:
        file, was_opened = done
        if was_opened:
            self.host.say(_("{name} is being opened.").format(name=_told(file.name)))
            return
        self.host.app.copy_to_clipboard(str(file.path))
        self.host.say(_("Where it is (in the clipboard, too): {path}").format(path=safe_text(str(file.path))))


def _told(typed: str) -> str:
    return safe_text(mask_numbers(typed))
