"""What is known of the case under the cursor, read 80 ms after the last key."""

from collections.abc import Callable
from dataclasses import replace

from textual.timer import Timer
from textual.widget import Widget

from screens.present.case_text import Dossier
from screens.work import Presses, background
from workbench.desk import Desk
from workbench.domain.errors import WorkbenchError
from workbench.wording.names import Names

PAUSE_SECONDS = 0.08


class Looking:
    """Follows the cursor without slowing it: only the case it rests on is read."""

    def __init__(
        self,
        desk: Desk,
        owner: Widget,
        seen: Callable[[Dossier | None], None],
        failed: Callable[[WorkbenchError], None],
    ) -> None:
        self.desk, self.owner = desk, owner
        self.seen, self.failed = seen, failed
        self.dossier: Dossier | None = None
        self._timer: Timer | None = None
        self._revealed: tuple[int, str] | None = None

    def follow(self, case_id: int | None) -> None:
        """Read ``case_id`` when the cursor has rested on it."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.owner.set_timer(PAUSE_SECONDS, lambda: self.look(case_id))

    def look(self, case_id: int | None, *, keys: Presses = Presses.GO_ON) -> None:
        """Read ``case_id`` now, in the background; an act goes by the version that was read."""
        if case_id is None:
            self._done(None)
            return
        background(
            self.owner,
            lambda: read(self.desk, case_id),
            self._done,
            self.failed,
            group="look",
            latest=True,
            keys=keys,
        )

    def reveal(self, case_id: int, phone: str, seconds: float) -> None:
        """Show the phone of a case in full for a while."""
        self._revealed = (case_id, phone)
        self.look(case_id)
        self.owner.set_timer(seconds, self._hide)

    def _hide(self) -> None:
        revealed, self._revealed = self._revealed, None
        if revealed is not None and self.dossier is not None:
            self.look(self.dossier.case.case_id)

    def _done(self, dossier: Dossier | None) -> None:
        if dossier is not None and self._revealed is not None and self._revealed[0] == dossier.case.case_id:
            dossier = replace(dossier, phone=self._revealed[1])
        self.dossier = dossier
        self.seen(dossier)


def read(desk: Desk, case_id: int) -> Dossier:
    """Return everything that is known of a case.

    Raises:
        NotFoundError: it has gone.
        StoreError: the store cannot be read.
    """
    case = desk.case(case_id)
    rules = desk.rules(case.policy)
    return Dossier(case, desk.timeline(case_id), rules, Names(rules.policy), desk.now())
