"""Pages that are reached by the menu and the palette: of a customer, a receipt, one's day, warnings, undo."""

from collections.abc import Callable

from screens.host import Host
from screens.list_pane import ListPane
from workbench.actions.warning import ACTION as WARNING
from workbench.domain.cases import Case
from workbench.rules import permissions

WithCase = Callable[[Callable[[Case], None]], None]


class Pages:
    """Opens each over what stands there, so that going back shows that again; imported when first opened."""

    def __init__(self, host: Host, show: Callable[[ListPane], None], with_case: WithCase) -> None:
        self.host, self.show, self.with_case = host, show, with_case
        self.by_id: dict[str, Callable[[], None]] = {
            "customer": lambda: self.with_case(self.customer),
            "receipt": lambda: self.with_case(self.receipt),
            "evidence": lambda: self.with_case(self.evidence),
            "day": self.day,
            "warnings": self.warnings,
            "undoable": self.undoable,
        }

    def customer(self, case: Case) -> None:
        """Show the customer of a case."""
        from screens.customer_pane import CustomerPane

        self.show(CustomerPane(self.host, case))

    def receipt(self, case: Case) -> None:
        """Show what the customer of a case may be told."""
        from screens.receipt_pane import ReceiptPane

        self.show(ReceiptPane(self.host, case))

    def evidence(self, case: Case) -> None:
        """Show the files of a case."""
        from screens.evidence_pane import EvidencePane

        self.show(EvidencePane(self.host, case))

    def day(self) -> None:
        """Show what this person did today, and owes by tomorrow."""
        from screens.day_pane import DayPane

        self.show(DayPane(self.host))

    def warnings(self) -> None:
        """Show the early warnings to whoever decides on them, and say whose they are to others."""
        from screens.warnings_pane import WarningsPane

        desk = self.host.desk
        if why := permissions.by_role(desk.rules(), desk.person, WARNING.id):
            self.host.say(str(why), "warning")
        else:
            self.show(WarningsPane(self.host))

    def undoable(self) -> None:
        """Show what this person could take back now."""
        from screens.undo_pane import UndoPane

        self.show(UndoPane(self.host))
