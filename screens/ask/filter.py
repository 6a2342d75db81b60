"""The line that narrows the queue, with what it understands said while it is typed."""

from textual.app import ComposeResult
from textual.suggester import Suggester
from textual.widgets import Static

from screens.ask.controls import Changed, LineControl, Step
from screens.ask.panel import Question
from screens.host import Host
from screens.present import filters
from screens.present.ink import LATE, SOFT, TITLE, line
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.domain.text import safe_text
from workbench.words import _

SHOWN = 12


class Completion(Suggester):
    """Completes the last part of the line; the right arrow takes it."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.policy = policy

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last part completed."""
        last = value.split(" ")[-1]
        found = filters.completions(value, self.policy) if last else []
        return value[: len(value) - len(last)] + found[0] if found else None


class FilterBar(Question):
    """Asks for a filter; an empty line takes the filter away."""

    stored = False

    def __init__(self, host: Host) -> None:
        super().__init__(classes="form")
        self.host = host
        self.policy = host.words.policy
        self.control = LineControl(host.feed.typed)
        self.control.suggester = Completion(self.policy)
        self.note = Static("", markup=False, classes="note -said")

    def compose(self) -> ComposeResult:
        """Lay out the line and what can be said in it."""
        yield Static(
            line((_("Filter"), TITLE), ("  " + _("for example: site:A handler:none level<=2 leak"), SOFT))
        )
        yield self.control
        yield self.note

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.control.focus()
        self._hint()

    def on_changed(self, event: Changed) -> None:
        """Say how it may go on, or what is wrong."""
        event.stop()
        self._hint()

    def on_step(self, event: Step) -> None:
        """Enter takes the filter."""
        event.stop()
        if event.may_submit:
            self.submit()

    def submit(self) -> None:
        """Narrow the queue, or say what is wrong and stay."""
        typed = self.control.typed.strip()
        try:
            found = filters.parse(typed, self.policy, self.host.desk.now())
        except UsageError as why:
            self.note.update(line(("! " + safe_text(str(why.said)), LATE)))
            return
        self.host.feed.narrow(typed, found.where, found.words)
        self.host.answered()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the line."""
        return [("Enter", _("narrow")), (_("Right"), _("complete"))]

    def _hint(self) -> None:
        found = filters.completions(self.control.typed, self.policy)[:SHOWN]
        self.note.update(line((safe_text("  ".join(found)), SOFT)))
