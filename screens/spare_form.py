"""The form for a new case, laid out before anybody asks for it: a customer on the phone does not wait for it.

It is made while no key comes and nothing is filled in, stands out of sight, and is shown once. The next one
is another form: nothing that was typed for one customer can stand in it.
"""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from screens.ask.suggestions import suggestions
from screens.background import background
from screens.saving import prepare

if TYPE_CHECKING:
    from screens.host import Host
    from screens.record_pane import RecordPane

IDLE_SECONDS = 0.4  # after the last key
Known = Mapping[str, Sequence[str]]


class SpareForm:
    """Keeps one form ready for a screen; ``lay_out`` puts it there, out of sight."""

    def __init__(self, host: "Host", lay_out: "Callable[[RecordPane], None]") -> None:
        self.host, self.lay_out = host, lay_out
        self.pane: RecordPane | None = None
        self._making = False

    def beat(self) -> None:
        """Make one if there is none and nobody is at work; called twice a second."""
        if self.pane is None and not self._making and self._is_idle:
            self._making = True
            background(self.host.app, self._read, self._made, self._failed, group="spare")

    def show(self) -> None:
        """Show what is there, else one that is laid out first; keys wait until it offers all it should."""
        pane, self.pane = self.pane, None
        if pane is not None and _fits(pane):
            self.host.show(pane)
            pane.begin()
        else:
            pane = None

        def ready(known: Known) -> None:
            if pane is not None and pane.rules is self.host.desk.rules():
                _know(pane, known)
            else:
                from screens.record_pane import RecordPane

                self.host.show(RecordPane(self.host, known))

        prepare(self.host, lambda: suggestions(self.host.desk), ready)

    @property
    def _is_idle(self) -> bool:
        host = self.host
        at_rest = len(host.app.screen_stack) == 1 and not host.asking and not host.gate.held
        quiet = monotonic() - host.feed.last_key > IDLE_SECONDS
        return at_rest and quiet and host.feed.whole and not host.desk.read_only

    def _read(self) -> Known:
        from screens import record_pane  # noqa: F401 (off the event loop, the first time)

        return suggestions(self.host.desk)

    def _made(self, known: Known) -> None:
        from screens.record_pane import RecordPane

        self._making = False
        if self.pane is None and self._is_idle:
            self.pane = RecordPane(self.host, known, begun=False)
            self.lay_out(self.pane)

    def _failed(self, _why: Exception) -> None:
        """Say nothing: nobody has asked for it. The key that does so says what is wrong."""
        self._making = False


def _know(pane: "RecordPane", known: Known) -> None:
    """Let a form complete what is typed from what is known by now."""
    if pane.known != known:
        pane.known = known
        for row in pane.form.rows:
            row.know(known)


def _fits(pane: "RecordPane") -> bool:
    """Say whether all of it is there, and asks what the policy asks that holds now."""
    form = pane.form
    is_there = form.trouble.is_mounted and all(row.control.is_mounted for row in form.rows)
    return is_there and pane.rules is pane.desk.rules()
