"""The early warnings in place of the list: taken up, dismissed with a reason, or answered."""

from typing import ClassVar

from screens.desk_pane import DeskPane
from screens.host import Host
from screens.present import warning_text
from workbench.domain import duties
from workbench.reports import desk as reports
from workbench.reports.desk_row import Row
from workbench.words import N_


class WarningsPane(DeskPane):
    """What of the desk of decisions is an early warning, or was one that this person sees to."""

    TITLE: ClassVar = N_("Early warnings")
    NOTHING: ClassVar = N_("No early warning waits for a decision.")
    TEXT: ClassVar = warning_text

    def __init__(self, host: Host) -> None:
        super().__init__(host, "warnings")
        for command in ("seen_all", "hand_over"):
            del self.commands[command]

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that mean something here."""
        left_out = [self.host.keys.first(self.CONTEXT, each) for each in ("seen_all", "hand_over")]
        return [hint for hint in super().hints() if hint[0] not in left_out]

    def read_rows(self) -> list[Row]:
        """Return the warnings, those to decide on first."""
        rows = reports.rows(self.host.desk)
        warned = [row for row in rows if row.section == reports.WARNED]
        return warned + [row for row in rows if row.kind == duties.FOLLOW_UP.id]
