"""The line that finds a place in the help, as it is typed; the arrows go from place to place."""

from screens.ask.controls import Changed, Step
from screens.ask.search_line import SearchLine
from screens.help_page import HelpPage
from screens.host import Host
from screens.present.ink import SOFT, line
from workbench.domain.text import safe_text
from workbench.words import _


class HelpSearch(SearchLine):
    """Asks what to look for in the help; what is typed is looked for at once."""

    def __init__(self, host: Host, page: HelpPage) -> None:
        example = _("a key, a command, a topic, in Chinese or English")
        super().__init__(host, _("Find in the help"), example, page.sought, ())
        self.page = page

    def on_changed(self, event: Changed) -> None:
        """Go to the first place."""
        event.stop()
        event.prevent_default()  # nothing is counted in the store
        self._tell(self.page.find(self.control.typed))

    def on_step(self, event: Step) -> None:
        """Go from place to place; Enter leaves the line."""
        event.stop()
        event.prevent_default()
        if event.may_submit:
            self.submit()
        else:
            self._tell(self.page.step(event.by))

    def submit(self) -> None:
        """Stay at the place that was found."""
        self.host.answered()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the line."""
        return [("Enter", _("stay here")), (_("Up/Down"), _("next place"))]

    def _tell(self, said: str) -> None:
        self.note.update(line((safe_text(said), SOFT)))
