"""Who is rung from one window: claimed one by one, passed over, counted; all of it off the event loop."""

import secrets
from threading import Lock, Thread
from time import monotonic
from typing import NamedTuple

from storage.claims import Claims
from workbench.desk import Desk
from workbench.reports import dialler
from workbench.setup import dial_left, dialling
from workbench.setup.dial_items import Customer
from workbench.setup.dial_left import Left
from workbench.setup.dial_list import LISTS, Wanted, customers

LAZY_SECONDS = 10.0


class Look(NamedTuple):
    """Who came, and how many are left."""

    customer: Customer | None
    left: Left


class Round:
    """The claims of a window. One customer is claimed at a time; whoever comes next gives that one back."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.claims = Claims(desk.store.path, desk.person, secrets.token_hex(8), desk.now)
        self.wanted, self.skipped = Wanted(), set[str]()
        self._turn, self._claimed, self._left = Lock(), "", False
        self._looked_at = 0.0  # monotonic seconds

    def come(self) -> Look:
        """Give back who was claimed, and claim whoever is to be rung now.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._turn:
            self._give_back()
            if not self.desk.read_only:
                self.claims.tidy()
            found = None if self._left else self._offer()
        return Look(found, self._count())

    def hold(self, customer: Customer, before: Look, *, lazily: bool) -> tuple[Look, bool]:
        """Renew a claim, and count; say besides whether this window still has it.

        Where it is done ``lazily``, nothing is so soon after the last time: others write often.

        Raises:
            StoreError: the store cannot be read.
        """
        if lazily and monotonic() < self._looked_at + LAZY_SECONDS:
            return before, True
        with self._turn:
            key = dialling.claim_key(self.desk, customer.key)
            held = self._claimed != key or self.desk.read_only or self.claims.take(key)
        return Look(customer, self._count()), held

    def turn(self, by: int) -> None:
        """Go on to other calls, in which nobody is passed over."""
        self.wanted = Wanted(LISTS[(LISTS.index(self.wanted.kind) + by) % len(LISTS)])
        self.skipped.clear()

    def leave(self) -> None:
        """Give back who was claimed; whoever is being looked for is claimed no more. Does not wait."""
        Thread(target=self._leave, name="claims").start()

    @property
    def trouble(self) -> str:
        """Why nobody is kept from ringing the same customer; empty where the claims can be kept."""
        return "" if self.desk.read_only else dialler.unclaimed(self.claims.trouble)

    def _offer(self) -> Customer | None:
        skipped = frozenset(self.skipped)
        if self.desk.read_only:
            return next(customers(self.desk, self.wanted, skipped), None)
        found = dialling.offer(self.desk, self.claims, self.wanted, skipped)
        self._claimed = dialling.claim_key(self.desk, found.key) if found else ""
        return found

    def _count(self) -> Left:
        self._looked_at = monotonic()
        return dial_left.left(self.desk, self.wanted)

    def _leave(self) -> None:
        with self._turn:
            self._left = True
            self._give_back()

    def _give_back(self) -> None:
        if self._claimed:
            self.claims.give_back(self._claimed)
        self._claimed = ""
