"""One saved view, and what it asks of the store."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from storage import orders
from storage.queues import QUEUES, View, leads
from workbench.domain import values
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.domain.text import gist
from workbench.wording import filters
from workbench.words import N_, Said

KEYS = ("queue", "where", "order", "columns", "digit")
COLUMNS = (
    "number", "severity", "next_due_at", "next_clock", "stage", "status", "kind", "category", "customer",
    "site", "unit", "text", "handler", "received_at",
)  # fmt: skip
"""The JSON keys that a line of the queue can show."""
_OWN = {"due_key": "next_due_at", "waits_since": "unanswered_since"}  # how people call what leads a queue


class SavedView(NamedTuple):
    """A view as it stands in the file.

    Attributes:
        where: A filter line; empty for the whole queue.
        order: One of ``orders_of`` its queue; empty for the queue's own.
        columns: Some of ``COLUMNS``; none for the usual ones.
        digit: Stands on this digit in place of the queue.
    """

    name: str
    queue: str = QUEUES[0]
    where: str = ""
    order: str = ""
    columns: tuple[str, ...] = ()
    digit: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the view as a document."""
        return {**self._asdict(), "columns": list(self.columns)}


def orders_of(queue: str) -> tuple[str, ...]:
    """Return what ``queue`` may be ordered by, its own order first."""
    lead = leads(queue)
    return (_OWN.get(lead, lead), *orders.named(queue))


def asked(view: SavedView, policy: Policy, person: str, now: datetime) -> View:
    """Return what ``view`` asks of the store for ``person``.

    Raises:
        UsageError: it names what is not there: one sentence, which names the view.
    """
    for _key, why in faults(view, policy, now):
        raise UsageError(N_('The view "{view}" cannot be shown: {why}'), view=gist(view.name, 40), why=why)
    found = filters.parse(view.where, policy, now)
    order = "" if view.order == orders_of(view.queue)[0] else view.order
    return View(view.queue, person, now, found.where, found.words, order=order)


def faults(view: SavedView, policy: Policy, now: datetime) -> Iterator[tuple[str, Said]]:
    """Yield which keys of ``view`` name what is not there, and why.

    Somebody who has left is no fault: his view shows what he still holds.
    """
    if view.queue not in QUEUES:
        yield "queue", _unknown(view.queue, QUEUES)
    elif view.order and view.order not in orders_of(view.queue):
        known = ", ".join(orders_of(view.queue))
        said = N_('{queue} is not ordered by "{order}": no index has that; possible: {known}.')
        yield "order", Said(said, queue=view.queue, order=gist(view.order, 40), known=known)
    try:
        filters.parse(view.where, policy, now)
    except UsageError as why:
        yield "where", why.said
    for name in view.columns:
        if name not in COLUMNS:
            yield "columns", _unknown(name, COLUMNS)


def _unknown(word: str, known: tuple[str, ...]) -> Said:
    near = values.nearest(word, known)
    template = (
        N_('"{value}" is unknown; did you mean {nearest}? Possible: {known}.')
        if near
        else N_('"{value}" is unknown. Possible: {known}.')
    )
    return Said(template, value=gist(word, 40), nearest=near, known=", ".join(known))
