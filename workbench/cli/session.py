"""What every verb needs: the store, the person, the time. Opened when first asked for."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from workbench import clock
from workbench.cli import out
from workbench.cli.options import Globals
from workbench.domain import times
from workbench.domain.errors import StoreReadOnlyError
from workbench.words import N_, _

if TYPE_CHECKING:
    from storage.store import Store
    from workbench.desk import Desk
    from workbench.domain.rights import Right

HOME_ZONE = "Asia/Shanghai"  # of the shipped policies; a store's own policy says its own


class Session:
    """One call of the program. ``options.json`` may still be set by the verb.

    ``open_screens`` opens the terminal at the session's desk and returns the exit code.

    Attributes:
        first: The command of the keymap with which the terminal begins; empty: it begins with the queue.
        tour: "begin", "offer" or "there" where somebody may be shown round, empty in a store of their own.
    """

    def __init__(self, options: Globals, open_screens: Callable[["Session"], int]) -> None:
        """Check the time of ``--now`` at once, so that a wrong one never half works.

        Raises:
            UsageError: ``--now`` is not a time.
        """
        self.options, self.open_screens = options, open_screens
        self.first = self.tour = ""
        if options.now:
            self._frozen_at(ZoneInfo(HOME_ZONE))

    @property
    def json(self) -> bool:
        """Whether one JSON document is wanted."""
        return self.options.json

    def want_json(self) -> None:
        """Print JSON: ``--json`` stood behind the verb."""
        self.options = self.options._replace(json=True)

    def answer(self, document: Any, lines: Iterable[str]) -> None:
        """Print ``document`` where JSON is wanted, else ``lines``."""
        if self.json:
            out.document(document)
            return
        for text in lines:
            out.line(text)

    def close(self) -> None:
        """Let the store go, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()

    def at(self, path: Path, person: str) -> "Session":
        """Return the same session at another store, as somebody who works there."""
        return Session(self.options._replace(store=path, person=person), self.open_screens)

    def begins(self, first: str, *, tour: str) -> None:
        """Say how the terminal begins; see the attributes."""
        self.first, self.tour = first, tour

    @cached_property
    def store(self) -> "Store":
        """The store.

        Raises:
            StoreError: it is missing or cannot serve.
        """
        from storage.store import Store

        store = Store(self.options.db, read_only=self.options.read_only)
        if store.kept:
            out.tell(
                _("The store was brought up to date. What it was before: {path}").format(path=store.kept)
            )
        return store

    @cached_property
    def desk(self) -> "Desk":
        """The person at the store, with the clock that ``--now`` may have stopped."""
        from workbench.desk import Desk
        from workbench.domain import system
        from workbench.rules import identity

        desk = Desk(self.store, self.options.person, clock.now)
        if self.options.now:
            desk.now = clock.frozen(self._frozen_at(desk.rules().zone))
        else:
            desk.uptime = clock.uptime
        identity.settle(desk, login=system.login(), named=self.options.named)
        return desk

    def ensure(self, right: "Right") -> None:
        """Refuse whoever may not do what the verb is for, once anybody is on the staff list.

        What the owner of the store file does by owning it alone is written down.

        Raises:
            RefusedError: names who may.
        """
        from workbench.domain.house import AS_OWNER
        from workbench.rules import rights
        from workbench.rules.role_rights import has
        from workbench.setup.house_log import write_down

        with self.store.reading() as db:
            rights.ensure(self.desk, db, right)
        listed = has(self.desk.rules(), self.desk.person, right)
        if not listed and not self.store.read_only:
            write_down(self.desk, AS_OWNER, {"right": right.id})

    def refuse_if_read_only(self) -> None:
        """Refuse what would change something, where that was ruled out.

        Raises:
            StoreReadOnlyError: ``--read-only`` was given.
        """
        if self.options.read_only:
            raise StoreReadOnlyError(N_("Nothing may be changed (--read-only)."))

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which people read and type times: that of the policy in force."""
        return self.desk.rules().zone

    def moment(self) -> datetime:
        """Return the present instant where no store is needed."""
        return self._frozen_at(ZoneInfo(HOME_ZONE)) if self.options.now else clock.now()

    def _frozen_at(self, zone: ZoneInfo) -> datetime:
        return times.parse(self.options.now, now=clock.now(), zone=zone, option=self.options.now_from)
