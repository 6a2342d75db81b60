"""What a key asks of the store: read before the next thing is shown, or stored.

What is stored is said at once, and asked for once only until it is stored or refused.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from screens.background import Presses, background
from screens.host import Host
from workbench.domain.errors import WorkbenchError
from workbench.words import _

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from screens.ask.form import Form

Result = TypeVar("Result")


def prepare(host: Host, read: Callable[[], Result], then: Callable[[Result], None]) -> None:
    """Read in the background what the next thing on the screen needs; keys wait until it is there."""
    background(host.app, read, then, host.trouble, group="prepare", keys=Presses.WAIT_TO_THE_END)


def save(
    host: Host,
    node: "DOMNode",
    work: Callable[[], Result],
    done: Callable[[Result], None],
    failed: Callable[[WorkbenchError], None],
    form: "Form | None",
    keys: Presses,
) -> None:
    """Store in the background; ``form`` takes no other wish meanwhile, and keys wait for their turn.

    ``node`` is what takes the store away with it when it goes. What was typed ahead is dropped where the
    store refuses: it was meant for what would have come.
    """
    if form is not None:
        if form.saving:
            return
        form.saving = True
    saying = _("Saving ...")
    host.say(saying)

    def settled() -> None:
        if form is not None:
            form.saving = False
        if host.said == saying:
            host.say("")

    def stored(result: Result) -> None:
        settled()
        done(result)

    def refused(why: WorkbenchError) -> None:
        settled()
        failed(why)
        _drop_typed_ahead(host)

    background(node, work, stored, refused, group="write", keys=keys)


def _drop_typed_ahead(host: Host) -> None:
    """Forget what was typed for what has not come, and say so."""
    if dropped := host.gate.drop():
        said = _("{said}  Typed ahead and left out, keys: {n}").format(said=host.said, n=dropped)
        host.say(said.strip(), "warning")
