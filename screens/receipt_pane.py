"""What the customer of a case may be told, in place of the list; one key gives it to the clipboard."""

from typing import ClassVar

from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_columns import Column
from screens.list_pane import ListPane
from screens.present.ink import TITLE, line
from workbench.domain.cases import Case
from workbench.domain.text import safe_text
from workbench.reports import receipt
from workbench.rules import in_sight
from workbench.words import _


class ReceiptPane(ListPane):
    """The sentences of a receipt, and nothing else of the case: it may be read out, or sent."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, host: Host, case: Case) -> None:
        super().__init__(host, "receipt")
        self.case = case
        self.sentences: list[str] = []
        self.commands |= {
            "open": self.copy,
            "read": lambda: self.host.read(self.case.case_id),
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }
        self.instead = {"copy_number": self.copy}

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the page."""
        keys = self.host.keys
        return [
            (keys.first(self.CONTEXT, "open"), _("copy")),
            (keys.first("queue", "copy_number"), _("copy")),
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
        background(self, self._read, self._show, self.host.trouble, group="receipt", latest=True, keys=keys)

    def _read(self) -> list[str]:
        desk = self.host.desk
        case = in_sight.ensure(desk, desk.case(self.case.case_id))
        rules = desk.rules(case.policy)
        return [safe_text(each) for each in receipt.lines(receipt.receipt(case, rules), desk.now(), rules)]

    def _show(self, sentences: list[str]) -> None:
        self.sentences = sentences
        columns = [Column(_("What the customer may be told"), 1, 16)]
        self.list.show(columns, [[each] for each in sentences], cursor=max(self.list.cursor, 0))
        number = safe_text(self.case.number)
        self.head.update(line((_("Receipt"), TITLE), ("  " + number, TITLE)))
        self.about()

    def about(self) -> None:
        """Say the sentence under the cursor in full: the list cuts it where the screen is narrow."""
        at = self.list.cursor
        self.detail.update(line(self.sentences[at] if 0 <= at < len(self.sentences) else ""))
        self.host.draw_case()

    def copy(self) -> None:
        """Give all of it to the terminal's clipboard, as the verb prints it."""
        if not self.sentences:
            return
        self.host.app.copy_to_clipboard("\n".join(self.sentences))
        self.host.say(
            _("The receipt of {number} is in the clipboard.").format(number=safe_text(self.case.number))
        )
