"""One case whole, in place of the list."""

from screens.present import case_text
from screens.present.case_text import Dossier
from screens.present.reckoning import reckoning
from screens.sheet import Sheet


class CasePane(Sheet):
    """Everything about one case: facts, clocks, words, timeline, and how each due time comes about."""

    def __init__(self) -> None:
        super().__init__("case")

    def show_case(self, dossier: Dossier) -> None:
        """Show a case as it is known."""
        self.show(case_text.whole(dossier, max(self.size.width, 40)), reckoning(dossier))

    def go_to_reckoning(self) -> None:
        """Jump to how the due times come about."""
        self.go_to_part(1)
