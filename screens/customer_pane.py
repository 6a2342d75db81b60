"""One customer in place of the list: every case across phones and homes, moods, manner, consent."""

from collections.abc import Mapping
from typing import Any, ClassVar

from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_columns import Rows
from screens.list_pane import ListPane
from screens.present import customer_text
from screens.present.ink import SOFT, TITLE, line, lines
from workbench.domain.cases import Case
from workbench.domain.text import safe_text
from workbench.reports import customer
from workbench.rules import in_sight
from workbench.words import N_, _

Known = tuple[Mapping[str, Any], list[int]]  # what is known of the customer, and the keys of the cases


class CustomerPane(ListPane):
    """The cases of the customer of one case; Enter opens the one under the cursor."""

    CONTEXT: ClassVar = "desk"

    def __init__(self, host: Host, case: Case) -> None:
        super().__init__(host, "customer")
        self.case = case
        self.known: Mapping[str, Any] = {}
        self.keys: list[int] = []
        self.commands |= {
            "open": self.read,
            "read": self.read,
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the page."""
        wanted = {"open": N_("read the case"), "cancel": N_("back")}
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def case_id(self) -> int | None:
        """The case of the line under the cursor."""
        return self.keys[self.list.cursor] if 0 <= self.list.cursor < len(self.keys) else None

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows(so_far())

    def refresh_rows(self, keys: Presses = Presses.WAIT) -> None:
        """Read again in the background; the cursor stays on its case."""
        background(
            self, self._read, self._show, self.host.trouble, group="customer-page", latest=True, keys=keys
        )

    def _read(self) -> Known:
        desk = self.host.desk
        in_sight.ensure(desk, desk.case(self.case.case_id))
        found = customer.of_case(desk, self.case.case_id)
        return found, [desk.find(each["number"]) for each in found["cases"]]

    def _show(self, known: Known) -> None:
        before = self.case_id or self.case.case_id
        self.known, self.keys = known
        words, cases = self.host.words, self.known["cases"]
        self.list.show(
            customer_text.columns(),
            Rows(len(cases), lambda at: customer_text.row(cases[at], words)),
            cursor=self.stay(before, self.keys),
            empty=_("No case of this customer is in your sight."),
        )
        said = _("cases: {n}; open: {open}; came back: {repeats}").format(
            n=len(cases), open=self.known["open"], repeats=self.known["repeats"]
        )
        self.head.update(
            line((_("Customer"), TITLE), ("  " + safe_text(self._who()), TITLE), ("  " + said, SOFT))
        )
        self.about()

    def _who(self) -> str:
        return "  ".join([self.known["customer"], *self.known["phones"][:1]]).strip()

    def about(self) -> None:
        """Say what is known of the customer, whichever case the cursor stands on: that has the card."""
        if self.known:
            width = self.list.size.width or 80
            said = customer_text.person(self.known, self.host.words, width)
            self.detail.update(lines(*said))
        self.host.draw_case()

    def read(self) -> None:
        """Show the case under the cursor whole."""
        if self.case_id is not None:
            self.host.read(self.case_id)
        else:
            self.host.say(self.no_case, "warning")
