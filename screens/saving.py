"""Storing what somebody asked for: said at once, and asked for once only until it is stored or refused."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from screens.work import Presses, background
from workbench.domain.errors import WorkbenchError
from workbench.words import _

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from screens.ask.form import Form
    from screens.queue_screen import QueueScreen

Result = TypeVar("Result")


def save(
    screen: "QueueScreen",
    work: Callable[[], Result],
    done: Callable[[Result], None],
    failed: Callable[[WorkbenchError], None],
    *,
    form: "Form | None" = None,
    node: "DOMNode | None" = None,
    keys: Presses = Presses.WAIT_TO_THE_END,
) -> None:
    """Store in the background; ``form`` takes no other wish meanwhile, and keys wait for their turn.

    ``node`` is what takes the store away with it when it goes, the screen without it. What was typed
    ahead is dropped where the store refuses: it was meant for what would have come.
    """
    if form is not None:
        if form.saving:
            return
        form.saving = True
    saying = _("Saving ...")
    screen.around.news(saying, "information")

    def settled() -> None:
        if form is not None:
            form.saving = False
        if screen.around.said == saying:
            screen.around.news("", "information")

    def stored(result: Result) -> None:
        settled()
        done(result)

    def refused(why: WorkbenchError) -> None:
        settled()
        failed(why)
        _drop_typed_ahead(screen)

    background(node or screen, work, stored, refused, group="write", keys=keys)


def _drop_typed_ahead(screen: "QueueScreen") -> None:
    """Forget what was typed for what has not come, and say so."""
    if dropped := screen.gate.drop():
        said = _("{said}  Typed ahead and left out, keys: {n}").format(said=screen.around.said, n=dropped)
        screen.say(said.strip(), "warning")
