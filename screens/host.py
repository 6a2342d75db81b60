"""What a pane or a form may ask of the screen that it stands on: this, and nothing else of it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from screens.background import Presses

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.widget import Widget

    from screens.ask.form import Form
    from screens.ask.panel import Question
    from screens.drafts import Drafts
    from screens.gate import KeyGate
    from screens.keys import Keys
    from screens.preferences import ChoosesSettings
    from screens.queue.feed import Feed
    from workbench.desk import Desk
    from workbench.domain.cases import Case
    from workbench.domain.errors import WorkbenchError
    from workbench.wording.names import Names

Result = TypeVar("Result")
NOTHING: Mapping[str, str] = MappingProxyType({})


class Host(Protocol):
    """A screen, as panes and forms know it.

    Attributes:
        feed: What the queue shows: its filter, its cases, its table.
        gate: Where keys come in, one at a time.
        follow: Reads the case under the cursor when that has rested on it.
        settings: What this window goes by.
        undoes: Says whether undo takes back what was stored here last, wherever the cursor is.
        forget_last: Notes that something was stored that undo does not know: nothing older is taken back.
    """

    desk: "Desk"
    keys: "Keys"
    words: "Names"
    drafts: "Drafts"
    feed: "Feed"
    gate: "KeyGate"
    follow: Callable[[], None]
    settings: "ChoosesSettings"
    undoes: Callable[[], bool]
    forget_last: Callable[[], None]

    @property
    def app(self) -> "App[Any]":
        """The program."""

    @property
    def question(self) -> "Question | None":
        """What is being asked; None if nothing is."""

    @property
    def asking(self) -> bool:
        """Whether the keys belong to something that is being filled in."""

    @property
    def said(self) -> str:
        """What stands in the last line."""

    def say(self, text: str, severity: str = "information", *, toast: bool = False) -> None:
        """Say what happened."""

    def unwarn(self) -> None:
        """Take a warning away: it was about the key before this one."""

    def trouble(self, why: "WorkbenchError") -> None:
        """Say what could not be done."""

    def draw_case(self) -> None:
        """Draw what is known of what is under the cursor, and what stands around it."""

    def ask(self, kind: str, question: "Question") -> None:
        """Ask something under what is shown; ``kind`` names the keys that hold meanwhile."""

    def answered(self) -> None:
        """Put the question away; the keys belong to the cases again."""

    def show(self, pane: "Widget") -> None:
        """Show ``pane`` in place of the list."""

    def back(self) -> None:
        """Show the list again."""

    def read(self, case_id: int) -> None:
        """Show one case whole, over the pane that stands there; leaving it shows that one again."""

    def run(self, command: str) -> None:
        """Do what a command of the keymap names."""

    def begin_on(
        self,
        act_id: str,
        case_id: int,
        typed: Mapping[str, str] = NOTHING,
        *,
        also_forget: str = "",
        about: Mapping[str, str] = NOTHING,
    ) -> None:
        """Ask for an act on a case, with something filled in."""

    def confirm(self, case_id: int, duty: int | None) -> None:
        """Confirm a handover at once."""

    def recorded(self, case: "Case") -> None:
        """Take note of a case that was recorded."""

    def save(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: "Callable[[WorkbenchError], None]",
        *,
        form: "Form | None" = None,
        node: "DOMNode | None" = None,
        keys: Presses = Presses.WAIT_TO_THE_END,
    ) -> None:
        """Store in the background, asked for once only until it is stored or refused."""

    def keep_draft(self, key: str, draft: Mapping[str, str]) -> None:
        """Keep what somebody has typed."""

    def changed(self, case_id: int, *, go_to: bool = False) -> None:
        """Show what an act has made of a case."""
